"""A list of lines with a cursor that stays in view; what the lines are is said by a subclass."""

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.views.text.ink import Line, Span
from tui.views.text.wrap import crop_line, wrap_spans
from tui.widgets.line_widget import Inks
from tui.widgets.palette import Palette

_WHEEL_ROWS = 2
_LEAST_WORDS = 4
"""Cells that the word for no rows has at least."""

CURSOR_KEYS = (
    Binding("down,j", "step(1)", "Down", show=False),
    Binding("up,k", "step(-1)", "Up", show=False),
    Binding("pagedown", "page(1)", "Page down", show=False),
    Binding("pageup", "page(-1)", "Page up", show=False),
    Binding("home,g", "end(-1)", "First", show=False),
    Binding("end,G", "end(1)", "Last", show=False),
)
"""The keys of a list that takes the focus."""


class CursorList(Widget):
    """Knows the cursor and what is in view; before it is laid out, it is one line high."""

    @dataclass
    class Left(Message):
        """The cursor moves on beyond the last row (1) or the first (-1)."""

        rows: "CursorList"
        direction: int

    class BelowChanged(Message):
        """There are more, or fewer, rows below those in view; whoever has a border says so there."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.inks = Inks(self)
        self._cursor = 0
        self._top = 0
        self._told = 0

    @property
    def below(self) -> int:
        """How many rows there are below those in view."""
        return max(0, self.row_count - self._top - self.size.height) if self.size.height else 0

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def row_line(self, index: int, *, here: bool, width: int) -> Line:
        """One row, with a mark where the cursor is here."""
        raise NotImplementedError

    @property
    def empty(self) -> str:
        """What is said where there are no rows."""
        return ""

    def action_choose(self) -> None:
        """Do what a click on the row under the cursor does."""
        raise NotImplementedError

    def cursor_moved(self) -> None:
        """Hook: the cursor was moved by the user."""

    # -- painting --------------------------------------------------------------------------------------------------

    def set_palette(self, palette: Palette) -> None:
        """Paint in the styles of another theme."""
        self.inks.palette = palette

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines that are asked for."""
        return self.inks.strips(crop, self.paint_line)

    def rows_changed(self, cursor: int) -> None:
        """There are other rows: put the cursor on one of them and paint."""
        self._cursor = self._bounded(cursor)
        self._keep_in_view()
        self.refresh()

    def on_resize(self) -> None:
        """The cursor stays in view, and what is above it comes back where there is room again."""
        if self._cursor < self.size.height:
            self._top = 0
        self._keep_in_view()

    def watch_has_focus(self, _focused: bool) -> None:
        """A list that takes the focus shows its cursor only while it has it."""
        self.refresh()

    def paint_line(self, y: int) -> Strip:
        """One row, or a line of the word for none."""
        width, index, count = self.size.width, self._top + y, self.row_count
        line: Line = []
        if index < count:
            here = index == self._cursor and (self.has_focus or not self.can_focus)
            line = self.row_line(index, here=here, width=width)
        elif not count and self.empty:
            said = wrap_spans([Span(self.empty, "muted")], max(_LEAST_WORDS, width - 2))
            line = [Span(" "), *said[y]] if y < len(said) else []
        return self.inks.strip(crop_line(line, width))

    # -- moving ----------------------------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """Move the cursor; a single step beyond an end leaves."""
        target = self._cursor + by
        if not 0 <= target < self.row_count:
            self.post_message(self.Left(self, by))
            return
        self.go(target)

    def action_page(self, pages: int) -> None:
        """Move the cursor by as many rows as are in view."""
        self.go(self._cursor + pages * max(1, self.size.height - 1))

    def action_end(self, direction: int) -> None:
        """Go to the last row (1) or the first (-1)."""
        self.go(self.row_count - 1 if direction > 0 else 0)

    def go(self, index: int) -> None:
        """Put the cursor on a row, or on the nearest there is."""
        before, top = self._cursor, self._top
        self._cursor = self._bounded(index)
        self._keep_in_view()
        if self._top != top:
            self.refresh()
        else:
            self.refresh(*(Region(0, row - top, self.size.width, 1) for row in (before, self._cursor)))
        self.cursor_moved()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll without moving the cursor."""
        self._scroll(event, _WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll without moving the cursor."""
        self._scroll(event, -_WHEEL_ROWS)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        index = self._top + event.y
        if index < self.row_count:
            self.go(index)
            self.action_choose()

    def _scroll(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        self._top = max(0, min(self._top + by, self.row_count - self.size.height))
        self._tell_below()
        self.refresh()

    def _bounded(self, index: int) -> int:
        return max(0, min(index, self.row_count - 1))

    def _keep_in_view(self) -> None:
        height = max(1, self.size.height)
        if self._cursor < self._top:
            self._top = self._cursor
        elif self._cursor >= self._top + height:
            self._top = self._cursor - height + 1
        self._top = max(0, min(self._top, self.row_count - height))
        self._tell_below()

    def _tell_below(self) -> None:
        if self.below != self._told:
            self._told = self.below
            self.post_message(self.BelowChanged())


def more_below(*lists: CursorList) -> str:
    """`15 more ↓` for the border around lists, or nothing where all of them is in view."""
    below = sum(rows.below for rows in lists)
    return f"{below} more ↓" if below else ""
