"""Tables whose rows are all in memory: they are few, and sorted here."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from tui.store.across.calls import CallOrder
from tui.store.across.column import TableColumn
from tui.store.across.value import Missing, Value, in_order

if TYPE_CHECKING:
    from tui.store.facts.store import FactsStore

Key = tuple[Value, ...]
"""What tells a row of a table from others, whatever is known of it."""

Row = tuple[Key, tuple[Value, ...]]
"""Its key, and the values by column."""

Ask = Callable[["FactsStore"], Awaitable[Sequence[Row]]]


class RowsTable:
    """Rows that a question to the facts gives; what takes long is added by a second one, and unknown until then."""

    def __init__(self, columns: Sequence[TableColumn], ask: Ask, then: Ask | None = None) -> None:
        """`then` gives rows of some columns, `Missing.UNKNOWN` where it has nothing to add."""
        self.columns = tuple(columns)
        self.order = CallOrder()
        self._ask = ask
        self._then = then
        self._rows: list[Row] = []
        self._places: dict[Key, int] = {}
        self.is_known = False
        """Whether there is an answer."""
        self.part_of_all = ""
        """Which rows these are, where there are too many to be all here: `the newest`."""

    @property
    def count(self) -> int:
        """Rows in all."""
        return len(self._rows)

    def key_at(self, index: int) -> Key | None:
        """The key of a row."""
        return self._rows[index][0] if 0 <= index < len(self._rows) else None

    def place_of(self, key: Key | None) -> int | None:
        """Where the row of a key stands."""
        return self._places.get(key) if key is not None else None

    def values(self, index: int) -> Sequence[Value] | None:
        """A row, by column."""
        return self._rows[index][1] if 0 <= index < len(self._rows) else None

    async def load(self, store: "FactsStore", changed: Callable[[], None]) -> None:
        """Ask anew; `changed` is called when there is something to show.

        Raises:
            FactsUnavailable: the facts do not answer.
        """
        before = dict(self._rows) if self._then is not None else {}
        rows = await self._ask(store)
        self._put([(key, _filled(values, before.get(key))) for key, values in rows])
        changed()
        if self._then is not None:
            later = dict(await self._then(store))
            self._put([(key, _filled(values, later.get(key))) for key, values in rows])
            changed()

    async def sort(self, order: CallOrder, _store: "FactsStore") -> None:
        """Put the rows in another order; "" is that of the answer."""
        self.order = order
        self._put(self._rows)

    async def look(self, first: int, last: int, _store: "FactsStore") -> bool:
        """Have these rows at hand; whether any have come."""
        return False

    async def all_rows(self, _store: "FactsStore") -> list[Sequence[Value]]:
        """Every row, in order."""
        return [values for _, values in self._rows]

    def _put(self, rows: Sequence[Row]) -> None:
        rows = list(rows)
        place = next((at for at, column in enumerate(self.columns) if column.key == self.order.by), None)
        if place is not None:
            rows.sort(key=lambda row: in_order(row[1][place], descending=self.order.descending))
        self._rows, self.is_known = rows, True
        self._places = {key: at for at, (key, _) in enumerate(rows)}


def _filled(values: tuple[Value, ...], other: Sequence[Value] | None) -> tuple[Value, ...]:
    """What is not known of a row, taken from another."""
    if other is None:
        return values
    return tuple(there if here is Missing.UNKNOWN else here for here, there in zip(values, other, strict=True))
