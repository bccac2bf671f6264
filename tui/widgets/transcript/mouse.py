"""The mouse in a transcript: wheel, cursor, fold marks and the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from tui.widgets.scroll_bar import ScrollBar
from tui.widgets.transcript.search_line import TranscriptSearch

if TYPE_CHECKING:
    from tui.views.transcript.viewport import Viewport

_WHEEL = 3
"""Lines of one notch of the wheel."""


class TranscriptMouse(TranscriptSearch):
    """Everything that keys do, by pointing at it."""

    _grip: int | None = None

    def _bar_of(self, viewport: Viewport) -> ScrollBar:
        return ScrollBar(viewport.document.total, viewport.height, viewport.first_line)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll on."""
        event.stop()
        self._go(lambda viewport: viewport.scroll(_WHEEL))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        event.stop()
        self._go(lambda viewport: viewport.scroll(-_WHEEL))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on a line, fold at a mark, jump on the map."""
        viewport = self.viewport
        if viewport is None or event.y >= viewport.height or event.button != 1:
            return
        if event.x >= self.size.width - 1:
            self._press_bar(viewport, event.y)
            return
        if event.y < viewport.first_row:
            sticky = viewport.sticky
            if sticky is not None:
                self._go(lambda viewport: viewport.to_block(sticky, 0))
            return
        rows = viewport.rows()
        if event.y >= len(rows):
            return
        place = rows[event.y]
        self._go(lambda viewport: viewport.to(place, event.y))
        block, look = viewport.document.blocks[place[0]], viewport.document.look
        if block.is_mark(place[1], look) and event.x <= _mark_end(viewport, place):
            self.action_toggle_fold()

    def _press_bar(self, viewport: Viewport, row: int) -> None:
        bar = self._bar_of(viewport)
        if not bar.needed:
            return
        if row in bar.thumb:
            self._grip = row - bar.thumb.start
            self.capture_mouse()
        else:
            line = bar.line_at(row)
            self._go(lambda viewport: viewport.to(viewport.at_line(line), viewport.first_row))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the thumb."""
        grip = self._grip
        if grip is not None and self.viewport is not None:
            line = self._bar_of(self.viewport).top_for_drag(event.y, grip)
            self._go(lambda viewport: viewport.scroll_to_line(line))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let the thumb go."""
        if self._grip is not None:
            self._grip = None
            self.release_mouse()

    def on_mouse_release(self) -> None:
        """Something else has taken the mouse, such as a dialogue."""
        if self.app.mouse_captured is not self:
            self._grip = None


def _mark_end(viewport: Viewport, place: tuple[int, int]) -> int:
    """The last cell, counted with the gutter, of the fold mark on a line."""
    text = "".join(span.text for span in viewport.document.line(*place))
    found = [at for mark in "▸▾" if (at := text.find(mark)) >= 0]
    return min(found, default=0) + 2
