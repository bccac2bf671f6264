"""A line to type in that takes all of a paste and says what it had to leave out."""

from textual import events
from textual.widgets import Input

from tui.views.pasted import pasted_line


class PastingInput(Input):
    """Takes a paste as one line of text: nothing in it acts as a key, nothing is dropped without a word."""

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()  # Textual's own takes the first line and drops the rest
        event.stop()
        line = pasted_line(event.text)
        if line.text:
            self.replace(line.text, *self.selection)
        if line.words:
            self.notify(line.words, severity="warning", markup=False)
