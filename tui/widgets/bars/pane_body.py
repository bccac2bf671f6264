"""What stands below the edge of a pane, with a line at its left where another pane is there."""

from rich.segment import Segment
from textual.containers import Vertical
from textual.geometry import Region
from textual.strip import Strip

from tui.widgets.line_widget import Inks
from tui.widgets.palette import Palette


class PaneBody(Vertical):
    """Holds the parts of a pane; of itself only the line at its left is ever to be seen, so only that is painted."""

    def __init__(self) -> None:
        super().__init__()
        self._inks = Inks(self)

    def set_palette(self, palette: Palette) -> None:
        """Paint in the styles of another theme."""
        self._inks.palette = palette

    def render_lines(self, crop: Region) -> list[Strip]:
        """The line, if it is in the crop, and blanks."""
        base = self.visual_style.rich_style
        if crop.x or not self.styles.border_left[0]:
            return [Strip.blank(crop.width, base)] * crop.height
        line = Segment("│", base + self._inks.palette.resolve("rule"))
        strip = Strip([line, Segment(" " * (crop.width - 1), base)] if crop.width > 1 else [line], crop.width)
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return [strip] * crop.height
