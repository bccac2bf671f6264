"""The terms of reading: what it has to know of the list, and the effects that it asks for."""

from enum import Enum
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from msgspec.structs import replace

from tui.store.filter.list_filter import ListFilter
from tui.store.listing.finding import may_have, surely_has
from tui.store.listing.known import Rows
from tui.store.saved.place import Reading

if TYPE_CHECKING:
    from tui.api.conversation import Conversation


REST = 0.08
"""Seconds that the cursor must rest before the reader follows; holding a key queues up nothing."""

MISSING = 0.4
"""Seconds after which the reader says that the row under the cursor is not here."""


class Listing(Protocol):
    """The filter and its list: a project has them."""

    query: ListFilter

    @property
    def shown(self) -> Rows:
        """The list that is on the screen."""

    @property
    def is_switching(self) -> bool:
        """Whether that is still the list of the filter before."""


class Beside(Enum):
    """Why a conversation is read that is not under the cursor; the value is what is said of it."""

    OPENED = ""
    SOUGHT = "finding its row"
    NOT_FOUND = "row not found"
    NOT_LISTED = "not in this list"
    GONE = "no longer in the list"
    DELETED = "no longer on the server"


class Show(Struct, frozen=True):
    """Show this conversation, that of the cursor; `again` where the reader has it already."""

    conversation: "Conversation"
    again: bool = False


class Open(Struct, frozen=True):
    """Show the conversation of this id beside the cursor; `again` where the reader has it already."""

    conversation_id: str
    again: bool = False


class Renew(Struct, frozen=True):
    """Ask again for the conversation that is read; what is shown of it stays meanwhile."""

    conversation_id: str


class Miss(Struct, frozen=True):
    """Say in place of a conversation why there is none to read at this row."""

    index: int


class Go(Struct, frozen=True):
    """Put the cursor of the list on this row."""

    index: int


class Remark(Struct, frozen=True):
    """Say before the title why another conversation is read than that of the cursor; empty: say nothing any more."""

    words: str


class Find(Struct, frozen=True):
    """Find the row at which this conversation should stand, and tell `place_found`."""

    conversation: "Conversation"


class Wait(Struct, frozen=True):
    """Tell `rested` in so many seconds, unless another event comes before."""

    seconds: float


class Land(Struct, frozen=True):
    """Go to a line, a turn, the first (1) or last (-1) failed tool call, or a message of the conversation shown now, or
    to what a number of the list counts, by the name of its column's evidence."""

    line: Reading | None = None
    turn: int | None = None
    failed: int | None = None
    message: int | None = None
    """Its place in the history, from 0 on."""
    evidence: str = ""


class Goal(Struct, frozen=True):
    """The row of a conversation that the cursor is on its way to: its id, and where it should stand; -1: in no list."""

    id: str
    index: int
    went_to: int | None = None


Effect = Show | Open | Renew | Miss | Go | Remark | Find | Wait | Land


class Alone(Struct, frozen=True):
    """A conversation that is read beside the cursor, as far as it is known, and why."""

    id: str
    conversation: "Conversation | None" = None
    why: Beside = Beside.OPENED
    opened: bool = False
    """Whether the user has opened it by its id, so that it may be in no list."""
    emptied: bool = False
    """Whether it left the list with all the others, so that it may come back with them."""

    @property
    def is_sought(self) -> bool:
        """Whether its row is being looked for."""
        return self.why is Beside.SOUGHT

    def missed(self) -> "Alone":
        """Its row was not found."""
        if self.emptied:
            return replace(self, why=Beside.GONE, emptied=False)
        return replace(self, why=Beside.NOT_LISTED if self.opened else Beside.NOT_FOUND)

    def came(self, conversation: "Conversation") -> "Alone":
        """A history has come: if it is that of this one, it is known now, and still on the server."""
        if conversation.id != self.id:
            return self
        return replace(self, conversation=conversation, why=Beside.GONE if self.why is Beside.DELETED else self.why)


class Kept:
    """What is read over changes of the filter, from the first until the list of the last one is here."""

    def __init__(self) -> None:
        self.is_pending = False
        """Whether the list of another filter is on its way."""
        self._listed_by = ""
        self._read: tuple[Conversation, str | None] | None = None
        """What was read last, and the text of the filter whose list it stands in."""

    @property
    def id(self) -> str | None:
        """The conversation that the cursor should stay on."""
        return self._read[0].id if self._read is not None else None

    def begin(self, text: str) -> None:
        """Another filter is about to be asked for; `text` is that of the one before."""
        if not self.is_pending:
            self._listed_by = text
        self.is_pending = True

    def note(self, read: "Conversation | None", *, is_empty: bool) -> None:
        """Take note of what is read; where a list without rows left nothing to read, what was read before it."""
        if read is not None:
            self._read = (read, self._listed_by)
        else:
            self._read = (self._read[0], None) if is_empty and self._read is not None else None

    def end(self, query: ListFilter) -> "Conversation | None":
        """The list of this filter is here: what it has to have of what was read."""
        self.is_pending = False
        return self._read[0] if self._read is not None and surely_has(query, *self._read) else None


def has_left(rows: Rows, conversation_id: str, index: int) -> bool:
    """Whether a conversation has left the list, so that another, or none, stands in its place."""
    if rows.count is None or rows.index_of(conversation_id) is not None or rows.is_seeking(conversation_id):
        return False
    return rows.count == 0 or rows.row(index) is not None


def looked_for(alone: Alone | None, listing: Listing) -> tuple[Alone | None, list[Effect]]:
    """What was opened by its id, or left with all rows, is looked for once both are here and it can be listed."""
    count = listing.shown.count
    is_open = alone is not None and (
        alone.why is Beside.OPENED or (alone.why is Beside.GONE and alone.emptied and count)
    )
    if alone is None or not is_open or count is None or (count and alone.conversation is None):
        return alone, []
    if not count or alone.conversation is None or not may_have(listing.query, alone.conversation):
        return alone.missed(), []
    return replace(alone, why=Beside.SOUGHT), [Find(alone.conversation)]
