"""Selecting text in a transcript with the mouse: what is copied is the text of the lines, without bars and margins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.views.text.ink import Line
from tui.views.text.unwrap import unwrapped
from tui.views.text.wrap import cell_width, line_width, plain
from tui.views.transcript.blocks.block import BARS
from tui.widgets.transcript.mouse import TranscriptMouse

if TYPE_CHECKING:
    from tui.views.transcript.document import Document
    from tui.views.transcript.viewport import Place, Viewport

_GUTTER = 1
_SELECTED = Style(reverse=True)
_BAR_TEXTS = frozenset(BARS.values())

Spot = tuple[tuple[int, int], int]
"""A line and a cell of its text."""


class TranscriptSelect(TranscriptMouse):
    """Dragging selects, letting go tells what was selected; Esc or a click forgets it."""

    class TextSelected(Message, namespace="transcript_view"):
        """Somebody has selected text."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    _pressed: Spot | None = None
    _selected: tuple[Spot, Spot] | None = None
    """Where it begins and ends, in the order of the document."""

    def clear_selection(self) -> bool:
        """Forget what is selected; whether anything was."""
        had = self._selected is not None
        self._pressed = self._selected = None
        if had:
            self.repaint()
        return had

    def on_document_changed(self, *, same: bool) -> None:
        """What was selected belongs to another conversation, or stands elsewhere now."""
        self._pressed = self._selected = None
        super().on_document_changed(same=same)

    def repaint(self, *, everything: bool = False) -> None:
        """After a change of the layout the selection would be on other lines, unless it is still being made."""
        if everything and self._pressed is None:
            self._selected = None
        super().repaint(everything=everything)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A selection may begin here."""
        self.clear_selection()
        viewport = self.viewport
        if viewport is not None and event.button == 1 and event.x < self.size.width - 1:
            self._pressed = _spot(viewport, event.x, event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button went down to here; beyond the edge the text scrolls."""
        viewport, pressed = self.viewport, self._pressed
        if viewport is None or pressed is None or not event.button:
            return
        if self._selected is None:
            self.capture_mouse()
        if event.y < viewport.first_row:
            self._go(lambda viewport: viewport.scroll(-1))
        elif event.y >= viewport.height:
            self._go(lambda viewport: viewport.scroll(1))
        spot = _spot(viewport, event.x, max(viewport.first_row, min(event.y, viewport.height - 1)))
        if spot is not None:
            (first, start), (last, end) = sorted((pressed, spot))
            self._selected = (first, start), (last, end + 1)
            self.repaint()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Tell what was selected."""
        self._pressed = None
        self.release_mouse()  # also where what was selected is gone meanwhile
        if self._selected is None or self.document is None:
            return
        if text := _text(self.document, *self._selected):
            self.post_message(self.TextSelected(text))

    def on_mouse_release(self) -> None:
        """Something else has taken the mouse: nothing is selected any more by moving it."""
        if self.app.mouse_captured is not self:
            self._pressed = None

    def _build(self) -> list[Strip]:
        frame = super()._build()
        viewport = self.viewport
        if viewport is not None and self._selected is not None:
            for row, place in enumerate(viewport.rows()):
                cells = _cells(viewport.document.line(*place), place, *self._selected)
                if row >= viewport.first_row and cells:
                    frame[row] = _reversed(frame[row], cells.start + _GUTTER, cells.stop + _GUTTER)
        return frame


def _spot(viewport: Viewport, x: int, y: int) -> Spot | None:
    rows = viewport.rows()
    if not rows or y < viewport.first_row:
        return None
    return rows[min(y, len(rows) - 1)], max(0, x - _GUTTER)


def _cells(line: Line, place: Place, begin: Spot, end: Spot) -> range:
    """The selected cells of a line, but for the bar at its left."""
    if not begin[0] <= place <= end[0]:
        return range(0)
    bar = cell_width(line[0].text) if line and line[0].text in _BAR_TEXTS else 0
    start = max(bar, begin[1] if place == begin[0] else 0)
    stop = min(line_width(line), end[1]) if place == end[0] else line_width(line)
    return range(start, stop)


def _text(document: Document, begin: Spot, end: Spot) -> str:
    """What is selected, block by block; where a line was only wrapped, it goes on."""
    blocks = range(begin[0][0], end[0][0] + 1)
    texts = [unwrapped(_lines(document, index, begin, end), document.blocks[index].source()) for index in blocks]
    return "\n".join(text for text in texts if text).strip("\n")


def _lines(document: Document, index: int, begin: Spot, end: Spot) -> list[str]:
    lines: list[str] = []
    for number in range(document.height(index)):
        if begin[0] <= (index, number) <= end[0]:
            line = document.line(index, number)
            cells = _cells(line, (index, number), begin, end)
            strip = Strip([Segment(plain(line))]).crop(cells.start, max(cells.start, cells.stop))
            lines.append(strip.text.rstrip())
    return lines


def _reversed(strip: Strip, start: int, stop: int) -> Strip:
    return Strip.join([strip.crop(0, start), strip.crop(start, stop).apply_style(_SELECTED), strip.crop(stop)])
