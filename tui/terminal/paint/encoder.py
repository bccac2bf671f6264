"""The bytes that change rows of cells on a terminal, with one pen and one cursor for the whole frame.

What is to be painted is collected as runs of characters in one pen. A frame sends them row by row or pen by
pen, whichever is shorter: with true colour a change of the pen costs some twenty bytes, and a move of the cursor eight.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import is_not, itemgetter
from typing import NamedTuple

from tui.terminal.paint.pens import Cell, Pen, Pens
from tui.terminal.text.widths import is_disputed

_ERASE_AT_LEAST = 4
"""Fewer blanks than this are written; more are erased with EL."""
_ERASED = 6
"""From so many blanks on ECH is shorter."""
_GAP = 4
"""Moving over this many cells costs as much as writing them again."""
_OTHERS = re.compile(rb"\x01(?:\x00{0,%d}\x01)*" % _GAP)
"""Columns that differ, with small gaps between them."""
_MOVE = 8
"""Bytes of a usual move of the cursor."""
_STEP = 5
"""Bytes of a usual change of the pen, beside its foreground."""

_SPILL = 16
"""Cells that a joined emoji takes at most where it is shown as its parts."""

_AGREED = "\u0902"
"""Up to here no single character is of uncertain width."""

Row = list[Cell]


class Run(NamedTuple):
    """Characters in one pen from a cell on; `end` is where they leave the cursor, None where that is not certain."""

    x: int
    y: int
    pen: Pen
    text: str
    end: int | None
    certain: bool
    """Whether the terminal surely takes the cells that we think it takes."""


class Encoder:
    """Collects the output of one frame; the terminal keeps the pen of the frame before, which is where it starts."""

    def __init__(self, pens: Pens, bce: bool, pen: Pen) -> None:
        self._plain = pens.plain
        self._bce = bce
        self._begin = pen
        self._scrolled = ""
        self._runs: list[Run] = []
        self._following = pen

    def scroll(self, top: int, bottom: int, rows: int) -> None:
        """Move the rows of a region up (rows > 0) or down, blank rows following; before anything is painted."""
        count = str(abs(rows)) if abs(rows) > 1 else ""
        command = "M" if rows > 0 else "L"
        if self._begin is not self._plain:
            self._scrolled += self._begin.step_to(self._plain)  # blank rows take the background of the pen
            self._begin = self._following = self._plain
        self._scrolled += f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H\x1b[{count}{command}\x1b[r"

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

    def finish(self) -> tuple[str, Pen]:
        """All of it, and the pen that is left behind."""
        trail = _Trail(self._begin, self._scrolled)
        for run in _by_pen(self._runs) if _is_shorter_by_pen(self._runs) else self._runs:
            trail.draw(run)
        return trail.finish()

    def _erasable(self, row: Row) -> int:
        """Where the blanks begin that EL would make; the width when there are none."""
        at = len(row)
        last = row[-1] if row else None
        if last is None or last[0] != " " or not last[1].is_flat or (last[1].background and not self._bce):
            return at
        while at and row[at - 1] is last:
            at -= 1
        return at

    def _erase(self, x: int, y: int, blank: Pen) -> None:
        pen = self._following if _shows_same(self._following, blank) else blank
        self._runs.append(Run(x, y, pen, "\x1b[K", x, True))

    def _paint(self, start: int, end: int, y: int, row: Row) -> None:
        """Cut cells into runs: a new one where the pen changes, and after a character of uncertain width."""
        begin, pen, certain = start, self._following, True
        parts: list[str] = []
        x = start
        while x < end:
            character, own = row[x]
            if own is pen and certain and len(character) == 1 and " " < character <= _AGREED:
                parts.append(character)  # what most cells are, before all questions
                x += 1
                continue
            blanks, taken = 0, own
            if character == " ":
                blanks = self._blanks(row, x, end)
                taken = pen if own is pen else self._pen_for_blank(row, x, end, pen)
            if parts and (taken is not pen or blanks or not (certain or not character)):
                self._add(begin, x, y, pen, parts, certain=certain)
                begin, parts, certain = x, [], True
            pen = taken
            if blanks:
                self._runs.append(Run(x, y, pen, f"\x1b[{blanks}X", x, True))
                x += blanks
                begin = x
                continue
            if (len(character) > 1 or character > _AGREED) and _is_uncertain(character):
                certain = False
                parts.append(self._cleared(row, x))
            parts.append(character)
            x += 1
        if parts:
            self._add(begin, end, y, pen, parts, certain=certain)
        self._following = pen

    @staticmethod
    def _cleared(row: Row, x: int) -> str:
        """What blanks the cells of a character first: should the terminal give it fewer, nothing old is left in one.

        Blanks are written. Erasing would cost less, but tmux then takes the half of a wide character that was there
        before for a part of the new one, and blanks both when that half is painted.

        A blank in the last column leaves the cursor on it, or beyond it, as the terminal wraps lines or not. From there
        no step back leads to the same cell everywhere.
        """
        cells = _cells_of(row, x)
        if cells < 2 and len(row[x][0]) > 1:
            return ""  # marks on a character of one cell: on these all agree
        if x + cells == len(row):
            return f"{' ' * cells}\x1b[{x + 1}G"
        return f"{' ' * cells}\x1b[{cells if cells > 1 else ''}D"

    def _blanks(self, row: Row, x: int, end: int) -> int:
        """How many blanks from a cell on are better erased with ECH than written; 0 where none are."""
        cell = row[x]
        if not cell[1].is_flat or (cell[1].background and not self._bce):
            return 0
        stop = x + 1
        while stop < end and row[stop] is cell:
            stop += 1
        # What follows costs a move of the cursor, too.
        return stop - x if stop - x >= (_ERASED if stop == end else 2 * _ERASED) else 0

    def _add(self, begin: int, end: int, y: int, pen: Pen, parts: list[str], *, certain: bool) -> None:
        self._runs.append(Run(begin, y, pen, "".join(parts), end if certain else None, certain))

    @staticmethod
    def _pen_for_blank(row: Row, x: int, end: int, pen: Pen) -> Pen:
        """A blank is content with any pen that shows the same, best the one needed next."""
        own = row[x][1]
        if not own.is_flat:
            return own
        if _shows_same(pen, own):
            return pen
        following = next((cell for cell in row[x + 1 : end] if cell is not row[x]), None)
        return following[1] if following is not None and _shows_same(following[1], own) else own


class _Trail:
    """Where cursor and pen are while runs are sent."""

    def __init__(self, pen: Pen, before: str) -> None:
        self._pen = pen
        self._parts = [before]
        self._x: int | None = None
        self._y: int | None = None

    def draw(self, run: Run) -> None:
        """Send one run."""
        x, y, pen, text, end, _ = run
        if x != self._x or y != self._y:
            self._parts.append(self._way(x, y))
        if pen is not self._pen:
            self._parts.append(self._pen.step_to(pen))
            self._pen = pen
        self._parts.append(text)
        self._x, self._y = end, y

    def finish(self) -> tuple[str, Pen]:
        """All of it, and the pen at the end."""
        return "".join(self._parts), self._pen

    def _way(self, x: int, y: int) -> str:
        if y == self._y:
            if x == 0:
                return "\r"
            if self._x is not None and x > self._x:
                step = x - self._x
                return f"\x1b[{step}C" if step > 1 else "\x1b[C"
            return f"\x1b[{x + 1}G"
        if x == 0:
            return "\r\n" if self._y is not None and y == self._y + 1 else f"\x1b[{y + 1}H"
        return f"\x1b[{y + 1}d" if x == self._x else f"\x1b[{y + 1};{x + 1}H"


def _is_shorter_by_pen(runs: Sequence[Run]) -> bool:
    """Whether changing pens as often as a row by row painting does costs more than moving the cursor instead."""
    changes, joined = 0, 0
    pens: set[Pen] = set()
    for before, run in pairwise(runs):
        changes += run.pen is not before.pen
        joined += run.x == before.end and run.y == before.y
        pens.add(run.pen)
    if changes <= len(pens):
        return False
    step = _STEP + sum(len(pen.foreground) for pen in pens) // len(pens)
    return (changes - len(pens)) * step > joined * _MOVE


def _by_pen(runs: Sequence[Run]) -> list[Run]:
    """The runs of each pen together, pens in the order of their first use.

    A row that holds a character of uncertain width is painted by itself, from left to right and last: what the terminal
    makes of such a character may spoil the cell beside it, which is painted afterwards.
    """
    delicate = {run.y for run in runs if not run.certain}
    groups: dict[Pen, list[Run]] = {}
    rest: list[Run] = []
    for run in runs:
        (rest if run.y in delicate else groups.setdefault(run.pen, [])).append(run)
    return [*(run for group in groups.values() for run in group), *rest]


def _shows_same(pen: Pen, blank: Pen) -> bool:
    """Whether a blank in the one pen looks like a blank in the other."""
    return pen.background == blank.background and pen.is_flat


def _changes(old: Sequence[Cell], new: Row) -> list[tuple[int, int]]:
    """Runs of columns that differ, small gaps joined, no wide character cut in half."""
    if len(old) != len(new):
        return [(0, len(new))]
    if old == new:
        return []
    # One byte a column: the search for runs is the same for the whole screen at each key, and costs nothing this way.
    return [_whole(new, *run.span()) for run in _OTHERS.finditer(bytes(map(is_not, old, new)))]


def _whole(row: Row, start: int, end: int) -> tuple[int, int]:
    while start and (row[start][0] == "" or is_disputed(row[start][0])):
        start -= 1
    first = max(start, end - _SPILL)
    characters = [*map(itemgetter(0), row[first:end])]
    if max(characters) > _AGREED or max(map(len, characters)) > 1:
        for x, character in enumerate(characters, first):
            if len(character) > 1 or character > _AGREED:
                end = _spilt(row, x, end)
    while end < len(row) and row[end][0] == "":
        end += 1
    return start, end


def _spilt(row: Row, x: int, end: int) -> int:
    """Where a run ends that also paints the cells which a character of uncertain width may spill over."""
    return min(len(row), max(end, x + 2 * len(row[x][0]))) if _is_uncertain(row[x][0]) else end


def _is_uncertain(character: str) -> bool:
    """Whether terminals disagree about the width of a character: of joined, varied and disputed ones."""
    return len(character) > 1 or is_disputed(character)


def _cells_of(row: Row, x: int) -> int:
    """The cells that we think a character takes."""
    stop = x + 1
    while stop < len(row) and row[stop][0] == "":
        stop += 1
    return stop - x
