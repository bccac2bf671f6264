"""The mouse in the list: rows, wheel and scroll bar."""

from textual import events

from tui.widgets.line_widget import LineWidget
from tui.widgets.scroll_bar import ScrollBar

_WHEEL_ROWS = 2


class ListMouse(LineWidget):
    """The part of a list that answers the mouse; the list itself knows its rows."""

    _grip: int | None = None
    """The line of the thumb by which it is held."""
    _gave_way = (0, 0)
    """Rows by which the last two clicks have scrolled: one that is cut off moves up from under the pointer."""

    @property
    def bar(self) -> ScrollBar:
        """The scroll bar, in lines."""
        raise NotImplementedError

    @property
    def cursor(self) -> int:
        """The row under the cursor."""
        raise NotImplementedError

    @property
    def row_height(self) -> int:
        """Lines of each row."""
        raise NotImplementedError

    def row_at(self, y: int) -> int | None:
        """The row that is painted on a line of the widget."""
        raise NotImplementedError

    def go(self, index: int) -> None:
        """Put the cursor on a row."""
        raise NotImplementedError

    def scroll_rows(self, by: int) -> None:
        """Scroll without moving the cursor."""
        raise NotImplementedError

    def scroll_to_row(self, top: int) -> None:
        """Show the rows from this one on, wherever the cursor is."""
        raise NotImplementedError

    def action_open(self) -> None:
        """Read what is under the cursor."""
        raise NotImplementedError

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll without moving the cursor."""
        self._wheel(event, _WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll without moving the cursor."""
        self._wheel(event, -_WHEEL_ROWS)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        self.scroll_rows(by)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on a row, or take hold of the scroll bar."""
        if event.x == self.size.width - 1 and self.bar.needed:
            thumb = self.bar.thumb
            self._grip = event.y - thumb.start if event.y in thumb else len(thumb) // 2
            self.capture_mouse()
            self._drag(event.y)
            return
        index = self.row_at(event.y)
        if index is not None:
            top = self.row_at(0) or 0
            self.go(index)
            self._gave_way = self._gave_way[1], (self.row_at(0) or 0) - top

    def on_click(self, event: events.Click) -> None:
        """A double click reads what was clicked first."""
        if event.chain == 2 and self.row_at(event.y) is not None:
            if self._gave_way[0]:
                self.go(self.cursor - self._gave_way[0])
            self.action_open()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scroll bar."""
        if self._grip is not None:
            self._drag(event.y)

    def on_mouse_up(self) -> None:
        """Let the scroll bar go."""
        self._grip = None
        self.release_mouse()

    def on_mouse_release(self) -> None:
        """Something else has taken the mouse, such as a dialogue."""
        if self.app.mouse_captured is not self:
            self._grip = None

    def _drag(self, y: int) -> None:
        self.scroll_to_row(self.bar.top_for_drag(y, self._grip or 0) // self.row_height)
