"""A few things to choose from, each with the letter that chooses it."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.views.text.ink import Line, Span
from tui.views.text.wrap import spread
from tui.widgets.line_widget import LineWidget


@dataclass(frozen=True, slots=True)
class Item:
    """A letter, what it does (cleaned), what is to be known of it, and whether it is the one that is on."""

    letter: str
    words: str
    aside: str = ""
    on: bool | None = None
    """None where there is nothing to be on or off."""


class MenuList(LineWidget):
    """One line each; a click chooses."""

    @dataclass
    class Chosen(Message):
        """The user clicked on one."""

        letter: str

    def __init__(self, items: Sequence[Item] = (), *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._items = tuple(items)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these."""
        self._items = tuple(items)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each."""
        return len(self._items)

    def on_click(self, event: events.Click) -> None:
        """Choose what is under the pointer."""
        if event.y < len(self._items):
            self.post_message(self.Chosen(self._items[event.y].letter))

    def paint_line(self, y: int) -> Strip:
        """The letter, the words, and at the right what is to be known."""
        width = self.size.width
        if y >= len(self._items):
            return Strip.blank(width, self.inks.base)
        item = self._items[y]
        line: Line = [Span(" "), Span(item.letter, "accent strong"), Span("  ")]
        if item.on is not None:
            line.append(Span("(•) " if item.on else "( ) ", "accent" if item.on else "muted"))
        line.append(Span(item.words))
        aside = [Span(f"{item.aside} ", "muted")] if item.aside else []
        return self.inks.strip(spread(line, aside, width))
