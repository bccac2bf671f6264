"""The main screen: filter, list and detail, the keys everywhere in it, and who tells whom what."""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from tui.api.retry import Retrying
from tui.config.settings import Settings
from tui.screens.browse import filter_commands, pane_commands
from tui.screens.browse.commands import BROWSE
from tui.screens.browse.context import NEXT_FAILED, BrowseContext
from tui.screens.browse.layout import Pane
from tui.screens.browse.list_control import Watching
from tui.screens.browse.panes import FindingPane, ReadingPane
from tui.screens.browse.review.judging_commands import begin_judging, label_commands
from tui.screens.keys import do_named, first_keys, keys_for, keys_of
from tui.screens.out import taking_out
from tui.store.facts.sorting import Order
from tui.store.project import Project
from tui.store.saved.session import Session
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.input.keymap import Command, Keymap
from tui.terminal.process.crash import report_words
from tui.terminal.text.clean import clean_line
from tui.views.listing.advice import IN_THE_LIST
from tui.views.reader.reader import Reader
from tui.views.text.ink import Span
from tui.widgets.bars.banner import Banner
from tui.widgets.bars.chip_bar import ChipBar
from tui.widgets.bars.column_heads import ColumnHeads
from tui.widgets.bars.key_bar import KeyBar
from tui.widgets.bars.pane_body import PaneBody
from tui.widgets.bars.pane_edge import PaneEdge
from tui.widgets.bars.title_bar import TitleBar
from tui.widgets.bindings import bindings_of
from tui.widgets.filter_pane import FilterPane
from tui.widgets.line_widget import LineWidget
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.lists.cursor_list import CursorList, more_below
from tui.widgets.lists.saved_list import SavedList
from tui.widgets.palette import Palette
from tui.widgets.transcript.view import TranscriptView

if TYPE_CHECKING:
    from tui.config.choices import Choices

_log = logging.getLogger(__name__)

_OF_THE_LIST = frozenset({"read_on", "refresh"})
"""Commands that ask for more of the list, and mean no conversation in it."""


@dataclass
class StateNews(Message):
    """What is remembered could not be read or written."""

    words: str


