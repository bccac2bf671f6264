"""The list of conversations: painted from the window on the remote list, nothing is kept for each row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.store.listing.cursor import CursorAt, ListCursor
from tui.store.listing.known import ListedRows
from tui.terminal.adapter.straight_keys import tell
from tui.terminal.input.keymap import Command, Departures, Keymap
from tui.views.listing.notice import notice_lines
from tui.views.listing.row import Density, rows_in_view
from tui.views.text.ink import Line, Span
from tui.widgets.bindings import bindings_of
from tui.widgets.line_widget import LineWidget
from tui.widgets.lists.list_commands import LIST, ListRows
from tui.widgets.lists.list_mouse import ListMouse
from tui.widgets.lists.row_painter import RowPainter
from tui.widgets.palette import Palette
from tui.widgets.scroll_bar import ScrollBar


class ConversationList(LineWidget, can_focus=True):
    """Shows a window on the remote list; the cursor stays on its conversation, whatever is inserted or deleted."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(LIST)
    keymap: ClassVar[Keymap[ListRows]] = LIST

    class Highlighted(Message):
        """The cursor is on another conversation, or on a row that has just become one."""

        def can_replace(self, message: Message) -> bool:
            """Of several only the last counts."""
            return isinstance(message, ConversationList.Highlighted)

    @dataclass
    class Looked(Message):
        """Other rows are on the screen than before; `carried` where the list moved and the user did not scroll."""

        carried: bool

        def can_replace(self, message: Message) -> bool:
            """Of several only the last counts."""
            return isinstance(message, ConversationList.Looked) and message.carried == self.carried

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._at = ListCursor()
        self._told: tuple[int, str | None, bool] | None = None
        self._looked = (-1, -1)
        self.painter = RowPainter()
        self.departures = Departures()
        self.opened: Callable[[], object] = lambda: None
        """Called where the user wants to read what is under the cursor."""
        self.scrolled: Callable[[int], object] = lambda _: None
        """Called where the user wants to scroll what is read beside: on (1) or back (-1)."""
        self.mouse = ListMouse(self)
        self._top_beside = 0
        """The first row in view when the list became a rail, or no rail any more."""
        self._notice: list[Line] = []

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def cursor(self) -> int:
        """The index under the cursor."""
        return self._at.index

    @property
    def at(self) -> CursorAt:
        """Where the cursor is."""
        return self._at.told

    @property
    def in_view(self) -> tuple[int, int]:
        """The first row on the screen, and the one after the last."""
        return self._at.view

    @property
    def window(self) -> ListedRows | None:
        """The list that is shown."""
        return self._at.window

    @property
    def count(self) -> int:
        """Rows of the list in all."""
        return self._at.count

    def show_window(self, window: ListedRows, *, keep: str | None = None, fills: bool = False) -> None:
        """Show another list; the cursor goes to `keep` where that is known, else to the top, to stay if it `fills`."""
        self._told, self._looked = None, (-1, -1)
        self._forget()
        self._at.show(window, keep, fills=fills)
        self.window_changed()

    def show_notice(self, paragraphs: list[Line]) -> None:
        """Show these words instead of rows; none: rows again."""
        if paragraphs != self._notice:
            self._notice = paragraphs
            self.refresh()

    def window_changed(self) -> None:
        """Take over what has arrived: follow the conversation under the cursor, and paint what is new."""
        if self._at.window is not None:
            self._at.take_over()
            self.refresh()
            self._tell(carried=True)

    def set_palette(self, palette: Palette) -> None:
        """Paint in the styles of another theme."""
        super().set_palette(palette)
        self._forget()

    # -- painting --------------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Lay the rows out anew; the cursor stays in view."""
        self.lay_out_anew()

    def watch_has_focus(self, focused: bool) -> None:
        """The marker of the cursor tells whether the keys go here."""
        self.painter.set_focused(focused)
        self._refresh_row(self._at.index)

    def _forget(self) -> None:
        self.painter.begin(self.inks.palette, self.inks.base, self.size.width)
        self._at.rows = rows_in_view(self.size.height, self.painter.style)

    def paint_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.size.width
        if self._notice:
            lines = notice_lines(self._notice, width - 2)
            return self.inks.strip([Span(" "), *(lines[y] if y < len(lines) else [])])
        if self.painter.width != width:
            self._forget()
            self._at.keep_in_view()  # the size may be painted in before it is told
        height = self.painter.style.height
        index, part = self._at.top + y // height, y % height
        window = self._at.window
        if index >= self.count or window is None:
            return Strip.blank(width, self.inks.base)
        row = self._at.row(index)
        failed = row is None and window.failure_of(index) is not None
        return self.painter.strip(index, row, part, self._bar_cell(y), cursor=index == self._at.index, failed=failed)

    @property
    def bar(self) -> ScrollBar:
        """The scroll bar, in lines."""
        return ScrollBar(self.count * self.row_height, self.size.height, self._at.top * self.row_height)

    def _bar_cell(self, y: int) -> Span:
        return self.bar.cell(y)

    # -- the mouse -------------------------------------------------------------------------------------------------

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll without moving the cursor."""
        self.mouse.wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll without moving the cursor."""
        self.mouse.wheel(event, -1)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on a row, or take hold of the scroll bar."""
        self.mouse.press(event)

    def on_click(self, event: events.Click) -> None:
        """A double click reads what was clicked first."""
        self.mouse.click(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scroll bar."""
        self.mouse.move(event)

    def on_mouse_up(self) -> None:
        """Let the scroll bar go."""
        self.mouse.release()

    def on_mouse_release(self) -> None:
        """Something else has taken the mouse, such as a dialogue."""
        self.mouse.lose(self.app.mouse_captured)

    # -- moving ----------------------------------------------------------------------------------------------------

    def do(self, command: Command[ListRows]) -> None:
        """Run a command of the table."""
        self.departures.before(self.keymap, command)
        command.run(self, *command.arguments)

    def action_do(self, name: str) -> None:
        """Run a command by its name, as bindings and the palette do."""
        self.do(self.keymap[name])

    def turn(self, pages: float) -> None:
        """Move the view and the cursor together, by pages."""
        by = int(pages * max(1, self._at.rows - 1)) or (1 if pages > 0 else -1)
        self._at.scroll_to(self._at.top + by)
        self.refresh()
        self.go(self._at.index + by)

    def open(self) -> None:
        """Read what is under the cursor, at once: keys typed after it go to the reader."""
        self.opened()

    def switch_density(self) -> None:
        """Several lines a row, or one with columns."""
        self.painter.density = Density.COLUMNS if self.painter.density is Density.ROWS else Density.ROWS
        self.lay_out_anew()

    def show_as_rail(self, is_rail: bool) -> None:
        """Be no more than a rail beside what is read, which takes no focus, or a list again with what was in view."""
        if is_rail == self.painter.is_rail:
            return
        self.painter.is_rail = is_rail
        self._forget()
        top, self._top_beside = self._top_beside, self._at.top
        self._at.scroll_to(self._at.top if is_rail else top)
        self.lay_out_anew()

    def focus_on_click(self) -> bool:
        """A click on a rail leaves the keys where they are: what was clicked on is read there."""
        return not self.painter.is_rail

    def lay_out_anew(self) -> None:
        """Paint all rows again, in another width, density or choice of columns."""
        self._forget()
        self._at.keep_in_view()
        self.refresh()
        self._tell()

    def go(self, index: int) -> None:
        """Put the cursor on the row that the user wants."""
        self._put(index, self._at.go)

    def settle(self) -> None:
        """From now on the cursor stays on its conversation."""
        self._at.settle()
        self._tell()

    def put(self, index: int) -> None:
        """Put the cursor on a row to which the user did not move it."""
        self._put(index, self._at.put)

    def _put(self, index: int, put: Callable[[int], None]) -> None:
        if not self.count:
            return
        before, top = self._at.index, self._at.top
        put(index)
        if self._at.top != top:
            self.refresh()
        elif self._at.index != before:
            self._refresh_row(before)
            self._refresh_row(self._at.index)
        self._tell()

    def scroll_rows(self, by: int) -> None:
        """Scroll without moving the cursor."""
        self.scroll_to_row(self._at.top + by)

    def scroll_to_row(self, top: int) -> None:
        """Show the rows from this one on, wherever the cursor is."""
        self._at.scroll_to(top)
        self.refresh()
        self._tell()

    def row_at(self, y: int) -> int | None:
        """The row that is painted on a line of the widget."""
        index = self._at.top + y // self.row_height
        return index if index < self.count and not self._notice else None

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        return self.painter.style.height

    def _refresh_row(self, index: int) -> None:
        self.refresh(Region(0, (index - self._at.top) * self.row_height, self.size.width, self.row_height))

    def _tell(self, *, carried: bool = False) -> None:
        """Say what is looked at, and on which conversation the cursor is, where either has changed."""
        if self._at.view != self._looked:
            self._looked = self._at.view
            tell(self, self.Looked(carried))
        if self._at.is_seeking:
            return
        conversation = self._at.conversation
        told = (self._at.index, conversation.id if conversation is not None else None, self._at.told.rests)
        if told != self._told:
            self._told = told
            tell(self, self.Highlighted())
