"""The window on the remote list: random access by index, filled by a background worker with what is looked at.

`look` says which rows are on the screen; `run` fetches what is missing there, and a little beyond in the direction of
travel, two requests at a time at most. Nothing between two places that were looked at is ever fetched.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.api.errors import AnswerTooLarge, ApiError, TimedOut, UnreadableAnswer
from tui.api.page import Page
from tui.api.query import FIRST_LIMIT
from tui.api.transfer import Transfer
from tui.store.listing.eviction import BUDGET, evict
from tui.store.listing.in_flight import InFlight
from tui.store.listing.page_size import PageSize
from tui.store.listing.progress import Progress
from tui.store.listing.request import FailedPages, Failure, FirstRequest, Request, is_of_these_rows
from tui.store.listing.rows import Row
from tui.store.listing.sparse_rows import Places
from tui.store.listing.total import Total
from tui.store.listing.tracking import Following
from tui.store.listing.visible import VisibleRange
from tui.store.listing.wanted import Wanted

if TYPE_CHECKING:
    from tui.api.conversation import Conversation

FetchPage = Callable[[int, int, Transfer], Awaitable[Page]]
"""Fetches a page, given limit and offset, and tells the transfer how much of it has come."""
_AT_ONCE = 2
"""Pages that are under way at most."""


class ConversationWindow:
    """One filter's conversations, as far as they are known."""

    def __init__(
        self,
        fetch: FetchPage,
        listener: Callable[[], None],
        page_size: PageSize | None = None,
        budget: int = BUDGET,
        first: FirstRequest | None = None,
    ) -> None:
        self.first = first or FirstRequest(0)
        self._budget = budget
        self._fetch = fetch
        self._listener = listener
        self._size = page_size or PageSize()
        self._places = Places()
        self._following = Following()
        self._in_flight = InFlight()
        self._failures = FailedPages()
        self._wake = asyncio.Event()
        self._visible = VisibleRange(self.first.row)
        self._wanted = Wanted(self._places, self._visible, self._following, self.first)
        self._total = Total()
        self._is_stale = False
        self._progress = Progress()
        self.new_at_top = 0
        """Rows that came in at the top since the last refresh and are not all here yet."""
        self.fetched_at: float | None = None
        """When the last answer came, in seconds since the epoch."""

    # -- what is known ---------------------------------------------------------------------------------------------

    @property
    def count(self) -> int | None:
        """Conversations in all as far as is known, or None before the first answer."""
        return self._total.count

    @property
    def at_least(self) -> int | None:
        """How many there are for certain, where the server tells no number that holds; None where `count` is true."""
        return self._total.at_least

    @property
    def told(self) -> int | None:
        """How many there are in the server's last word; None where it says nothing, or its pages show otherwise."""
        return self._total.told

    @property
    def withheld(self) -> int:
        """How many conversations the server counts while it sends none at all; 0 where that is not so."""
        return self._total.withheld

    @property
    def loaded(self) -> int:
        """Rows that are here."""
        return len(self._places)

    @property
    def is_loading(self) -> bool:
        """Whether a page is under way."""
        return len(self._in_flight) > 0

    @property
    def transfer(self) -> Transfer | None:
        """How much has come of the page that has been under way longest; None where nothing is."""
        return self._in_flight.oldest

    @property
    def fewer(self) -> int | None:
        """The rows that are asked for at once now, where an answer was too large; None once one has come."""
        return self._size.limit if self._size.is_probing and self._in_flight else None

    @property
    def failure(self) -> Failure | None:
        """The failed page that matters most: one on the screen before one beyond it."""
        return self._failures.most_urgent(self._visible.first, self._visible.last)

    @property
    def failures(self) -> Sequence[Failure]:
        """The failed pages, the oldest first."""
        return tuple(self._failures)

    @property
    def keeps_changing(self) -> bool:
        """Whether rows move faster than they are read; it is asked for them less and less then, and at last no more."""
        return self._progress.keeps_changing

    @property
    def cost(self) -> int:
        """Bytes of all rows."""
        return self._places.cost

    def row(self, index: int) -> Row | None:
        """The row at an index, or None for a placeholder."""
        return self._places.get(index)

    def index_of(self, conversation_id: str) -> int | None:
        """Where a conversation stands, as far as it is known."""
        return self._places.index_of(conversation_id)

    def is_seeking(self, conversation_id: str) -> bool:
        """Whether the followed conversation was lost from sight, and may still be found."""
        is_near = self.first.is_seeking(conversation_id, self.count or 0) and not self._failures
        return is_near or self._following.is_seeking(conversation_id)

    def conversations(self) -> Iterator["Conversation"]:
        """The conversations that are here, in no order."""
        return self._places.conversations()

    def failure_of(self, index: int) -> ApiError | None:
        """Why this row did not come, where its page was asked for in vain."""
        return self._failures.of(index)

    # -- what is wanted --------------------------------------------------------------------------------------------

    def look(self, first: int, last: int, *, carried: bool = False, ahead: bool = True) -> None:
        """Say which rows are on the screen, as `ListedRows` tells."""
        if self._visible.look(first, last, carried=carried, ahead=ahead):
            if not carried:
                self._progress.begin()
            self._wake.set()

    def follow(self, conversation_id: str | None) -> None:
        """The cursor is on this conversation: where rows come and go, it is not let out of sight."""
        self._following.follow(conversation_id, self._places, self.count or 0)

    def retry(self) -> None:
        """Ask again for the pages that failed, and for those of which nothing comes."""
        self._in_flight.give_up_stuck()
        self._in_flight.excuse()
        self._size.forgive()
        self._failures.clear()
        self._progress.begin()
        self._wake.set()

    def refresh(self) -> None:
        """Check everything again as it is looked at; what is known stays on the screen meanwhile."""
        self._places.new_epoch()
        self._places.forgive()
        self.new_at_top = 0
        self._is_stale = True
        self.retry()

    def begin_with(self, page: Page, fetched_at: float) -> None:
        """Take over the first page, which came before there was anybody to ask for it."""
        self._arrived(self.first.request(0, FIRST_LIMIT), page, fetched_at)

    def _next_request(self) -> Request | None:
        if self.count is None or self._failures.doubt_the_end or (self.count == 0 and self._is_stale):
            barred = self._in_flight or self._failures.bar_the_first or self._size.is_hopeless
            return None if barred else self.first.request(self._failures.too_large, self._size.limit)
        if self._progress.is_over or self._size.is_hopeless:
            return None
        taken = [failure.request for failure in self._failures] + list(self._in_flight)
        return self._wanted.next(self.count, self._size.limit, taken, missing_first=self.keeps_changing)

    # -- fetching --------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Fetch what is looked at until cancelled; at the end nothing is under way any more."""
        try:
            async with asyncio.TaskGroup() as group:
                while True:
                    self._wake.clear()
                    self._make_room()
                    self._start_what_is_wanted(group)
                    await self._wake.wait()
        finally:
            self._in_flight.clear()

    def _start_what_is_wanted(self, group: asyncio.TaskGroup) -> None:
        progress = self._progress
        # One while it is found out how large a page may be: two would be refused the same.
        most = 1 if self._size.is_probing or progress.keeps_changing else _AT_ONCE
        while len(self._in_flight) < most and (request := self._next_request()) is not None:
            if (self._in_flight and self._must_wait(self._visible.unrest)) or self._must_wait(progress.pause):
                return
            progress.asks()
            self._in_flight.start(group, request, partial(self._get, request))
            self._listener()
        if self._in_flight:
            return
        progress.rests()
        if self._following.is_lost:
            self._following.give_up()
            self._listener()

    def _make_room(self) -> None:
        """Give up a request for rows that nobody looks at any more, where all that may be in flight are such."""
        in_flight = self._in_flight
        is_idle = len(in_flight) == _AT_ONCE and not in_flight.serve(self._wanted.near)
        if is_idle and not self._must_wait(self._visible.unrest):
            in_flight.give_up_oldest()

    def _must_wait(self, seconds: float) -> bool:
        """Whether it must wait for so long; if so, the worker wakes then."""
        if seconds > 0:
            asyncio.get_running_loop().call_later(seconds, self._wake.set)
        return seconds > 0

    async def _get(self, request: Request, transfer: Transfer) -> None:
        """One page; an answer that comes after it was given up is dropped."""
        try:
            page = await self._fetch(request.limit, request.offset, transfer)
        except ApiError as error:
            if self._in_flight.arrived(request) and not self._in_flight.takes_excuse(request):
                self._failed(request, error)
        else:
            if self._in_flight.arrived(request):
                self._arrived(request, page)
        self._wake.set()
        self._listener()

    def _failed(self, request: Request, error: ApiError) -> None:
        if isinstance(error, AnswerTooLarge):
            self._size.too_large(request.limit)
            self._in_flight.give_up(lambda other: other.limit > self._size.limit)
            if request.limit > 1:
                return
        elif isinstance(error, TimedOut) and request.limit > 1:
            self._size.shrink(request.limit)
        if not (is_of_these_rows(error) and self.first.is_left(request, self.count)):
            self._failures.add(request, error)

    def _arrived(self, request: Request, page: Page, at: float | None = None) -> None:
        self.fetched_at = at or time.time()
        self._is_stale = False
        records = page.records[: request.limit]
        if not records and self.first.is_left(request, self.count, page.count):
            return
        self._size.learn(len(records), sum(len(record.raw) for record in records))
        grown = self._total.take(page.count, request.offset, request.limit, len(records), goes_on=page.goes_on)
        before = self._places.epoch
        if grown and not request.again:
            self._places.new_epoch()
        told = page.count if grown is not None else None
        shift = self._places.put(request.offset, Page(page.count, records), told, again=request.again)
        self.new_at_top = self._places.lacking_at_top(self.new_at_top + max(0, shift))
        if not records:
            self._came_empty(request, page.count)
        count = self.count or 0
        self._places.drop([index for index in self._places if index >= count])
        self._failures.forget_beyond(max(1, count))
        self._following.answered(self._places, count)
        self.first.came(request, self._places, self._size.limit)
        evict(self._places, self._visible.middle, self._budget)
        moved = bool(grown) or self._places.epoch != before
        hopeless = self._next_request()
        error = self._progress.answered(*self._wanted.lacking(count), moved=moved, again=request.again)
        if error is not None and hopeless is not None and not (hopeless.again and self.keeps_changing):
            self._failures.add(hopeless, error)

    def _came_empty(self, request: Request, told: int | None) -> None:
        """An empty page is the end of the list, or a hole in it."""
        at = request.offset
        if at >= (self.count or 0):
            return
        follows_on = at == 0 or told is None or self._places.has(at - 1)
        if follows_on and self._places.last() < at:
            self._total.end_at(told, at)
        else:
            self._failures.add(request, UnreadableAnswer("the server left these rows out"))
