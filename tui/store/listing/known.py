"""What every list of conversations answers: a window on the remote one, its first page, or one that facts make."""

from typing import Protocol

from tui.api.errors import ApiError
from tui.api.page import Page, Record
from tui.store.listing.rows import ListedConversation, Row
from tui.store.listing.sparse_rows import Places
from tui.store.listing.total import Total


class KnownList(Protocol):
    """A list as far as it is known."""

    @property
    def count(self) -> int | None:
        """Conversations in all as far as is known, or None before the first answer."""

    @property
    def at_least(self) -> int | None:
        """How many there are for certain, where `count` is no true number; else None."""

    @property
    def is_loading(self) -> bool:
        """Whether a page is under way."""

    @property
    def loaded(self) -> int:
        """Rows that are here."""

    @property
    def fetched_at(self) -> float | None:
        """When the last answer came, in seconds since the epoch."""

    def row(self, index: int) -> Row | None:
        """The row at an index, or None for a placeholder."""


class Rows(Protocol):
    """Rows by index, as far as they are here."""

    @property
    def count(self) -> int | None:
        """How many rows there are, or None before the first answer."""

    def row(self, index: int) -> Row | None:
        """The row at an index, or None for a placeholder."""

    def index_of(self, conversation_id: str) -> int | None:
        """Where a conversation stands, as far as it is known."""

    def failure_of(self, index: int) -> ApiError | None:
        """Why a row did not come."""

    def is_seeking(self, conversation_id: str) -> bool:
        """Whether a conversation was lost from sight, and may still be found."""


def record_at_hand(rows: Rows, conversation_id: str) -> tuple[int, Record] | None:
    """A conversation of these rows whose history is in memory, and where it stands."""
    index = rows.index_of(conversation_id)
    row = rows.row(index) if index is not None else None
    if index is None or not isinstance(row, ListedConversation) or row.raw is None:
        return None
    return index, Record(row.conversation, row.raw)


class ListedRows(Rows, Protocol):
    """A list that is shown: it is told what is looked at."""

    @property
    def withheld(self) -> int:
        """How many conversations the server counts while it sends none at all; 0 where that is not so."""

    def look(self, first: int, last: int, *, carried: bool = False, ahead: bool = True) -> None:
        """Say which rows are on the screen; `carried` where they are others because the list has moved under it.

        Without `ahead` nobody is about to look further.
        """

    def follow(self, conversation_id: str | None) -> None:
        """The cursor is on this conversation: where rows come and go, it is not let out of sight."""


class FirstRows:
    """The page that was asked for first, put in its place by the same rules as in a window."""

    is_loading = False

    def __init__(self, page: Page, offset: int, limit: int, fetched_at: float) -> None:
        self.fetched_at: float | None = fetched_at
        self._total, self._places = Total(), Places()
        rows = len(page.records)
        grown = self._total.take(page.count, offset, limit, rows, goes_on=page.goes_on)
        self._places.put(offset, page, page.count if grown is not None else None, again=False)

    @property
    def count(self) -> int:
        """Conversations in all."""
        return self._total.count or 0

    @property
    def at_least(self) -> int | None:
        """How many there are for certain, where the server tells no number that holds; None where `count` is true."""
        return self._total.at_least

    @property
    def loaded(self) -> int:
        """Rows that are here."""
        return len(self._places)

    def row(self, index: int) -> Row | None:
        """The row at an index, or None for a placeholder."""
        return self._places.get(index)

    def index_of(self, conversation_id: str) -> int | None:
        """Where a conversation stands, as far as it is known."""
        return self._places.index_of(conversation_id)
