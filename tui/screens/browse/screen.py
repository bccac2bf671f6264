"""The main screen: filter, list and detail, their layout, their keys, and who tells whom what."""

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from tui.api.retry import Retrying
from tui.config.settings import Settings
from tui.screens.browse.detail_control import DetailControl
from tui.screens.browse.extras import PeopleArrived
from tui.screens.browse.filter_commands import SavedKeys
from tui.screens.browse.layout import Pane, PaneLayout
from tui.screens.browse.list_control import ListControl
from tui.screens.browse.out_commands import TAKING_OUT_KEYS, TakingOutKeys
from tui.screens.browse.place_control import PlaceControl, begin_reading
from tui.screens.browse.watching import Watching
from tui.screens.keys import keys_of
from tui.store.project import Project
from tui.store.saved.session import Session
from tui.terminal.process.crash import report_words
from tui.terminal.text.clean import clean_line
from tui.views.reader.reader import Reader
from tui.widgets.bars.banner import Banner
from tui.widgets.bars.chip_bar import ChipBar
from tui.widgets.bars.key_bar import KeyBar
from tui.widgets.bars.pane_body import PaneBody
from tui.widgets.bars.pane_edge import PaneEdge
from tui.widgets.bars.title_bar import TitleBar
from tui.widgets.filter_pane import FilterPane
from tui.widgets.line_widget import LineWidget
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.palette import Palette
from tui.widgets.transcript.view import TranscriptView

if TYPE_CHECKING:
    from tui.config.choices import Choices

_log = logging.getLogger(__name__)


