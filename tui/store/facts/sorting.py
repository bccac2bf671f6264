"""The orders in which conversations can be listed by their facts."""

from typing import NamedTuple

from msgspec import Struct


class SortBy(NamedTuple):
    """One order: its letter, what it is called, and whether the greatest come first when it is chosen."""

    letter: str
    words: str
    column: str
    descending: bool = True


SORTS = {
    "date": SortBy("d", "date", "c.created"),
    "failed": SortBy("f", "failed calls", "c.failed"),
    "repeat": SortBy("r", "repeated calls", "c.repeat"),
    "calls": SortBy("c", "calls", "c.calls"),
    "tokens": SortBy("t", "tokens", "c.tokens"),
    "took": SortBy("s", "time taken", "c.took"),
    "wait": SortBy("w", "longest wait", "c.wait"),
    "agent": SortBy("a", "agent", "agent.text COLLATE NOCASE", descending=False),
    "name": SortBy("n", "name", "t.name COLLATE NOCASE", descending=False),
}
"""By their names, which places and commands keep."""


class Order(Struct, frozen=True):
    """By what a list is sorted, "" for the server's order, and whether that is turned round."""

    by: str = ""
    turned: bool = False

    @property
    def words(self) -> str:
        """In words for a title; empty for the server's order."""
        if self.by not in SORTS:
            return ""
        kind = SORTS[self.by]
        return f"{kind.words} {'↓' if kind.descending is not self.turned else '↑'}"

    def chosen(self, by: str) -> "Order":
        """The order that is chosen by this name now: the same again turns it round."""
        return Order(by, not self.turned) if by == self.by else Order(by)


def order_of(by: str, *, turned: bool) -> Order | None:
    """The order that was remembered; None where there is none of that name."""
    return Order(by, turned) if by in SORTS else None


class OrderBy(NamedTuple):
    """An order as SQL, and which tables it needs beside the numbers."""

    sql: str
    with_texts: bool
    with_agents: bool


def order_by(order: Order) -> OrderBy:
    """What is not known comes last; among equals the newest come first, as in a list without an order."""
    newest = "c.created DESC, c.key"
    if order.by not in SORTS:
        return OrderBy(newest, False, False)
    kind = SORTS[order.by]
    direction = "DESC" if kind.descending is not order.turned else "ASC"
    sql = f"{kind.column} {direction} NULLS LAST, {newest}"
    return OrderBy(sql, kind.column.startswith("t."), kind.column.startswith("agent."))
