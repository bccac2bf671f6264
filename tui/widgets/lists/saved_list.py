"""The saved filters with their digits; a click or Enter applies one."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message

from tui.store.filter.list_filter import ListFilter
from tui.store.saved.saved_filters import DIGITS, SavedFilters
from tui.terminal.text.clean import clean_line
from tui.views.listing.chips import filter_words
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import cell_width, crop_line
from tui.widgets.lists.cursor_list import CURSOR_KEYS, CursorList

_NAME_LIMIT = 60
_DEFAULT = " · default"
"""What is told of the one that a start begins with, whatever room there is for its name."""
_BEFORE = 3
"""Cells of the cursor and the digit."""


class SavedList(CursorList, can_focus=True):
    """One line for each: digit, name, and what it asks for where there is room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *CURSOR_KEYS,
        Binding("enter,space", "choose", "apply", tooltip="Apply the saved filter"),
    ]

    @dataclass
    class Applied(Message):
        """The user wants a saved filter."""

        name: str

    @dataclass
    class Moved(Message):
        """The cursor is on another one."""

        name: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._filters = SavedFilters()
        self._query = ListFilter()

    @property
    def chosen(self) -> str | None:
        """The name under the cursor."""
        entries = self._filters.entries
        return entries[self._cursor].name if self._cursor < len(entries) else None

    @property
    def row_count(self) -> int:
        """A row for each saved filter."""
        return len(self._filters.entries)

    @property
    def empty(self) -> str:
        """How the first one is made, in the words of the menu; nothing to save, no word of it."""
        return "none yet" if self._query.is_empty else "s s: save this filter"

    def show_filters(self, filters: SavedFilters, query: ListFilter, *, at: str | None = None) -> None:
        """Show these, with the cursor on the one named `at`, and a mark at those that ask what `query` asks."""
        resized = len(filters.entries) != len(self._filters.entries)
        self._filters, self._query = filters, query
        names = [entry.name for entry in filters.entries]
        self.rows_changed(names.index(at) if at in names else self._cursor)
        if resized:
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each, one to say that there is none."""
        return max(1, len(self._filters.entries))

    def row_line(self, index: int, *, here: bool, width: int) -> Line:
        """One saved filter."""
        entry = self._filters.entries[index]
        on = entry.query == self._query
        digit = str(index + 1) if index < DIGITS else " "
        line = [Span("▌", "cursor") if here else Span(" "), Span(f"{digit} ", "accent strong" if on else "muted")]
        name: Line = [Span(clean_line(entry.name, _NAME_LIMIT), "text strong" if on else "text")]
        if entry is self._filters.default_entry:
            line += [*crop_line(name, max(1, width - _BEFORE - cell_width(_DEFAULT))), Span(_DEFAULT, "muted")]
        else:
            line += name
        line.append(Span(f"  {filter_words(entry.query) or 'everything'}", "muted"))
        return line

    def action_choose(self) -> None:
        """Apply the one under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Applied(self.chosen))

    def cursor_moved(self) -> None:
        """Tell which one is under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Moved(self.chosen))
