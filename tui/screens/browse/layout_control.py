"""Puts the panes on the screen that fit and are wanted, and gives the keys to the one in use."""

from collections.abc import Callable
from copy import copy
from typing import Any

from textual import events
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.screens.browse.detail_control import DetailControl
from tui.screens.browse.layout import Pane, PaneLayout
from tui.screens.browse.list_control import ListControl
from tui.views.reader.reader import Reader
from tui.widgets.bars.pane_body import PaneBody
from tui.widgets.bars.pane_edge import PaneEdge
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.transcript.view import TranscriptView

_LINES_AROUND = 3
"""The title, the edge of a pane, and the keys."""


class LayoutControl:
    """Knows which panes are shown and which one has the keys; `wish` is what was asked for."""

    def __init__(self, screen: Screen[Any], wish: PaneLayout, rows: ListControl, detail: DetailControl) -> None:
        self._screen = screen
        self.wish = wish
        self._list = rows
        self._detail = detail
        self._is_held = False
        self.left: Callable[[], object] = lambda: None
        """Called before another pane is the one in use."""
        self.arrived: Callable[[], object] = lambda: None
        """Called once it has the keys, in time for the frame that shows it."""

    @property
    def _size(self) -> tuple[int, int]:
        """The columns and lines that there are now."""
        size, terminal = self._screen.size, self._screen.app.size
        return size.width or terminal.width, size.height or terminal.height

    @property
    def shown(self) -> dict[Pane, int]:
        """The panes on the screen, from left to right, with their columns."""
        return self.wish.widths(*self._size)

    def lay_out(self) -> None:
        """Show the panes that fit and are wanted, in their widths."""
        wish, size, widths = self.wish, self._screen.size, self.shown
        first = next(iter(widths), None)
        for pane, edge in zip(Pane, ("#filter-edge", "#list-edge", "#detail-edge"), strict=True):
            widget = self._pane(pane)
            widget.display = pane in widths
            if pane in widths:
                widget.styles.width = widths[pane]
            for body in widget.query_children(PaneBody):
                # Not by a class: then Textual would look up the styles of everything inside.
                body.styles.border_left = ("none", "black") if pane is first else None
            self._screen.query_one(edge, PaneEdge).show(joined=pane is not first, active=pane is wish.active)
        if Pane.DETAIL in widths:
            self._expect(widths[Pane.DETAIL] - (first is not Pane.DETAIL), self._size[1] - _LINES_AROUND)
        self._list.show_as_rail(wish.reading and len(widths) > 1)
        too_small = self._screen.query_one("#too-small", Static)
        too_small.display = not widths
        if not widths:
            too_small.update(f"{size.width}×{size.height} is too small: 40×12 at least")
        for part in ("#title", "#keys", "#panes"):
            self._screen.query_one(part).display = bool(widths)

    def activate(self, pane: Pane, *, leaves: bool = True) -> None:
        """Make a pane the one in use: it is on the screen and has the keys, those typed ahead, too.

        Not where it is gone back to, it `leaves` the place where the user was.
        """
        if leaves and pane is not self.wish.active:
            self.left()
        self.wish.use(pane)
        self.lay_out()
        # Not by `focus`, which waits for its turn.
        if pane is Pane.LIST:
            self._screen.set_focus(self._screen.query_one(ConversationList))
        elif pane is Pane.DETAIL:
            self._screen.set_focus(self._view)
            self._detail.catch_up()
        self.arrived()

    def focused(self, widget: Widget) -> None:
        """A click gave the focus to a part of a pane: that is the one in use."""
        for pane in Pane:
            if widget in self._pane(pane).walk_children() and pane is not self.wish.active:
                self.left()
                self.wish.point_at(pane)
                self.lay_out()

    @property
    def can_zoom(self) -> bool:
        """Whether there is room for more than the pane in use."""
        zoomed = copy(self.wish)
        zoomed.zoom()
        return zoomed.widths(*self._size) != self.shown

    def zoom(self) -> bool:
        """Give the pane in use the whole screen, or take it back; False where it has it for lack of room."""
        if not self.can_zoom:
            return False
        self.wish.zoom()
        self.lay_out()
        self._detail.catch_up()
        return True

    def widen(self, direction: int) -> None:
        """Make the pane in use wider (1) or narrower (-1)."""
        self.wish.widen(direction)
        self.lay_out()

    # -- the line between list and detail, which the mouse takes hold of

    def press(self, event: events.MouseDown) -> None:
        """Take hold of it, where it was pressed on."""
        detail = self._pane(Pane.DETAIL)
        if len(self.shown) > 1 and event.screen_x == detail.region.x and detail.region.contains(*event.screen_offset):
            self._is_held = True
            self._screen.capture_mouse()

    def drag(self, event: events.MouseMove) -> None:
        """Make the pane at the left as wide as the pointer says."""
        shown = self.shown
        if self._is_held and Pane.DETAIL in shown:
            self.wish.move_seam(event.screen_x - (self._size[0] - shown[Pane.DETAIL]))
            self.lay_out()

    def release(self) -> None:
        """Let go."""
        if self._is_held:
            self._is_held = False
            self._screen.release_mouse()

    def lose(self) -> None:
        """Something else has taken the mouse, such as a dialogue."""
        if self._screen.app.mouse_captured is not self._screen:
            self._is_held = False

    @property
    def _view(self) -> TranscriptView:
        return self._screen.query_one(TranscriptView)

    def _expect(self, width: int, height: int) -> None:
        """Let the reader lay out for a size that it is about to have: keys that come before that act in it already."""
        reader = self._view.reader
        if (width, height) != (reader.width, reader.height):
            self._view.act(Reader.resize, width, height)

    def _pane(self, pane: Pane) -> Widget:
        return self._screen.query_one(f"#{pane.value}")
