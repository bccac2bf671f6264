"""A line to type in that knows the keys of readline and how to be left."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.terminal.adapter.painter import PaintedApp
from tui.widgets.inputs.pasting_input import PastingInput


class FilterInput(PastingInput):
    """A compact input; Escape and the arrows leave it without losing what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "apply", tooltip="Apply what was typed"),
        Binding("escape", "leave(0)", "back", tooltip="Leave; what was typed stays"),
        Binding("down", "leave(1)", "next field"),
        Binding("up", "leave(-1)", "Previous field", show=False),
        Binding("alt+b", "cursor_left_word", "Word left", show=False),
        Binding("alt+f", "cursor_right_word", "Word right", show=False),
        Binding("alt+d", "delete_right_word", "Delete word right", show=False),
        Binding("alt+backspace", "delete_left_word", "Delete word left", show=False),
    ]

    @dataclass
    class Left(Message):
        """Somebody leaves: back (0), on to what is below (1) or above (-1)."""

        input: "FilterInput"
        direction: int

    def __init__(self, placeholder: str, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def on_mount(self) -> None:
        """Without colours brackets tell what is no text of anybody's."""
        if self.placeholder and isinstance(self.app, PaintedApp) and self.app.is_colourless:
            self.placeholder = f"({self.placeholder})"

    def action_leave(self, direction: int) -> None:
        """Leave the line as it is."""
        self.post_message(self.Left(self, direction))
