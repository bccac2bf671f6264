"""A page of lines to scroll in: which of them are seen, as plain state."""

from collections.abc import Callable

from tui.views.text.ink import Line
from tui.views.transcript.modes import Look

_EDGES = 2
"""Cells beside the text: a blank and the scroll bar."""


class TextPageView:
    """Lines that are composed for a width, and the first of them that is seen."""

    def __init__(self, compose: Callable[[Look], list[Line]]) -> None:
        self._compose = compose
        self.markdown = True
        self.top = 0
        self.height = 1
        self.lines: list[Line] = []
        self._width = 0

    def resize(self, width: int, height: int) -> None:
        """Take another size over; what was first stays about first."""
        self.height = max(1, height)
        if width != self._width:
            self._width = width
            self._lay_out_elsewhere()
        self.scroll(0)

    def switch_markdown(self) -> None:
        """Show texts as they were written, or as rendered Markdown; what was first stays about first."""
        self.markdown = not self.markdown
        self._lay_out_elsewhere()

    def _lay_out_elsewhere(self) -> None:
        before, at = max(1, len(self.lines)), self.top
        self.compose()
        self.top = at * len(self.lines) // before
        self.scroll(0)

    def compose(self) -> None:
        """Lay out anew: there is something else to tell, below what is read."""
        self.lines = self._compose(Look(max(1, self._width - _EDGES), self.markdown))
        self.scroll(0)

    def scroll(self, lines: int) -> None:
        """Move the window by lines, as far as there are any."""
        self.top = max(0, min(self.top + lines, len(self.lines) - self.height))

    @property
    def page(self) -> int:
        """Lines of a page but two, which stay in view."""
        return max(1, self.height - 2)
