"""The mouse in a transcript: wheel, cursor, fold marks, the map, and what is selected by dragging."""

from typing import TYPE_CHECKING

from tui.views.reader.folds import fold
from tui.views.reader.reader import Reader
from tui.widgets.transcript.painter import bar_of

if TYPE_CHECKING:
    from tui.views.transcript.viewport import Viewport

_WHEEL = 3
"""Lines of one notch of the wheel."""


class Gestures:
    """Everything that keys do, by pointing at it."""

    def __init__(self) -> None:
        self._grip: int | None = None
        """The row of the thumb that is held."""

    def holds(self, reader: Reader) -> bool:
        """Whether something is being dragged, so that the mouse belongs to the reader wherever it goes."""
        return self._grip is not None or (reader.selection.pressed is not None and reader.selection.span is not None)

    def wheel(self, reader: Reader, notches: int) -> None:
        """Scroll on or, negative, back."""
        reader.go(lambda viewport: viewport.scroll(notches * _WHEEL))

    def press(self, reader: Reader, x: int, y: int, button: int) -> None:
        """Put the cursor on a line, fold at a mark, jump on the map; a selection may begin here."""
        if reader.selection.clear():
            reader.repaint()
        viewport = reader.viewport
        if viewport is None or button != 1:
            return
        on_bar = x >= reader.width - 1
        if not on_bar:
            reader.selection.press(viewport, x, y)
        if y >= viewport.height:
            return
        if on_bar:
            self._press_bar(reader, viewport, y)
        elif y < viewport.first_row:
            if (sticky := viewport.sticky) is not None:
                reader.go(lambda viewport: viewport.to_block(sticky, 0))
        elif y < len(rows := viewport.rows()):
            place = rows[y]
            reader.go(lambda viewport: viewport.to(place, y))
            block, look = viewport.document.blocks[place[0]], viewport.document.look
            if block.is_mark(place[1], look) and x <= _mark_end(viewport, place):
                fold(reader)

    def _press_bar(self, reader: Reader, viewport: "Viewport", row: int) -> None:
        bar = bar_of(viewport)
        if not bar.needed:
            return
        if row in bar.thumb:
            self._grip = row - bar.thumb.start
        else:
            line = bar.line_at(row)
            reader.go(lambda viewport: viewport.to(viewport.at_line(line), viewport.first_row))

    def move(self, reader: Reader, x: int, y: int, button: int) -> None:
        """Drag the thumb, or select from where the button went down; beyond the edge the text scrolls."""
        viewport, grip = reader.viewport, self._grip
        if viewport is None:
            return
        if grip is not None:
            line = bar_of(viewport).top_for_drag(y, grip)
            reader.go(lambda viewport: viewport.scroll_to_line(line))
        elif button and reader.selection.pressed is not None:
            if not viewport.first_row <= y < viewport.height:
                reader.go(lambda viewport: viewport.scroll(1 if y >= viewport.height else -1))
            if reader.selection.drag(viewport, x, y):
                reader.repaint()

    def release(self, reader: Reader) -> None:
        """Let go, and tell what was selected."""
        self.lose(reader)
        if reader.document is not None:
            reader.news.selected = reader.selection.copied(reader.document)

    def lose(self, reader: Reader) -> None:
        """Something else has taken the mouse, such as a dialogue: nothing is dragged any more by moving it."""
        self._grip = reader.selection.pressed = None


def _mark_end(viewport: "Viewport", place: tuple[int, int]) -> int:
    """The last cell, counted with the gutter, of the fold mark on a line."""
    text = "".join(span.text for span in viewport.document.line(*place))
    found = [at for mark in "▸▾" if (at := text.find(mark)) >= 0]
    return min(found, default=0) + 2
