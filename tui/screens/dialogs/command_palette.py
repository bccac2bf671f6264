"""The command palette: everything that can be done here, found by a few letters."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from tui.screens.dialogs.palette_entry import PaletteEntry
from tui.screens.keys import keys_of
from tui.screens.painting import paint_parts
from tui.terminal.adapter.screen import PaintedScreen
from tui.views.text.matching import matches
from tui.widgets.bars.key_bar import KeyBar
from tui.widgets.inputs.command_input import CommandInput
from tui.widgets.lists.command_list import CommandList, Entry
from tui.widgets.lists.cursor_list import more_below

_MOST_DIGITS = 9
"""Digits that a number of a row may have."""


class CommandPalette(PaintedScreen[PaletteEntry | None]):
    """Gives back the command to run, or None; the one who opened it runs it, with the focus where it was."""

    IS_DIALOGUE = True
    AUTO_FOCUS: ClassVar[str | None] = ""

    # Beside that of the line to type in, which has no keys while the window is too small.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "close", show=False)]

    def __init__(
        self,
        commands: Sequence[PaletteEntry],
        numbered: Callable[[int], Sequence[PaletteEntry]] = lambda _number: (),
    ) -> None:
        """`numbered` gives what a number that is typed stands for."""
        super().__init__()
        self._all = commands
        self._numbered = numbered
        self._found = commands

    def compose(self) -> ComposeResult:
        """A line to type in, the commands, and the keys."""
        with Vertical(id="commands") as box:
            box.border_title = "Commands"
            yield CommandInput("what to do", id="command-search")
            yield CommandList()
            yield KeyBar()

    def on_mount(self) -> None:
        """Everything is there before something is typed; the focus at once, for keys that come quickly."""
        paint_parts(self)
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._show_keys())
        self.set_focus(self.query_one(CommandInput))
        self._show_keys()
        self._find("")

    def _find(self, wanted: str) -> None:
        number = wanted.strip()
        numbered = self._numbered(int(number)) if number.isdecimal() and len(number) <= _MOST_DIGITS else ()
        found = [(self._all[index], places) for index, places in _found(wanted, self._all)]
        self._found = [*numbered, *(command for command, _ in found)]
        entries = [
            *(Entry(command.words, command.aside) for command in numbered),
            *(Entry(command.words, command.aside, places) for command, places in found),
        ]
        self.query_one(CommandList).show_entries(entries)
        self._count()

    @on(CommandList.BelowChanged)
    def _count(self) -> None:
        """Say how many are found, and how many of them are below."""
        rows = self.query_one(CommandList)
        told = (f"{rows.row_count} of {len(self._all)}", more_below(rows))
        self.query_one("#commands").border_subtitle = " · ".join(filter(None, told))

    @on(CommandInput.Changed)
    def _typed(self, event: CommandInput.Changed) -> None:
        self._find(event.value)

    @on(CommandInput.Stepped)
    def _stepped(self, event: CommandInput.Stepped) -> None:
        commands = self.query_one(CommandList)
        if event.unit == "row":
            commands.move(event.by)
        elif event.unit == "page":
            commands.action_page(event.by)
        else:
            commands.action_end(event.by)

    @on(CommandInput.Submitted)
    def _accepted(self) -> None:
        self._run(self.query_one(CommandList).cursor)

    @on(CommandList.Chosen)
    def _clicked(self, event: CommandList.Chosen) -> None:
        self._run(event.index)

    def _run(self, index: int) -> None:
        if index < len(self._found):
            self.dismiss(self._found[index])

    @on(CommandInput.Left)
    def _left(self) -> None:
        self.dismiss(None)

    def _show_keys(self) -> None:
        self.query_one(KeyBar).show_keys(keys_of(self.active_bindings.values(), typing=True))


def _found(wanted: str, commands: Sequence[PaletteEntry]) -> list[tuple[int, frozenset[int]]]:
    """The commands that match by their words, then those by further words; with letters left out where none does."""
    by_words = matches(wanted, [command.words for command in commands])
    known = {index for index, one in by_words if not one.is_loose}
    names = [f"{command.words} {command.also}" for command in commands]
    further = [(index, one) for index, one in matches(wanted, names) if index not in known and not one.is_loose]
    shown = by_words if known or not further else []
    return [(index, one.places) for index, one in (*shown, *further)]
