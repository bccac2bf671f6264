"""What the commands of the main screen act on."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.screen import Screen

from tui.config.settings import Settings
from tui.screens.beside import BesideControl
from tui.screens.browse.detail_control import DetailControl
from tui.screens.browse.layout import Pane, arranged
from tui.screens.browse.layout_control import LayoutControl
from tui.screens.browse.list_control import ListControl
from tui.screens.browse.place_control import PlaceControl, begin_reading
from tui.screens.judging import Judging
from tui.screens.stage import Stage
from tui.store.project import Project
from tui.store.saved.session import Session
from tui.widgets.filter_pane import FilterPane
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.transcript.view import TranscriptView

if TYPE_CHECKING:
    from pathlib import Path

    from tui.api.conversation import Conversation
    from tui.config.choices import Choices
    from tui.screens.across.levels import Level
    from tui.store.saved.place import Place
    from tui.views.transcript.viewport import Viewport

NEXT_FAILED = "next failed"
"""The group of what looks for a conversation with a failed tool call."""

SORTING, SAVED, CHOOSING = "sort", "saved", "columns"
"""The pending states: the next key says by what is sorted, which filter or which column is meant."""

JUDGING, REASONS = "judge", "a label that asks why"
"""Those of judging: the next key says how, or why; the second one stands behind a key of the first."""


class ThroughTables(NamedTuple):
    """The way through tables to a call, to come back by."""

    levels: "list[Level]"
    conversation: str
    """The id of the conversation of the call."""
    begin: "Place"
    """Where the user was before the tables."""
    left: "Place"
    """Where the way back leads from the call, with the tables in between."""


class BrowseContext(Stage):
    """The project that is browsed, what is remembered of it, and who has which part of the screen in hand."""

    def __init__(
        self,
        screen: Screen[Any],
        project: Project,
        settings: Settings,
        session: Session,
        choices: "Choices | None" = None,
    ) -> None:
        """With `choices` the user can go to another project."""
        super().__init__(screen)
        self.project = project
        self.settings = settings
        self.session = session
        self.choices = choices
        self.exported_to: Path | None = None
        """The folder of the last export of this run."""
        self.through: ThroughTables | None = None
        """How the user came to the call that is read; None where tables did not lead to it."""
        self.told_of_facts: Callable[[], object] = lambda: None
        """Called where facts have changed: tables that are open show them."""
        place = session.place
        wish = arranged(
            place.arrangement if place is not None else None,
            opens=settings.open_id is not None,
            spares=settings.low_bandwidth,
        )
        self.reading = begin_reading(project, session, settings)
        self.detail = DetailControl(
            screen, project, self.reading, lambda: Pane.DETAIL in self.layout.shown, settings.open_id
        )
        self.list = ListControl(
            screen,
            project,
            settings.connection,
            lambda: self.reading.kept_id(self.rows.at),
            self.detail.people_arrived,
        )
        self.beside = BesideControl(screen, project)
        self.list.extras.feedback_arrived = self.beside.feedback_arrived
        self.list.extras.sees_own_alone = self.beside.sees_own_alone
        self.judging = Judging(screen, project, settings)
        self.layout = LayoutControl(screen, wish, self.list, self.detail)
        self.place = PlaceControl(screen, project, session, wish, self.reading)
        self.layout.left = self.place.leave_pane

    @property
    def rows(self) -> ConversationList:
        """The list."""
        return self.screen.query_one(ConversationList)

    @property
    def view(self) -> TranscriptView:
        """The reader of the conversation."""
        return self.screen.query_one(TranscriptView)

    @property
    def filter(self) -> FilterPane:
        """The filter."""
        return self.screen.query_one(FilterPane)

    @property
    def user_name(self) -> str:
        """How the user of this machine is called, as far as the environment tells it."""
        environment = self.app.surroundings.environment
        return environment.get("USER", "") or environment.get("LOGNAME", "")

    @property
    def reads(self) -> bool:
        """Whether the keys are in the reader; what a widget says of itself it learns later, by a message."""
        return self.screen.focused is self.view

    @property
    def at_hand(self) -> "Conversation | None":
        """The conversation that is read, or the one under the cursor of the list; None: it is not there yet."""
        document, at_cursor = self.view.reader.document, self.rows.at.conversation
        if not self.reads:
            return at_cursor
        if document is not None:
            return document.conversation
        return at_cursor if at_cursor is not None and at_cursor.id == self.reading.reading_id else None

    @property
    def viewport(self) -> "Viewport | None":
        """What is read of the conversation, while the keys are in the reader."""
        return self.view.reader.viewport if self.reads else None
