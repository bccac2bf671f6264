"""What the terminal shows and what it should show, and the bytes from one to the other."""

from collections.abc import Iterable
from operator import is_not
from typing import NamedTuple

from tui.terminal.paint.encoder import Encoder, Row
from tui.terminal.paint.pens import Cell, Pen, Pens

PLAIN = "\x1b[m"
"""Ends every colour and attribute."""
CLEAR = "\x1b[H\x1b[2J"
"""Empties the screen, with the cursor in its corner."""

_SCROLL_ROWS = 4
"""Fewer changed rows than this are not worth a look for a scroll."""
_PANES = 2
_NEAR = 3
"""How many rows with the same content are tried as the origin of one."""


class Shift(NamedTuple):
    """The rows from top to bottom moved up by some rows (down when negative)."""

    top: int
    bottom: int
    rows: int


class Frame:
    """A screen full of cells; `place` costs nothing on the wire, `flush` gives the difference."""

    def __init__(self, pens: Pens, *, bce: bool) -> None:
        self.pens = pens
        self._bce = bce
        self.width = 0
        self.height = 0
        self._target: list[Row] = []
        self._shown: list[Row | None] = []
        self._touched: set[int] = set()
        self._pen: Pen | None = None
        """The terminal's pen; None where something else may have changed it."""
        self._panes: dict[tuple[int, int], set[int]] = {}

    def resize(self, width: int, height: int) -> None:
        """Take the size of an update; another one than before forgets everything."""
        if (width, height) != (self.width, self.height):
            self.width, self.height = width, height
            blank = self.pens.plain[" "]
            self._target = [[blank] * width for _ in range(height)]
            self.forget()

    def forget(self) -> None:
        """Suppose nothing about what the terminal shows."""
        self._shown = [None] * self.height
        self._pen = None
        self._touched = set(range(self.height))
        self._panes.clear()

    def place(self, x: int, y: int, cells: list[Cell]) -> None:
        """Put cells into the picture."""
        if not (0 <= y < self.height and 0 <= x < self.width):
            return
        cells = cells[: self.width - x]
        row = self._target[y]
        if row[x : x + len(cells)] == cells:
            return
        if row is self._shown[y]:
            row = self._target[y] = row.copy()
        row[x : x + len(cells)] = cells
        self._touched.add(y)
        self._panes.setdefault((x, x + len(cells)), set()).add(y)

    def flush(self) -> str:
        """The bytes that bring the terminal from what it shows to the picture; "" when nothing differs."""
        rows = [y for y in sorted(self._touched) if self._shown[y] is None or self._shown[y] != self._target[y]]
        output = self._painted(rows) if rows else ""
        for y in self._touched:
            self._shown[y] = self._target[y]
        self._touched.clear()
        self._panes.clear()
        return output

    def _painted(self, rows: list[int]) -> str:
        begin = "" if self._pen is not None else PLAIN
        self._pen = self._pen or self.pens.plain
        output, self._pen = self._shortest(rows, self._pen)
        return begin + output

    def _shortest(self, rows: list[int], pen: Pen) -> tuple[str, Pen]:
        shift = self._find_shift(rows)
        if shift is None:
            return self._emit(self._shown, rows, pen)
        shifted = self._shifted(shift)
        region = sorted({*rows, *range(shift.top, shift.bottom + 1)})
        plain_cost, shift_cost = self._cost(self._shown, rows), self._cost(shifted, region)
        if shift_cost >= plain_cost:
            return self._emit(self._shown, rows, pen)
        moved = self._emit(shifted, region, pen, shift)
        if shift_cost * 3 < plain_cost:
            return moved
        # Cells are a rough measure: blanks are erased for nothing, pens cost more than characters.
        return min(self._emit(self._shown, rows, pen), moved, key=lambda way: len(way[0]))

    def _emit(
        self, shown: list[Row | None], rows: Iterable[int], pen: Pen, shift: Shift | None = None
    ) -> tuple[str, Pen]:
        encoder = Encoder(self.pens, self._bce, pen)
        if shift is not None:
            encoder.scroll(*shift)
        for y in rows:
            encoder.repair(y, shown[y], self._target[y])
        return encoder.finish()

    def _cost(self, shown: list[Row | None], rows: Iterable[int]) -> int:
        cost = 0
        for y in rows:
            old = shown[y]
            cost += self.width if old is None else sum(map(is_not, old, self._target[y]))
        return cost

    def _shifted(self, shift: Shift) -> list[Row | None]:
        shown = list(self._shown)
        blank: Row = [self.pens.plain[" "]] * self.width
        for y in range(shift.top, shift.bottom + 1):
            origin = y + shift.rows
            shown[y] = self._shown[origin] if shift.top <= origin <= shift.bottom else blank
        return shown

    def _find_shift(self, rows: list[int]) -> Shift | None:
        """The move that explains most rows of one of the largest changed panes."""
        if len(rows) < _SCROLL_ROWS or None in self._shown:
            return None
        panes = sorted(self._panes.items(), key=lambda item: (item[0][1] - item[0][0]) * len(item[1]), reverse=True)
        shifts = [self._find_pane_shift(left, right, ys) for (left, right), ys in panes[:_PANES]]
        return next((shift for shift in shifts if shift is not None), None)

    def _find_pane_shift(self, left: int, right: int, ys: set[int]) -> Shift | None:
        # The edges may hold a cursor mark, a border or a scroll bar, which do not move along.
        left, right = left + 2, right - 3
        if right - left < 8 or len(ys) < _SCROLL_ROWS:
            return None
        origins: dict[tuple[Cell, ...], list[int]] = {}
        for y in sorted(ys):
            content = tuple((self._shown[y] or [])[left:right])
            first = content[0]  # most lines are told from an even one by their last cell
            if content[-1] is not first or content.count(first) != len(content):
                origins.setdefault(content, []).append(y)
        votes: dict[int, list[int]] = {}
        for y in sorted(ys):
            for origin in origins.get(tuple(self._target[y][left:right]), ())[:_NEAR]:
                votes.setdefault(origin - y, []).append(y)
        still = len(votes.pop(0, ()))
        if not votes:
            return None
        rows, moved = max(votes.items(), key=lambda item: len(item[1]))
        if len(moved) < _SCROLL_ROWS - 1 or len(moved) <= still:
            return None
        return Shift(min(moved[0], moved[0] + rows), max(moved[-1], moved[-1] + rows), rows)
