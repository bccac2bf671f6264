"""What is to be known about the rows above it, in as many lines as it takes, up to a few."""

from textual.geometry import Size
from textual.strip import Strip

from tui.views.text.ink import Line, Span
from tui.views.text.wrap import crop_line, line_width, wrap_spans
from tui.widgets.line_widget import LineWidget

_MOST_LINES = 4
_NARROWEST = 4
_CUT = 4


class Banner(LineWidget):
    """Wraps its words; it is as high as they are, and hidden without any."""

    def show_line(self, left: Line, right: Line | None = None) -> None:
        """Show these words, those at the right after those at the left."""
        said = [*left, *(right or [])]
        self.display = bool(said)
        if said != self._left:
            self._left = said
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words take."""
        return max(1, len(self._wrapped(width)))

    def paint_line(self, y: int) -> Strip:
        """One line of it."""
        lines = self._wrapped(self.size.width)
        line = [Span(" "), *lines[y]] if y < len(lines) else []
        return self.inks.strip(line)

    def _wrapped(self, width: int) -> list[Line]:
        width = max(_NARROWEST, width - 2)
        lines = wrap_spans(self._left, width) if self._left else []
        lines = self._without_the_middle(lines, width)
        if len(lines) > _MOST_LINES:
            rest = [span for line in lines[_MOST_LINES - 1 :] for span in (*line, Span(" "))]
            lines = [*lines[: _MOST_LINES - 1], crop_line(rest, width)]
        return lines

    def _without_the_middle(self, lines: list[Line], width: int) -> list[Line]:
        """The lines, cut before the last words where there are too many: those say what to press."""
        *before, last = self._left or [Span("")]
        while before and len(lines) > _MOST_LINES and line_width(before) > width:
            before = crop_line(before, line_width(before) - _CUT)
            lines = wrap_spans([*before, last], width)
        return lines
