"""What is told of conversations beside their facts, such as verdicts: kept here, and asked by terms once facts are."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.store.facts.schema import BesideRows
    from tui.store.facts.store import FactsStore


class Annotations(NamedTuple):
    """What a list tells of a conversation beside its row and its facts."""

    label: str = ""
    """What the reviewer said of it, else what others did."""
    is_flagged: bool = False
    """Whether the reviewer flagged it, or one of its turns."""


NO_ANNOTATIONS = Annotations()


class ToldBeside:
    """The rows of each table beside the facts, by conversation."""

    def __init__(self) -> None:
        self._told: dict[str, dict[str, BesideRows]] = {}
        self._store: FactsStore | None = None

    def put(self, table: str, told: "Mapping[str, BesideRows]") -> None:
        """Take what is told of these conversations for all that a table has of them."""
        self._told.setdefault(table, {}).update(told)
        if self._store is not None and told:
            self._store.tell(table, dict(told))

    def join(self, store: "FactsStore") -> None:
        """Facts are in use from here on."""
        self._store = store
        for table, told in self._told.items():
            store.tell(table, dict(told))
