"""An expression as one WHERE of SQLite: a fact that is not known is null, and null neither matches nor does its not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tui.store.facts.rows import ENDINGS, READ
from tui.store.facts.schema import GUESSED, NULL, STATED, storable
from tui.store.filter.expression import All, AnyOf, Call, Node, Not, Term, Word
from tui.store.filter.patterns import fits, like
from tui.store.filter.terms import CALL_TERMS, PARAMETER, TERMS
from tui.store.filter.values import Ago, Kind, OneOf, Range, Value, day_span

Parameter = str | float | int

WordsLike = Callable[[str, Mapping[str, object]], Sequence[int]]
"""The numbers of the shared texts for which a condition on `text` holds."""


@dataclass(slots=True)
class Where:
    """A condition on `c` (conversations), and on `t` (texts) where `with_texts`, with what stands for its marks."""

    condition: str = "1"
    parameters: dict[str, Parameter] = field(default_factory=dict)
    with_texts: bool = False


def where_of(node: Node, now: datetime, people: Mapping[str, str], like: WordsLike) -> Where:
    """The condition that an expression sets; `people` are e-mail addresses by id, `like` looks shared texts up.

    Words set none: what the server finds by them is a matter of which rows it sent.
    """
    compiler = _Compiler(now, people, like)
    condition = compiler.node(node)
    return Where(condition, compiler.parameters, compiler.with_texts)


_COLUMNS = {
    "turns": "c.turns",
    "messages": "c.messages",
    "calls": "c.calls",
    "failed": "c.failed",
    "stated": "c.stated",
    "guessed": "c.guessed",
    "empty": "c.empty",
    "repeat": "c.repeat",
    "in": "c.tokens_in",
    "out": "c.tokens_out",
    "tokens": "c.tokens",
    "took": "c.took",
    "wait": "c.wait",
    "size": "c.size",
    "untagged": "(c.tags = 0)",
    "shared": "c.shared",
}
_MOST_PEOPLE = 500
"""Ids that one part of an e-mail address may stand for."""

_BESIDE = {
    "verdict": ("opinions", "o.label"),
    "note": ("opinions", "o.note"),
    "by-reviewer": ("opinions", "o.reviewer"),
    "feedback": ("feedback", "o.word"),
}
"""The column of a table beside the facts that a term asks; one row that fits is enough."""

_BESIDE_YES = {
    "reviewed": ("opinions", "o.turn IS NULL AND o.label != ''"),
    "flagged": ("opinions", "o.flagged"),
}
"""What such a table has of a conversation where the answer is yes."""

_TEXT_COLUMNS = {"name": "t.name", "question": "t.question", "id": "t.id"}
_CALL_COLUMNS = {
    "failed": "(k.state IS NOT NULL)",
    "stated": f"(k.state IS NOT NULL AND k.state = {STATED})",
    "guessed": f"(k.state IS NOT NULL AND k.state = {GUESSED})",
    "empty": "k.empty",
    "error": "coalesce(k.failure, '')",
    "results": "k.results",
    "size": "k.size",
    "took": "k.took",
    "turn": "k.turn",
}
_SUMS = {"failed": "(stated OR guessed)", "stated": "stated", "guessed": "guessed", "empty": "empty"}
"""What the sums of a tool answer without its calls."""


class _Compiler:
    def __init__(self, now: datetime, people: Mapping[str, str], words: WordsLike) -> None:
        self._now = now
        self._people = people
        self._words_like = words
        self.parameters: dict[str, Parameter] = {}
        self.with_texts = False
        self._negated = False

    def node(self, node: Node) -> str:
        match node:
            case Word():
                return "1"
            case All():
                return self._joined(node.inner, " AND ", self.node) or "1"
            case AnyOf():
                return self._joined(node.inner, " OR ", self.node)
            case Not():
                self._negated = not self._negated
                inner = self.node(node.inner)
                self._negated = not self._negated
                return f"NOT {inner}"
            case Call():
                return self._call(node)
            case Term():
                return self._term(node)

    def _joined(self, parts: Sequence[Node], sign: str, compiled: Callable[[Node], str]) -> str:
        return f"({sign.join(compiled(part) for part in parts)})" if parts else ""

    def _term(self, term: Term) -> str:
        name, value = term.name, term.value
        if name in _COLUMNS:
            return self._fits(_COLUMNS[name], value)
        if name in _TEXT_COLUMNS:
            self.with_texts = True
            return self._fits(_TEXT_COLUMNS[name], value, part=TERMS[name].kind is Kind.PART)
        if name in _BESIDE or name in _BESIDE_YES:
            return self._beside(term)
        match name:
            case "tag":
                return f"c.tagset IN {self._sets(value)}"
            case "archived":
                return self._archived(value)
            case "agent":
                return f"c.agent IN {self._words(value)}"
            case "by":
                return self._by(value)
            case "ending":
                chosen = value.texts if isinstance(value, OneOf) else ()
                places = [str(place) for place, ending in enumerate(ENDINGS) if ending.value in chosen]
                return f"c.ending IN ({', '.join(places)})"
            case "tool":
                return self._known(f"c.toolset IN {self._sets(value)}")
            case _:
                return self._date(term)

    def _beside(self, term: Term) -> str:
        """A condition on what is told beside the facts: it is always known, and of most nothing is told."""
        if term.name in _BESIDE_YES:
            table, condition = _BESIDE_YES[term.name]
        else:
            table, column = _BESIDE[term.name]
            condition = f"{column} != '' AND {self._fits(column, term.value, part=TERMS[term.name].kind is Kind.PART)}"
        told = f"(c.key IN (SELECT x.key FROM {table} AS o JOIN texts AS x ON x.id = o.conversation WHERE {condition}))"
        return f"{told} = {int(term.value is not False)}"

    def _known(self, condition: str) -> str:
        """A condition on calls: it is not known where the history is not, which makes a difference to its opposite."""
        return f"CASE WHEN c.known = {READ} THEN {condition} END" if self._negated else condition

    def _sets(self, value: Value) -> str:
        """The sets that have one of the texts that a value says."""
        return f"(SELECT word_set FROM in_sets WHERE word IN {self._words(value)})"

    def _words(self, value: Value) -> str:
        """The numbers of the shared texts that a value says, such as tools: they are few."""
        texts = value.texts if isinstance(value, OneOf) else ()
        conditions = " OR ".join(_like("text", text, f":p{place}") for place, text in enumerate(texts)) or "0"
        found = self._words_like(conditions, {f"p{at}": like(text, part=False) for at, text in enumerate(texts)})
        return f"({', '.join(map(str, found))})"

    def _archived(self, value: Value) -> str:
        wanted = set(value.texts) if isinstance(value, OneOf) else set()
        if "also" in wanted or {"no", "only"} <= wanted:
            return "1"
        return "c.archived" if "only" in wanted else "NOT c.archived"

    def _by(self, value: Value) -> str:
        """Whose it is: by id, or by an e-mail address that the project tells."""
        texts = value.texts if isinstance(value, OneOf) else ()
        ids = [one for one, email in self._people.items() if fits(value, email)][:_MOST_PEOPLE]
        return f"c.owner IN {self._words(OneOf((*texts, *ids)))}"

    def _date(self, term: Term) -> str:
        if not isinstance(term.value, Ago):
            return "NULL"
        first, last = day_span(term.value.words, self._now)
        match term.name:
            case "since":
                return f"c.created >= {self._mark(first)}"
            case "until":
                return f"c.created {'<' if last > first else '<='} {self._mark(last)}"
            case _:
                end = "<" if last > first else "<="
                return f"(c.created >= {self._mark(first)} AND c.created {end} {self._mark(last)})"

    def _mark(self, parameter: Parameter) -> str:
        """What stands for a parameter; by its name, so that a condition may stand twice."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = parameter
        return f":{name}"

    # -- calls -----------------------------------------------------------------------------------------------------

    def _call(self, call: Call) -> str:
        """One call that is all of it; where only sums are asked for, they answer."""
        terms = call.inner.inner if isinstance(call.inner, All) else (call.inner,)
        names = [term.name for term in terms if isinstance(term, Term)]
        if len(names) == len(terms) and names.count("name") == 1 and len(names) <= 2 and set(names) <= {"name", *_SUMS}:
            conditions = [self._of_sums(term) for term in terms if isinstance(term, Term)]
            if all(conditions):
                return self._known(f"c.key IN (SELECT conversation FROM tools WHERE {' AND '.join(conditions)})")
        (first, *others) = terms
        if isinstance(first, Term) and first.name.startswith(PARAMETER) and not others:
            of_name, fits = self._parameter(first)
            condition = f"{of_name} AND {self._sure(fits)}"
            return self._known(f"c.key IN (SELECT conversation FROM parameters AS p WHERE {condition})")
        condition = self._sure(self._of_call(call.inner))
        return self._known(f"c.key IN (SELECT conversation FROM calls AS k WHERE {condition})")

    def _sure(self, condition: str) -> str:
        """What is not known of a call does not make it match, and where no call may match, not the opposite either."""
        return f"coalesce({condition}, 1)" if self._negated else condition

    def _of_sums(self, term: Term) -> str:
        if term.name == "name":
            return f"tool IN {self._words(term.value)}"
        if term.value is not True:
            return ""
        return _SUMS[term.name]

    def _of_call(self, node: Node) -> str:
        match node:
            case All():
                return self._joined(node.inner, " AND ", self._of_call) or "1"
            case AnyOf():
                return self._joined(node.inner, " OR ", self._of_call)
            case Not():
                return f"NOT {self._of_call(node.inner)}"
            case Term(name="name"):
                return f"k.tool IN {self._words(node.value)}"
            case Term():
                return self._of_call_term(node)
            case _:
                return "NULL"

    def _of_call_term(self, term: Term) -> str:
        if term.name.startswith(PARAMETER):
            of_name, fits = self._parameter(term)
            of_call = f"{of_name} AND p.conversation = k.conversation AND p.number = k.number"
            # 0 where the call has none of this name, and null, which 2 stands for, where its value is not known.
            return f"nullif(coalesce((SELECT coalesce({fits}, 2) FROM parameters AS p WHERE {of_call}), 0), 2)"
        part = term.name in CALL_TERMS and CALL_TERMS[term.name].kind is Kind.PART
        return self._fits(_CALL_COLUMNS[term.name], term.value, part=part)

    def _parameter(self, term: Term) -> tuple[str, str]:
        """On `p`, the values of parameters: that it is of this name, and that it fits; null where it was cut."""
        name, value = term.name.removeprefix(PARAMETER), term.value
        numbers = self._words_like("text = :name", {"name": storable(name)})
        # What is null counts as not there.
        of_name = f"p.name IN ({', '.join(map(str, numbers))}) AND p.literal IS NOT {NULL}"
        fits = self._fits("p.value", value)
        if isinstance(value, Range):
            fits = f"({fits} AND typeof(p.value) != 'text')"  # all texts are greater than any number
            if value.low == value.high:
                fits = f"({fits} OR {self._fits('p.value', OneOf((value.words.lstrip('='),)))})"
        return of_name, fits

    # -- values ----------------------------------------------------------------------------------------------------

    def _fits(self, column: str, value: Value, *, part: bool = False) -> str:
        match value:
            case bool():
                return column if value else f"NOT {column}"
            case Range():
                return self._within(column, value)
            case OneOf():
                conditions = [self._like(column, text, part=part) for text in value.texts]
                return f"({' OR '.join(conditions)})"
            case _:
                return "NULL"

    def _like(self, column: str, text: str, *, part: bool) -> str:
        return _like(column, text, self._mark(like(text, part=part)))

    def _within(self, column: str, wanted: Range) -> str:
        conditions: list[str] = []
        if wanted.low is not None:
            conditions.append(f"{column} {'>' if wanted.low_open else '>='} {self._mark(wanted.low)}")
        if wanted.high is not None:
            conditions.append(f"{column} {'<' if wanted.high_open else '<='} {self._mark(wanted.high)}")
        return f"({' AND '.join(conditions)})" if conditions else f"{column} IS NOT NULL"


def _like(column: str, text: str, mark: str) -> str:
    """SQLite takes ASCII letters for the same in either case; for others the text is folded as Python does."""
    folded = column if text.isascii() else f"folded({column})"
    return f"{folded} LIKE {mark} ESCAPE '\\'"
