"""What is told of conversations beside their facts, such as verdicts: kept here, and asked by terms once facts are."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.store.facts.schema import BesideRows, BesideValue
    from tui.store.facts.store import FactsStore


class Thumbs(NamedTuple):
    """How many people said what of a conversation's answers."""

    down: int = 0
    up: int = 0
    neither: int = 0
    waits: bool = False
    """Whether some of it waits for somebody to look at it."""


NO_THUMBS = Thumbs()


class Annotations(NamedTuple):
    """What a list tells of a conversation beside its row and its facts."""

    label: str = ""
    """What the reviewer said of it, else what others did."""
    is_flagged: bool = False
    """Whether the reviewer flagged it, or one of its turns."""
    thumbs: Thumbs = NO_THUMBS
    """What people said of its answers."""


NO_ANNOTATIONS = Annotations()


class ToldBeside:
    """The rows of each table beside the facts, by conversation."""

    def __init__(self) -> None:
        self._told: dict[str, dict[str, BesideRows]] = {}
        self._store: FactsStore | None = None
        self.version = 0
        """Another number whenever something else is told."""

    def put(self, table: str, told: "Mapping[str, BesideRows]") -> None:
        """Take what is told of these conversations for all that a table has of them."""
        self._told.setdefault(table, {}).update(told)
        self.version += 1
        if self._store is not None and told:
            self._store.tell(table, dict(told))

    def named(self, table: str, fits: "Callable[[tuple[BesideValue, ...]], bool]") -> list[str] | None:
        """The ids of the conversations of which a table has a row that fits; None where nothing was told of any."""
        told = self._told.get(table)
        return [one for one, rows in told.items() if any(map(fits, rows))] if told is not None else None

    def of(self, table: str) -> "Iterator[tuple[BesideValue, ...]]":
        """All rows of a table."""
        for rows in self._told.get(table, {}).values():
            yield from rows

    def join(self, store: "FactsStore") -> None:
        """Facts are in use from here on."""
        self._store = store
        for table, told in self._told.items():
            store.tell(table, dict(told))
