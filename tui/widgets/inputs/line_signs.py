"""How a line for finding looks while it is typed: where a mistake is, and which terms the server checks."""

from rich.highlighter import Highlighter
from rich.text import Text


class LineSigns(Highlighter):
    """Underlines a mistake from its column to the end of its word."""

    def __init__(self) -> None:
        self.mistake: int | None = None
        """The column of the mistake, or None."""

    def highlight(self, text: Text) -> None:
        """Mark the line."""
        if self.mistake is None:
            return
        at = min(self.mistake, max(0, len(text.plain) - 1))
        behind = text.plain[at:]
        text.stylize("underline bold", at, at + max(1, len(behind.split(maxsplit=1)[0]) if behind.strip() else 1))