class BrowseScreen(TakingOutKeys, SavedKeys):
    """Three panes, two or one, as the size allows; state lives in the project and in the layout."""

    AUTO_FOCUS = "ConversationList"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "edit_text", "text", key_display="/", tooltip="Search a text in the histories"),
        Binding("t", "edit_tags", "tags", tooltip="Choose tags"),
        Binding("a", "toggle_archived", "archived", tooltip="Include archived conversations, or not"),
        Binding("u", "toggle_untagged", "Untagged only", show=False),
        Binding("c", "clear_filter", "Clear the filter", show=False),
        Binding("backspace", "drop_chip", "Take the last part of the filter away", show=False),
        Binding("s", "saved", "saved", tooltip="Save this filter, or choose a saved one"),
        *(Binding(str(digit), f"apply_saved({digit})", "Saved filter 1–9", show=False) for digit in range(1, 10)),
        *TAKING_OUT_KEYS,
        Binding("r,ctrl+r", "refresh_list", "refresh", tooltip="Refresh, and ask again for what failed"),
        Binding("P", "projects", "Go to another project, or make a profile", show=False),
        Binding("f", "toggle_filter", "filter", tooltip="Show or hide the filter"),
        Binding("z", "zoom", "zoom", tooltip="Give the pane the whole screen, or take it back"),
        Binding("tab", "step_pane(1)", "Next pane", show=False),
        Binding("shift+tab", "step_pane(-1)", "Previous pane", show=False),
        Binding("plus,equals_sign,right_parenthesis,ctrl+right", "widen(1)", "Wider pane", show=False, key_display="+"),
        Binding("minus,left_parenthesis,ctrl+left", "widen(-1)", "Narrower pane", show=False, key_display="-"),
        Binding("escape", "back", "Back", show=False),
        Binding("ctrl+l", "app.repaint", "Paint the screen anew", show=False),
        Binding("q", "app.quit", "quit"),
        Binding("colon,ctrl+p", "commands", "commands", key_display=":", tooltip="Find a command by its words"),
        Binding("question_mark,f1", "help", "help", key_display="?", tooltip="These keys"),
    ]

    def __init__(
        self, project: Project, settings: Settings, session: Session, choices: "Choices | None" = None
    ) -> None:
        super().__init__()
        self.choices = choices
        self.project = project
        self.settings = settings
        self.session = session
        self.layout_wish = PaneLayout()
        self.reading = begin_reading(project, session, settings)
        self.list_control = ListControl(
            self, project, settings.connection, lambda: self.reading.kept_id(self.query_one(ConversationList).at)
        )
        self.detail_control = DetailControl(self, project, self.reading, lambda: self.query_one("#detail-pane").display)
        self.place_control = PlaceControl(self, project, session, self.layout_wish, self.reading)
        self._watch = settings.watch

    def compose(self) -> ComposeResult:
        """The title, the panes, the keys."""
        yield TitleBar(id="title")
        with Horizontal(id="panes"):
            with Vertical(id=Pane.FILTER.value):
                yield PaneEdge("Filter", id="filter-edge")
                yield FilterPane(self.project.query)
            with Vertical(id=Pane.LIST.value):
                yield PaneEdge("Conversations", title_counts=True, id="list-edge")
                with PaneBody():
                    yield ChipBar(id="chips")
                    yield ConversationList()
                    yield Banner(id="banner")
            with Vertical(id=Pane.DETAIL.value):
                yield PaneEdge("Conversation", id="detail-edge")
                with PaneBody():
                    yield TranscriptView()
        yield Static("", id="too-small", markup=False)
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Begin: the list has the keys, and the first page is on its way."""
        self._paint_palette()
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._paint_palette())
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._show_keys())
        self.query_one(TranscriptView).reader.modes.patterns = self.project.patterns
        self.query_one(TranscriptView).act(Reader.show_nothing, "Nothing to read yet")
        self.query_one(ConversationList).painter.marks = self.project.marks
        self.place_control.arrange(self.settings)
        self.lay_out()
        self.query_one(ConversationList).focus()
        self.start_remembering()
        if self._watch is not None:
            Watching(self.list_control, self.project, self.query_one(ConversationList)).start(self._watch)
        self.call_after_refresh(self.list_control.start)

    # -- news from the store ---------------------------------------------------------------------------------------

    def list_changed(self) -> None:
        """The project has something new for the list."""
        if self.is_mounted:
            self.list_control.changed()
            self.detail_control.list_changed()

    def retrying(self, news: Retrying | None) -> None:
        """A request is sent again, or is over."""
        if self.is_mounted:
            self.list_control.retrying(news)

    @on(PeopleArrived)
    def _people_arrived(self) -> None:
        self.detail_control.people_arrived()

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """The outermost border of the workers: a fault of our own is logged and shown, and ends nothing."""
        error = event.worker.error
        ends_all = self.painted_app.faults.first is not None  # then it is reported at the end, and once
        if event.state is WorkerState.ERROR and error is not None and not ends_all:
            _log.error("The worker %s failed", event.worker.group, exc_info=error)
            where = self.painted_app.surroundings
            report = report_words(error, where.state_folder, where.environment)
            words = f"A fault in clarifeye-tui itself ({type(error).__name__}); r tries again. {report}"
            self.notify(clean_line(words), severity="error", markup=False)
            self.list_control.stopped = True

    # -- what widgets tell -----------------------------------------------------------------------------------------

    @on(ConversationList.Looked)
    def _looked(self, event: ConversationList.Looked) -> None:
        self.list_control.looked(event.first, event.last, carried=event.carried)

    @on(ConversationList.Highlighted)
    def _highlighted(self, event: ConversationList.Highlighted) -> None:
        self.list_control.followed(event.conversation.id if event.conversation is not None else None)
        self.detail_control.cursor_moved()

    def action_read(self) -> None:
        """Read what is under the cursor; an action and no message, so that keys typed after it go to the reader."""
        self._opened()

    @on(ConversationList.Opened)
    def _opened(self) -> None:
        self.detail_control.open()
        self.activate(Pane.DETAIL)

    @on(TranscriptView.PositionChanged)
    def _moved(self) -> None:
        self.detail_control.show_position()

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
        self.apply_filter(event.query)

    # -- around ----------------------------------------------------------------------------------------------------

    def _paint_palette(self) -> None:
        palette = Palette(self.app.theme_variables)
        for widget in self.query("*").results():
            if isinstance(widget, LineWidget | PaneEdge | FilterPane):
                widget.set_palette(palette)

    def _show_keys(self) -> None:
        focused = self.focused
        first = focused.FIRST_KEYS if isinstance(focused, TranscriptView) else ()
        keys = keys_of(self.active_bindings.values(), typing=isinstance(focused, Input), first=first)
        self.query_one(KeyBar).show_keys(keys)

    def action_projects(self) -> None:
        """Show the projects that there are, to go to another one."""
        from tui.screens.dialogs.projects import open_projects

        if self.choices is not None:
            present = replace(self.settings, connection=self.project.connection)
            open_projects(self.app, self.choices, present)

    def action_help(self) -> None:
        """All keys, and what they do."""
        from tui.screens.dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen(self))

    async def action_commands(self) -> None:
        """Find a command by its words; the palette is there before the next key is looked at."""
        from tui.screens.browse.palette_entries import commands_of
        from tui.screens.dialogs.command_palette import CommandPalette

        palette = CommandPalette(commands_of(self))
        await self.app.push_screen(palette, lambda command: command.run() if command is not None else None)
