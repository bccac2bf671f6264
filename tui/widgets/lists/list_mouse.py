"""The mouse in the list: rows, wheel and scroll bar."""

from collections.abc import Callable
from typing import Protocol

from textual import events
from textual.geometry import Size

from tui.widgets.scroll_bar import ScrollBar

_WHEEL_ROWS = 2


class MouseRows(Protocol):
    """What the mouse needs of a list of rows."""

    @property
    def size(self) -> Size:
        """Columns and lines of the list."""

    @property
    def bar(self) -> ScrollBar:
        """The scroll bar, in lines."""

    @property
    def cursor(self) -> int:
        """The row under the cursor."""

    @property
    def row_height(self) -> int:
        """Lines of each row."""

    def row_at(self, y: int) -> int | None:
        """The row that is painted on a line of the widget."""

    def go(self, index: int) -> None:
        """Put the cursor on a row."""

    def scroll_rows(self, by: int) -> None:
        """Scroll without moving the cursor."""

    def scroll_to_row(self, top: int) -> None:
        """Show the rows from this one on, wherever the cursor is."""

    def open(self) -> None:
        """Read what is under the cursor."""

    def capture_mouse(self, capture: bool = True) -> None:
        """Take the mouse."""

    def release_mouse(self) -> None:
        """Give the mouse back."""


class ListMouse:
    """What the mouse does to a list; the list itself knows its rows."""

    def __init__(self, rows: MouseRows) -> None:
        self._rows = rows
        self._grip: int | None = None
        """The line of the thumb by which it is held."""
        self.dragged: Callable[[], object] = lambda: None
        """Called when the scroll bar was taken hold of, and when it was let go."""
        self.clicked: Callable[[int], object] = lambda _: None
        """Called with the cell of the row under the cursor that was clicked once."""
        self._gave_way = (0, 0)
        """Rows by which the last two clicks have scrolled: one that is cut off moves up from under the pointer."""

    @property
    def holds_bar(self) -> bool:
        """Whether the scroll bar is being dragged."""
        return self._grip is not None

    def wheel(self, event: events.MouseEvent, direction: int) -> None:
        """Scroll down (1) or up (-1) without moving the cursor."""
        event.stop()
        self._rows.scroll_rows(direction * _WHEEL_ROWS)

    def press(self, event: events.MouseDown) -> None:
        """Put the cursor on a row, or take hold of the scroll bar."""
        rows = self._rows
        if event.x == rows.size.width - 1 and rows.bar.needed:
            thumb = rows.bar.thumb
            self._grip = event.y - thumb.start if event.y in thumb else len(thumb) // 2
            rows.capture_mouse()
            self._drag(event.y)
            self.dragged()
            return
        index = rows.row_at(event.y)
        if index is not None:
            top = rows.row_at(0) or 0
            rows.go(index)
            self._gave_way = self._gave_way[1], (rows.row_at(0) or 0) - top

    def click(self, event: events.Click) -> None:
        """A double click reads what was clicked first; what one on a cell does is known elsewhere."""
        rows = self._rows
        if event.chain == 1 and rows.row_at(event.y) == rows.cursor:
            self.clicked(event.x)
        if event.chain == 2 and rows.row_at(event.y) is not None:
            if self._gave_way[0]:
                rows.go(rows.cursor - self._gave_way[0])
            rows.open()

    def move(self, event: events.MouseMove) -> None:
        """Drag the scroll bar, if it is held."""
        if self._grip is not None:
            self._drag(event.y)

    def release(self) -> None:
        """Let the scroll bar go."""
        self._let_go()
        self._rows.release_mouse()

    def lose(self, holder: object) -> None:
        """Something else may have taken the mouse, such as a dialogue; `holder` has it now."""
        if holder is not self._rows:
            self._let_go()

    def _let_go(self) -> None:
        if self._grip is not None:
            self._grip = None
            self.dragged()

    def _drag(self, y: int) -> None:
        self._rows.scroll_to_row(self._rows.bar.top_for_drag(y, self._grip or 0) // self._rows.row_height)
