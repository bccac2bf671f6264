"""The screen of the tables: a title that says which they are, one table or two, and what they cover."""

from pathlib import Path
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input
from textual.worker import Worker

from tui.screens.across import actions
from tui.screens.across.commands import ACROSS
from tui.screens.across.context import AcrossContext
from tui.screens.across.levels import Level, TablePart
from tui.screens.found import FoundControl
from tui.screens.keys import do_named, first_keys, keys_of
from tui.screens.painting import paint_parts
from tui.store.project import Project
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.input.keymap import Command, Keymap
from tui.views.listing.advice import IN_TABLES
from tui.views.listing.found import coverage_line, progress_line
from tui.views.tables.words import breadcrumbs, cell_line, empty_words, heading
from tui.widgets.bars.banner import Banner
from tui.widgets.bars.key_bar import KeyBar
from tui.widgets.bars.pane_edge import PaneEdge
from tui.widgets.bindings import bindings_of
from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.line_widget import LineWidget
from tui.widgets.tables.table_view import TableView

_PARTS = 2
_HIGH = 30
"""Lines from which there is room for two pictures."""


class AcrossScreen(PaintedScreen[None]):
    """Tables that lead to further ones, or, as its context tells when it is closed, to a call or to conversations."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(ACROSS)
    keymap: ClassVar[Keymap[AcrossContext]] = ACROSS

    def __init__(self, project: Project, found: FoundControl, levels: list[Level], folder: Path | None) -> None:
        """`levels` are the tables up to the one that is shown first; they stay as they are left."""
        super().__init__()
        self.context = AcrossContext(self, project, found, levels, folder)

    def compose(self) -> ComposeResult:
        """The title, the tables, the cell, what they cover, the keys."""
        yield LineWidget(id="across-title")
        for number in range(_PARTS):
            yield PaneEdge("", id=f"edge-{number}")
            yield TableView(id=f"table-{number}")
        yield LineWidget(id="cell")
        yield Banner(id="across-banner")
        yield FilterInput("words to find", id="find")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show the last of the tables, and keep it as the facts are."""
        paint_parts(self)
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._show_keys())
        self.query_one("#find").display = False
        context = self.context
        context.changed = self._show
        for table in self._tables:
            table.asked = lambda command: context.waiting.take(command, lambda: self._used.act(command))
            table.opened = lambda: actions.open_row(context)
            table.moved = self._moved
            table.sorted = lambda: self.do(self.keymap["sort"])
        self._show()
        context.project.facts.cover()
        context.found.changed()
        context.begin()

    # -- commands --------------------------------------------------------------------------------------------------

    async def action_do(self, name: str) -> None:
        """Run a command by its name, as bindings and the palette do; a dialogue that it opens is there then."""
        await do_named(self, name)

    def do(self, command: Command[Any]) -> object:
        """Run a command of the table; one that needs rows in its turn."""
        context = self.context
        return context.waiting.take(command, lambda: context.carry_out(command))

    def on_key(self, event: events.Key) -> None:
        """A key of no table may be meant for what is being gone on to."""
        if event.key not in self.active_bindings and self.context.waiting.keep(event.key):
            event.stop()

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        self.context.tell_fault(event)

    # -- finding ---------------------------------------------------------------------------------------------------

    @on(FilterInput.Submitted)
    def _found(self, event: Input.Submitted) -> None:
        self.context.search = event.value.strip()
        self._end_finding()
        self.do(self.keymap["find_next"])

    @on(FilterInput.Left)
    def _end_finding(self) -> None:
        self.query_one("#find").display = False
        self._used.focus()

    # -- showing ---------------------------------------------------------------------------------------------------

    @property
    def _tables(self) -> list[TableView]:
        return list(self.query(TableView))

    @property
    def _used(self) -> TableView:
        """The table that has the keys."""
        return self._tables[self.context.level.active - self._shown.start]

    @property
    def _shown(self) -> range:
        """Which tables of the level are on the screen: the one in use, and where there is room another one."""
        level = self.context.level
        room = _PARTS if len(level.parts) == _PARTS or self.size.height >= _HIGH else 1
        first = max(0, min(level.active, len(level.parts) - room))
        return range(first, min(len(level.parts), first + room))

    def on_resize(self) -> None:
        """There may be room for another table, or none any more."""
        self._show()

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """A click gave the keys to a table: that is the one in use."""
        for number, table in zip(self._shown, self._tables, strict=False):
            if table.has_focus and number != self.context.level.active:
                self.context.level.active = number
                self._show()

    def _show(self) -> None:
        """Show the tables as they are now."""
        context, tables = self.context, self._tables
        level, found, shown = context.level, context.coverage, self._shown
        for place, table in enumerate(tables):
            edge = self.query_one(f"#edge-{place}", PaneEdge)
            table.display = edge.display = place < len(shown)
            if place < len(shown):
                part = level.parts[shown[place]]
                table.show(part.sheet, empty_words(is_known=part.table.is_known, trouble=found.trouble))
                right = progress_line(found) if place == 0 else []
                edge.show(self._heading(part), right, active=part is level.part)
        if not self.query_one("#find").display and self.focused is not self._used:
            self.set_focus(self._used, scroll_visible=False)
        names = [one.title for one in context.levels]
        self.query_one("#across-title", LineWidget).show_line(*breadcrumbs(names, context.project.query.line))
        self.query_one("#across-banner", Banner).show_line(coverage_line(found, IN_TABLES))
        self._show_cell()
        self._show_keys()

    def _heading(self, part: TablePart) -> str:
        """The title of a table; where not all are on the screen, which of them it is."""
        level = self.context.level
        hidden = len(level.parts) > len(self._shown)
        which = f" · {level.parts.index(part) + 1} of {len(level.parts)} ] [" if hidden else ""
        return f"{heading(part.title, part.sheet)}{which}"

    def _moved(self) -> None:
        self._show_heading()
        self._show_cell()
        self.context.looked()

    def _show_heading(self) -> None:
        level = self.context.level
        place = level.active - self._shown.start
        self.query_one(f"#edge-{place}", PaneEdge).show(self._heading(level.part))

    def _show_cell(self) -> None:
        self.query_one("#cell", LineWidget).show_line(cell_line(self.context.part.sheet))

    def _show_keys(self) -> None:
        focused = self.focused
        typing, idle = isinstance(focused, Input), actions.idle(self.context)
        keys = keys_of(self.active_bindings.values(), typing=typing, first=first_keys(focused), idle=idle)
        self.query_one(KeyBar).show_keys(keys)
