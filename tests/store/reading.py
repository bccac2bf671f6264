"""A person in front of the list and the reader, in words: events in, effects out, no screen.

    Desk().play(("rows a b .", "wait"), ("rest", "show a"), ("came a", ""), ("go 2", "wait long"))

Rows are letters, each the id of a conversation; `.` is one on its way, `!` one that failed, `?` one that is unreadable.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from tui.api.conversation import Conversation
from tui.api.errors import ApiError
from tui.api.page import UnreadableRecord
from tui.store.filter.list_filter import ListFilter
from tui.store.listing.cursor import ListCursor
from tui.store.listing.rows import ListedConversation, Row, UnreadableRow
from tui.store.listing.window import ConversationWindow
from tui.store.reading import ReadingState
from tui.store.reading_terms import (
    REST,
    Effect,
    Find,
    Go,
    Goal,
    Land,
    Miss,
    Open,
    Remark,
    Renew,
    Show,
    Wait,
)
from tui.store.saved.place import Reading


@dataclass
class Shelf:
    """The rows of one filter; None before the first answer."""

    names: list[str] | None = None
    sought: str = ""
    """A conversation that is lost from sight, and looked for."""

    @property
    def count(self) -> int | None:
        return len(self.names) if self.names is not None else None

    def row(self, index: int) -> Row | None:
        name = self.names[index] if self.names is not None and 0 <= index < len(self.names) else "."
        if name == "?":
            return UnreadableRow(UnreadableRecord("odd", b"?"), 0)
        return ListedConversation(called(name), b"", 0) if name.isalpha() else None

    def index_of(self, conversation_id: str) -> int | None:
        return self.names.index(conversation_id) if self.names and conversation_id in self.names else None

    def failure_of(self, index: int) -> ApiError | None:
        return ApiError() if self.names and index < len(self.names) and self.names[index] == "!" else None

    def is_seeking(self, conversation_id: str) -> bool:
        return conversation_id == self.sought


@dataclass
class Shelves:
    """The list of the present filter, and the one before until that has an answer."""

    query: ListFilter = field(default_factory=ListFilter)
    present: Shelf = field(default_factory=Shelf)
    before: Shelf | None = None

    @property
    def shown(self) -> Shelf:
        return self.before if self.before is not None and self.present.names is None else self.present

    @property
    def is_switching(self) -> bool:
        return self.shown is not self.present


class Desk:
    """Does what the effects ask for, and what a list does with its cursor; `told` is what the reader has been told."""

    def __init__(
        self, *, open_id: str | None = None, turn: int | None = None, way_back: tuple[str, int] | None = None
    ) -> None:
        self.shelves = Shelves()
        goal = Goal(*way_back) if way_back is not None else None
        line = Reading(way_back[0], cursor=(7, 0)) if way_back is not None else None
        self.state = ReadingState(self.shelves, open_id=open_id, turn=turn, goal=goal, line=line)
        self.cursor = ListCursor()
        self.cursor.window = self._window
        self._told: tuple[int, str | None] | None = None
        self.shown = ""
        """What the reader shows: the letter of a conversation, or the number of a row."""
        self.title = ""
        """What is said before its title."""

    @property
    def _window(self) -> ConversationWindow:
        """The shown rows, where a list wants a window."""
        return cast(ConversationWindow, self.shelves.shown)

    def play(self, *steps: tuple[str, str]) -> None:
        """Each event has just these effects."""
        for number, (event, effects) in enumerate(steps, 1):
            assert ", ".join(map(words_of, self.do(event))) == effects, f"step {number}: {event}"

    def do(self, event: str) -> Sequence[Effect]:
        """An event, with the news of the cursor that follows from it."""
        name, *words = event.split()
        effects = [*getattr(self, f"_{name}")(*words)]
        return effects if name in ("rush", "sneak") else [*effects, *self._news()]

    # -- events

    def _start(self) -> Sequence[Effect]:
        return self._carry_out(self.state.start(self.cursor.told))

    def _rows(self, *names: str) -> Sequence[Effect]:
        return self._take_rows([*names])

    def _took(self) -> Sequence[Effect]:
        """The list has something new, but rows."""
        return self._take_rows(self.shelves.shown.names)

    def _lost(self, name: str, *names: str) -> Sequence[Effect]:
        self.shelves.present.sought = name
        return self._take_rows([*names])

    def _sneak(self, *names: str) -> Sequence[Effect]:
        """Rows that come before the news of what the user has just done."""
        return self._take_rows([*names])

    def _go(self, row: str) -> Sequence[Effect]:
        if self.cursor.count:
            self.cursor.go(int(row) - 1)
        return ()

    _rush = _go
    """A move whose news has not come yet."""

    def _rest(self) -> Sequence[Effect]:
        return self._carry_out(self.state.rested())

    def _enter(self) -> Sequence[Effect]:
        return self._carry_out(self.state.opened(self.cursor.told))

    def _came(self, name: str) -> Sequence[Effect]:
        return self._carry_out(self.state.history_came(called(name))) if name == self.state.shown_id else ()

    def _failed(self, name: str) -> Sequence[Effect]:
        return self._carry_out(self.state.history_failed(name))

    def _deleted(self, name: str) -> Sequence[Effect]:
        return self._carry_out(self.state.history_failed(name, is_gone=True))

    def _r(self, *slow: str) -> Sequence[Effect]:
        return self._carry_out(self.state.retried(is_stuck=bool(slow)))

    def _filter(self, text: str = "") -> Sequence[Effect]:
        self.state.filter_changes(self.cursor.told)
        shelves = self.shelves
        if shelves.present.names is not None:
            shelves.before = shelves.present
        shelves.query, shelves.present = ListFilter(text=text), Shelf()
        return ()

    def _found(self, name: str, row: str = "") -> Sequence[Effect]:
        return self._carry_out(self.state.place_found(name, int(row) - 1 if row else None, self.cursor.told))

    def _back(self, name: str, row: str) -> Sequence[Effect]:
        """The way back leads to a line of a conversation."""
        landing = Land(line=Reading(name, cursor=(9, 0)))
        return self._carry_out(self.state.sent(Goal(name, int(row) - 1), landing))

    # -- what a list and a screen do

    def _take_rows(self, names: list[str] | None) -> Sequence[Effect]:
        self.shelves.present.names = names
        if self._window is not self.cursor.window:
            self.cursor.show(self._window, self.state.kept_id(self.cursor.told))
            self._told = self.shelves.before = None
        self.cursor.take_over()
        return self._carry_out(self.state.list_arrived(self.cursor.told))

    def _news(self) -> Sequence[Effect]:
        """The cursor tells where it is, if that is another place or another conversation than it told last."""
        at = self.cursor.told
        told = (at.index, at.conversation.id if at.conversation is not None else None)
        if told == self._told or self.cursor.is_seeking or self.shelves.shown.count is None:
            return ()
        self._told = told
        return self._carry_out(self.state.cursor_moved(at))

    def _carry_out(self, effects: Sequence[Effect]) -> Sequence[Effect]:
        for effect in effects:
            match effect:
                case Go(index):
                    self.cursor.put(index)
                case Show(conversation):
                    self.shown = conversation.id
                case Open(conversation_id):
                    self.shown = conversation_id
                case Miss(index):
                    if self.shown.isalpha():
                        self.state.left(Reading(self.shown, cursor=(5, 0)))
                    self.shown = str(index + 1)
                case Remark(words):
                    self.title = words
        return effects


def called(name: str) -> Conversation:
    """The conversation that is called so."""
    return Conversation(id=name)


def words_of(effect: Effect) -> str:
    """An effect as the tables write it."""
    match effect:
        case Show(conversation, again):
            return f"show {conversation.id}{' again' * again}"
        case Open(conversation_id, again):
            return f"open {conversation_id}{' again' * again}"
        case Renew(conversation_id):
            return f"renew {conversation_id}"
        case Miss(index):
            return f"miss {index + 1}"
        case Go(index):
            return f"go {index + 1}"
        case Remark(words):
            return f"say {words}" if words else "hush"
        case Find(conversation):
            return f"find {conversation.id}"
        case Wait(seconds):
            return "wait" if seconds == REST else "wait long"
        case Land(line, turn):
            return f"turn {turn}" if line is None else f"line {line.cursor[0]}"
