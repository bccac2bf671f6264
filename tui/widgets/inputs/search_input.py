"""The line in which a search is typed."""

from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.terminal.input.keymap import Command
from tui.views.reader.commands import SEARCH
from tui.widgets.bindings import bindings_of
from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.inputs.text_history import TextHistory


class SearchInput(FilterInput):
    """An input that asks the reader it stands below for what its keys mean."""

    class Asked(Message):
        """A command of the reader's table for a search is to be run."""

        def __init__(self, command: Command[Any]) -> None:
            super().__init__()
            self.command = command

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(SEARCH),
        Binding("ctrl+p", "older", "earlier search", show=False),
        Binding("ctrl+n", "newer", "later search", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._history = TextHistory(self)

    def action_do(self, name: str) -> None:
        """Ask for a command; what was searched for is remembered once it is kept."""
        if name == "accept":
            self._history.remember(self.value)
        self.post_message(self.Asked(SEARCH[name]))

    def action_older(self) -> None:
        """Search for what was searched for before this."""
        self._history.older()

    def action_newer(self) -> None:
        """Search for what was searched for after this, in the end for what was being typed."""
        self._history.newer()
