"""The bytes that change rows of cells on a terminal, with one pen and one cursor for the whole frame."""

from collections.abc import Sequence

from tui.terminal.pens import Cell, Pen, Pens

_ERASE_AT_LEAST = 4
"""Fewer blanks than this are written; more are erased with EL."""
_GAP = 4
"""Moving over this many cells costs as much as writing them again."""

Row = list[Cell]


class Brush:
    """Collects the output of one frame; starts and ends with the plain pen."""

    def __init__(self, pens: Pens, bce: bool) -> None:
        self._plain = pens.plain
        self._pen = pens.plain
        self._bce = bce
        self._parts: list[str] = []
        self._x: int | None = None
        self._y: int | None = None

    def scroll(self, top: int, bottom: int, rows: int) -> None:
        """Move the rows of a region up (rows > 0) or down, blank rows following."""
        count = str(abs(rows)) if abs(rows) > 1 else ""
        command = "M" if rows > 0 else "L"
        self._parts.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H\x1b[{count}{command}\x1b[r")
        self._x = self._y = None

    def repair(self, y: int, old: Sequence[Cell] | None, new: Row) -> None:
        """Paint what differs between the row on the screen and the row that should be there."""
        width = len(new)
        tail = self._erasable(new)
        for start, end in [(0, width)] if old is None else _changes(old, new):
            if end - max(start, tail) >= _ERASE_AT_LEAST:
                self._paint(start, min(end, tail), y, new)
                self._erase(max(start, tail), y, new[-1][1])
                return
            self._paint(start, end, y, new)

    def finish(self) -> str:
        """All of it, with the plain pen left behind."""
        self._take(self._plain)
        return "".join(self._parts)

    def _erasable(self, row: Row) -> int:
        """Where the blanks begin that EL would make; the width when there are none."""
        at = len(row)
        last = row[-1] if row else None
        if last is None or last[0] != " " or not last[1].is_flat or (last[1].background and not self._bce):
            return at
        while at and row[at - 1] is last:
            at -= 1
        return at

    def _erase(self, x: int, y: int, pen: Pen) -> None:
        self._move(x, y)
        if not (self._pen.is_flat and self._pen.background == pen.background):
            self._take(pen)
        self._parts.append("\x1b[K")

    def _take(self, pen: Pen) -> None:
        if pen is not self._pen:
            self._parts.append(self._pen.step_to(pen))
            self._pen = pen

    def _move(self, x: int, y: int) -> None:
        if (self._x, self._y) == (x, y):
            return
        self._parts.append(self._way(x, y))
        self._x, self._y = x, y

    def _way(self, x: int, y: int) -> str:
        if y == self._y:
            if x == 0:
                return "\r"
            if self._x is not None and x > self._x:
                step = x - self._x
                return f"\x1b[{step}C" if step > 1 else "\x1b[C"
        elif x == 0 and self._y == y - 1:
            return "\r\n"
        return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"

    def _paint(self, start: int, end: int, y: int, row: Row) -> None:
        if start >= end:
            return
        self._move(start, y)
        parts = self._parts
        certain = True
        for x in range(start, end):
            character, pen = row[x]
            if pen is not self._pen:
                self._change(row, x, end)
            parts.append(character)
            # Terminals disagree about the width of joined and varied characters.
            if len(character) > 1:
                certain = False
            elif not certain and character:
                parts.pop()
                self._x = None
                self._move(x, y)
                parts.append(character)
                certain = True
        self._x = end if end < len(row) and certain else None

    def _change(self, row: Row, x: int, end: int) -> None:
        """Take the pen for a cell; a blank is content with any that shows the same, best the one needed next."""
        character, pen = row[x]
        if character != " " or not pen.is_flat:
            self._take(pen)
            return
        if self._shows_same(self._pen, pen):
            return
        following = next((cell for cell in row[x + 1 : end] if cell is not row[x]), None)
        best = following[1] if following is not None and self._shows_same(following[1], pen) else pen
        self._take(best)

    @staticmethod
    def _shows_same(pen: Pen, blank: Pen) -> bool:
        return pen.background == blank.background and pen.is_flat


def _changes(old: Sequence[Cell], new: Row) -> list[tuple[int, int]]:
    """Runs of columns that differ, small gaps joined, no wide character cut in half."""
    if len(old) != len(new):
        return [(0, len(new))]
    runs: list[tuple[int, int]] = []
    for x, (before, after) in enumerate(zip(old, new, strict=True)):
        if before is after or before == after:
            continue
        if runs and x - runs[-1][1] <= _GAP:
            runs[-1] = (runs[-1][0], x + 1)
        else:
            runs.append((x, x + 1))
    return [_whole(new, start, end) for start, end in runs]


def _whole(row: Row, start: int, end: int) -> tuple[int, int]:
    while start and row[start][0] == "":
        start -= 1
    while end < len(row) and row[end][0] == "":
        end += 1
    return start, end
