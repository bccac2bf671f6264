"""One line of the screen with something at its left end and something at its right end."""

from textual.strip import Strip

from tui.views.text.ink import Line, Span
from tui.views.text.wrap import crop_line, line_width
from tui.widgets.line_widget import LineWidget


class LineBar(LineWidget):
    """Paints two lines of spans into one; what does not fit is cut at the left one."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._left: Line = []
        self._right: Line = []

    def show_line(self, left: Line, right: Line | None = None) -> None:
        """Show these words; nothing is painted when they are there already."""
        if (left, right or []) != (self._left, self._right):
            self._left, self._right = left, right or []
            self.refresh()

    def paint_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        if y:
            return Strip.blank(width, self.base)
        right = crop_line(self._right, max(0, width - 2))
        room = width - line_width(right) - 2
        left = crop_line(self._left, max(0, room)) if room >= 4 else []
        fill = width - line_width(left) - line_width(right) - 1
        line = [*left, Span(" " * max(0, fill)), *right]
        return self.palette.strip(line, width, self.base)
