"""The keys of the list of conversations, and what they do to it."""

from collections.abc import Callable
from typing import Protocol

from tui.terminal.input.keymap import Command, Keymap


class MovingRows(Protocol):
    """What the commands that move need of rows."""

    @property
    def cursor(self) -> int:
        """The row under the cursor."""

    @property
    def count(self) -> int:
        """Rows in all."""

    def go(self, index: int) -> None:
        """Put the cursor on the row that the user wants."""

    def turn(self, pages: float) -> None:
        """Move the view and the cursor together, by pages."""

    def open(self) -> None:
        """Go to what is under the cursor."""


class ListRows(MovingRows, Protocol):
    """What the commands need of a list."""

    def switch_density(self) -> None:
        """Several lines a row, or one with columns."""

    scrolled: Callable[[int], object]
    """Scrolls what is read beside the list, on (1) or back (-1)."""


def step(rows: MovingRows, by: int) -> None:
    """Move the cursor by rows."""
    rows.go(rows.cursor + by)


def page(rows: MovingRows, pages: float) -> None:
    """Move by pages."""
    rows.turn(pages)


def first(rows: MovingRows) -> None:
    """Go to the first conversation."""
    rows.go(0)


def last(rows: MovingRows) -> None:
    """Go to the last conversation."""
    rows.go(rows.count - 1)


def read(rows: MovingRows) -> None:
    """Read what is under the cursor."""
    rows.open()


def scroll_beside(rows: ListRows, by: int) -> None:
    """Scroll what is read beside the list, on (1) or back (-1)."""
    rows.scrolled(by)


def density(rows: ListRows) -> None:
    """Several lines a row, or one with columns."""
    rows.switch_density()


LIST: Keymap[ListRows] = Keymap(
    "In the list",
    [
        Command("down", "down j", "down", step, (1,), footer="move", footer_key="↑↓"),
        Command("up", "up k", "up", step, (-1,)),
        Command("page_down", "pagedown ctrl+f", "page down", page, (1,)),
        Command("page_up", "pageup ctrl+b", "page up", page, (-1,)),
        Command("half_page_down", "ctrl+d", "half a page down", page, (0.5,)),
        Command("half_page_up", "ctrl+u", "half a page up", page, (-0.5,)),
        Command("first", "home g", "first conversation", first, also="top begin"),
        Command("last", "end G", "last conversation", last, also="bottom end"),
        Command("read", "enter l right", "read the conversation", read, footer="read", also="open"),
        Command("scroll_down", "J", "scroll the conversation beside, half a page on", scroll_beside, (1,)),
        Command("scroll_up", "K", "scroll the conversation beside, half a page back", scroll_beside, (-1,)),
        Command("density", "d", "columns, or several lines a row", density, also="compact table"),
    ],
    first=("down", "read", "edit_text", "sort", "mark", "saved", "zoom", "toggle_filter", "copy", "export", "pager"),
    leading_away="page_down page_up first last density",
)
