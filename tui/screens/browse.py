"""The main screen: filter, list and detail, their layout, their keys, and who tells whom what."""

from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static

from tui.api.query import ConversationFilter
from tui.api.retry import Retrying
from tui.config.settings import Connection
from tui.screens.detail_wiring import DetailWiring
from tui.screens.keys import keys_of
from tui.screens.list_wiring import ListWiring, PeopleArrived
from tui.screens.panes import FILTER_WIDTH, Mode, Pane, PaneLayout, mode_for
from tui.store.project import Project
from tui.views.chips import chips_of
from tui.widgets.chip_bar import ChipBar
from tui.widgets.conversation_list import ConversationList
from tui.widgets.filter_pane import FilterPane
from tui.widgets.key_bar import KeyBar
from tui.widgets.line_bar import LineBar
from tui.widgets.palette import Palette
from tui.widgets.pane_edge import PaneEdge
from tui.widgets.transcript import TranscriptView


class BrowseScreen(Screen[None]):
    """Three panes, two or one, as the size allows; state lives in the project and in the layout."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "edit_text", "text", key_display="/", tooltip="Search a text in the histories"),
        Binding("t", "edit_tags", "tags", tooltip="Choose tags"),
        Binding("a", "toggle_archived", "archived", tooltip="Include archived conversations, or not"),
        Binding("u", "toggle_untagged", "Untagged only", show=False),
        Binding("c", "clear_filter", "Clear the filter", show=False),
        Binding("backspace", "drop_chip", "Take the last part of the filter away", show=False),
        Binding("r,ctrl+r", "refresh_list", "refresh", tooltip="Refresh, and ask again for what failed"),
        Binding("f", "toggle_filter", "filter", tooltip="Show or hide the filter"),
        Binding("z", "zoom", "zoom", tooltip="Give the pane the whole screen, or take it back"),
        Binding("tab", "step_pane(1)", "Next pane", show=False),
        Binding("shift+tab", "step_pane(-1)", "Previous pane", show=False),
        Binding("plus,equals_sign", "widen(1)", "Wider pane", show=False, key_display="+"),
        Binding("minus", "widen(-1)", "Narrower pane", show=False, key_display="-"),
        Binding("escape", "back", "Back", show=False),
        Binding("ctrl+l", "app.repaint", "Paint the screen anew", show=False),
        Binding("q", "app.quit", "quit"),
        Binding("question_mark,f1", "help", "help", key_display="?", tooltip="These keys"),
    ]

    def __init__(self, project: Project, connection: Connection) -> None:
        super().__init__()
        self._project = project
        self._layout_wish = PaneLayout()
        self._list_wiring = ListWiring(self, project, connection)
        self._detail_wiring = DetailWiring(self, project, lambda: self.query_one("#detail-pane").display)

    def compose(self) -> ComposeResult:
        """The title, the panes, the keys."""
        yield LineBar(id="title")
        with Horizontal(id="panes"):
            with Vertical(id=Pane.FILTER.value):
                yield PaneEdge("Filter", id="filter-edge")
                yield FilterPane(self._project.query)
            with Vertical(id=Pane.LIST.value):
                yield PaneEdge("Conversations", id="list-edge")
                with Vertical(classes="body"):
                    yield ChipBar(id="chips")
                    yield ConversationList()
                    yield LineBar(id="banner")
            with Vertical(id=Pane.DETAIL.value):
                yield PaneEdge("Conversation", id="detail-edge")
                with Vertical(classes="body"):
                    yield TranscriptView()
        yield Static("", id="too-small", markup=False)
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Begin: the list has the keys, and the first page is on its way."""
        self._paint_palette()
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._paint_palette())
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._show_keys())
        self.query_one(TranscriptView).show_nothing("Nothing to read yet")
        self._lay_out()
        self.query_one(ConversationList).focus()
        self._list_wiring.start()

    # -- news from the store ---------------------------------------------------------------------------------------

    def list_changed(self) -> None:
        """The project has something new for the list."""
        if self.is_mounted:
            self._list_wiring.changed()

    def retrying(self, news: Retrying | None) -> None:
        """A request is sent again, or is over."""
        if self.is_mounted:
            self._list_wiring.retrying(news)

    @on(PeopleArrived)
    def _people_arrived(self) -> None:
        self._detail_wiring.people_arrived()

    # -- what widgets tell -----------------------------------------------------------------------------------------

    @on(ConversationList.Looked)
    def _looked(self, event: ConversationList.Looked) -> None:
        self._list_wiring.looked(event.first, event.last)

    @on(ConversationList.Highlighted)
    def _highlighted(self, event: ConversationList.Highlighted) -> None:
        self._list_wiring.show_position()
        self._detail_wiring.follow(event.conversation)

    @on(ConversationList.Opened)
    def _opened(self) -> None:
        self._activate(Pane.DETAIL)

    @on(TranscriptView.PositionChanged)
    def _moved(self) -> None:
        self._detail_wiring.show_position()

    @on(TranscriptView.ConversationStep)
    def _stepped(self, event: TranscriptView.ConversationStep) -> None:
        conversations = self.query_one(ConversationList)
        conversations.go(conversations.cursor + event.step)

    @on(TranscriptView.Left)
    @on(FilterPane.Left)
    def _left(self) -> None:
        self.action_back()

    @on(FilterPane.FilterChanged)
    @on(ChipBar.FilterChanged)
    def _filter_changed(self, event: FilterPane.FilterChanged | ChipBar.FilterChanged) -> None:
        self._apply(event.query)

    @on(KeyBar.Pressed)
    def _key_clicked(self, event: KeyBar.Pressed) -> None:
        self.app.simulate_key(event.key)

    # -- filter ----------------------------------------------------------------------------------------------------

    def _apply(self, query: ConversationFilter) -> None:
        self._list_wiring.apply(query, keep=self._detail_wiring.wanted_id)

    def action_edit_text(self) -> None:
        """Type a text to search for in the history."""
        self._activate(Pane.FILTER)
        self.query_one(FilterPane).focus_text()

    def action_edit_tags(self) -> None:
        """Look for a tag."""
        self._activate(Pane.FILTER)
        self._list_wiring.show_tags()
        self.query_one(FilterPane).focus_tags()

    def action_toggle_archived(self) -> None:
        """Archived conversations too, or not."""
        self._apply(replace(self._project.query, archived=not self._project.query.archived))

    def action_toggle_untagged(self) -> None:
        """Only conversations without a tag, or all."""
        self._apply(replace(self._project.query, untagged=not self._project.query.untagged))

    def action_clear_filter(self) -> None:
        """No filter at all."""
        self._apply(ConversationFilter())

    def action_drop_chip(self) -> None:
        """Take the last part of the filter away."""
        chips = chips_of(self._project.query)
        if chips:
            self._apply(chips[-1].without)

    def action_refresh_list(self) -> None:
        """Ask again for what failed and for what is on the screen."""
        self._detail_wiring.retry()
        self._list_wiring.refresh()

    # -- panes -----------------------------------------------------------------------------------------------------

    @property
    def _mode(self) -> Mode:
        return mode_for(self.size.width or self.app.size.width, self.size.height or self.app.size.height)

    def on_resize(self, _event: events.Resize) -> None:
        """As many panes as fit; what was read stays where it is."""
        self._lay_out()

    def _lay_out(self) -> None:
        wish, mode = self._layout_wish, self._mode
        shown = wish.shown(mode)
        panes = [pane for pane in Pane if pane in shown]
        for pane in Pane:
            widget = self.query_one(f"#{pane.value}")
            widget.display = pane in shown
            widget.set_class(bool(panes) and pane is panes[0], "-first")
        alone = len(panes) == 1
        list_width = "1fr" if alone else wish.list_width(mode, self.size.width)
        self.query_one(f"#{Pane.LIST.value}").styles.width = list_width
        filter_width = "1fr" if alone else FILTER_WIDTH if mode is Mode.WIDE else list_width
        self.query_one(f"#{Pane.FILTER.value}").styles.width = filter_width
        too_small = self.query_one("#too-small", Static)
        too_small.display = mode is Mode.TINY
        too_small.update(f"{self.size.width}×{self.size.height} is too small: 40×12 at least")
        for part in ("#title", "#keys", "#panes"):
            self.query_one(part).display = mode is not Mode.TINY
        for pane, edge in zip(Pane, ("#filter-edge", "#list-edge", "#detail-edge"), strict=True):
            joined = bool(panes) and pane is not panes[0]
            self.query_one(edge, PaneEdge).show(joined=joined, active=pane is wish.active)
        self._list_wiring.show_position()

    def _activate(self, pane: Pane) -> None:
        """Make a pane the one in use: it is on the screen and has the keys."""
        wish = self._layout_wish
        wish.active = pane
        self._lay_out()
        if pane is Pane.LIST:
            self.query_one(ConversationList).focus()
        elif pane is Pane.DETAIL:
            self.query_one(TranscriptView).focus()
            self._detail_wiring.catch_up()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click or a key gave the focus to a pane: that is the one in use."""
        for pane in Pane:
            if (
                event.widget in self.query_one(f"#{pane.value}").walk_children()
                and pane is not self._layout_wish.active
            ):
                self._layout_wish.active = pane
                self._lay_out()

    def action_step_pane(self, by: int) -> None:
        """Go to the next pane, or the one before."""
        order = list(Pane)
        target = order[(order.index(self._layout_wish.active) + by) % len(order)]
        self._activate(target)
        if target is Pane.FILTER:
            self.query_one(FilterPane).focus_text()

    def action_toggle_filter(self) -> None:
        """Show or hide the filter."""
        wish = self._layout_wish
        if wish.active is Pane.FILTER or (self._mode is Mode.WIDE and not wish.filter_hidden):
            wish.filter_hidden, wish.drawer = True, False
            self._activate(Pane.LIST if wish.active is Pane.FILTER else wish.active)
        else:
            wish.filter_hidden, wish.drawer = False, False
            self.action_edit_text()

    def action_zoom(self) -> None:
        """Give the pane in use the whole screen, or take it back."""
        self._layout_wish.zoomed = not self._layout_wish.zoomed
        self._lay_out()
        self._detail_wiring.catch_up()

    def action_widen(self, direction: int) -> None:
        """Make the pane in use wider or narrower."""
        self._layout_wish.widen(direction)
        self._lay_out()

    def action_back(self) -> None:
        """One level up: out of the zoom, or back to the list."""
        if self._layout_wish.zoomed and self._layout_wish.active is Pane.LIST:
            self._layout_wish.zoomed = False
        self._activate(Pane.LIST)

    # -- around ----------------------------------------------------------------------------------------------------

    def _paint_palette(self) -> None:
        palette = Palette(self.app.theme_variables)
        for widget in self.query("*").results():
            if isinstance(widget, LineBar | PaneEdge | ConversationList | FilterPane):
                widget.set_palette(palette)

    def _show_keys(self) -> None:
        self.query_one(KeyBar).show_keys(keys_of(self.active_bindings.values()))

    def action_help(self) -> None:
        """All keys, and what they do."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self))
