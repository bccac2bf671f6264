"""The heads of the columns above the list; hidden where a row takes several lines."""

from textual.strip import Strip

from tui.views.listing.columns import EVERY, ColumnChoice, heads
from tui.widgets.line_widget import LineWidget


class ColumnHeads(LineWidget):
    """One line that stands as the rows do."""

    _choice = EVERY

    def show(self, *, shown: bool, choice: ColumnChoice) -> None:
        """Be there, or not, with the heads of the columns of this choice."""
        self.display = shown
        if choice != self._choice:
            self._choice = choice
            self.refresh()

    def paint_line(self, y: int) -> Strip:
        """As many heads as there are columns."""
        return self.inks.strip(heads(self.size.width, self._choice))
