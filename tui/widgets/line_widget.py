"""Widgets that are painted line by line from spans, past the layers of styling that they have no use for.

Textual's own way looks every line's style up in the style sheet again, which takes most of the time of a key press.
"""

from collections.abc import Callable

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.views.text.ends import line_of_ends
from tui.views.text.ink import Line
from tui.widgets.palette import PLAIN, Palette


class Inks:
    """The styles that a widget is painted in: those of the theme on the widget's own base."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._palette = PLAIN
        self._base: Style | None = None

    @property
    def palette(self) -> Palette:
        """The styles of the theme; others paint everything anew."""
        return self._palette

    @palette.setter
    def palette(self, palette: Palette) -> None:
        self._palette = palette
        self._base = None
        self._widget.refresh()

    @property
    def base(self) -> Style:
        """Foreground and background of the widget."""
        if self._base is None:
            self._base = self._widget.rich_style
        return self._base

    def strip(self, line: Line) -> Strip:
        """A line as wide as the widget."""
        return self._palette.strip(line, self._widget.size.width, self.base)

    def strips(self, crop: Region, paint_line: Callable[[int], Strip]) -> list[Strip]:
        """The lines of the widget that are asked for, each painted by `paint_line`."""
        widget = self._widget
        strips = [paint_line(y) for y in range(crop.y, crop.bottom)]
        if crop.x or crop.width != widget.size.width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        for line_filter in widget.get_line_filters():
            background = widget.background_colors[1]
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips


class LineWidget(Widget):
    """Has no border and no padding; shows one line of words, or what a subclass paints line by line."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.inks = Inks(self)
        self._left: Line = []
        self._right: Line = []

    def set_palette(self, palette: Palette) -> None:
        """Paint in the styles of another theme."""
        self.inks.palette = palette

    def show_line(self, left: Line, right: Line | None = None) -> None:
        """Show these words at both ends of the line; nothing is painted when they are there already."""
        if (left, right or []) != (self._left, self._right):
            self._left, self._right = left, right or []
            self.refresh()

    @property
    def shown(self) -> Line:
        """The words at the left."""
        return self._left

    def paint_line(self, y: int) -> Strip:
        """One line of the widget, as wide as the widget; what does not fit is cut at the words at the left."""
        if y:
            return Strip.blank(self.size.width, self.inks.base)
        return self.inks.strip(line_of_ends(self._left, self._right, self.size.width))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines that are asked for."""
        return self.inks.strips(crop, self.paint_line)
