"""A scroll bar of one column: where its thumb is, what a click means, and the glyph of each row."""

from typing import NamedTuple

from tui.views.text.ink import Span

_TRACK = Span("│", "rule")
_THUMB = Span("┃", "muted")


class ScrollBar(NamedTuple):
    """A document of `total` lines seen through a window of `height` rows whose first line is `top`."""

    total: int
    height: int
    top: int

    @property
    def needed(self) -> bool:
        """Whether there is anything to scroll."""
        return self.total > self.height > 0

    @property
    def thumb(self) -> range:
        """The rows of the thumb: at least one, and at an end only when the document is."""
        if not self.needed:
            return range(0)
        size = max(1, min(self.height - 1, round(self.height * self.height / self.total))) if self.height > 1 else 1
        room, travel = self.height - size, self.total - self.height
        start = round(room * self.top / travel)
        if room > 1:
            start = max(start, 1) if self.top > 0 else start
            start = min(start, room - 1) if self.top < travel else start
        start = max(0, min(room, start))
        return range(start, start + size)

    def row_of(self, line: int) -> int:
        """The row of the bar that stands for a line of the document."""
        return max(0, min(self.height - 1, line * self.height // self.total)) if self.total else 0

    def line_at(self, row: int) -> int:
        """The line of the document that a row of the bar stands for."""
        return max(0, min(self.total - 1, row * self.total // self.height)) if self.height and self.total else 0

    def top_for_drag(self, row: int, grip: int) -> int:
        """The first line of the window when the thumb, held at its row `grip`, is dragged to `row`."""
        room = self.height - len(self.thumb)
        if room <= 0:
            return 0
        start = max(0, min(room, row - grip))
        return round(start * (self.total - self.height) / room)

    def cell(self, row: int) -> Span:
        """The cell of a row beside lines that need no track."""
        return _THUMB if row in self.thumb else Span(" ")

    def cells(self, marks: dict[int, Span] | None = None) -> list[Span]:
        """One cell for each row: the thumb, which covers what is on the screen anyway, else a mark, else the track."""
        thumb, track = self.thumb, _TRACK if self.needed else Span(" ")
        return [_THUMB if row in thumb else (marks or {}).get(row, track) for row in range(self.height)]
