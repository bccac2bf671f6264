"""Text that is selected with the mouse: what is copied are the words of the lines, without bars and margins."""

from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.views.text.ink import Line
from tui.views.text.unwrap import unwrapped
from tui.views.text.wrap import cell_width, line_width, plain
from tui.views.transcript.blocks.block import BARS

if TYPE_CHECKING:
    from tui.views.transcript.document import Document
    from tui.views.transcript.viewport import Place, Viewport

GUTTER = 1
"""Cells at the left of a row, before its line begins."""

_BAR_TEXTS = frozenset(BARS.values())

Spot = tuple[tuple[int, int], int]
"""A line and a cell of it."""


class Selection:
    """Where it begins and ends, from the button that went down on."""

    def __init__(self) -> None:
        self.pressed: Spot | None = None
        """Where the button went down, as long as it is down."""
        self.span: tuple[Spot, Spot] | None = None
        """The first cell, and the one behind the last, in the order of the document."""

    def clear(self) -> bool:
        """Forget what is selected; whether anything was."""
        had = self.span is not None
        self.pressed = self.span = None
        return had

    def layout_changed(self) -> None:
        """It would be on other lines now, unless it is still being made."""
        if self.pressed is None:
            self.span = None

    def press(self, viewport: "Viewport", x: int, y: int) -> None:
        """A selection may begin at a cell of a row."""
        self.pressed = _spot(viewport, x, y)

    def drag(self, viewport: "Viewport", x: int, y: int) -> bool:
        """Select from where the button went down to a cell of a row; whether that is another selection."""
        spot = _spot(viewport, x, max(viewport.first_row, min(y, viewport.height - 1)))
        if self.pressed is None or spot is None:
            return False
        (first, start), (last, end) = sorted((self.pressed, spot))
        self.span = (first, start), (last, end + 1)
        return True

    def cells(self, line: Line, place: "Place") -> range:
        """The selected cells of a line, but for the bar at its left."""
        if self.span is None or not self.span[0][0] <= place <= self.span[1][0]:
            return range(0)
        begin, end = self.span
        bar = cell_width(line[0].text) if line and line[0].text in _BAR_TEXTS else 0
        start = max(bar, begin[1] if place == begin[0] else 0)
        stop = min(line_width(line), end[1]) if place == end[0] else line_width(line)
        return range(start, stop)

    def text(self, document: "Document") -> str:
        """What is selected, block by block; where a line was only wrapped, it goes on."""
        if self.span is None:
            return ""
        blocks = range(self.span[0][0][0], self.span[1][0][0] + 1)
        texts = [unwrapped(self._lines(document, index), document.blocks[index].source()) for index in blocks]
        return "\n".join(text for text in texts if text).strip("\n")

    def _lines(self, document: "Document", index: int) -> list[str]:
        lines: list[str] = []
        for number in range(document.height(index)):
            place = index, number
            if self.span is not None and self.span[0][0] <= place <= self.span[1][0]:
                line = document.line(*place)
                lines.append(_between(plain(line), self.cells(line, place)).rstrip())
        return lines


def _spot(viewport: "Viewport", x: int, y: int) -> Spot | None:
    rows = viewport.rows()
    if not rows or y < viewport.first_row:
        return None
    return rows[min(y, len(rows) - 1)], max(0, x - GUTTER)


def _between(text: str, cells: range) -> str:
    """The text of some cells; half a wide character is a blank."""
    before, _ = Segment(text).split_cells(max(cells.start, cells.stop))
    return before.split_cells(cells.start)[1].text
