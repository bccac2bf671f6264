"""What is read, and why: the conversation under the cursor of the list, or one that is read beside it.

The one owner of it, without a screen. Events come in as calls (the cursor moved, the list arrived, the filter changes,
a history came), and each gives back its effects: what to show, where to go, what to say. Only the user changes what is
read: where the list changes by itself, it is read on, beside the cursor, and that is said.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.store.listing.cursor import CursorAt
from tui.store.listing.rows import ListedConversation
from tui.store.reading_terms import (
    MISSING,
    REST,
    Alone,
    Beside,
    Effect,
    Find,
    Go,
    Goal,
    Kept,
    Land,
    Listing,
    Miss,
    Open,
    Remark,
    Renew,
    Show,
    Wait,
    has_left,
    looked_for,
)
from tui.store.saved.place import Reading

if TYPE_CHECKING:
    from tui.api.conversation import Conversation


class ReadingState:
    """The state; `goal` and `line` are where the last run was left, `open_id` and `turn` what was asked for."""

    def __init__(
        self,
        listing: Listing,
        *,
        open_id: str | None = None,
        turn: int | None = None,
        goal: Goal | None = None,
        line: Reading | None = None,
    ) -> None:
        self._listing = listing
        self._open_id = open_id
        self._landing = (open_id, Land(turn=turn)) if turn is not None else None  # once its conversation is shown
        self.goal = goal
        """The way back, as long as it is not at its end: until then the cursor is not followed."""
        self.line = line or Reading()
        """Where its conversation was read, until that is shown there again."""
        self._cursor = CursorAt()
        self._wanted: Conversation | None = None
        """What the cursor is on; where its row is on its way, what it was on."""
        self._alone: Alone | None = None
        self.shown_id: str | None = None
        """The conversation that the reader has, or waits for."""
        self.is_here = False
        """Whether its history has come."""
        self._is_missing = False
        self._awaited: str | int | None = None
        """What the cursor rests on before it is read: a conversation, or a row without one."""
        self._said = ""
        self._kept = Kept()

    # -- what is known ---------------------------------------------------------------------------------------------

    @property
    def wanted_id(self) -> str | None:
        """The conversation that the cursor is on."""
        return self._wanted.id if self._wanted is not None else None

    @property
    def reading_id(self) -> str | None:
        """The conversation that is read, or is about to be."""
        return self._alone.id if self._alone is not None else self.wanted_id

    @property
    def remark(self) -> str:
        """What is to be known of the row of the conversation that is read beside the cursor."""
        return self._alone.why.value if self._alone is not None else ""

    @property
    def is_under_way(self) -> bool:
        """Whether the user is still on the way to where they want to read."""
        return self.goal is not None or self._landing is not None or self._kept.is_pending

    # -- events ----------------------------------------------------------------------------------------------------

    def start(self, cursor: CursorAt) -> Sequence[Effect]:
        """The list is being fetched: begin with what was asked for."""
        self._cursor = cursor
        return self._told(self._read_alone(Alone(self._open_id, opened=True)) if self._open_id is not None else [])

    def cursor_moved(self, cursor: CursorAt) -> Sequence[Effect]:
        """The cursor is on another row, or its row is another conversation."""
        self._take(cursor)
        if self._kept.is_pending and self._listing.is_switching:
            self._take_note()  # who moves on before the new list has come stays there
        effects = self._seek()
        follows = self.goal is None and self._alone is None and self._awaited != (self.wanted_id or cursor.index)
        return self._told([*effects, *self._follow()] if follows else effects)

    def list_arrived(self, cursor: CursorAt) -> Sequence[Effect]:
        """Rows have come, or gone; `cursor` is where that has left it."""
        is_new = self._kept.is_pending and not self._listing.is_switching and self._listing.shown.count is not None
        effects = self._take_new_list(cursor) if is_new else self._take_rows(cursor)
        return self._told([*effects, *self._seek()])

    def filter_changes(self, cursor: CursorAt) -> None:
        """Another filter is about to be asked for."""
        self._take(cursor)
        self._kept.begin(self._listing.query.text)
        self._take_note()
        self.goal = None

    def kept_id(self, cursor: CursorAt) -> str | None:
        """Its list is here, and `cursor` was where in the one before: the conversation to stay on."""
        if cursor.moves != self._cursor.moves:
            self._take(cursor)
            self._take_note()
        return self.goal.id if self.goal is not None else self._kept.id

    def place_found(self, conversation_id: str, place: int | None, cursor: CursorAt) -> Sequence[Effect]:
        """The row at which a conversation should stand is known, or cannot be told."""
        self._take(cursor)
        alone = self._alone
        if self._kept.is_pending or alone is None or alone.id != conversation_id or not alone.is_sought:
            return self._told([])
        if place is None:
            self._alone = alone.missed()
        else:
            self.goal = Goal(conversation_id, place)
        return self._told(self._seek())

    def opened(self, cursor: CursorAt) -> Sequence[Effect]:
        """The user wants to read what is under the cursor, whatever is read beside it."""
        self._take(cursor)
        self._alone = None
        self._wanted = cursor.conversation
        if cursor.conversation is not None:
            self.goal = None
        return self.rested()

    def sent(self, goal: Goal, landing: Land) -> Sequence[Effect]:
        """The user wants to read a conversation of the list, of the one on its way, or of none, at `landing`."""
        here, is_listed = self.is_here and goal.id == self.shown_id, goal.index >= 0
        self.goal, self._alone, self._landing = goal if is_listed else None, None, None if here else (goal.id, landing)
        way = self._seek() if is_listed else self._read_alone(Alone(goal.id, opened=True))
        return self._told([*way, *[landing] * here])

    def rested(self) -> Sequence[Effect]:
        """The cursor has rested, or its conversation is to be seen at once."""
        if self.goal is not None or self._alone is not None:
            return self._told([])
        if self._wanted is not None:
            return self._told([Show(self._wanted, self._is_shown_now(self._wanted.id))])
        self.shown_id, self.is_here, self._is_missing = None, False, True
        # Before the list is known nothing is missing: it is said once it is.
        return self._told([Miss(self._cursor.index)] if self._listing.shown.count is not None else [])

    def history_came(self, conversation: "Conversation") -> Sequence[Effect]:
        """The history of what is shown has come to the screen."""
        self.is_here = True
        self._alone = self._alone.came(conversation) if self._alone is not None else None
        landing: list[Effect] = []
        if self._landing is not None and conversation.id == self._landing[0]:
            landing, self._landing = [self._landing[1]], None
        elif conversation.id == self.line.conversation_id:
            landing, self.line = [Land(line=self.line)], Reading()
        return self._told([*landing, *self._look_for_opened()])

    def history_failed(self, conversation_id: str, *, is_gone: bool = False) -> Sequence[Effect]:
        """It did not come; `is_gone` where the server has no such conversation. What is here of it stays."""
        if conversation_id != self.shown_id:
            return []
        if not self.is_here:
            self.shown_id = None
        elif is_gone and self._alone is not None:
            self._alone = replace(self._alone, why=Beside.DELETED)
        return self._told([])

    def left(self, line: Reading) -> None:
        """The reader gives up a conversation at this line, without another one in its place."""
        if line.conversation_id != self.line.conversation_id:  # else its line was not yet reached
            self.line = line

    def retried(self, *, is_stuck: bool) -> Sequence[Effect]:
        """The user asks again; `is_stuck` where nothing comes of what is on its way."""
        waits = self.shown_id is not None and not self.is_here and not is_stuck
        if self._alone is not None and self.is_here:
            return [Renew(self._alone.id)]
        if waits or self.is_here or self.goal is not None or (self._alone is None and self._wanted is None):
            return []
        self.shown_id = None
        return self._told(self._read_alone(self._alone)) if self._alone is not None else self.rested()

    # -- what follows ----------------------------------------------------------------------------------------------

    def _take(self, cursor: CursorAt) -> None:
        """Take over where the cursor is; what the user moves it to is what they want to read."""
        by_hand = cursor.moves != self._cursor.moves
        self._cursor = cursor
        if by_hand:
            self.goal = self._alone = self._awaited = self._landing = None
        if by_hand or cursor.conversation is not None or not self._reads_wanted:
            self._wanted = cursor.conversation

    @property
    def _reads_wanted(self) -> bool:
        return self._alone is None and self._wanted is not None and self._wanted.id == self.shown_id

    def _take_rows(self, cursor: CursorAt) -> list[Effect]:
        """More rows, or other ones, of the same list."""
        rows = self._listing.shown
        read = self._wanted if self._reads_wanted and cursor.moves == self._cursor.moves else None
        if read is not None and has_left(rows, read.id, cursor.index):
            self._alone = Alone(read.id, read, Beside.GONE, emptied=rows.count == 0)
        self._take(cursor)
        if self._alone is not None and not self._kept.is_pending:
            found = rows.index_of(self._alone.id)
            return self._arrive(found) if found is not None else self._look_for_opened()
        is_missing = self._is_missing and self._wanted is None and self._alone is None
        return [Miss(cursor.index)] if is_missing and rows.count is not None else []

    def _take_new_list(self, cursor: CursorAt) -> list[Effect]:
        """The first rows of another filter: is what was read among them?"""
        rows = self._listing.shown
        self._cursor, self._wanted, self._alone = cursor, cursor.conversation, None
        kept = self._kept.end(self._listing.query)
        if self.goal is not None or kept is None or not rows.count or rows.index_of(kept.id) is not None:
            return self._follow()
        return [*self._read_alone(Alone(kept.id, kept, Beside.SOUGHT)), Find(kept)]

    def _take_note(self) -> None:
        read = self._alone.conversation if self._alone is not None else self._wanted
        self._kept.note(read, is_empty=self._listing.shown.count == 0)

    def _seek(self) -> list[Effect]:
        """The next step of the way to the goal: its row as far as it is known, else where it should be."""
        goal, rows = self.goal, self._listing.shown
        if goal is None or rows.count is None or self._kept.is_pending:
            return []
        if not rows.count:
            self.goal = self._alone = None
            return self._follow()
        found = rows.index_of(goal.id)
        if found is not None:
            return self._arrive(found)
        if goal.went_to is None:
            self.goal = replace(goal, went_to=goal.index)
            return [self._go(min(goal.index, rows.count - 1)), *self._seek()]
        index = min(goal.went_to, rows.count - 1)
        if (rows.row(index) is None and rows.failure_of(index) is None) or rows.is_seeking(goal.id):
            return []
        self.goal = None
        return self._read_alone((self._alone or Alone(goal.id, opened=goal.id == self._open_id)).missed())

    def _look_for_opened(self) -> list[Effect]:
        """What was opened by its id is looked for in the list, once both are here."""
        self._alone, effects = looked_for(self._alone, self._listing)
        return effects

    def _arrive(self, index: int) -> list[Effect]:
        self.goal = self._alone = None
        return [self._go(index), *self._follow()]

    def _go(self, index: int) -> Go:
        row = self._listing.shown.row(index)
        self._wanted = row.conversation if isinstance(row, ListedConversation) else None
        self._cursor = CursorAt(index, self._wanted, self._cursor.moves)
        return Go(index)

    def _follow(self) -> list[Effect]:
        self._awaited = self.wanted_id or self._cursor.index
        return [Wait(REST if self._wanted is not None else MISSING)]

    def _read_alone(self, alone: Alone) -> list[Effect]:
        self._alone = alone
        return [Open(alone.id, self._is_shown_now(alone.id))]

    def _is_shown_now(self, conversation_id: str) -> bool:
        """From here on it is; whether it was before."""
        again = conversation_id == self.shown_id
        self.shown_id, self.is_here, self._is_missing = conversation_id, self.is_here and again, False
        return again

    def _told(self, effects: list[Effect]) -> Sequence[Effect]:
        """The effects, with the remark where that has become another one."""
        before, self._said = self._said, self.remark
        return effects if self._said == before else [*effects, Remark(self._said)]
