"""What a command leaves behind for whoever shows the reader: what to paint, say and ask for."""

from collections.abc import Callable


class News:
    """Everything that has come of commands since the news was taken last."""

    def __init__(self) -> None:
        self.words: list[str] = []
        """What the user is told."""
        self.rows: set[int] = set()
        """Rows that the cursor came to or has left; nothing else on them is different."""
        self.count = False
        """The count of the search, and the map with it, is to be painted again."""
        self.window = False
        """All rows are to be painted again."""
        self.everything = False
        """Lines that were painted before look different now."""
        self.is_another = False
        """Another document, or none, stands where one was."""
        self.steps: list[int] = []
        """Neighbouring conversations that are asked for: so many further on or, negative, back."""
        self.failed_steps: list[int] = []
        """The next (1) or previous (-1) conversation with a failed tool call, where this one has no more."""
        self.asks_agent = False
        """The user wants to know what the agent was told."""
        self.leaves = False
        """The user wants out of the reader."""
        self.selected: Callable[[], str] | None = None
        """What makes the text that the user has selected; it may be called in a thread."""
