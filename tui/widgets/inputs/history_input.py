"""A line to type in that offers what was typed before, as readline does."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.highlighter import Highlighter
from textual.actions import SkipAction
from textual.binding import Binding, BindingType

from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.inputs.text_history import TextHistory

if TYPE_CHECKING:
    from tui.store.filter.completion import Completion


class HistoryInput(FilterInput):
    """Up and down go through earlier texts; down at the newest goes on to the next field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,ctrl+p", "older", "earlier", tooltip="Earlier text"),
        Binding("down,ctrl+n", "newer", "Later text, then the next field", show=False),
        Binding("tab", "complete", "complete", tooltip="Complete a term or a value; again: the next one"),
    ]

    def __init__(
        self,
        placeholder: str,
        *,
        id: str,  # noqa: A002 - Textual's own name
        signs: Highlighter,
        complete: "Callable[[str, int], Completion]",
        typed: Callable[[bool], object],
    ) -> None:
        """`complete` tells what the word before a cursor can become, `typed` hears when the keys come and go."""
        super().__init__(placeholder, id=id, signs=signs)
        self._history = TextHistory(self)
        self._complete = complete
        self._typed = typed
        self._offered: tuple[str, Completion, int] | None = None
        """The line that was made of a completion, which, and at which of its texts it is."""

    def on_focus(self) -> None:
        """What can be typed is said."""
        self._typed(True)

    def on_blur(self) -> None:
        """And not any more."""
        self._typed(False)

    def offer(self, history: Sequence[str]) -> None:
        """Offer these texts, the newest last."""
        self._history.offer(history)

    def action_older(self) -> None:
        """The text before this one; what was being typed is kept."""
        self._history.older()

    def action_complete(self) -> None:
        """Complete the word before the cursor; at once again, with the next text that would do, or what can follow.

        In an empty line there is nothing to complete, and the key means what it means everywhere.
        """
        if not self.value:
            raise SkipAction
        offered = self._offered
        if offered is not None and offered[0] == self.value and len(offered[1].texts) > 1:
            _, offer, at = offered
            behind = self.value[offer.start + len(offer.texts[at]) :]
            at = (at + 1) % len(offer.texts)
        else:
            offer, at = self._complete(self.value, self.cursor_position), 0
            behind = self.value[self.cursor_position :]
        if not offer.texts:
            return
        begin = self.value[: offer.start] + offer.texts[at]
        self._offered = (begin + behind, offer, at)
        self.value = begin + behind
        self.cursor_position = len(begin)

    def action_newer(self) -> None:
        """The text after this one, in the end what was being typed; from there on to the next field."""
        if not self._history.newer():
            self.action_leave(1)
