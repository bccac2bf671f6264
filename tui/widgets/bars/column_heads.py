"""The heads of the columns above the list; hidden where a row takes several lines."""

from textual.strip import Strip

from tui.views.listing.columns import heads
from tui.widgets.line_widget import LineWidget


class ColumnHeads(LineWidget):
    """One line that stands as the rows do."""

    _hidden = ""

    def show(self, *, shown: bool, hidden: str) -> None:
        """Be there, or not; without the heads of the columns of the letters `hidden`."""
        self.display = shown
        if hidden != self._hidden:
            self._hidden = hidden
            self.refresh()

    def paint_line(self, y: int) -> Strip:
        """As many heads as there are columns."""
        return self.inks.strip(heads(self.size.width, self._hidden))
