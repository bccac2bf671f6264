"""The line in which a command is looked for; its arrows move in the list of commands."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.inputs.filter_input import FilterInput

Unit = Literal["row", "page", "end"]


class CommandInput(FilterInput):
    """Keeps the focus; what is typed and where the user wants to go are told in the order of the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "run"),
        Binding("escape", "leave(0)", "close"),
        Binding("down,ctrl+n", "step('row', 1)", "Down", show=False),
        Binding("up,ctrl+p", "step('row', -1)", "Up", show=False),
        Binding("pagedown", "step('page', 1)", "Page down", show=False),
        Binding("pageup", "step('page', -1)", "Page up", show=False),
        Binding("home", "step('end', -1)", "First", show=False),
        Binding("end", "step('end', 1)", "Last", show=False),
    ]

    @dataclass
    class Stepped(Message):
        """The user wants to go up (-1) or down (1) in the list."""

        unit: Unit
        by: int

    # Keys that were pressed before may still wait here to be typed, so both come behind them.

    def action_step(self, unit: Unit, by: int) -> None:
        """Go up or down in the list."""
        self.call_later(self.post_message, self.Stepped(unit, by))

    async def action_submit(self) -> None:
        """Run what is found."""
        self.call_later(super().action_submit)
