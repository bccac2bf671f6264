"""A line to type in that offers what was typed before, as readline does."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.widgets.filter_input import FilterInput


class HistoryInput(FilterInput):
    """Up and down go through earlier texts; down at the newest goes on to the next field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,ctrl+p", "older", "earlier", tooltip="Earlier text"),
        Binding("down,ctrl+n", "newer", "Later text, then the next field", show=False),
    ]

    def __init__(self, placeholder: str, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(placeholder, id=id)
        self._history: Sequence[str] = ()
        self._at: int | None = None
        self._draft = ""

    def offer(self, history: Sequence[str]) -> None:
        """Offer these texts, the newest last."""
        if tuple(history) != tuple(self._history):
            self._history, self._at = history, None

    def action_older(self) -> None:
        """The text before this one; what was being typed is kept."""
        at = self._place()
        if at is None:
            self._draft, at = self.value, len(self._history)
        older = next((index for index in range(at - 1, -1, -1) if self._history[index] != self.value), None)
        if older is not None:
            self._show(older)

    def action_newer(self) -> None:
        """The text after this one, in the end what was being typed; from there on to the next field."""
        at = self._place()
        if at is None:
            self.action_leave(1)
        elif at + 1 < len(self._history):
            self._show(at + 1)
        else:
            self._at = None
            self._take(self._draft)

    def _place(self) -> int | None:
        """Where in the texts the line is; a line that was changed is a new one."""
        if self._at is not None and self._history[self._at] != self.value:
            self._at = None
        return self._at

    def _show(self, at: int) -> None:
        self._at = at
        self._take(self._history[at])

    def _take(self, text: str) -> None:
        self.value = text
        self.cursor_position = len(text)
