"""Asks for a day to go to."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from tui.screens.painting import paint_parts
from tui.store.filter.dates import EXAMPLES, end_of
from tui.store.filter.values import BadValue
from tui.terminal.adapter.screen import PaintedScreen
from tui.widgets.inputs.filter_input import FilterInput
from tui.zone import ZONE


class DateScreen(PaintedScreen[float | None]):
    """Stands at the bottom; gives back the end of the day in seconds since 1970, or None."""

    IS_DIALOGUE = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "close")]

    def compose(self) -> ComposeResult:
        """A line; below it stands what is wrong with it."""
        with Vertical(id="date") as box:
            box.border_title = "Go to"
            box.border_subtitle = "Enter goes · Esc closes"
            yield FilterInput(EXAMPLES, id="date-line")

    def on_mount(self) -> None:
        """Paint in the theme's colours."""
        paint_parts(self)
        self.query_one(FilterInput).focus()

    @on(FilterInput.Submitted)
    def _entered(self, event: FilterInput.Submitted) -> None:
        try:
            self.dismiss(end_of(event.value, ZONE.now()))
        except BadValue:
            self.query_one("#date").border_subtitle = f"That is no day. Such are: {EXAMPLES}"

    @on(FilterInput.Left)
    def _left(self) -> None:
        self.dismiss()
