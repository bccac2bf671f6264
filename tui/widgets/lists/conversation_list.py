"""The list of conversations: painted from the window on the remote list, nothing is kept for each row."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.store.listing.rows import ListedConversation
from tui.store.listing.window import ConversationWindow
from tui.views.listing.notice import notice_lines
from tui.views.listing.row import Density, rows_in_view
from tui.views.text.ink import Line, Span
from tui.widgets.lists.list_mouse import ListMouse
from tui.widgets.lists.row_painter import RowPainter
from tui.widgets.palette import Palette
from tui.widgets.scroll_bar import ScrollBar

if TYPE_CHECKING:
    from tui.api.models import Conversation

_BAR = 1
_NO_BAR, _THUMB, _TRACK = Span(" "), Span("┃", "muted"), Span(" ")
_SCROLL_PART = 3
"""A step over the edge scrolls by a third of the view: a scroll paints all of it, so there are few."""


class ConversationList(ListMouse, can_focus=True):
    """Shows a window on the remote list; the cursor stays on its conversation, whatever is inserted or deleted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "move", key_display="↑↓", tooltip="Down"),
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False),
        Binding("ctrl+d", "page(0.5)", "Half a page down", show=False),
        Binding("ctrl+u", "page(-0.5)", "Half a page up", show=False),
        Binding("home,g", "jump('first')", "First conversation", show=False),
        Binding("end,G", "jump('last')", "Last conversation", show=False),
        Binding("enter,l,right", "screen.read", "read", tooltip="Read the conversation"),
        Binding("d", "density", "One line or several a row", show=False),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor is on another conversation, or on a row that has just become one."""

        index: int
        conversation: "Conversation | None"

    @dataclass
    class Opened(Message):
        """Somebody wants to read what is under the cursor."""

        index: int

    @dataclass
    class Looked(Message):
        """Other rows are on the screen than before."""

        first: int
        last: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._window: ConversationWindow | None = None
        self._top = 0
        self._cursor = 0
        self._cursor_id: str | None = None
        self._told: tuple[int, str | None] | None = None
        self._looked = (-1, -1)
        self.painter = RowPainter()
        self._notice: list[Line] = []

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def cursor(self) -> int:
        """The index under the cursor."""
        return self._cursor

    @property
    def window(self) -> ConversationWindow | None:
        """The list that is shown."""
        return self._window

    @property
    def count(self) -> int:
        """Rows of the list in all."""
        return (self._window.count or 0) if self._window is not None else 0

    def show_window(self, window: ConversationWindow, *, keep: str | None = None) -> None:
        """Show another list; the cursor goes to the conversation `keep` where that is known, else to the top."""
        self._window = window
        index = window.index_of(keep) if keep is not None else None
        self._cursor = index or 0
        self._cursor_id = keep if index is not None else None
        self._top = 0
        self._told = None
        self._looked = (-1, -1)
        self._forget()
        self._keep_in_view()
        self.window_changed()

    def show_notice(self, paragraphs: list[Line]) -> None:
        """Show these words instead of rows; none: rows again."""
        if paragraphs != self._notice:
            self._notice = paragraphs
            self.refresh()

    def window_changed(self) -> None:
        """Take over what has arrived: follow the conversation under the cursor, and paint what is new."""
        if self._window is None:
            return
        index = self._window.index_of(self._cursor_id) if self._cursor_id is not None else None
        if index is not None and index != self._cursor:
            self._top = max(0, self._top + index - self._cursor)
            self._cursor = index
        self._cursor = max(0, min(self._cursor, self.count - 1))
        self._top = max(0, min(self._top, self.count - 1))
        self.refresh()
        self._tell()

    def set_palette(self, palette: Palette) -> None:
        """Paint in the styles of another theme."""
        super().set_palette(palette)
        self._forget()

    # -- painting --------------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Lay the rows out anew; the cursor stays in view."""
        self._forget()
        self._keep_in_view()
        self._tell()

    def watch_has_focus(self, focused: bool) -> None:
        """The marker of the cursor tells whether the keys go here."""
        self.painter.set_focused(focused)
        self._refresh_row(self._cursor)

    def _forget(self) -> None:
        self.painter.begin(self.palette, self.base, self.size.width)

    @property
    def _rows(self) -> int:
        return rows_in_view(self.size.height, self.painter.style)

    def paint_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.size.width
        if self._notice:
            lines = notice_lines(self._notice, width - 2)
            return self.palette.strip([Span(" "), *(lines[y] if y < len(lines) else [])], width, self.base)
        if self.painter.width != width:
            self._forget()
        height = self.painter.style.height
        index, part = self._top + y // height, y % height
        if index >= self.count or self._window is None:
            return Strip.blank(width, self.base)
        row = self._window.row(index)
        failed = row is None and self._window.failure_of(index) is not None
        cursor = index == self._cursor
        return self.painter.strip(index, row, part, self._bar_cell(y), cursor=cursor, failed=failed)

    @property
    def bar(self) -> ScrollBar:
        """The scroll bar, in lines."""
        height = self.painter.style.height
        return ScrollBar(self.count * height, self.size.height, self._top * height)

    def _bar_cell(self, y: int) -> Span:
        bar = self.bar
        if not bar.needed:
            return _NO_BAR
        return _THUMB if y in bar.thumb else _TRACK

    # -- moving ----------------------------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """Move the cursor by rows."""
        self._go(self._cursor + by)

    def action_page(self, pages: float) -> None:
        """Move by pages: the view and the cursor together."""
        by = int(pages * max(1, self._rows - 1)) or (1 if pages > 0 else -1)
        self._set_top(self._top + by)
        self._go(self._cursor + by)

    def action_jump(self, where: str) -> None:
        """Go to the first or the last conversation."""
        self._go(0 if where == "first" else self.count - 1)

    def action_open(self) -> None:
        """Read what is under the cursor."""
        self.post_message(self.Opened(self._cursor))

    def action_density(self) -> None:
        """Several lines a row, or one with columns."""
        self.painter.density = Density.COLUMNS if self.painter.density is Density.ROWS else Density.ROWS
        self._forget()
        self._keep_in_view()
        self.refresh()
        self._tell()

    def go(self, index: int) -> None:
        """Put the cursor on a row."""
        self._go(index)

    def scroll_rows(self, by: int) -> None:
        """Scroll without moving the cursor."""
        self.scroll_to_row(self._top + by)

    def scroll_to_row(self, top: int) -> None:
        """Show the rows from this one on, wherever the cursor is."""
        self._set_top(top)
        self._tell()

    def row_at(self, y: int) -> int | None:
        """The row that is painted on a line of the widget."""
        index = self._top + y // self.row_height
        return index if index < self.count and not self._notice else None

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        return self.painter.style.height

    def _go(self, index: int) -> None:
        if not self.count:
            return
        before, top = self._cursor, self._top
        self._cursor = max(0, min(index, self.count - 1))
        if abs(index - before) == 1 and not top <= self._cursor < top + self._rows:
            self._top += (index - before) * max(1, self._rows // _SCROLL_PART)
        self._keep_in_view()
        if self._top != top:
            self.refresh()
        elif self._cursor != before:
            self._refresh_row(before)
            self._refresh_row(self._cursor)
        self._cursor_id = None
        self._tell()

    def _set_top(self, top: int) -> None:
        self._top = max(0, min(top, self.count - self._rows))
        self.refresh()

    def _keep_in_view(self) -> None:
        rows = self._rows
        self._top = max(0, min(self._top, max(0, self.count - rows)))
        if self._cursor < self._top:
            self._top = self._cursor
        elif self._cursor >= self._top + rows:
            self._top = self._cursor - rows + 1

    def _refresh_row(self, index: int) -> None:
        height = self.painter.style.height
        self.refresh(Region(0, (index - self._top) * height, self.size.width, height))

    @property
    def _is_seeking(self) -> bool:
        """Whether the conversation under the cursor is lost from sight; meanwhile no other takes its place."""
        return self._window is not None and self._cursor_id is not None and self._window.is_seeking(self._cursor_id)

    def _tell(self) -> None:
        """Say what is looked at, and on which conversation the cursor is, where either has changed."""
        looked = (self._top, self._top + self._rows)
        if looked != self._looked:
            self._looked = looked
            self.post_message(self.Looked(*looked))
        if self._is_seeking:
            return
        row = self._window.row(self._cursor) if self._window is not None else None
        conversation = row.conversation if isinstance(row, ListedConversation) else None
        self._cursor_id = conversation.id if conversation is not None else self._cursor_id
        told = (self._cursor, conversation.id if conversation is not None else None)
        if told != self._told:
            self._told = told
            self.post_message(self.Highlighted(self._cursor, conversation))
