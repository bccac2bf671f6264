"""The line in which a search is typed."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.inputs.text_history import TextHistory


class SearchInput(FilterInput):
    """An input that tells how somebody leaves it and where they want to go meanwhile."""

    class Accepted(Message):
        """Enter: go on reading with the search on."""

    class Cancelled(Message):
        """Esc: forget the search and go back to where it began."""

    class RegexToggled(Message):
        """Read what is typed as a regular expression, or as plain text."""

    class Stepped(Message):
        """Go to another match while typing."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "keep the search"),
        Binding("escape", "cancel", "forget it"),
        Binding("ctrl+r", "regex", "regular expression"),
        Binding("down", "step(1)", "next match", show=False),
        Binding("up", "step(-1)", "previous match", show=False),
        Binding("ctrl+p", "older", "earlier search", show=False),
        Binding("ctrl+n", "newer", "later search", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._history = TextHistory(self)

    def action_accept(self) -> None:
        """Keep the search."""
        self._history.remember(self.value)
        self.post_message(self.Accepted())

    def action_cancel(self) -> None:
        """Forget the search."""
        self.post_message(self.Cancelled())

    def action_regex(self) -> None:
        """Change what the text means."""
        self.post_message(self.RegexToggled())

    def action_older(self) -> None:
        """Search for what was searched for before this."""
        self._history.older()

    def action_newer(self) -> None:
        """Search for what was searched for after this, in the end for what was being typed."""
        self._history.newer()

    def action_step(self, step: int) -> None:
        """Go to another match."""
        self.post_message(self.Stepped(step))
