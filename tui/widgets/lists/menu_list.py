"""A few things to choose from, each with the letter that chooses it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from msgspec import Struct
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.terminal.input.keymap import key_label, key_name
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import cell_width, spread
from tui.widgets.line_widget import LineWidget

_AROUND = 4
"""Lines of the screen that a menu with columns leaves: its border, the title and the line of keys."""

_LEAST_WITH_ASIDE = 34
"""Cells of a column from which there is room for more than its words."""


class Item(Struct, frozen=True):
    """A letter, what it does (cleaned), what is to be known of it, and whether it is the one that is on."""

    letter: str
    words: str
    aside: str = ""
    on: bool | None = None
    """None where there is nothing to be on or off."""
    several: bool = False
    """Whether others can be on beside it."""


class MenuList(LineWidget):
    """One line each, or several columns where the lines do not fit and that is allowed; a click chooses."""

    @dataclass
    class Chosen(Message):
        """The user clicked on one."""

        letter: str

    def __init__(
        self,
        items: Sequence[Item] = (),
        *,
        beside: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        """`beside` allows columns; the letters are keys as tables have them."""
        super().__init__(id=id)
        self._items = tuple(items)
        self._beside = beside
        self._rows = len(items)
        """Lines of each column."""

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these."""
        self._items = tuple(items)
        self._rows = len(items)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each, or for each of a column."""
        columns = ceil(len(self._items) / max(1, viewport.height - _AROUND)) if self._beside else 1
        self._rows = ceil(len(self._items) / max(1, columns))
        return self._rows

    def on_click(self, event: events.Click) -> None:
        """Choose what is under the pointer."""
        index = event.x // self._width * self._rows + event.y
        if event.y < self._rows and index < len(self._items):
            self.post_message(self.Chosen(self._items[index].letter))

    @property
    def _width(self) -> int:
        """Cells of a column."""
        return max(1, self.size.width // max(1, ceil(len(self._items) / max(1, self._rows))))

    def paint_line(self, y: int) -> Strip:
        """The letter, the words, and at the right what is to be known, of each item in the line."""
        names = max((cell_width(_name(item)) for item in self._items), default=0)
        signs = any(item.on is not None for item in self._items)
        line: Line = []
        for item in self._items[y :: self._rows] if y < self._rows else ():
            line += _cells(item, names, self._width, signs=signs)
        return self.inks.strip(line)


def _name(item: Item) -> str:
    return key_label(key_name(item.letter))


def _cells(item: Item, names: int, width: int, *, signs: bool) -> Line:
    name = _name(item)
    line: Line = [Span(" "), Span(name, "accent strong"), Span(" " * (names - cell_width(name) + 2))]
    if item.on is not None:
        off, on = ("[ ] ", "[x] ") if item.several else ("( ) ", "(•) ")
        line.append(Span(on, "accent") if item.on else Span(off, "muted"))
    elif signs:  # the words of all begin in one column
        line.append(Span("    "))
    line.append(Span(item.words))
    aside = f"{item.aside} " if item.aside and width >= _LEAST_WITH_ASIDE else ""
    return spread(line, [Span(aside, "muted")], width)
