"""What the facts are asked, and what they answer."""

from array import array
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from tui.api.query import ConversationFilter
from tui.store.facts.sorting import Order
from tui.store.filter.expression import EVERYTHING, All, Node, Term
from tui.store.filter.values import OneOf
from tui.zone import ZONE


class FactsQuestion(Struct, frozen=True):
    """Which conversations are wanted, in which order; `text` is what the server found them by."""

    wanted: Node = EVERYTHING
    server: Node = EVERYTHING
    """What the server was asked for, as far as facts can check it."""
    text: str = ""
    order: Order = field(default_factory=Order)
    now: datetime = field(default_factory=ZONE.now)
    people: Mapping[str, str] = field(default_factory=dict)


class FactsAnswer(Struct, frozen=True):
    """The conversations that match."""

    keys: "array[int]"
    """The first of them, or all, in their order."""
    count: int
    known: int
    """How many conversations are known of those that the server was asked for."""
    unreadable: int
    """Of how many of those the history cannot be read."""
    old: int = 0
    """How many of those were kept from an earlier run, and have not been read in this one."""
    of: float | None = None
    """When the oldest of these was read, in seconds since 1970."""


def checked_here(query: ConversationFilter) -> Node:
    """What the server was asked for, as far as facts tell it; which texts a history holds is a matter of what came."""
    parts: list[Node] = [Term("tag", OneOf(query.tags))] if query.tags else []
    parts += [Term("untagged", True)] if query.untagged else []
    parts += [] if query.archived else [Term("archived", OneOf(("no",)))]
    return All(tuple(parts))
