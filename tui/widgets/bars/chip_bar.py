"""The active filters above the list; a click takes one away."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from tui.api.query import ConversationFilter
from tui.views.listing.chips import Chip, chip_line, chips_of
from tui.views.text.ink import Span
from tui.widgets.line_widget import LineWidget


class ChipBar(LineWidget):
    """One line of chips; hidden while there is no filter."""

    @dataclass
    class FilterChanged(Message):
        """The user took a chip away."""

        query: ConversationFilter

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._chips: tuple[Chip, ...] = ()
        self._columns: list[range] = []

    def show_query(self, query: ConversationFilter) -> None:
        """Show the chips of this filter."""
        self._chips = chips_of(query)
        self.display = bool(self._chips)
        self._lay_out()

    def on_resize(self) -> None:
        """As many chips as fit."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Take the chip under the pointer away."""
        for chip, columns in zip(self._chips, self._columns, strict=False):
            if event.x - 1 in columns:
                self.post_message(self.FilterChanged(chip.without))

    def _lay_out(self) -> None:
        line, self._columns = chip_line(self._chips, (self.size.width or 40) - 1)
        self.show_line([Span(" "), *line])
