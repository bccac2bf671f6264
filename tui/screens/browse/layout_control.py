"""Puts the panes on the screen that fit and are wanted, and gives the keys to the one in use."""

from collections.abc import Callable
from typing import Any

from textual import events
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.screens.browse.detail_control import DetailControl
from tui.screens.browse.layout import FILTER_WIDTH, Mode, Pane, PaneLayout, mode_for
from tui.screens.browse.list_control import ListControl
from tui.widgets.bars.pane_body import PaneBody
from tui.widgets.bars.pane_edge import PaneEdge
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.transcript.view import TranscriptView


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

    @property
    def mode(self) -> Mode:
        """How many panes fit now."""
        size, terminal = self._screen.size, self._screen.app.size
        return mode_for(size.width or terminal.width, size.height or terminal.height)

    @property
    def shown(self) -> frozenset[Pane]:
        """The panes on the screen."""
        return self.wish.shown(self.mode)

    @property
    def laid_out(self) -> frozenset[Pane]:
        """The panes that were shown when they were laid out last."""
        return frozenset(pane for pane in Pane if self._pane(pane).display)

    def lay_out(self) -> None:
        """Show the panes that fit and are wanted, in their widths."""
        wish, mode, size = self.wish, self.mode, self._screen.size
        panes = [pane for pane in Pane if pane in self.shown]
        for pane in Pane:
            widget = self._pane(pane)
            widget.display = pane in panes
            for body in widget.query_children(PaneBody):
                # Not by a class: then Textual would look up the styles of everything inside.
                body.styles.border_left = ("none", "black") if panes and pane is panes[0] else None
        alone = len(panes) == 1
        list_width = "1fr" if alone else wish.list_width(mode, size.width)
        self._pane(Pane.LIST).styles.width = list_width
        self._pane(Pane.FILTER).styles.width = "1fr" if alone else FILTER_WIDTH if mode is Mode.WIDE else list_width
        too_small = self._screen.query_one("#too-small", Static)
        too_small.display = mode is Mode.TINY
        if mode is Mode.TINY:
            too_small.update(f"{size.width}×{size.height} is too small: 40×12 at least")
        for part in ("#title", "#keys", "#panes"):
            self._screen.query_one(part).display = mode is not Mode.TINY
        for pane, edge in zip(Pane, ("#filter-edge", "#list-edge", "#detail-edge"), strict=True):
            joined = bool(panes) and pane is not panes[0]
            self._screen.query_one(edge, PaneEdge).show(joined=joined, active=pane is wish.active)
        self._list.show_position()

    def activate(self, pane: Pane, *, leaves: bool = True) -> None:
        """Make a pane the one in use: it is on the screen and has the keys, those typed ahead, too.

        Not where it is gone back to, it `leaves` the place where the user was.
        """
        if leaves and pane is not self.wish.active:
            self.left()
        self.wish.active = pane
        self.lay_out()
        # Not by `focus`, which waits for its turn.
        if pane is Pane.LIST:
            self._screen.set_focus(self._screen.query_one(ConversationList))
        elif pane is Pane.DETAIL:
            self._screen.set_focus(self._screen.query_one(TranscriptView))
            self._detail.catch_up()

    def focused(self, widget: Widget) -> None:
        """A click or a key gave the focus to a part of a pane: that is the one in use."""
        for pane in Pane:
            if widget in self._pane(pane).walk_children() and pane is not self.wish.active:
                self.left()
                self.wish.active = pane
                self.lay_out()

    def zoom(self) -> None:
        """Give the pane in use the whole screen, or take it back."""
        self.wish.zoom()
        self.lay_out()
        self._detail.catch_up()

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
        """Make the list as wide as the pointer says."""
        if self._is_held:
            left = self._pane(Pane.LIST if Pane.LIST in self.shown else Pane.FILTER)
            width = self.wish.list_width(self.mode, self._screen.size.width)
            self.wish.wider += event.screen_x - left.region.x - width
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

    def _pane(self, pane: Pane) -> Widget:
        return self._screen.query_one(f"#{pane.value}")
