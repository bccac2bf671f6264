"""The saved filters with their digits; a click or Enter applies one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.api.query import ConversationFilter
from tui.store.saved_filters import DIGITS, SavedFilters
from tui.terminal.clean import clean_line
from tui.views.chips import filter_words
from tui.views.ink import Line, Span
from tui.views.wrap import crop_line
from tui.widgets.line_widget import LineWidget

_NAME_LIMIT = 60


class SavedList(LineWidget, can_focus=True):
    """One line for each: digit, name, and what it asks for where there is room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("home,g", "step(-1000)", "First", show=False),
        Binding("end,G", "step(1000)", "Last", show=False),
        Binding("enter,space", "apply", "apply", tooltip="Apply the saved filter"),
    ]

    @dataclass
    class Applied(Message):
        """Somebody wants a saved filter."""

        name: str

    @dataclass
    class Moved(Message):
        """The cursor is on another one."""

        name: str

    @dataclass
    class Left(Message):
        """The cursor moves on beyond the last one (1) or the first (-1)."""

        saved: "SavedList"
        direction: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._filters = SavedFilters()
        self._query = ConversationFilter()
        self._cursor = 0
        self._top = 0

    @property
    def chosen(self) -> str | None:
        """The name under the cursor."""
        entries = self._filters.entries
        return entries[self._cursor].name if self._cursor < len(entries) else None

    def show_filters(self, filters: SavedFilters, query: ConversationFilter, *, at: str | None = None) -> None:
        """Show these, with the cursor on the one named `at`, and a mark at those that ask what `query` asks."""
        resized = len(filters.entries) != len(self._filters.entries)
        self._filters, self._query = filters, query
        names: Sequence[str] = [entry.name for entry in filters.entries]
        self._cursor = names.index(at) if at in names else max(0, min(self._cursor, len(names) - 1))
        self._keep_in_view()
        self.refresh(layout=resized)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each, one to say that there is none."""
        return max(1, len(self._filters.entries))

    def watch_has_focus(self, _focused: bool) -> None:
        """Only a focused list shows its cursor."""
        self.refresh()

    def on_resize(self) -> None:
        """The cursor stays in view."""
        self._keep_in_view()

    def paint_line(self, y: int) -> Strip:
        """One saved filter."""
        width, entries = self.size.width, self._filters.entries
        index = self._top + y
        line: Line = []
        if not entries and y == 0:
            line = [Span(" none yet; s saves one", "muted")]
        elif index < len(entries):
            entry = entries[index]
            here, on = index == self._cursor and self.has_focus, entry.query == self._query
            digit = str(index + 1) if index < DIGITS else " "
            line = [Span("▌", "cursor") if here else Span(" "), Span(f"{digit} ", "accent strong" if on else "muted")]
            line.append(Span(clean_line(entry.name, _NAME_LIMIT), "text strong" if on else "text"))
            if entry is self._filters.default_entry:
                line.append(Span(" · default", "muted"))
            line.append(Span(f"  {filter_words(entry.query) or 'everything'}", "muted"))
        return self.palette.strip(crop_line(line, width), width, self.base)

    def action_step(self, by: int) -> None:
        """Move the cursor; a single step beyond an end leaves."""
        target, last = self._cursor + by, len(self._filters.entries) - 1
        if abs(by) == 1 and not 0 <= target <= last:
            self.post_message(self.Left(self, by))
            return
        self._go(max(0, min(target, last)))

    def action_apply(self) -> None:
        """Apply the one under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Applied(self.chosen))

    def on_click(self, event: events.Click) -> None:
        """Apply what was clicked."""
        index = self._top + event.y
        if index < len(self._filters.entries):
            self._go(index)
            self.action_apply()

    def _go(self, index: int) -> None:
        self._cursor = index
        self._keep_in_view()
        self.refresh()
        if self.chosen is not None:
            self.post_message(self.Moved(self.chosen))

    def _keep_in_view(self) -> None:
        height = max(1, self.size.height)
        self._top = max(self._cursor - height + 1, min(self._top, self._cursor))
