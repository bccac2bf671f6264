"""Comes back to where the last run was left, and takes note of where somebody is, a moment after each change."""

from typing import TYPE_CHECKING

from textual.timer import Timer

from tui.screens.browse.layout import Pane
from tui.store.listing.rows import ListedConversation
from tui.store.saved.place import Arrangement, Place, Reading
from tui.store.saved.session import Session
from tui.views.reader import moves
from tui.views.reader.place import come_back, reading_of, turn_of
from tui.views.transcript.modes import LEVEL_WORDS
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.transcript.view import TranscriptView

if TYPE_CHECKING:
    from tui.screens.browse.filter_commands import SavedKeys

_REST = 0.3
"""Seconds after a change on the screen until the place is taken; nothing runs while nothing changes."""


class ComingBack:
    """The way back to a conversation: its row where the list has it, else it alone; `host` owns the panes."""

    def __init__(
        self,
        host: "SavedKeys",
        session: Session,
        *,
        open_id: str | None = None,
        open_turn: int | None = None,
        alone: bool = False,
    ) -> None:
        self._alone = alone
        self._host = host
        self._session = session
        self._open_id = open_id
        self._turn = open_turn
        place = session.place if open_id is None else None
        self._goal = place.conversation_id if place is not None else ""
        self._index = place.index if place is not None else 0
        self._reading = place.reading if place is not None else Reading()
        self._went_to: int | None = None
        self._timer: Timer | None = None
        self._started = False

    # -- back ------------------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Put the panes as they were, before they are laid out for the first time."""
        place, wish = self._session.place, self._host.layout_wish
        if place is not None:
            arrangement = place.arrangement
            active = next((pane for pane in Pane if pane.value == arrangement.active), Pane.LIST)
            wish.active = Pane.LIST if active is Pane.FILTER else active
            wish.filter_hidden, wish.zoomed = arrangement.filter_hidden, arrangement.zoomed
            wish.wider = max(-60, min(120, arrangement.wider))
            if self._list.painter.density.value != arrangement.density and arrangement.density:
                self._list.action_density()
            modes = self._view.reader.modes
            modes.markdown, modes.focused = arrangement.markdown, arrangement.focused
            modes.reasoning, modes.tools = arrangement.reasoning, arrangement.tools % len(LEVEL_WORDS)
        if self._open_id is not None:
            wish.active = Pane.DETAIL
        if self._alone:
            wish.spared = True

    def start(self) -> None:
        """Begin the way back; the list is being fetched."""
        self._started = True
        detail = self._host.detail_wiring
        if self._open_id is not None:
            detail.open(self._open_id, (self._list.cursor, None))
        elif self._goal:
            detail.hold()
        if self._host.layout_wish.active is Pane.DETAIL:
            self._view.focus()

    def look_for(self, conversation_id: str, index: int) -> None:
        """Go to a conversation that should be near a row; it is read alone until it is found, or for good."""
        self._goal, self._index, self._went_to = conversation_id, index, None
        self._host.detail_wiring.hold()
        self.list_changed()

    def forget(self) -> None:
        """Another list comes: the way back is none in it."""
        self._goal = ""

    def list_changed(self) -> None:
        """Rows have arrived: is it there?"""
        if not self._goal:
            return
        conversations, window = self._list, self._host.project.shown
        if window.count is None:
            return
        found = window.index_of(self._goal)
        if not window.count or self._has_moved_on(window.count):
            self._arrived()
        elif found is not None:
            conversations.go(found)
            self._arrived()
        elif self._went_to is None:
            self._went_to = min(self._index, window.count - 1)
            conversations.go(self._went_to)
            self.list_changed()
        elif window.row(self._went_to) is not None or window.failure_of(self._went_to) is not None:
            goal, self._goal = self._goal, ""
            row = window.row(self._went_to)
            there = row.conversation.id if isinstance(row, ListedConversation) else None
            self._host.detail_wiring.open(goal, (self._went_to, there), "row not found")

    def _has_moved_on(self, count: int) -> bool:
        """Whether somebody has gone to another row since; a list that has become shorter takes nobody elsewhere."""
        return self._went_to is not None and self._list.cursor != min(self._went_to, count - 1)

    def _arrived(self) -> None:
        self._goal = ""
        self._host.detail_wiring.release()

    def shown(self, conversation_id: str) -> None:
        """The history of a conversation is on the screen: go to the line in it."""
        if conversation_id == self._open_id and self._turn is not None:
            self._view.act(moves.to_turn, self._turn)
            self._turn = None
        elif conversation_id == self._reading.conversation_id:
            reading, self._reading = self._reading, Reading()
            self._view.act(come_back, reading)

    # -- taking note -----------------------------------------------------------------------------------------------

    def touch(self) -> None:
        """Something on the screen has changed: take note of the place soon."""
        if self._timer is None and self._started:
            self._timer = self._host.set_timer(_REST, self._rested)

    def _rested(self) -> None:
        self._timer = None
        self.save()

    def save(self) -> None:
        """Take note of the place now; while still on the way back the old one holds."""
        if not self._started or self._goal:
            return
        reading = reading_of(self._view.reader) or Reading()
        if self._reading.conversation_id and reading.conversation_id == self._reading.conversation_id:
            return  # its line is not yet reached
        self._session.remember_place(
            Place(
                query=self._host.project.query,
                conversation_id=self._host.detail_wiring.reading_id or "",
                index=self._list.cursor,
                arrangement=self._arrangement(),
                reading=reading,
            ),
            turn=turn_of(self._view.reader),
        )

    def _arrangement(self) -> Arrangement:
        wish, modes = self._host.layout_wish, self._view.reader.modes
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
