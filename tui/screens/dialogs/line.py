"""Asks for one line of text, at the bottom of the screen."""

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from tui.screens.painting import paint_parts
from tui.terminal.adapter.screen import PaintedScreen
from tui.widgets.inputs.filter_input import FilterInput


class AskedLine(NamedTuple):
    """What is asked for."""

    title: str
    aside: str = "Enter takes it · Esc closes"
    placeholder: str = ""
    value: str = ""
    """What stands in the line at first."""


class LineScreen(PaintedScreen[str | None]):
    """Gives back what was typed, without blanks around it, or None where the line was left."""

    IS_DIALOGUE = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "close")]

    def __init__(self, asked: AskedLine, check: Callable[[str], str] = lambda _: "") -> None:
        """`check` says what is wrong with a line; nothing where it is taken."""
        super().__init__()
        self._asked = asked
        self._check = check

    def compose(self) -> ComposeResult:
        """A line; below it stands what is wrong with it."""
        with Vertical(id="line") as box:
            box.border_title = Content(self._asked.title)  # it may hold the server's words, which are no markup
            box.border_subtitle = Content(self._asked.aside)
            yield FilterInput(self._asked.placeholder, id="line-text")

    def on_mount(self) -> None:
        """Paint in the theme's colours, and go to the end of what is there."""
        paint_parts(self)
        line = self.query_one(FilterInput)
        line.value = self._asked.value
        line.cursor_position = len(line.value)
        line.focus()

    @on(FilterInput.Submitted)
    def _entered(self, event: FilterInput.Submitted) -> None:
        text = event.value.strip()
        if wrong := self._check(text):
            self.query_one("#line").border_subtitle = Content(wrong)
        else:
            self.dismiss(text)

    @on(FilterInput.Left)
    def _left(self) -> None:
        self.dismiss()
