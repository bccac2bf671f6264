"""The keys of a table, and what they do to it."""

from typing import Protocol

from tui.terminal.input.keymap import Command, Keymap
from tui.widgets.lists.list_commands import MovingRows, first, last, page, step


class TableCells(MovingRows, Protocol):
    """What the commands need of a table: rows as in a list, and columns."""

    def turn_aside(self, by: int) -> None:
        """Move the cursor by columns."""


def aside(table: TableCells, by: int) -> None:
    """Move the cursor by columns."""
    table.turn_aside(by)


def open_row(table: TableCells) -> None:
    """Go to what the row under the cursor tells of."""
    table.open()


TABLE: Keymap[TableCells] = Keymap(
    "In a table",
    [
        Command("down", "down j", "down", step, (1,), footer="move", footer_key="↑↓←→"),
        Command("up", "up k", "up", step, (-1,)),
        Command("left", "left h", "column to the left", aside, (-1,)),
        Command("right", "right l", "column to the right", aside, (1,)),
        Command("page_down", "pagedown ctrl+f", "page down", page, (1,)),
        Command("page_up", "pageup ctrl+b", "page up", page, (-1,)),
        Command("half_page_down", "ctrl+d", "half a page down", page, (0.5,)),
        Command("half_page_up", "ctrl+u", "half a page up", page, (-0.5,)),
        Command("first", "home g", "first row", first, also="top begin"),
        Command("last", "end G", "last row", last, also="bottom end"),
        Command(
            "open", "enter", "go on: the calls of this row, or the call where it was made", open_row, footer="open"
        ),
    ],
    first=("down", "open", "back", "sort", "other_table", "frequency", "same", "find", "copy", "export", "mark"),
)