class BrowseScreen(PaintedScreen[None]):
    """Three panes, two or one, as the size allows; what its commands act on is its `context`."""

    AUTO_FOCUS = "ConversationList"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(BROWSE)
    keymap: Keymap[BrowseContext] = BROWSE

    def __init__(
        self, project: Project, settings: Settings, session: Session, choices: "Choices | None" = None
    ) -> None:
        super().__init__()
        self.project = project
        self.settings = settings
        self.session = session
        self.keymap = BROWSE.joined(label_commands(settings.review))
        self.context = BrowseContext(self, project, settings, session, choices)

    def compose(self) -> ComposeResult:
        """The title, the panes, the keys."""
        yield TitleBar(id="title")
        with Horizontal(id="panes"):
            with FindingPane(self.do, id=Pane.FILTER.value):
                yield PaneEdge("Filter", id="filter-edge")
                yield FilterPane(self.project.query)
            with FindingPane(self.do, id=Pane.LIST.value):
                yield PaneEdge("Conversations", title_counts=True, id="list-edge")
                with PaneBody():
                    yield ChipBar(id="chips")
                    yield ColumnHeads(id="heads")
                    yield ConversationList()
                    yield Banner(id="banner")
            with ReadingPane(self.do, id=Pane.DETAIL.value):
                yield PaneEdge("Conversation", id="detail-edge")
                with PaneBody():
                    yield TranscriptView()
        yield Static("", id="too-small", markup=False)
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Begin: the list has the keys, and the first page is on its way."""
        context, settings = self.context, self.settings
        self._paint_palette()
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._paint_palette())
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._show_keys())
        context.view.reader.modes.patterns = self.project.patterns
        context.beside.start()
        context.view.act(Reader.show_nothing, "Nothing to read yet")
        context.rows.painter.marks, context.rows.painter.seen = self.project.marks, self.project.seen
        context.rows.painter.facts_of = self.project.facts.of
        context.rows.painter.sorted_by = lambda: (self.project.facts.order or Order()).letter
        self.project.facts.say = lambda words: context.say(words, warning=True, seconds=15)
        context.rows.mouse.dragged = context.list.show_progress
        context.rows.opened = lambda: pane_commands.read(context)
        context.rows.mouse.clicked = lambda x: pane_commands.clicked(context, x)
        context.rows.departures = context.view.reader.departures = context.place.departures
        begin_judging(context)
        context.filter.completes = lambda of_calls: context.run(
            filter_commands.offer_values(context, of_calls), "values"
        )
        context.rows.scrolled = lambda step: pane_commands.scroll_beside(context, step)
        context.place.arrange()
        context.layout.arrived = self._show_keys
        self.lay_out()
        reads = context.layout.wish.reading
        self.set_focus(context.view if reads else context.rows, scroll_visible=False)
        filter_commands.show_saved(context)
        self.session.listen(self._tell_state)
        context.place.start()
        context.detail.start()
        context.list.begin()
        if self.project.take_first():
            context.rows.window_changed()
            context.detail.list_changed()
            context.place.step_on(context.app.steps_before)
            context.list.show()
        self._show_keys()
        if settings.watch is not None:
            Watching(context.list, self.project, context.rows).start(settings.watch)
        self.call_after_refresh(context.list.start)
        self.call_after_refresh(context.judging.start)

    def lay_out(self) -> None:
        """Show the panes that fit, before they are placed, and the keys that mean something among them."""
        self.context.layout.lay_out()
        self._show_keys()

    # -- commands --------------------------------------------------------------------------------------------------

    async def action_do(self, name: str) -> None:
        """Run a command by its name, as bindings and the palette do; a dialogue that it opens is there then."""
        await do_named(self, name)

    def do(self, command: Command[Any]) -> object:
        """Run a command of the table, or say that the restricted mode forbids it."""
        self.context.place.departures.before(self.keymap, command)
        if command.name not in _OF_THE_LIST:
            self.context.rows.settle()
        return self.context.carry_out(command)

    # -- news from the store ---------------------------------------------------------------------------------------

    def list_changed(self) -> None:
        """The project has something new for the list."""
        if self.is_mounted:
            if self.context.view.has_focus:
                self.context.rows.settle()  # what is read is not swapped
            self.context.list.changed()
            self.context.detail.list_changed()
            self.context.told_of_facts()

    def retrying(self, news: Retrying | None) -> None:
        """A request is sent again, or is over."""
        if self.is_mounted:
            self.context.list.retrying(news)

    @on(StateNews)
    def _state_news(self, event: StateNews) -> None:
        self.context.say(event.words, warning=True, seconds=10)

    def _tell_state(self, words: str) -> None:
        """Comes from the thread that writes, too: posting a message is safe from there."""
        self.post_message(StateNews(words))

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """The outermost border of the workers: a fault of our own is logged and shown, and ends nothing."""
        error, app = event.worker.error, self.context.app
        ends_all = app.faults.first is not None  # then it is reported at the end, and once
        if event.state is WorkerState.ERROR and error is not None and not ends_all:
            _log.error("The worker %s failed", event.worker.group, exc_info=error)
            again = self.context.list.keys.again
            report = report_words(error, app.surroundings.state_folder, app.surroundings.environment)
            words = f"A fault in clarifeye-tui itself ({type(error).__name__}); {again} tries again. {report}"
            self.notify(clean_line(words), severity="error", markup=False)
            self.context.list.stopped = True

    # -- what widgets tell -----------------------------------------------------------------------------------------

    @on(ConversationList.Looked)
    def _looked(self, event: ConversationList.Looked) -> None:
        self.context.list.looked(*self.context.rows.in_view, carried=event.carried)

    @on(ConversationList.Highlighted)
    def _highlighted(self) -> None:
        # Where it is now: a key may have moved it since the message was sent.
        conversation = self.context.rows.at.conversation
        self.context.list.followed(conversation.id if conversation is not None else None)
        self.context.detail.cursor_moved()

    @on(TranscriptView.PositionChanged)
    def _moved(self) -> None:
        self.context.detail.show_position()

    @on(TranscriptView.ConversationStep)
    def _stepped(self, event: TranscriptView.ConversationStep) -> None:
        context = self.context
        if event.failed:
            context.run(pane_commands.next_failed(context, event.step), NEXT_FAILED)
        else:
            pane_commands.step_conversation(context, event.step)

    @on(TranscriptView.TextSelected)
    def _text_selected(self, event: TranscriptView.TextSelected) -> None:
        taking_out.copy_selected(self.context, event.text)

    @on(TranscriptView.AgentAsked)
    def _agent_asked(self) -> None:
        taking_out.agent(self.context)

    @on(TranscriptView.Left)
    @on(FilterPane.Left)
    def _left(self) -> None:
        pane_commands.back(self.context)

    @on(FilterPane.FilterChanged)
    @on(ChipBar.FilterChanged)
    def _filter_changed(self, event: FilterPane.FilterChanged | ChipBar.FilterChanged) -> None:
        filter_commands.apply_filter(self.context, event.query)

    @on(SavedList.Applied)
    def _saved_applied(self, event: SavedList.Applied) -> None:
        filter_commands.apply_named(self.context, event.name)

    @on(FilterPane.TextAccepted)
    def _text_accepted(self, event: FilterPane.TextAccepted) -> None:
        filter_commands.remember_text(self.context, event.text)

    @on(CursorList.BelowChanged)
    def _below_changed(self) -> None:
        more = more_below(*self.query_one(FilterPane).query(CursorList))
        self.query_one("#filter-edge", PaneEdge).show(right=[Span(more, "muted")] if more else [])

    # -- focus and mouse -------------------------------------------------------------------------------------------

    def on_descendant_focus(self) -> None:
        """The pane that has the keys now is the one in use."""
        if self.focused is not None:
            self.context.layout.focused(self.focused)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of what separates list and detail; no further key is waited for then."""
        self.context.app.straight_keys.typed.end()
        self.context.layout.press(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move it."""
        self.context.layout.drag(event)

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """Let go."""
        self.context.layout.release()

    def on_mouse_release(self) -> None:
        """Something else has taken the mouse."""
        self.context.layout.lose()

    # -- around ----------------------------------------------------------------------------------------------------

    def _paint_palette(self) -> None:
        palette = Palette(self.app.theme_variables)
        for widget in self.query("*").results():
            if isinstance(widget, LineWidget | PaneBody | FilterPane):
                widget.set_palette(palette)

    def _show_keys(self) -> None:
        focused, idle = self.focused, () if self.context.layout.can_zoom else ("zoom",)
        typing, first = isinstance(focused, Input), first_keys(focused)
        keys = keys_of(self.active_bindings.values(), typing=typing, first=first, idle=idle)
        self.query_one(KeyBar).show_keys(keys)
        named = keys_for(self.active_bindings.values()) if isinstance(focused, Input) else IN_THE_LIST
        if named != self.context.list.keys:
            self.context.list.name_keys(named)
            self.context.detail.name_keys(named)
