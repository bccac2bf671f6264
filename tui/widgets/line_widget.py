"""A widget that is painted line by line from spans, past the layers of styling that it has no use for."""

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.views.text.ink import Line, Span
from tui.views.text.wrap import crop_line, line_width
from tui.widgets.palette import PLAIN, Palette


class LineWidget(Widget):
    """Has no border and no padding; shows one line of words, or what a subclass paints line by line.

    Textual's own way looks every line's style up in the style sheet again, which takes most of the time of a key press.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.palette = PLAIN
        self._base: Style | None = None
        self._left: Line = []
        self._right: Line = []

    @property
    def base(self) -> Style:
        """Foreground and background of the widget."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def set_palette(self, palette: Palette) -> None:
        """Paint in the styles of another theme."""
        self.palette = palette
        self._base = None
        self.refresh()

    def show_line(self, left: Line, right: Line | None = None) -> None:
        """Show these words at both ends of the line; nothing is painted when they are there already."""
        if (left, right or []) != (self._left, self._right):
            self._left, self._right = left, right or []
            self.refresh()

    def paint_line(self, y: int) -> Strip:
        """One line of the widget, as wide as the widget; what does not fit is cut at the words at the left."""
        width = self.size.width
        if y:
            return Strip.blank(width, self.base)
        right = crop_line(self._right, max(0, width - 2))
        room = width - line_width(right) - 2
        left = crop_line(self._left, max(0, room)) if room >= 4 else []
        fill = width - line_width(left) - line_width(right) - 1
        line = [*left, Span(" " * max(0, fill)), *right]
        return self.palette.strip(line, width, self.base)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines that are asked for."""
        strips = [self.paint_line(y) for y in range(crop.y, crop.bottom)]
        if crop.x or crop.width != self.size.width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        for line_filter in self.get_line_filters():
            background = self.background_colors[1]
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips
