"""The screen of a comparison: the title, the two beside each other, the keys."""

from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.worker import Worker

from tui.screens.compare.commands import COMPARING
from tui.screens.compare.context import CompareContext, ComparedSubject
from tui.screens.keys import do_named, first_keys, keys_of
from tui.screens.painting import paint_parts
from tui.store.project import Project
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.input.keymap import Command, Keymap
from tui.views.text.format import plural, thousands
from tui.views.text.ink import Line, Span
from tui.widgets.bars.key_bar import KeyBar
from tui.widgets.bindings import bindings_of
from tui.widgets.comparison_view import ComparisonView
from tui.widgets.line_widget import LineWidget


class CompareScreen(PaintedScreen[None]):
    """Two conversations or tool calls compared; what its commands act on is its `context`."""

    AUTO_FOCUS = "ComparisonView"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(COMPARING)
    keymap: ClassVar[Keymap[CompareContext]] = COMPARING

    def __init__(self, project: Project, before: ComparedSubject, after: ComparedSubject, folder: Path) -> None:
        super().__init__()
        self.context = CompareContext(self, project, (before, after), folder)

    def compose(self) -> ComposeResult:
        """The title, the comparison, and the keys."""
        yield LineWidget(id="compare-title")
        yield ComparisonView()
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Ask for what is not at hand."""
        paint_parts(self)
        self.context.arrived = self._arrived
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._show_keys())
        self.set_focus(self.query_one(ComparisonView))
        self._show_keys()
        self.context.run(self.context.load(), "compare")

    async def action_do(self, name: str) -> None:
        """Run a command by its name, as bindings and the palette do; a dialogue that it opens is there then."""
        await do_named(self, name)

    def do(self, command: Command[Any]) -> object:
        """Run a command of the table, or say that the restricted mode forbids it."""
        return self.context.carry_out(command)

    def _arrived(self) -> None:
        if not self.is_attached:
            return
        if self.context.records is not None:
            self.context.begin()
        if self.context.records is None:
            self.context.view.show_words(self.context.words())
        self._show_title()

    @on(ComparisonView.Moved)
    def _show_title(self) -> None:
        title: Line = [Span(" Compare", "title")]
        self.query_one("#compare-title", LineWidget).show_line(title, [Span(self._news(), "muted"), Span(" ")])

    def _news(self) -> str:
        """Where the user is, and how it was compared."""
        if self.context.records is None:
            return ""
        comparer, comparison = self.context.comparer, self.context.comparer.comparison
        count, at = len(comparer.differences), comparer.difference
        more = "" if comparison.is_complete else "+"
        told = [f"difference {thousands(at + 1)}/{thousands(count)}{more}" if at is not None else ""]
        if at is None and count:
            told = [f"{plural(count, 'difference')}{more}"]
        elif not count:
            told = ["nothing differs" if comparison.is_complete else "comparing …"]
        if comparison.is_rough:
            told.append("compared roughly")
        return " · ".join(filter(None, told))

    def _show_keys(self) -> None:
        first = first_keys(self.focused)
        self.query_one(KeyBar).show_keys(keys_of(self.active_bindings.values(), first=first))

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        self.context.tell_fault(event)
