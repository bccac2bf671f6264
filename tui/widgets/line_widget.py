"""A widget that is painted line by line from spans, past the layers of styling that it has no use for."""

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.palette import PLAIN, Palette


class LineWidget(Widget):
    """Has no border and no padding; a subclass paints each line with its palette on its base style.

    Textual's own way looks every line's style up in the style sheet again, which takes most of the time of a key press.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.palette = PLAIN
        self._base: Style | None = None

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

    def paint_line(self, y: int) -> Strip:
        """One line of the widget, as wide as the widget."""
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines that are asked for."""
        strips = [self.paint_line(y) for y in range(crop.y, crop.bottom)]
        if crop.x or crop.width != self.size.width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        for line_filter in self.get_line_filters():
            background = self.background_colors[1]
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips
