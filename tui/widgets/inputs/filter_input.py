"""A line to type in that knows the keys of readline and how to be left."""

from dataclasses import dataclass
from typing import ClassVar

from rich.highlighter import Highlighter
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tui.terminal.adapter.app import TerminalApp
from tui.views.text.pasted import pasted_line


class FilterInput(Input):
    """A compact input; Escape and the arrows leave it without losing what was typed.

    It takes a paste as one line of text: nothing in it acts as a key, nothing is dropped without a word. A password is
    never copied out: Textual would send it to the terminal's clipboard in the clear.
    """

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
        """The user leaves: back (0), on to what is below (1) or above (-1)."""

        input: "FilterInput"
        direction: int

    def __init__(
        self,
        placeholder: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
        password: bool = False,
        signs: Highlighter | None = None,
    ) -> None:
        """`signs` marks parts of what is typed."""
        super().__init__(
            placeholder=placeholder, highlighter=signs, id=id, password=password, compact=True, select_on_focus=False
        )
        self.cursor_blink = False

    def on_mount(self) -> None:
        """Without colours brackets tell what is no text of anybody's."""
        if self.placeholder and isinstance(self.app, TerminalApp) and self.app.painter.is_colourless:
            self.placeholder = f"({self.placeholder})"

    def on_paste(self, event: events.Paste) -> None:
        """Take all of it."""
        event.prevent_default()  # Textual's own takes the first line and drops the rest
        event.stop()
        line = pasted_line(event.text)
        if line.text:
            self.replace(line.text, *self.selection)
        if line.words:
            self.notify(line.words, severity="warning", markup=False)

    def action_copy(self) -> None:
        """Copy what is selected, unless nobody may see it."""
        if not self.password:
            super().action_copy()

    def action_cut(self) -> None:
        """Cut what is selected; what nobody may see stays."""
        if not self.password:
            super().action_cut()

    def action_leave(self, direction: int) -> None:
        """Leave the line as it is."""
        self.post_message(self.Left(self, direction))
