"""A page that is asked for, and one that did not come."""

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from tui.api.errors import AnswerTooLarge, ApiError, Forbidden, NoProject, NotFound, TimedOut, Unauthorized, Unreachable
from tui.api.query import FIRST_LIMIT
from tui.store.listing.sparse_rows import Places


class Request(Struct, frozen=True):
    """A page under way; `again` where all of it is known and only checked."""

    offset: int
    limit: int
    again: bool = False

    @property
    def rows(self) -> range:
        """The indexes it asks for."""
        return range(self.offset, self.offset + self.limit)

    def touches(self, first: int, last: int) -> bool:
        """Whether it asks for any of the rows from first to last."""
        return self.offset <= last and first < self.offset + self.limit


class Failure(Struct, frozen=True):
    """A page that did not come; it is asked for again on request only."""

    request: Request
    error: ApiError


class FirstRequest:
    """What is asked for first, to find out how many there are: the rows from `row` on, else those from the top.

    A conversation that is `sought` far down and is not among them has gone further down where the list has grown: the
    page behind them is asked for, too. To begin at the top took as many.
    """

    def __init__(self, row: int, sought: str = "") -> None:
        self.row = row
        self._sought = sought if row >= FIRST_LIMIT else ""
        self._behind = range(0)

    def request(self, too_large: int, limit: int) -> Request:
        """A page of at most `limit` rows; of `too_large` rows that do not come by themselves, the next one may tell."""
        return Request(self.row + too_large, min(FIRST_LIMIT, limit))

    def came(self, request: Request, places: Places, limit: int) -> None:
        """A page has come; the next ones may have `limit` rows."""
        if not self._sought or places.index_of(self._sought) is not None:
            self._sought = ""
        elif self._behind:
            self._sought = self._sought if not request.touches(self._behind.start, self._behind.stop) else ""
        elif request.offset == self.row:
            self._behind = range(request.rows.stop, request.rows.stop + limit)

    def behind(self, count: int) -> range:
        """The rows to look at for what is sought, of so many in all."""
        return range(self._behind.start, min(self._behind.stop, count)) if self._sought else range(0)

    def is_seeking(self, conversation_id: str, count: int) -> bool:
        """Whether this conversation may be among rows that are on their way."""
        return conversation_id == self._sought and bool(self.behind(count))

    def is_left(self, request: Request, count: int | None, told: int | None = None) -> bool:
        """Whether this was it, and rows of another day: where they do not come, those at the top may.

        Where an answer without rows has `told` that the list ends before them, that is what was asked for.
        """
        is_left, self.row = count is None and request.offset == self.row > 0, 0
        return is_left and not 0 < (told or 0) <= request.offset


def is_of_these_rows(error: ApiError) -> bool:
    """Whether other rows may come all the same: the server was there, and took who asks."""
    return not isinstance(error, Unauthorized | Forbidden | Unreachable | TimedOut)


class FailedPages:
    """The pages that did not come."""

    def __init__(self) -> None:
        self._all: list[Failure] = []
        self.doubt_the_end = False
        """Whether the server knows no such page, and no answer since has told how many there are: it may be fewer."""

    def __iter__(self) -> Iterator[Failure]:
        """Each of them, the oldest first."""
        return iter(self._all)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all)

    @property
    def too_large(self) -> int:
        """How many rows are too large by themselves; the one after them tells how many there are."""
        return sum(isinstance(failure.error, AnswerTooLarge) for failure in self._all)

    @property
    def bar_the_first(self) -> bool:
        """Whether it is no use to ask how many there are: that has failed, and not for the weight of one row."""
        return not self.doubt_the_end and len(self) > self.too_large

    def add(self, request: Request, error: ApiError) -> None:
        """Keep one more."""
        # Not where it was the question how many there are: it would be put again and again.
        self.doubt_the_end = isinstance(error, NotFound) and request.offset > self.too_large
        self._all.append(Failure(request, error))

    def clear(self) -> None:
        """Forget them: they are asked for again."""
        self._all.clear()
        self.doubt_the_end = False

    def forget_beyond(self, count: int) -> None:
        """An answer tells how many there are: forget those of rows that are not there."""
        self.doubt_the_end = False
        self._all = [failure for failure in self._all if failure.request.offset < count]

    def most_urgent(self, first: int, last: int) -> Failure | None:
        """The one that matters most: that there is no project, then one of the rows from first to last."""
        no_project = (failure for failure in self._all if isinstance(failure.error, NoProject))
        seen = (failure for failure in self._all if failure.request.touches(first, last))
        return next(chain(no_project, seen, self._all), None)

    def of(self, index: int) -> ApiError | None:
        """Why a row did not come."""
        return next((failure.error for failure in self._all if index in failure.request.rows), None)
