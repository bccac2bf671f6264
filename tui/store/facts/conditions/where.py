"""An expression as one WHERE of SQLite: a fact that is not known is null, and null neither matches nor does its not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tui.store.facts.conditions.calls import CallConditions
from tui.store.facts.conditions.values import Parameter, Values, WordsLike
from tui.store.facts.rows import ENDINGS, READ
from tui.store.filter.expression import All, AnyOf, Call, Node, Not, Term, Word
from tui.store.filter.patterns import fits
from tui.store.filter.terms import TERMS
from tui.store.filter.values import Ago, Kind, OneOf, Value, day_span


@dataclass(slots=True)
class Where:
    """A condition on `c` (conversations), and on `t` (texts) where `with_texts`, with what stands for its marks."""

    condition: str = "1"
    parameters: dict[str, Parameter] = field(default_factory=dict)
    with_texts: bool = False
    hits: str = ""
    """The conversations that a part of the condition, which then is not in it, leaves; empty for all."""
    is_lazy: bool = False

    def tables(self, *, with_texts: bool = False) -> str:
        """What the condition is on, the texts in any case where they are wanted.

        What leaves few is looked through first; a lazy one from the newest on, until there are enough.
        """
        texts = "JOIN texts AS t ON t.key = c.key" if self.with_texts or with_texts else ""
        if self.is_lazy:
            return f"conversations AS c INDEXED BY newest {'CROSS ' if texts else ''}{texts}"
        if self.hits:
            return f"{self.hits} CROSS JOIN conversations AS c ON c.key = hits.key {texts}"
        if self.with_texts:
            return "texts AS t CROSS JOIN conversations AS c ON c.key = t.key"
        return f"conversations AS c {texts}"


def where_of(node: Node, now: datetime, people: Mapping[str, str], like: WordsLike, *, is_lazy: bool = False) -> Where:
    """The condition that an expression sets; `people` are e-mail addresses by id, `like` looks shared texts up.

    Words set none: what the server finds by them is a matter of which rows it sent. A lazy condition costs the less the
    sooner it holds for as many conversations as are wanted; another one is quickest for all of them.
    """
    compiler = _Compiler(now, people, Values(like), is_lazy=is_lazy)
    condition, hits = compiler.whole(node)
    return Where(condition, compiler.values.parameters, compiler.with_texts, hits, is_lazy)


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


class _Compiler:
    def __init__(self, now: datetime, people: Mapping[str, str], values: Values, *, is_lazy: bool) -> None:
        self._now = now
        self._people = people
        self.values = values
        self._is_lazy = is_lazy
        self.with_texts = False
        self._negated = False

    def whole(self, node: Node) -> tuple[str, str]:
        """The condition, and the conversations that the first tool call in it leaves where all are looked through."""
        parts = list(_parts(node))
        calls = CallConditions(self.values, negated=False)
        first = None if self._is_lazy else next((one for one in parts if isinstance(one, Call)), None)
        hits = calls.found(first).once_each if first is not None and not calls.longest(first) else ""
        left = [one for one in parts if not hits or one is not first]
        return self._joined(left, " AND ", self.node) or "1", hits

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
            return self.values.fits(_COLUMNS[name], value)
        if name in _TEXT_COLUMNS:
            self.with_texts = True
            return self.values.fits(_TEXT_COLUMNS[name], value, part=TERMS[name].kind is Kind.PART)
        if name in _BESIDE or name in _BESIDE_YES:
            return self._beside(term)
        match name:
            case "tag":
                return f"c.tagset IN {self.values.sets(value)}"
            case "archived":
                return self._archived(value)
            case "agent":
                return f"c.agent IN {self.values.words(value)}"
            case "by":
                return self._by(value)
            case "ending":
                chosen = value.texts if isinstance(value, OneOf) else ()
                places = [str(place) for place, ending in enumerate(ENDINGS) if ending.value in chosen]
                return f"c.ending IN ({', '.join(places)})"
            case "tool":
                return self._known(f"c.toolset IN {self.values.sets(value)}")
            case _:
                return self._date(term)

    def _beside(self, term: Term) -> str:
        """A condition on what is told beside the facts: it is always known, and of most nothing is told."""
        if term.name in _BESIDE_YES:
            table, condition = _BESIDE_YES[term.name]
        else:
            table, column = _BESIDE[term.name]
            condition = (
                f"{column} != '' AND {self.values.fits(column, term.value, part=TERMS[term.name].kind is Kind.PART)}"
            )
        told = f"(c.key IN (SELECT x.key FROM {table} AS o JOIN texts AS x ON x.id = o.conversation WHERE {condition}))"
        return f"{told} = {int(term.value is not False)}"

    def _known(self, condition: str) -> str:
        """A condition on calls: it is not known where the history is not, which makes a difference to its opposite."""
        return f"CASE WHEN c.known = {READ} THEN {condition} END" if self._negated else condition

    def _archived(self, value: Value) -> str:
        wanted = set(value.texts) if isinstance(value, OneOf) else set()
        if "also" in wanted or {"no", "only"} <= wanted:
            return "1"
        return "c.archived" if "only" in wanted else "NOT c.archived"

    def _by(self, value: Value) -> str:
        """Whose it is: by id, or by an e-mail address that the project tells."""
        texts = value.texts if isinstance(value, OneOf) else ()
        ids = [one for one, email in self._people.items() if fits(value, email)][:_MOST_PEOPLE]
        return f"c.owner IN {self.values.words(OneOf((*texts, *ids)))}"

    def _date(self, term: Term) -> str:
        if not isinstance(term.value, Ago):
            return "NULL"
        first, last = day_span(term.value.words, self._now)
        match term.name:
            case "since":
                return f"c.created >= {self.values.mark(first)}"
            case "until":
                return f"c.created {'<' if last > first else '<='} {self.values.mark(last)}"
            case _:
                end = "<" if last > first else "<="
                return f"(c.created >= {self.values.mark(first)} AND c.created {end} {self.values.mark(last)})"

    def _call(self, call: Call) -> str:
        """One call that is all of it; where only sums are asked for, they answer."""
        calls = CallConditions(self.values, negated=self._negated)
        if longest := calls.longest(call):
            return longest
        found = calls.found(call)
        return self._known(found.has_one if self._is_lazy else f"c.key IN ({found.all_of_them})")


def _parts(node: Node) -> Iterator[Node]:
    """What must hold, each by itself."""
    for one in node.inner if isinstance(node, All) else ():
        yield from _parts(one)
    if not isinstance(node, All):
        yield node
