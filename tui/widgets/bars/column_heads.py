"""The heads of the columns above the list; hidden where a row takes several lines."""

from textual.strip import Strip

from tui.views.listing.columns import heads
from tui.widgets.line_widget import LineWidget


class ColumnHeads(LineWidget):
    """One line that stands as the rows do."""

    def show(self, *, shown: bool) -> None:
        """Be there, or not."""
        self.display = shown

    def paint_line(self, y: int) -> Strip:
        """As many heads as there are columns."""
        return self.inks.strip(heads(self.size.width))
