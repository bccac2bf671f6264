"""Conditions on the tool calls of a conversation: one of them is all that is asked."""

from collections.abc import Sequence
from typing import NamedTuple

from tui.store.facts.conditions.parameters import (
    EACH,
    call_fits,
    element,
    element_fits,
    place_of,
    row_fits,
    surely_fits,
)
from tui.store.facts.conditions.values import Values
from tui.store.facts.held import ROW_BITS
from tui.store.facts.schema import GUESSED, STATED, storable
from tui.store.filter.expression import All, AnyOf, Call, Node, Not, Term
from tui.store.filter.terms import CALL_TERMS, PARAMETER
from tui.store.filter.values import Kind, Range

_COLUMNS = {
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

_WITH_INDEX = frozenset({"failed", "stated", "guessed"})
"""What few calls are, so that those are looked up and not looked for."""

_MOST_JOINED = 8
"""Parameters whose rows are looked at beside each other; SQLite joins 64 tables."""


class CallHits(NamedTuple):
    """Where the conversations stand that have such a call."""

    key: str
    """What tells the conversation."""
    source: str
    """What stands behind FROM, conditions that more can be added to at its end."""

    @property
    def all_of_them(self) -> str:
        """The conversations, for one look at everything."""
        return f"SELECT {self.key} FROM {self.source}"

    @property
    def has_one(self) -> str:
        """That the conversation `c` is among them, for a look at a few."""
        return f"EXISTS (SELECT 1 FROM {self.source} AND {self.key} = c.key)"

    @property
    def once_each(self) -> str:
        """The conversations as `hits`, each once."""
        return f"(SELECT DISTINCT {self.key} AS key FROM {self.source}) AS hits"


class CallConditions:
    """Compiles them; with `negated` what is not known of a call keeps its conversation from matching."""

    def __init__(self, values: Values, *, negated: bool) -> None:
        self._values = values
        self._negated = negated

    def found(self, call: Call) -> CallHits:
        """The conversations that have such a call."""
        terms = call.inner.inner if isinstance(call.inner, All) else (call.inner,)
        plain = [term for term in terms if isinstance(term, Term)]
        if len(plain) == len(terms) and (sums := self._of_sums(plain)):
            return CallHits("s.conversation", f"tools AS s WHERE {sums}")
        of_parameters = [term for term in plain if term.name.startswith(PARAMETER)]
        if len(of_parameters) == len(terms) == 1:
            return CallHits("p0.conversation", f"parameters AS p0 WHERE {self._of_row(plain[0], 'p0')}")
        looked_up = any(term.name in _WITH_INDEX and term.value is True for term in plain)
        if of_parameters and not looked_up:
            return CallHits("p0.conversation", self._rows_then_calls(terms, of_parameters[:_MOST_JOINED]))
        return CallHits("k.conversation", f"calls AS k WHERE {self._sure(self._of_call(call.inner))}")

    def longest(self, call: Call) -> str:
        """A call that took longer than so many seconds, told by the longest of its conversation; else ""."""
        term = call.inner
        if isinstance(term, Term) and term.name == "took" and _is_at_least(term) and not self._negated:
            return f"coalesce({self._values.fits('c.longest', term.value)}, 0)"
        return ""

    def _rows_then_calls(self, terms: Sequence[Node], joined: Sequence[Term]) -> str:
        """Of the rows that hold these parameters those whose calls may be it, then their calls, for what else is asked.

        The rows stand beside each other, so that the values of one call are at one place in all of them.
        """
        source, conditions = "parameters AS p0", [self._of_row(joined[0], "p0")]
        for place, term in enumerate(joined[1:], 1):
            row = f"p{place}"
            same = f"{row}.conversation = p0.conversation AND {row}.part = p0.part"
            source += f" CROSS JOIN parameters AS {row} ON {same}"
            conditions.append(self._of_row(term, row))
        others = [one for one in terms if one not in joined]
        for other in others:
            if isinstance(other, Term) and other.name == "name":
                tools = f"s.tool IN {self._values.words(other.value)} AND s.conversation = p0.conversation"
                conditions.append(f"EXISTS (SELECT 1 FROM tools AS s WHERE {tools})")
        each = [self._of_call(other) for other in others]
        fits = element_fits if self._negated else surely_fits
        path = place_of("k") if others else "j.fullkey"
        for place, term in enumerate(joined):
            held = element(f"p{place}.held", path) if place or others else EACH
            each.append(fits(self._values, *held, term.value))
        first = f"(p0.part << {ROW_BITS})"
        calls = f"k.conversation = p0.conversation AND k.number BETWEEN {first} AND {first} + {(1 << ROW_BITS) - 1}"
        candidates = f"calls AS k WHERE {calls}" if others else "json_each(p0.held) AS j WHERE 1"
        conditions.append(f"EXISTS (SELECT 1 FROM {candidates} AND {self._sure(' AND '.join(each))})")
        return f"{source} WHERE {' AND '.join(conditions)}"

    def _of_row(self, term: Term, row: str) -> str:
        fits = row_fits(self._values, row, term.value, unknown_fits=self._negated)
        return f"{row}.name = {self._name(term)} AND {fits}"

    def _name(self, term: Term) -> str:
        return self._values.word(storable(term.name.removeprefix(PARAMETER)))

    def _sure(self, condition: str) -> str:
        return f"coalesce(({condition}), 1)" if self._negated else condition

    def _of_sums(self, terms: Sequence[Term]) -> str:
        """The condition on the sums of a tool, where those answer; else ""."""
        by_name = {term.name: term for term in terms}
        tool = by_name.pop("name", None)
        if tool is None or len(terms) > 2 or len(by_name) != len(terms) - 1:
            return ""
        conditions = [f"s.tool IN {self._values.words(tool.value)}"]
        for name, term in by_name.items():
            if name in _SUMS and term.value is True:
                conditions.append(_SUMS[name])
            elif name == "took" and _is_at_least(term) and not self._negated:
                conditions.append(self._values.fits("s.longest", term.value))
            else:
                return ""
        return " AND ".join(conditions)

    def _of_call(self, node: Node) -> str:
        match node:
            case All():
                return f"({' AND '.join(map(self._of_call, node.inner))})" if node.inner else "1"
            case AnyOf():
                return f"({' OR '.join(map(self._of_call, node.inner))})" if node.inner else ""
            case Not():
                return f"NOT {self._of_call(node.inner)}"
            case Term(name="name"):
                return f"k.tool IN {self._values.words(node.value)}"
            case Term(name=name) if name.startswith(PARAMETER):
                return call_fits(self._values, "k", self._name(node), node.value)
            case Term():
                part = node.name in CALL_TERMS and CALL_TERMS[node.name].kind is Kind.PART
                return self._values.fits(_COLUMNS[node.name], node.value, part=part)
            case _:
                return "NULL"


def _is_at_least(term: Term) -> bool:
    """Whether the longest call tells whether there is one."""
    return isinstance(term.value, Range) and term.value.low is not None and term.value.high is None
