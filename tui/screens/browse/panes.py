"""The panes of the main screen that have keys of their own, for whatever in them has the focus."""

from collections.abc import Callable
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical

from tui.screens.browse.commands import STRAYS
from tui.screens.browse.context import BrowseContext
from tui.screens.browse.finding import FINDING
from tui.screens.keys import do_named
from tui.terminal.input.keymap import Command, Keymap
from tui.widgets.bindings import bindings_of


class FindingPane(Vertical):
    """The list, or the filter: here the user chooses what the list shows."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(FINDING)
    keymap: ClassVar[Keymap[BrowseContext]] = FINDING

    def __init__(self, do: Callable[[Command[Any]], object], *, id: str) -> None:  # noqa: A002 - Textual's own name
        """`do` runs a command of the main screen."""
        super().__init__(id=id)
        self.do = do

    async def action_do(self, name: str) -> None:
        """Run a command by its name, as bindings and the palette do; a dialogue that it opens is there then."""
        await do_named(self, name)


class ReadingPane(FindingPane):
    """The conversation: keys of the list and the filter say here what they are."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(STRAYS)
    keymap: ClassVar[Keymap[BrowseContext]] = STRAYS
