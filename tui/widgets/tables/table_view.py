"""A table on the screen: painted from a sheet, row by row, with the heads above."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.strip import Strip

from tui.terminal.input.keymap import Command, Keymap
from tui.views.tables.sheet import Sheet
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import line_width, wrap_spans
from tui.widgets.bindings import bindings_of
from tui.widgets.line_widget import LineWidget
from tui.widgets.lists.list_mouse import ListMouse
from tui.widgets.scroll_bar import ScrollBar
from tui.widgets.tables.table_commands import TABLE, TableCells


class TableView(LineWidget, can_focus=True):
    """Shows a sheet; the keys move its cursor over rows and columns."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(TABLE)
    keymap: ClassVar[Keymap[TableCells]] = TABLE

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.sheet: Sheet | None = None
        self.empty = ""
        """What is said in place of rows."""
        self.asked: Callable[[Command[TableCells]], object] = self.act
        """Called with each command; it may wait until there are rows."""
        self.opened: Callable[[], object] = lambda: None
        """Called where the user wants to go to what the row under the cursor tells of."""
        self.sorted: Callable[[], object] = lambda: None
        """Called where the user wants the table sorted by the column under the cursor."""
        self.moved: Callable[[], object] = lambda: None
        """Called when the cursor, or what is in view, is another."""
        self.mouse = ListMouse(self)

    def show(self, sheet: Sheet, empty: str) -> None:
        """Show a sheet as it is now; `empty` is said where it has no rows."""
        self.sheet, self.empty = sheet, empty
        if self.size.height:
            sheet.resize(*self._room)
        self.refresh()

    # -- what a list of rows is ------------------------------------------------------------------------------------

    @property
    def cursor(self) -> int:
        """The row under the cursor."""
        return self.sheet.row if self.sheet is not None else 0

    @property
    def count(self) -> int:
        """Rows in all."""
        return self.sheet.table.count if self.sheet is not None else 0

    @property
    def bar(self) -> ScrollBar:
        """The scroll bar, in lines, that of the heads among them."""
        return ScrollBar(self.count + 1, self.size.height, self.sheet.top if self.sheet is not None else 0)

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        return 1

    @property
    def _room(self) -> tuple[int, int]:
        """Columns and lines beside the scroll bar."""
        return self.size.width - self.bar.needed, self.size.height

    def row_at(self, y: int) -> int | None:
        """The row that is painted on a line of the widget."""
        row = self.sheet.top + y - 1 if self.sheet is not None else -1
        return row if y > 0 and 0 <= row < self.count else None

    def go(self, index: int) -> None:
        """Put the cursor on a row."""
        self._move(index, None)

    def turn(self, pages: float) -> None:
        """Move the view and the cursor together, by pages."""
        if self.sheet is not None:
            by = int(pages * max(1, self.sheet.rows_in_view - 1)) or (1 if pages > 0 else -1)
            self.sheet.scroll(by)
            self.refresh()
            self._move(self.sheet.row + by, None)

    def turn_aside(self, by: int) -> None:
        """Move the cursor by columns."""
        if self.sheet is not None:
            self._move(self.sheet.row, self.sheet.column + by)

    def open(self) -> None:
        """Go to what the row under the cursor tells of."""
        self.opened()

    def _move(self, row: int, column: int | None) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        before = (sheet.row, sheet.top, sheet.left, sheet.column)
        widths = sheet.cells_in_view()
        sheet.go(row, column)
        if (sheet.top, sheet.left) != before[1:3] or sheet.cells_in_view() != widths:
            self.refresh()
        else:
            lines = {before[0], sheet.row}
            self.refresh(*(Region(0, 1 + line - sheet.top, self.size.width, 1) for line in lines))
            if sheet.column != before[3]:
                self.refresh(Region(0, 0, self.size.width, 1))
        self.moved()

    # -- commands and mouse ----------------------------------------------------------------------------------------

    def do(self, command: Command[TableCells]) -> None:
        """Run a command of the table, in its turn."""
        self.asked(command)

    def act(self, command: Command[TableCells]) -> None:
        """Run a command of the table at once."""
        command.run(self, *command.arguments)

    def action_do(self, name: str) -> None:
        """Run a command by its name, as bindings and the palette do."""
        self.do(self.keymap[name])

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll without moving the cursor."""
        self.mouse.wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll without moving the cursor."""
        self.mouse.wheel(event, -1)

    def scroll_rows(self, by: int) -> None:
        """Scroll without moving the cursor."""
        if self.sheet is not None:
            self.sheet.scroll(by)
            self.refresh()
            self.moved()

    def scroll_to_row(self, top: int) -> None:
        """Show the rows from this one on, wherever the cursor is."""
        if self.sheet is not None:
            self.scroll_rows(top - self.sheet.top)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on a cell, or on a column by its head, or take hold of the scroll bar."""
        self.mouse.press(event)
        if not self.mouse.holds_bar and (event.y == 0 or self.row_at(event.y) is not None):
            self._move(self.cursor, self._column_at(event.x))

    def _column_at(self, x: int) -> int | None:
        cells = self.sheet.cells_in_view() if self.sheet is not None else ()
        return next((place for place, taken in cells if x in taken), None)

    def on_click(self, event: events.Click) -> None:
        """A click on a head sorts by its column, a double click on a row opens it."""
        if event.y == 0 and self.count and self._column_at(event.x) is not None:
            self.sorted()
        elif event.chain == 2 and self.row_at(event.y) is not None:
            self.action_do("open")

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scroll bar."""
        self.mouse.move(event)

    def on_mouse_up(self) -> None:
        """Let the scroll bar go."""
        self.mouse.release()

    def on_mouse_release(self) -> None:
        """Something else has taken the mouse, such as a dialogue."""
        self.mouse.lose(self.app.mouse_captured)

    # -- painting --------------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Lay out anew; the cursor stays in view."""
        if self.sheet is not None:
            self.sheet.resize(*self._room)
            self.moved()

    def watch_has_focus(self, _focused: bool) -> None:
        """The marker of the cursor tells whether the keys go here."""
        self.refresh()

    def paint_line(self, y: int) -> Strip:
        """The heads, or a row."""
        sheet = self.sheet
        if sheet is None:
            return Strip.blank(self.size.width, self.inks.base)
        bar, room = self.bar, self._room
        sheet.resize(*room)  # it may be painted in before it is told
        line = self._line(sheet, y)
        if bar.needed:
            line = [*line, Span(" " * (room[0] - line_width(line))), bar.cell(y)]
        return self.inks.strip(line)

    def _line(self, sheet: Sheet, y: int) -> Line:
        if not sheet.table.count:
            said = wrap_spans([Span(self.empty, "muted")], max(4, self.size.width - 2))
            return [Span(" "), *said[y - 1]] if 0 < y <= len(said) else []
        if y == 0:
            return sheet.heads(focused=self.has_focus)
        index = sheet.top + y - 1
        return sheet.line(index, focused=self.has_focus) if index < sheet.table.count else []
