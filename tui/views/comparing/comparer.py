"""A comparison as it is read: what is folded, where the cursor is, and which lines are looked at. Knows no screen."""

from collections.abc import Sequence

import msgspec

from tui.store.comparing.comparison import Comparison, MessagePair
from tui.views.comparing.columns import ComparedColumns
from tui.views.comparing.layout import LaidOutBlock, lay_out
from tui.views.comparing.outline import EQUAL_TURNS, MESSAGE, TURN, ComparedBlock, Key, blocks
from tui.views.text.ink import Line

_KEPT = 400
"""Blocks whose lines are kept."""

_GUESSED = 2
"""Lines that a block has until it is laid out, for the scroll bar."""

_ABOVE = 3
"""Lines above a difference that is gone to."""

Place = tuple[int, int]
"""A block and a line of it."""


class Comparer:
    """Two histories that are compared as they are looked at."""

    def __init__(self, before: Sequence[msgspec.Raw], after: Sequence[msgspec.Raw]) -> None:
        self.comparison = Comparison(before, after)
        self.blocks: list[ComparedBlock] = []
        self.unfolded: set[Key] = set()
        self.cursor: Place = (0, 0)
        self.top: Place = (0, 0)
        self.height = 1
        self.columns = ComparedColumns(80)
        self.differences: list[int] = []
        """The blocks that are differences."""
        self.has_moved = False
        """Whether the user has gone anywhere: until then the first difference is gone to once it is known."""
        self._taken = 0
        self._laid: dict[Key, LaidOutBlock] = {}
        self._heights: list[int] = []

    # -- growing ---------------------------------------------------------------------------------------------------

    def work(self, seconds: float) -> bool:
        """Compare for so long; whether there is more to do."""
        more = self.comparison.step(seconds)
        turns = self.comparison.turns
        if self._taken < len(turns):
            self._grow()
        return more

    def _grow(self) -> None:
        """Show the turns that are new; a run of equal ones at the end goes on."""
        begin = self._taken
        if begin and not self.comparison.turns[begin - 1].differs:
            at = max(at for at, block in enumerate(self.blocks) if block.kind == EQUAL_TURNS)
            begin = self.blocks[at].turn
            self._cut(at)
        self._add(begin)
        self._taken = len(self.comparison.turns)
        if not self.has_moved and self.differences:
            self.go_to_difference(0)

    def _cut(self, at: int) -> None:
        for block in self.blocks[at:]:
            self._laid.pop(block.key, None)
        del self.blocks[at:], self._heights[at:]
        while self.differences and self.differences[-1] >= at:
            self.differences.pop()

    def _add(self, begin: int) -> None:
        for block in blocks(self.comparison.turns, self.unfolded, begin):
            if block.is_difference:
                self.differences.append(len(self.blocks))
            self.blocks.append(block)
            self._heights.append(_GUESSED)

    # -- looking ---------------------------------------------------------------------------------------------------

    def resize(self, width: int, height: int) -> None:
        """Lay out for another size; the line that is read stays in view."""
        self.height = max(1, height)
        if width != self.columns.width:
            self.columns = ComparedColumns(width)
            self._laid.clear()
            self._heights = [_GUESSED] * len(self.blocks)
        self.keep_in_view()

    def lines(self, at: int) -> list[Line]:
        """The lines of a block."""
        block = self.blocks[at]
        laid = self._laid.get(block.key)
        if laid is None:
            if len(self._laid) >= _KEPT:
                self._laid.clear()
            unfolded = block.key in self.unfolded
            laid = lay_out(block, self.comparison.turns, self.columns, unfolded=unfolded)
            self._laid[block.key] = laid
            self._heights[at] = len(laid.lines)
        return laid.lines

    def rows(self) -> list[Place]:
        """The places that are in view, from the top on."""
        if not self.blocks:
            return []
        places: list[Place] = []
        at, line = self._bounded(self.top)
        while at < len(self.blocks) and len(places) < self.height:
            count = len(self.lines(at))
            places += [(at, one) for one in range(line, min(count, line + self.height - len(places)))]
            at, line = at + 1, 0
        return places

    @property
    def extent(self) -> tuple[int, int]:
        """All lines, and those above the top, as far as they are known."""
        return sum(self._heights), sum(self._heights[: self.top[0]]) + self.top[1]

    # -- moving ----------------------------------------------------------------------------------------------------

    def step(self, place: Place, by: int) -> Place:
        """The place so many lines further on, or back; the last or first one where there are not so many."""
        at, line = self._bounded(place)
        line += by
        while line < 0 and at > 0:
            at -= 1
            line += len(self.lines(at))
        while line >= len(self.lines(at)) and at < len(self.blocks) - 1:
            line -= len(self.lines(at))
            at += 1
        return at, max(0, min(line, len(self.lines(at)) - 1))

    def go(self, place: Place) -> None:
        """Put the cursor there."""
        self.has_moved = True
        if self.blocks:
            self.cursor = self._bounded(place)
            self.keep_in_view()

    def keep_in_view(self) -> None:
        """Scroll as little as that takes."""
        if not self.blocks:
            return
        self.cursor, self.top = self._bounded(self.cursor), self._bounded(self.top)
        if self.cursor < self.top:
            self.top = self.cursor
        elif self.cursor not in self.rows():
            self.top = self.step(self.cursor, 1 - self.height)

    def go_to_difference(self, number: int) -> None:
        """Put the cursor on a difference, counted from 0; one that is not well in view gets some lines above it."""
        at = self.differences[number]
        self.cursor = at, 1 if self.blocks[at].kind == TURN else 0
        if self.cursor not in self.rows()[: max(1, self.height * 2 // 3)]:
            self.top = self.step(self.cursor, -min(_ABOVE, self.height // 3))
        self.keep_in_view()

    @property
    def difference(self) -> int | None:
        """The number, from 0, of the difference at the cursor, or of the last one before it."""
        found = [number for number, at in enumerate(self.differences) if at <= self.cursor[0]]
        return found[-1] if found else None

    @property
    def pair(self) -> MessagePair | None:
        """The messages at the cursor."""
        block = self.block
        return None if block is None or block.kind != MESSAGE else self.comparison.turns[block.turn].pairs[block.first]

    @property
    def block(self) -> ComparedBlock | None:
        """What the cursor is on."""
        return self.blocks[self.cursor[0]] if self.blocks else None

    def _bounded(self, place: Place) -> Place:
        at = max(0, min(place[0], len(self.blocks) - 1))
        return at, max(0, min(place[1], len(self.lines(at)) - 1))

    # -- folding ---------------------------------------------------------------------------------------------------

    def fold(self, key: Key, *, unfolded: bool) -> None:
        """Unfold, or fold, what has a key; the cursor goes on what is folded."""
        (self.unfolded.add if unfolded else self.unfolded.discard)(key)
        self.show_anew(key)

    def show_anew(self, key: Key) -> None:
        """Choose anew what is shown; the cursor is on what has a key then, where that is there."""
        self._cut(0)
        self._laid.clear()
        self._add(0)
        self._taken = len(self.comparison.turns)
        at = next((at for at, block in enumerate(self.blocks) if block.key == key), 0)
        self.cursor = at, 0
        self.keep_in_view()
