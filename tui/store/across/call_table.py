"""The table of calls: their keys are in memory, what is shown of them is asked for as it is looked at."""

from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.store.across.calls import (
    MOST_PARAMETERS,
    CallOrder,
    CallRow,
    CallsOf,
    calls_of,
    columns_of,
    rows_of,
)
from tui.store.across.column import PARAMETER, TableColumn
from tui.store.across.rows import Key
from tui.store.across.value import Value

if TYPE_CHECKING:
    from tui.store.facts.database import FactsDatabase
    from tui.store.facts.store import FactsStore

_FIRST = 200
"""Keys that are wanted at once; the others come a moment later."""
_AHEAD = 60
_KEPT = 2_000
_TOGETHER = 500
"""Rows that are asked for at once where all are wanted."""


class CallsTable:
    """The calls of one tool, as far as they are narrowed down."""

    def __init__(self, calls: CallsOf) -> None:
        self.calls = calls
        self.columns: tuple[TableColumn, ...] = ()
        self._keys = array("q")
        self._view = slice(0, _AHEAD)
        self._rows: dict[int, CallRow] = {}
        self.is_known = False
        """Whether there is an answer."""
        self.part_of_all = ""
        """Which parameters have columns, where they are too many to have all of them."""

    @property
    def order(self) -> CallOrder:
        """By what they are sorted."""
        return self.calls.order

    @property
    def count(self) -> int:
        """Rows in all."""
        return len(self._keys)

    def key_at(self, index: int) -> Key | None:
        """The key of a row."""
        return (self._keys[index],) if 0 <= index < len(self._keys) else None

    def place_of(self, key: Key | None) -> int | None:
        """Where the row of a key stands."""
        if key is None or not isinstance(key[0], int):
            return None
        try:
            return self._keys.index(key[0])
        except ValueError:
            return None

    def call_at(self, index: int) -> CallRow | None:
        """What is known of a row, where it is at hand."""
        return self._rows.get(self._keys[index]) if 0 <= index < len(self._keys) else None

    def values(self, index: int) -> Sequence[Value] | None:
        """A row, by column; None where it is on its way."""
        row = self.call_at(index)
        return [row.value(column.key) for column in self.columns] if row is not None else None

    async def load(self, store: "FactsStore", changed: Callable[[], None]) -> None:
        """Ask anew; the first rows come before all others.

        Raises:
            FactsUnavailable: the facts do not answer.
        """
        for first in (_FIRST, -1) if not self.is_known else (-1,):
            await self._ask(store, first)
            changed()
            if len(self._keys) < first:
                break

    async def sort(self, order: CallOrder, store: "FactsStore") -> None:
        """Ask for another order."""
        self.calls = replace(self.calls, order=order)
        await self._ask(store, -1)

    async def _ask(self, store: "FactsStore", first: int) -> None:
        calls, view = self.calls, self._view
        columns, keys, rows = await store.query(lambda database: _begun(database, calls, first, view))
        if calls is self.calls:
            self.columns, self._keys, self._rows, self.is_known = columns, keys, rows, True
            has_all = sum(column.key.startswith(PARAMETER) for column in columns) < MOST_PARAMETERS
            self.part_of_all = "" if has_all else f"the {MOST_PARAMETERS} most frequent parameters"

    async def look(self, first: int, last: int, store: "FactsStore") -> bool:
        """Have these rows at hand; whether any have come."""
        self._view = slice(max(0, first - _AHEAD), last + _AHEAD)
        lacking = [key for key in self._keys[self._view] if key not in self._rows]
        if not lacking:
            return False
        if len(self._rows) > _KEPT:
            self._rows.clear()
        self._rows.update(await store.query(lambda database: rows_of(database, lacking)))
        return True

    async def calls_at(self, places: Sequence[int], store: "FactsStore") -> list[CallRow]:
        """The calls of these rows, as far as they are still known.

        Raises:
            FactsUnavailable: the facts do not answer.
        """
        keys = [self._keys[place] for place in places]
        rows = await store.query(lambda database: rows_of(database, keys))
        return [rows[key] for key in keys if key in rows]

    async def all_rows(self, store: "FactsStore") -> list[Sequence[Value]]:
        """Every row, in order."""
        keys, columns, found = self._keys[:], self.columns, list[Sequence[Value]]()
        for at in range(0, len(keys), _TOGETHER):
            part = keys[at : at + _TOGETHER]
            rows = await store.query(lambda database, part=part: rows_of(database, part))  # type: ignore[misc]
            found += [[rows[key].value(column.key) for column in columns] for key in part if key in rows]
        return found


def _begun(
    database: "FactsDatabase", calls: CallsOf, first: int, view: slice
) -> "tuple[tuple[TableColumn, ...], array[int], dict[int, CallRow]]":
    keys = calls_of(database, calls, first)
    return columns_of(database, calls), keys, rows_of(database, keys[view])
