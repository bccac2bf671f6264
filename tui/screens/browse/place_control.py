"""Comes back to where the last run was left, and takes note of where the user is, a moment after each change."""

from textual.timer import Timer
from textual.widget import Widget

from tui.config.settings import Settings
from tui.screens.browse.layout import PaneLayout, density_of
from tui.store.project import Project
from tui.store.reading import ReadingState
from tui.store.reading_terms import Goal
from tui.store.saved.place import Arrangement, Place, Reading
from tui.store.saved.session import Session
from tui.views.reader.place import reading_of, turn_of
from tui.views.transcript.modes import LEVEL_WORDS
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.transcript.view import TranscriptView

_REST = 0.3
"""Seconds after a change on the screen until the place is taken; nothing runs while nothing changes."""


def begin_reading(project: Project, session: Session, settings: Settings) -> ReadingState:
    """What a start reads: the conversation that was asked for, else that of the last run, else the first."""
    if settings.open_id is not None:
        return ReadingState(project, open_id=settings.open_id, turn=settings.open_turn)
    place, back = session.place, session.goal(settings)
    if place is None:
        return ReadingState(project)
    goal = Goal(back.conversation_id, back.index) if back is not None else None
    return ReadingState(project, goal=goal, line=place.reading)


class PlaceControl:
    """Puts the screen as it was and remembers how it is; `host` is the screen."""

    def __init__(
        self, host: Widget, project: Project, session: Session, wish: PaneLayout, reading: ReadingState
    ) -> None:
        self._host = host
        self._project = project
        self._session = session
        self._wish = wish
        self._reading = reading
        self._timer: Timer | None = None
        self._started = False

    def arrange(self) -> None:
        """Show rows and conversations as they were, before they are laid out for the first time."""
        place = self._session.place
        if place is None:
            return
        arrangement = place.arrangement
        if self._list.painter.density is not density_of(arrangement):
            self._list.switch_density()
        modes = self._view.reader.modes
        modes.markdown, modes.focused = arrangement.markdown, arrangement.focused
        modes.reasoning, modes.tools = arrangement.reasoning, arrangement.tools % len(LEVEL_WORDS)

    def start(self) -> None:
        """From here on what changes is taken note of."""
        self._started = True

    def touch(self) -> None:
        """Something on the screen has changed: take note of the place soon."""
        if self._timer is None and self._started:
            self._timer = self._host.set_timer(_REST, self._rested)

    def _rested(self) -> None:
        self._timer = None
        self.save()

    def save(self) -> None:
        """Take note of the place now; while still on the way back the old one holds."""
        if not self._started or self._reading.goal is not None:
            return
        line = reading_of(self._view.reader) or Reading()
        if line.conversation_id and line.conversation_id == self._reading.line.conversation_id:
            return  # its line is not yet reached
        self._session.remember_place(
            Place(
                query=self._project.query,
                conversation_id=self._reading.reading_id or "",
                index=self._list.cursor,
                arrangement=self._arrangement(),
                reading=line,
            ),
            turn=turn_of(self._view.reader),
        )

    def _arrangement(self) -> Arrangement:
        wish, modes = self._wish, self._view.reader.modes
        return Arrangement(
            active=wish.active.value,
            filter_hidden=wish.filter_hidden,
            zoomed=wish.zoomed,
            wider=wish.wider,
            density=self._list.painter.density.value,
            markdown=modes.markdown,
            focused=modes.focused,
            reasoning=modes.reasoning,
            tools=modes.tools,
        )

    @property
    def _list(self) -> ConversationList:
        return self._host.query_one(ConversationList)

    @property
    def _view(self) -> TranscriptView:
        return self._host.query_one(TranscriptView)
