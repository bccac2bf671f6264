"""The active filters above the list; a click takes one away."""

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.store.filter.list_filter import ListFilter
from tui.views.listing.chips import Chip, chip_line, chips_of
from tui.widgets.line_widget import LineWidget


class ChipBar(LineWidget):
    """One line of chips; hidden while there is no filter."""

    @dataclass
    class FilterChanged(Message):
        """The user took a chip away."""

        query: ListFilter

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._chips: tuple[Chip, ...] = ()
        self._columns: list[range] = []

    def show_query(self, query: ListFilter) -> None:
        """Show the chips of this filter."""
        chips = chips_of(query)
        if chips != self._chips:
            self._chips = chips
            self.display = bool(chips)
            self.refresh()

    def paint_line(self, y: int) -> Strip:
        """As many chips as fit."""
        line, self._columns = chip_line(self._chips, self.size.width)
        return self.inks.strip(line)

    def on_click(self, event: events.Click) -> None:
        """Take the chip under the pointer away."""
        for chip, columns in zip(self._chips, self._columns, strict=False):
            if event.x in columns:
                self.post_message(self.FilterChanged(chip.without))
