"""How a line for finding looks while it is typed: where a mistake is, and which terms the server checks."""

from rich.highlighter import Highlighter
from rich.text import Text

from tui.store.filter.checked import checked_parts

_OF_SERVER, _HERE = "bold", "italic"


class LineSigns(Highlighter):
    """Terms of the server are bold, those that are checked here italic; a mistake is underlined to its word's end."""

    def __init__(self) -> None:
        self.mistake: int | None = None
        """The column of the mistake, or None."""

    def highlight(self, text: Text) -> None:
        """Mark the line."""
        for part in checked_parts(text.plain):
            text.stylize(_HERE if part.is_here else _OF_SERVER, part.start, part.end)
        if self.mistake is None:
            return
        at = min(self.mistake, max(0, len(text.plain) - 1))
        behind = text.plain[at:]
        text.stylize("underline bold", at, at + max(1, len(behind.split(maxsplit=1)[0]) if behind.strip() else 1))
