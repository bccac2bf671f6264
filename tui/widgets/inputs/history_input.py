"""A line to type in that offers what was typed before, as readline does."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.inputs.text_history import TextHistory


class HistoryInput(FilterInput):
    """Up and down go through earlier texts; down at the newest goes on to the next field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,ctrl+p", "older", "earlier", tooltip="Earlier text"),
        Binding("down,ctrl+n", "newer", "Later text, then the next field", show=False),
    ]

    def __init__(self, placeholder: str, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(placeholder, id=id)
        self._history = TextHistory(self)

    def offer(self, history: Sequence[str]) -> None:
        """Offer these texts, the newest last."""
        self._history.offer(history)

    def action_older(self) -> None:
        """The text before this one; what was being typed is kept."""
        self._history.older()

    def action_newer(self) -> None:
        """The text after this one, in the end what was being typed; from there on to the next field."""
        if not self._history.newer():
            self.action_leave(1)
