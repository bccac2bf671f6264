"""The orders in which conversations can be listed by their facts, and what SQLite is asked for them."""

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from tui.store.facts.conditions.where import Where


class SortBy(NamedTuple):
    """One order: its letter, what it is called, and whether the greatest come first when it is chosen."""

    letter: str
    words: str
    column: str
    descending: bool = True


_FEEDBACK = (
    "(SELECT sum(CASE o.word WHEN 'to_review' THEN 4 WHEN 'negative' THEN 2 WHEN 'positive' THEN 1 ELSE 0 END) "
    "FROM feedback AS o WHERE o.conversation = t.id)"
)
"""What waits for somebody comes before what does not, and of both what is negative; without any there is nothing."""

SORTS = {
    "date": SortBy("d", "date", "c.created"),
    "failed": SortBy("f", "failed calls", "c.failed"),
    "repeat": SortBy("r", "repeated calls", "c.repeat"),
    "calls": SortBy("c", "calls", "c.calls"),
    "tokens": SortBy("t", "tokens", "c.tokens"),
    "took": SortBy("s", "time taken", "c.took"),
    "wait": SortBy("w", "longest wait", "c.wait"),
    "feedback": SortBy("u", "feedback", _FEEDBACK),
    "agent": SortBy("a", "agent", "agent.text COLLATE NOCASE", descending=False),
    "name": SortBy("n", "name", "t.name COLLATE NOCASE", descending=False),
}
"""By their names, which places and commands keep."""

_OF_TEXTS = re.compile(r"\bt\.")
_NEWEST = "c.created DESC, c.key"
"""As the index has it."""


class Order(Struct, frozen=True):
    """By what a list is sorted, "" for the server's order, and whether that is turned round."""

    by: str = ""
    turned: bool = False

    @property
    def is_newest_first(self) -> bool:
        """Whether the newest conversations come first, as the server has them."""
        return self.by not in SORTS or (self.by == "date" and not self.turned)

    @property
    def letter(self) -> str:
        """The letter of what it is by; empty for the server's order."""
        return SORTS[self.by].letter if self.by in SORTS else ""

    @property
    def words(self) -> str:
        """In words for a title; empty for the server's order."""
        if self.by not in SORTS:
            return ""
        kind = SORTS[self.by]
        return f"{kind.words} {'↓' if kind.descending is not self.turned else '↑'}"

    @property
    def brief(self) -> str:
        """The same by its name alone, for where room is short."""
        return f"{self.by} {self.words[-1]}" if self.words else ""

    def chosen(self, by: str) -> "Order":
        """The order that is chosen by this name now: the same again turns it round."""
        return Order(by, not self.turned) if by == self.by else Order(by)


def order_of(by: str, *, turned: bool) -> Order | None:
    """The order that was remembered; None where there is none of that name."""
    return Order(by, turned) if by in SORTS else None


def sorted_keys(where: "Where", order: Order, first: int) -> str:
    """The statement for the first keys that match, or all with -1.

    What is not known comes last; among equals, and without an order, the newest come first.
    """
    kind = SORTS[order.by if order.by in SORTS else "date"]
    agents = " JOIN words AS agent ON agent.id = c.agent" if kind.column.startswith("agent.") else ""
    direction = "ASC" if not order.is_newest_first and kind.descending is order.turned else "DESC"
    by = _NEWEST if order.is_newest_first else f"{kind.column} {direction} NULLS LAST, {_NEWEST}"
    return (
        f"SELECT c.key FROM {where.tables(with_texts=_OF_TEXTS.search(kind.column) is not None)}{agents} "
        f"WHERE {where.condition} ORDER BY {by} LIMIT {first}"
    )
