"""The keys that choose, hide, zoom and widen panes, and the layout that comes of it."""

from textual import events
from textual.widgets import Static

from tui.screens.browse.detail_control import DetailControl
from tui.screens.browse.layout import FILTER_WIDTH, Mode, Pane, PaneLayout, mode_for
from tui.screens.browse.list_control import ListControl
from tui.terminal.adapter.screen import PaintedScreen
from tui.widgets.bars.pane_body import PaneBody
from tui.widgets.bars.pane_edge import PaneEdge
from tui.widgets.filter_pane import FilterPane
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.transcript.view import TranscriptView


class PaneKeys(PaintedScreen[None]):
    """The part of the main screen that knows which panes are shown and which one has the keys."""

    layout_wish: PaneLayout
    list_control: ListControl
    detail_control: DetailControl
    _dragging = False

    @property
    def _mode(self) -> Mode:
        return mode_for(self.size.width or self.app.size.width, self.size.height or self.app.size.height)

    def lay_out(self) -> None:
        """Show the panes that fit and are wanted, in their widths."""
        wish, mode = self.layout_wish, self._mode
        shown = wish.shown(mode)
        panes = [pane for pane in Pane if pane in shown]
        for pane in Pane:
            widget = self.query_one(f"#{pane.value}")
            widget.display = pane in shown
            for body in widget.query_children(PaneBody):
                # Not by a class: then Textual would look up the styles of everything inside.
                body.styles.border_left = ("none", "black") if panes and pane is panes[0] else None
        alone = len(panes) == 1
        list_width = "1fr" if alone else wish.list_width(mode, self.size.width)
        self.query_one(f"#{Pane.LIST.value}").styles.width = list_width
        filter_width = "1fr" if alone else FILTER_WIDTH if mode is Mode.WIDE else list_width
        self.query_one(f"#{Pane.FILTER.value}").styles.width = filter_width
        too_small = self.query_one("#too-small", Static)
        too_small.display = mode is Mode.TINY
        if mode is Mode.TINY:
            too_small.update(f"{self.size.width}×{self.size.height} is too small: 40×12 at least")
        for part in ("#title", "#keys", "#panes"):
            self.query_one(part).display = mode is not Mode.TINY
        for pane, edge in zip(Pane, ("#filter-edge", "#list-edge", "#detail-edge"), strict=True):
            joined = bool(panes) and pane is not panes[0]
            self.query_one(edge, PaneEdge).show(joined=joined, active=pane is wish.active)
        self.list_control.show_position()

    def activate(self, pane: Pane) -> None:
        """Make a pane the one in use: it is on the screen and has the keys."""
        wish = self.layout_wish
        wish.active = pane
        self.lay_out()
        # At once, not by `focus`, which waits for its turn: keys that were typed ahead belong to the pane already.
        if pane is Pane.LIST:
            self.set_focus(self.query_one(ConversationList))
        elif pane is Pane.DETAIL:
            self.set_focus(self.query_one(TranscriptView))
            self.detail_control.catch_up()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click or a key gave the focus to a pane: that is the one in use."""
        for pane in Pane:
            if event.widget in self.query_one(f"#{pane.value}").walk_children() and pane is not self.layout_wish.active:
                self.layout_wish.active = pane
                self.lay_out()

    def action_step_pane(self, by: int) -> None:
        """Go to the next pane, or the one before."""
        order = list(Pane)
        target = order[(order.index(self.layout_wish.active) + by) % len(order)]
        self.activate(target)
        if target is Pane.FILTER:
            self.query_one(FilterPane).focus_text()

    def action_toggle_filter(self) -> None:
        """Show or hide the filter."""
        wish = self.layout_wish
        if wish.active is Pane.FILTER or (self._mode is Mode.WIDE and not wish.filter_hidden):
            wish.filter_hidden = True
            self.activate(Pane.LIST if wish.active is Pane.FILTER else wish.active)
        else:
            wish.filter_hidden = False
            self.action_edit_text()

    def action_zoom(self) -> None:
        """Give the pane in use the whole screen, or take it back."""
        self.layout_wish.zoom()
        self.lay_out()
        self.detail_control.catch_up()

    def action_widen(self, direction: int) -> None:
        """Make the pane in use wider or narrower."""
        self.layout_wish.widen(direction)
        self.lay_out()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of what separates list and detail."""
        detail = self.query_one(f"#{Pane.DETAIL.value}")
        shown = self.layout_wish.shown(self._mode)
        if len(shown) > 1 and event.screen_x == detail.region.x and detail.region.contains(*event.screen_offset):
            self._dragging = True
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Make the list as wide as the pointer says."""
        if self._dragging:
            left = self.query_one(f"#{Pane.LIST.value}" if self._list_is_shown else f"#{Pane.FILTER.value}")
            mode, width = self._mode, self.size.width
            self.layout_wish.wider += event.screen_x - left.region.x - self.layout_wish.list_width(mode, width)
            self.lay_out()

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """Let go."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def on_mouse_release(self) -> None:
        """Something else has taken the mouse, such as a dialogue."""
        if self.app.mouse_captured is not self:
            self._dragging = False

    @property
    def _list_is_shown(self) -> bool:
        return Pane.LIST in self.layout_wish.shown(self._mode)

    def action_back(self) -> None:
        """One level up: out of the zoom, then back to the list."""
        if self.layout_wish.alone and self._mode is not Mode.SMALL:
            self.action_zoom()
        else:
            self.activate(Pane.LIST)

    def action_edit_text(self) -> None:
        """Type a text to search for in the history."""
        self.activate(Pane.FILTER)
        self.query_one(FilterPane).focus_text()

    def action_edit_tags(self) -> None:
        """Look for a tag."""
        self.activate(Pane.FILTER)
        self.list_control.extras.show_tags()
        self.query_one(FilterPane).focus_tags()
