"""The line at the top of the screen."""

from collections.abc import Sequence

from textual.strip import Strip

from tui.views.listing.title import TitlePart, fitted
from tui.views.text.ends import line_of_ends
from tui.widgets.line_widget import LineWidget


class TitleBar(LineWidget):
    """Shows as much of the title as there is room for, what matters most first."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._parts: Sequence[TitlePart] = ()

    def show_parts(self, parts: Sequence[TitlePart]) -> None:
        """Show these."""
        if parts != self._parts:
            self._parts = parts
            self.refresh()

    def paint_line(self, y: int) -> Strip:
        """As much as fits."""
        width = self.size.width
        return self.inks.strip(line_of_ends(*fitted(self._parts, width), width))
