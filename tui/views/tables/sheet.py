"""A table as it is looked at, as plain state: the cell under the cursor, what is in view, and its lines."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from tui.store.across.calls import CallOrder
from tui.store.across.column import TableColumn
from tui.store.across.rows import Key
from tui.store.across.value import Missing, Value
from tui.terminal.text.clean import clean_line
from tui.views.tables.cells import cell_of, is_right
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import cell_width, crop_line, line_width

WIDEST = 36
"""Cells of a column at most; a line below tells all of the cell under the cursor."""
_LEAST = 3
_EDGE = 2
"""Cells before the first column: the marker of the cursor, and the mark."""
_GAP = 2
_HEAD_LIMIT = 80
_MARKED = 10
"""Cells of the text under the cursor that are marked: a step sends no more of long texts."""
_HERE = "cursor underline"
"""The ink of the cell under the cursor: that of the marker, so that a step sends little, and seen without colours."""


class TableRows(Protocol):
    """What is shown: rows by index, each a value by column, None where it is on its way."""

    columns: tuple[TableColumn, ...]
    is_known: bool
    part_of_all: str

    @property
    def order(self) -> CallOrder:
        """By what it is sorted."""

    @property
    def count(self) -> int:
        """Rows in all."""

    def key_at(self, index: int) -> Key | None:
        """The key of a row."""

    def place_of(self, key: Key | None) -> int | None:
        """Where the row of a key stands."""

    def values(self, index: int) -> Sequence[Value] | None:
        """A row, by column."""


class Sheet:
    """Where the user is in a table; the first column always stays in view."""

    def __init__(self, table: TableRows) -> None:
        self.table = table
        self.row = 0
        self.column = 0
        self.top = 0
        self.left = 1
        """The first column that is in view beside the one that always is."""
        self.size = (80, 20)
        """Columns and lines, that of the heads among them."""
        self.marked: set[Key] = set()
        self._key: Key | None = None
        self._is_placed = False
        """Whether the user has put the cursor on a row: it stays on it then."""
        self._widths: dict[str, int] = {}
        self._measured: int | None = None
        """The first row of those that the columns were made wide enough for last."""

    # -- where the user is -----------------------------------------------------------------------------------------

    @property
    def rows_in_view(self) -> int:
        """Lines for rows."""
        return max(1, self.size[1] - 1)

    @property
    def view(self) -> tuple[int, int]:
        """The first row in view, and the one behind the last."""
        return self.top, min(self.table.count, self.top + self.rows_in_view)

    @property
    def column_here(self) -> TableColumn | None:
        """The column under the cursor."""
        return self.table.columns[self.column] if self.column < len(self.table.columns) else None

    @property
    def value_here(self) -> Value:
        """What stands in the cell under the cursor."""
        values = self.table.values(self.row)
        return values[self.column] if values is not None and self.column < len(values) else Missing.UNKNOWN

    def resize(self, width: int, height: int) -> None:
        """Lay out for a size; one that is told again changes nothing."""
        size = (max(1, width), max(1, height))
        if size == self.size and self._measured is not None:
            return
        follows = self._follows
        self.size, self._measured = size, None
        if follows:
            self._keep_in_view()
        else:
            self._stay(self.top)

    def rows_came(self) -> None:
        """Rows in view are at hand now, and their columns may want another width; what is in view stays."""
        self._measure()

    def go(self, row: int, column: int | None = None) -> None:
        """Put the cursor on a row, and in a column, or on the nearest there is."""
        self._is_placed = True
        self._put(row, column)

    def _put(self, row: int, column: int | None) -> None:
        self.row = max(0, min(row, self.table.count - 1))
        if column is not None:
            self.column = max(0, min(column, len(self.table.columns) - 1))
        self._key = self.table.key_at(self.row)
        self._keep_in_view()

    def expect(self, key: Key | None) -> None:
        """Put the cursor on the row of a key, once there is one."""
        self._key, self._is_placed = key, key is not None

    def scroll(self, by: int) -> None:
        """Move the view without the cursor."""
        self.top = max(0, min(self.top + by, self.table.count - self.rows_in_view))

    def rows_changed(self) -> None:
        """The table has other rows: the cursor stays on its row and in its column, where these are still there.

        Whoever has scrolled away from it sees what they saw.
        """
        follows, top = self._follows, self.top
        place = self.table.place_of(self._key) if self._is_placed else None
        if place is not None:
            self.top += place - self.row
        self._measured = None
        self._put(place if place is not None else self.row, self.column)
        if not follows:
            self._stay(top)

    @property
    def _follows(self) -> bool:
        """Whether the cursor is in view: it is to stay there then."""
        return self._measured is None or self.top <= self.row < self.top + self.rows_in_view

    def _stay(self, top: int) -> None:
        self.top = top
        self.scroll(0)
        self._measure()

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        key = self.table.key_at(self.row)
        if key is not None:
            self.marked ^= {key}

    def _keep_in_view(self) -> None:
        rows = self.rows_in_view
        self.top = max(0, min(self.top, self.row, self.table.count - rows if self.table.count > rows else 0))
        self.top = max(self.top, self.row - rows + 1)
        if self._measured != self.top:
            self._measure()
        if self.column <= self.left:
            self.left = max(1, self.column)
        while self.left < self.column and self.column not in self._columns_in_view():
            self.left += 1

    # -- lines -----------------------------------------------------------------------------------------------------

    def _measure(self) -> None:
        """Columns only ever become wider: nothing moves about while the user scrolls."""
        self._measured = self.top
        columns, now = self.table.columns, datetime.now(UTC)
        for column in columns:
            self._widths.setdefault(column.key, min(WIDEST, max(_LEAST, cell_width(_head(column)) + _GAP)))
        for index in range(*self.view):
            for column, value in zip(columns, self.table.values(index) or (), strict=False):
                width = self._widths[column.key]
                if width < WIDEST:
                    self._widths[column.key] = max(width, min(WIDEST, cell_width(cell_of(value, column, now).text)))

    def width_of(self, index: int) -> int:
        """Cells of a column."""
        return self._widths.get(self.table.columns[index].key, _LEAST)

    def _columns_in_view(self) -> list[int]:
        """Those that have room beside the first one; the last of them may be cut, if it is the only one."""
        columns = self.table.columns
        if not columns:
            return []
        shown, used = [0], _EDGE + self.width_of(0)
        for index in range(self.left, len(columns)):
            used += _GAP + self.width_of(index)
            if used > self.size[0] and len(shown) > 1:
                break
            shown.append(index)
        return shown

    def cells_in_view(self) -> list[tuple[int, range]]:
        """The columns in view, and which cells of the screen each has."""
        found, at = [], _EDGE
        for index in self._columns_in_view():
            found.append((index, range(at, at + self.width_of(index))))
            at += self.width_of(index) + _GAP
        return found

    def heads(self, *, focused: bool) -> Line:
        """The line above the rows: what columns are called, by which they are sorted, and that there are more."""
        line: Line = [Span("‹ " if self.left > 1 else "  ", "muted")]
        order, shown = self.table.order, self._columns_in_view()
        for index in shown:
            column = self.table.columns[index]
            sign = (" ↓" if order.descending else " ↑") if order.by == column.key else ""
            ink = "accent strong" if focused and index == self.column else "muted"
            head = _fitted(Span(f"{_head(column)}{sign}", ink), self.width_of(index), right=column.is_number)
            line += [*head, Span(" " * _GAP)]
        more = bool(shown) and shown[-1] < len(self.table.columns) - 1
        width = self.size[0] - (2 if more else 0)
        line = crop_line(line[:-1], width)
        return [*line, Span(" " * max(0, width - line_width(line)) + " ›", "muted")] if more else line

    def line(self, index: int, *, focused: bool) -> Line:
        """One row."""
        here = index == self.row
        key = self.table.key_at(index)
        line: Line = [
            Span("▌" if here else " ", ("cursor" if focused else "muted") if here else ""),
            Span("▣", "accent") if key in self.marked else Span(" "),
        ]
        values, now = self.table.values(index), datetime.now(UTC)
        if values is None:
            return [*line, Span("…", "muted")]
        for place in self._columns_in_view():
            column, value = self.table.columns[place], values[place]
            cell = cell_of(value, column, now)
            fitted = _fitted(cell, self.width_of(place), right=is_right(value, column))
            line += [
                *(_under_cursor(fitted) if here and focused and place == self.column else fitted),
                Span(" " * _GAP),
            ]
        return crop_line(line[:-1], self.size[0])


def _head(column: TableColumn) -> str:
    return clean_line(column.head, _HEAD_LIMIT) or '""'


def _fitted(cell: Span, width: int, *, right: bool) -> Line:
    """A cell in the width of its column."""
    cut = crop_line([cell], width)
    gap = Span(" " * (width - line_width(cut)))
    return [gap, *cut] if right else [*cut, gap]


def _under_cursor(fitted: Line) -> Line:
    """A cell with the begin of its text marked; one that is empty is to be seen, too."""
    at = next((place for place, span in enumerate(fitted) if span.text.strip()), None)
    if at is None:
        room = sum(len(span.text) for span in fitted)
        return [Span(" " * min(room, _LEAST), _HERE), Span(" " * (room - _LEAST))]
    text, ink = fitted[at]
    begin = "".join(span.text for span in crop_line([fitted[at]], _MARKED, ""))
    return [*fitted[:at], Span(begin, _HERE), Span(text[len(begin) :], ink), *fitted[at + 1 :]]
