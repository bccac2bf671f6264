"""Comes back to where the last run was left, and takes note of where the user is: for the next run and the way back."""

from msgspec.structs import replace
from textual.timer import Timer
from textual.widget import Widget

from tui.config.settings import Settings
from tui.screens.browse.layout import Pane, PaneLayout, density_of
from tui.store.facts.sorting import order_of
from tui.store.project import Project
from tui.store.reading import ReadingState
from tui.store.reading_terms import Goal
from tui.store.saved.place import Arrangement, Place, Reading
from tui.store.saved.session import Session
from tui.store.trail import Aside, Trail
from tui.terminal.input.keymap import Departures
from tui.views.reader import folds
from tui.views.reader.place import reading_of, turn_of
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
        self._trail = Trail[Place]()
        self._going_to: Place | None = None
        """Where the way back or forward has led last, as long as not all of it is there."""
        self.aside: Aside | None = None
        """What was left last for the first conversation of the list, without a row of its own there."""
        self._is_typing = False
        """Whether the last step was one of typing a filter."""
        self.departures = Departures()
        self.departures.left = self.leave

    def arrange(self) -> None:
        """Show rows and conversations as they were, before they are laid out for the first time."""
        place = self._session.place
        if place is None:
            return
        arrangement = place.arrangement
        self._project.facts.order = order_of(arrangement.sort, turned=arrangement.turned)
        self._show_as(arrangement)

    def arrange_again(self, arrangement: Arrangement) -> None:
        """Show panes, rows and conversations as they were at another place; widths stay as they are."""
        self._wish.use(Pane(arrangement.active))
        self._wish.filter_hidden = arrangement.filter_hidden
        self._wish.zoomed, self._wish.rail_hidden = arrangement.zoomed, arrangement.rail_hidden
        self._show_as(arrangement)

    def _show_as(self, arrangement: Arrangement) -> None:
        painter = self._list.painter
        if painter.hidden != arrangement.hidden_columns:
            painter.hidden = arrangement.hidden_columns
            self._list.lay_out_anew()
        if painter.density is not density_of(arrangement):
            self._list.switch_density()
        self._view.act(
            folds.show_as,
            markdown=arrangement.markdown,
            focused=arrangement.focused,
            reasoning=arrangement.reasoning,
            tools=arrangement.tools,
            details=arrangement.details,
        )

    def step_on(self, rows: int) -> None:
        """Move the cursor as the user did before there was an application; the list scrolls as it did then."""
        if rows:
            begun = self._list.cursor
            self._list.go(begun + rows)
            self._list.scroll_to_row(begun)

    def start(self) -> None:
        """From here on what changes is taken note of."""
        self._started = True

    # -- the way back

    @property
    def here(self) -> Place:
        """Where the user is, or is about to be."""
        if self._going_to is not None and self._reading.is_under_way:
            return self._going_to
        self._going_to = None
        return self._place(reading_of(self._view.reader) or Reading())

    def leave_pane(self) -> None:
        """The user goes to another pane; what was changed in the filter is left for its list, which is coming."""
        if self._wish.active is not Pane.FILTER:
            self.leave()

    def leave(self, *, typing: bool = False) -> None:
        """The user goes elsewhere; whoever is `typing` a filter leaves one place, however many lists that shows."""
        again, self._is_typing = typing and self._is_typing, typing
        if again or not self._started:
            return
        place = self.here
        self._going_to = None  # from here on the user goes on their own
        active = Pane.LIST.value if place.arrangement.active == Pane.FILTER.value else place.arrangement.active
        self._trail.leave(replace(place, arrangement=replace(place.arrangement, active=active)))

    def step(self, by: int) -> Place | None:
        """The place before this one (-1), or the one that was gone back from (1); None where there is none."""
        self._is_typing = False
        found = (self._trail.back if by < 0 else self._trail.forward)(self.here)
        self._going_to = found or self._going_to
        return found

    # -- for the next run

    def touch(self) -> None:
        """Something on the screen has changed: take note of the place soon."""
        if self._timer is None and self._started:
            self._timer = self._host.set_timer(_REST, self._rested)

    def _rested(self) -> None:
        self._timer = None
        self._note_read()
        self.save()

    def _note_read(self) -> None:
        """What stands before the user while the keys are in the reader is read, and the list says so."""
        shown, seen = self._reading.shown_id, self._project.seen
        if self._wish.active is Pane.DETAIL and self._reading.is_here and shown is not None and shown not in seen:
            seen.add(shown)
            self._list.refresh()

    def save(self) -> None:
        """Take note of the place now; while still on the way back the old one holds."""
        if not self._started or self._reading.goal is not None:
            return
        line = reading_of(self._view.reader) or Reading()
        if line.conversation_id and line.conversation_id == self._reading.line.conversation_id:
            return  # its line is not yet reached
        self._session.remember_place(self._place(line), turn=turn_of(self._view.reader))

    def _place(self, line: Reading) -> Place:
        return Place(
            query=self._project.query,
            conversation_id=self._reading.reading_id or "",
            index=self._list.cursor,
            arrangement=self._arrangement(),
            reading=line,
        )

    def _arrangement(self) -> Arrangement:
        wish, modes, order = self._wish, self._view.reader.modes, self._project.facts.order
        return Arrangement(
            active=wish.active.value,
            filter_hidden=wish.filter_hidden,
            zoomed=wish.zoomed,
            wider=wish.wider,
            rail_hidden=wish.rail_hidden,
            rail_wider=wish.rail_wider,
            density=self._list.painter.density.value,
            hidden_columns=self._list.painter.hidden,
            sort=order.by if order is not None else "",
            turned=order is not None and order.turned,
            markdown=modes.markdown,
            focused=modes.focused,
            reasoning=modes.reasoning,
            tools=modes.tools,
            details=modes.details and not self._view.reader.finder.shows_details,
        )

    @property
    def _list(self) -> ConversationList:
        return self._host.query_one(ConversationList)

    @property
    def _view(self) -> TranscriptView:
        return self._host.query_one(TranscriptView)
