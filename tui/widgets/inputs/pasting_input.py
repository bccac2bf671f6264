"""A line to type in that takes all of a paste, says what it had to leave out, and keeps what is hidden to itself."""

from textual import events
from textual.widgets import Input

from tui.views.text.pasted import pasted_line


class PastingInput(Input):
    """Takes a paste as one line of text: nothing in it acts as a key, nothing is dropped without a word.

    A password is never copied out: Textual would send it to the terminal's clipboard in the clear.
    """

    def action_copy(self) -> None:
        """Copy what is selected, unless nobody may see it."""
        if not self.password:
            super().action_copy()

    def action_cut(self) -> None:
        """Cut what is selected; what nobody may see stays."""
        if not self.password:
            super().action_cut()

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()  # Textual's own takes the first line and drops the rest
        event.stop()
        line = pasted_line(event.text)
        if line.text:
            self.replace(line.text, *self.selection)
        if line.words:
            self.notify(line.words, severity="warning", markup=False)
