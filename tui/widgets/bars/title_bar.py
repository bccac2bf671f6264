"""The line at the top of the screen."""

from collections.abc import Sequence

from tui.views.listing.title import TitlePart, fitted
from tui.widgets.line_widget import LineWidget


class TitleBar(LineWidget):
    """Shows as much of the title as there is room for, what matters most first."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._parts: Sequence[TitlePart] = ()

    def show_parts(self, parts: Sequence[TitlePart]) -> None:
        """Show these."""
        self._parts = parts
        self.on_resize()

    def on_resize(self) -> None:
        """As much as fits."""
        self.show_line(*fitted(self._parts, self.size.width or 80))
