"""A window on a document: its first line, the cursor, and moves that never lose the place.

A place is a block and a line in it, so a height that turns out otherwise above the window moves nothing on the screen.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from tui.views.transcript.blocks.block import Marker
from tui.views.transcript.document import Document
from tui.views.transcript.kinds import TURN

Place = tuple[int, int]
"""The number of a block and a line in it."""

_FAR = 400
"""Lines from which a way is measured by the heights as far as they are known, and not walked."""

_AHEAD = 3
"""Lines below its target that a jump wants to see."""


class Viewport:
    """Where the user reads in a document; `height` is in rows."""

    def __init__(self, document: Document, height: int = 24) -> None:
        self.document = document
        self.height = max(1, height)
        self.top: Place = (0, 0)
        self.cursor: Place = (0, 0)
        self._held: tuple[Place, Marker] | None = None
        """Where the cursor was put when a layout changed, and for what: changes one after the other do not add up."""

    # walking

    def first(self) -> Place:
        """The first line there is."""
        return self._down(0, 0)

    def last(self) -> Place:
        """The last line there is."""
        index = len(self.document.blocks) - 1
        while index > 0 and not self.document.height(index):
            index -= 1
        return index, max(0, self.document.height(index) - 1)

    def step(self, place: Place, lines: int) -> Place:
        """The place so many lines further down or, negative, up; at the ends the last or first one."""
        if abs(lines) > _FAR:
            return self._measured(place, lines)
        index, line = place
        return self._down(index, line + lines) if lines >= 0 else self._up(index, line + lines)

    def _down(self, index: int, line: int) -> Place:
        document = self.document
        count = len(document.blocks)
        while index < count:
            height = document.height(index)
            if line < height:
                return index, line
            line -= height
            index += 1
        return self.last()

    def _up(self, index: int, line: int) -> Place:
        while line < 0 and index > 0:
            index -= 1
            line += self.document.height(index)
        return self._down(index, line) if line >= 0 else self.first()

    def _measured(self, place: Place, lines: int) -> Place:
        heights = self.document.heights
        wanted = heights.before(place[0]) + place[1] + lines
        return self.at_line(wanted)

    def at_line(self, line: int) -> Place:
        """The place of a line counted from the top, as far as heights are known."""
        heights = self.document.heights
        if line <= 0:
            return self.first()
        if line >= heights.total:
            return self.last()
        index, rest = heights.find(line)
        return index, max(0, min(rest, self.document.height(index) - 1))

    # what is seen

    def rows(self) -> list[Place]:
        """The place on each row of the window; fewer than its height where the document ends."""
        rows: list[Place] = []
        index, line = self.top
        count = len(self.document.blocks)
        while len(rows) < self.height and index < count:
            end = min(self.document.height(index), line + self.height - len(rows))
            rows.extend((index, number) for number in range(line, end))
            index, line = index + 1, 0
        return rows

    @property
    def sticky(self) -> int | None:
        """The block of the turn's line that has scrolled out above the first row and is shown in its place."""
        index = self.top[0]
        if self.document.blocks[index].kind == TURN:
            return None
        return self.document.section_of(index)

    def row_of(self, place: Place) -> int | None:
        """The row of a place; None when it is not seen or behind the turn's line."""
        if place < self.top:
            return None
        row = self._distance(self.top, place)
        return None if row is None or row < self.first_row else row

    @property
    def first_row(self) -> int:
        """The first row that shows the line that is there."""
        return 0 if self.sticky is None or self.height < 3 else 1

    def _distance(self, above: Place, below: Place) -> int | None:
        index, line = above
        lines = -line
        while index < below[0]:
            lines += self.document.height(index)
            index += 1
            if lines >= self.height:
                return None
        lines += below[1]
        return lines if lines < self.height else None

    # moves

    def move(self, lines: int) -> None:
        """Take the cursor so many lines down or up; the window follows at its edges."""
        self.cursor = self.step(self.cursor, lines)
        self._follow()

    def scroll(self, lines: int) -> None:
        """Move the window; the cursor stays on its line while that is seen."""
        self.top = self.step(self.top, lines)
        if lines > 0:
            self._fill()
        self._keep_cursor_inside()

    def page(self, lines: int) -> None:
        """Move the window and the cursor with it; where the window cannot move the cursor goes to that end."""
        row = self.row_of(self.cursor) or 0
        before = self.top
        self.top = self.step(self.top, lines)
        if lines > 0:
            self._fill(before)
        if self.top == before:
            self.cursor = self.last() if lines > 0 else self.first()
            self._follow()
            return
        rows = self.rows()
        self.cursor = rows[max(self.first_row, min(row, len(rows) - 1))]

    def to_first(self) -> None:
        """The begin of the document."""
        self.top = self.cursor = self.first()

    def to_last(self) -> None:
        """The end of the document."""
        self.cursor = self.last()
        self.top = self.step(self.cursor, 1 - self.height)

    def to(self, place: Place, row: int | None = None) -> None:
        """Put the cursor on a place: on the row when one is given, else the window moves only if it must."""
        index, line = place
        self.cursor = index, max(0, min(line, self.document.height(index) - 1))
        seen = self.row_of(self.cursor)
        if row is None and seen is not None and seen < max(1, self.height - _AHEAD):
            return
        self.put_on(self.usual_row if row is None else row)

    @property
    def usual_row(self) -> int:
        """The row that a jump puts its target on."""
        return self.height // 4

    def put_on(self, row: int, *, fill: bool = True) -> None:
        """Scroll so that the cursor's line is on a row, as far as the document goes."""
        self.top = self.step(self.cursor, -min(row, self.height - 1))
        if fill:
            self._fill()
        self._follow()

    def scroll_to_line(self, line: int) -> None:
        """Put a line, counted from the top, on the first row: what a drag of the scroll bar asks for."""
        self.top = self.at_line(line)
        self._fill()
        self._keep_cursor_inside()

    def to_block(self, index: int, row: int | None = None) -> None:
        """Put the cursor on the first line of a block that says something."""
        block = self.document.blocks[index]
        first = block.first_text_line if block.kind == TURN else int(block.gap)
        self.to((index, first), None if row is None else row + first - int(block.gap))

    def is_reached_by(self, document: Document) -> bool:
        """Whether a document that grows is there as far as this one is looked at: to the last row of the screen."""
        index, line = self.top
        if document.complete or max(index, self.cursor[0]) >= len(document.blocks):
            return document.complete
        rows = -line
        for at in range(index, len(document.blocks)):
            rows += document.height(at)
            if rows >= self.height:
                return True
        return False

    def look_where(self, other: "Viewport") -> None:
        """Look at the same lines as in an earlier answer."""
        self.top, self.cursor = other.top, other.cursor
        self.settle()

    def settle(self) -> None:
        """Put places that may be past what there is now back on a line."""
        self.top, self.cursor = self.step(self.top, 0), self.step(self.cursor, 0)
        self._fill()
        self._follow()

    def _follow(self) -> None:
        if self.row_of(self.cursor) is not None:
            return
        if self.cursor < self.top or self._distance(self.top, self.cursor) is not None:
            self.top = self.cursor
            if self.first_row:
                self.top = self.step(self.cursor, -1)
        else:
            self.top = self.step(self.cursor, 1 - self.height)

    def _fill(self, at_least: Place | None = None) -> None:
        """Move the window up where it would show less than it could."""
        if len(self.rows()) < self.height:
            top = self.step(self.last(), 1 - self.height)
            self.top = max(top, at_least) if at_least is not None else top

    def _keep_cursor_inside(self) -> None:
        if self.row_of(self.cursor) is not None:
            return
        rows = self.rows()
        first = min(self.first_row, len(rows) - 1)
        self.cursor = rows[first] if self.cursor < rows[first] else rows[-1]

    # keeping the place

    @contextmanager
    def held(self, *, fill: bool = False) -> Iterator[None]:
        """Whatever changes the layout inside, the line under the cursor stays on its row."""
        index, _ = self.cursor
        row = self.row_of(self.cursor)
        marker: Marker | None = self._marker()
        yield
        while index > 0 and not self.document.height(index):
            index, marker = index - 1, None
        block = self.document.blocks[index]
        line = int(block.gap) if marker is None else block.line_of(marker, self.document.look)
        self.cursor = index, max(0, min(line, self.document.height(index) - 1))
        self._held = (self.cursor, marker) if marker is not None else None
        self.put_on(self.first_row if row is None else row, fill=fill)

    def _marker(self) -> Marker:
        """What to find the cursor's line by: as long as nobody moved it, the one that has brought it here."""
        index, line = self.cursor
        block, look = self.document.blocks[index], self.document.look
        if self._held is not None and self._held[0] == self.cursor:
            held = self._held[1]
            if block.line_of(held, look) == line:
                return held
        return block.mark_at(line, look)

    # what is said of it

    def position(self) -> str:
        """`turn 3/6 · 41 %`."""
        document = self.document
        section = document.section_of(self.cursor[0])
        turns = len(document.turns)
        number = document.turn_at(self.cursor[0]).number if section is not None else 0
        many = f"{turns}" if document.complete else f"{turns}+"
        percent = f"{self.percent} %"
        return f"turn {number or '–'}/{many} · {percent}" if turns else percent

    @property
    def first_line(self) -> int:
        """The number of the window's first line, as far as heights are known."""
        return self.document.heights.before(self.top[0]) + self.top[1]

    @property
    def percent(self) -> int:
        """How much of the way down the window is: 0 at the begin, 100 at the end."""
        travel = self.document.total - self.height
        if travel <= 0:
            return 100
        return max(0, min(100, round(100 * self.first_line / travel)))
