"""The window on the remote list: random access by index, filled by a background worker with what is looked at.

`look` says which rows are on the screen; `run` fetches what is missing there, and a little beyond in the direction of
travel, two requests at a time at most. Nothing between two places that were looked at is ever fetched.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.api.errors import AnswerTooLarge, ApiError, TimedOut, UnreadableAnswer
from tui.api.page import Page
from tui.api.query import FIRST_LIMIT
from tui.store.eviction import evict
from tui.store.page_size import PageSize
from tui.store.placing import Places
from tui.store.rows import ListedConversation, Row

if TYPE_CHECKING:
    from tui.api.models import Conversation

FetchPage = Callable[[int, int], Awaitable[Page]]
"""Fetches a page, given limit and offset."""

_AT_ONCE = 2
_SETTLE = 0.05
"""Seconds that a view must rest before a second request starts: holding Page Down asks for what it ends at."""

_LARGEST_COUNT = 50_000_000
"""Rows: a total above this is a lie that no list could show."""


@dataclass(frozen=True, slots=True)
class Request:
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


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that did not come; it is asked for again on request only."""

    request: Request
    error: ApiError


class ConversationWindow:
    """One filter's conversations, as far as they are known."""

    def __init__(self, fetch: FetchPage, listener: Callable[[], None], page_size: PageSize | None = None) -> None:
        self._fetch = fetch
        self._listener = listener
        self._size = page_size or PageSize()
        self._places = Places()
        self._under_way: dict[Request, asyncio.Task[None]] = {}
        self._failures: list[Failure] = []
        self._wake = asyncio.Event()
        self._first, self._last, self._direction = 0, 0, 1
        self._jumped_at = 0.0
        self._told: int | None = None
        self.count: int | None = None
        """Conversations in all as the server last told, or None before its first answer."""
        self.new_at_top = 0
        """Rows that came in at the top since the last refresh."""
        self.fetched_at: float | None = None
        """When the last answer came, in seconds since the epoch."""

    # -- what is known ---------------------------------------------------------------------------------------------

    @property
    def loaded(self) -> int:
        """Rows that are here."""
        return len(self._places)

    @property
    def is_loading(self) -> bool:
        """Whether a page is under way."""
        return bool(self._under_way)

    @property
    def failure(self) -> Failure | None:
        """The failed page that matters most: one on the screen before one beyond it."""
        for failure in self._failures:
            if failure.request.touches(self._first, self._last):
                return failure
        return self._failures[0] if self._failures else None

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

    def conversations(self) -> Iterator["Conversation"]:
        """The conversations that are here, in no order."""
        for index in self._places:
            row = self._places.get(index)
            if isinstance(row, ListedConversation):
                yield row.conversation

    def is_failed(self, index: int) -> bool:
        """Whether the page of this row was asked for and did not come."""
        return any(index in failure.request.rows for failure in self._failures)

    # -- what is wanted --------------------------------------------------------------------------------------------

    def look(self, first: int, last: int) -> None:
        """Say which rows are on the screen."""
        if (first, last) == (self._first, self._last):
            return
        if first > self._last or last < self._first:
            self._jumped_at = time.monotonic()
        self._direction = -1 if first < self._first else 1
        self._first, self._last = first, last
        self._wake.set()

    def retry(self) -> None:
        """Ask again for the pages that failed."""
        self._failures.clear()
        self._wake.set()

    def refresh(self) -> None:
        """Check everything again as it is looked at; what is known stays on the screen meanwhile."""
        self._places.new_epoch()
        self._places.forgive()
        self.new_at_top = 0
        self.retry()

    def _next_request(self) -> Request | None:
        if self.count is None:
            first = Request(0, min(FIRST_LIMIT, self._size.limit))
            return None if self._under_way or self._failures else first
        span = max(10, self._last - self._first + 1)
        seen = range(max(0, self._first), min(self._last + 1, self.count))
        if self._direction > 0:
            ahead = range(seen.stop, min(self.count, seen.stop + span))
        else:
            ahead = range(max(0, seen.start - span), seen.start)[::-1]
            seen = seen[::-1]
        return self._gap(seen, self._places.is_current) or self._gap(ahead, self._places.has)

    def _gap(self, indexes: range, is_here: Callable[[int], bool]) -> Request | None:
        """A request for the first of these rows that is missing, and for what is missing beyond it."""
        taken = [failure.request for failure in self._failures] + list(self._under_way)
        free = (i for i in indexes if not is_here(i) and not any(i in request.rows for request in taken))
        start = next(free, None)
        if start is None or self.count is None:
            return None
        step = self._direction
        stop = start
        limit = self._size.limit
        while (
            0 <= stop + step < self.count and abs(stop + step - start) < limit and not self._known(stop + step, taken)
        ):
            stop += step
        low, high = min(start, stop), max(start, stop)
        again = all(self._places.get(index) is not None for index in range(low, high + 1))
        return Request(low, high - low + 1, again)

    def _known(self, index: int, taken: list[Request]) -> bool:
        return self._places.is_current(index) or any(index in request.rows for request in taken)

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
            self._under_way.clear()

    def _start_what_is_wanted(self, group: asyncio.TaskGroup) -> None:
        while len(self._under_way) < _AT_ONCE and (request := self._next_request()) is not None:
            if self._under_way and time.monotonic() - self._jumped_at < _SETTLE:
                asyncio.get_running_loop().call_later(_SETTLE, self._wake.set)
                return
            self._under_way[request] = group.create_task(self._get(request), name=f"page {request.offset}")
            self._listener()

    def _make_room(self) -> None:
        """Give up a request for rows that nobody looks at any more, where all lanes are taken by such."""
        span = self._last - self._first + 1
        near = [r for r in self._under_way if r.touches(self._first - span, self._last + span)]
        if len(self._under_way) == _AT_ONCE and not near and time.monotonic() - self._jumped_at >= _SETTLE:
            self._under_way.pop(next(iter(self._under_way))).cancel()

    async def _get(self, request: Request) -> None:
        """One page; an answer that comes after it was given up is dropped."""
        me = asyncio.current_task()
        try:
            page = await self._fetch(request.limit, request.offset)
        except ApiError as error:
            if self._under_way.get(request) is me:
                del self._under_way[request]
                self._failed(request, error)
        else:
            if self._under_way.get(request) is me:
                del self._under_way[request]
                self._arrived(request, page)
        self._wake.set()
        self._listener()

    def _failed(self, request: Request, error: ApiError) -> None:
        if isinstance(error, AnswerTooLarge | TimedOut) and request.limit > 1:
            self._size.shrink(request.limit)
            if isinstance(error, AnswerTooLarge):
                return
        self._failures.append(Failure(request, error))

    def _arrived(self, request: Request, page: Page) -> None:
        self.fetched_at = time.time()
        records = page.records[: request.limit]
        self._size.learn(len(records), sum(len(record.raw) for record in records))
        grown = self._take_count(page.count, request, len(records))
        if grown and not request.again:
            self._places.new_epoch()
        shift = self._places.put(request.offset, Page(page.count, records), grown, again=request.again)
        self.new_at_top += max(0, shift)
        if self.count is not None and len(records) < request.limit:
            self._short(request, len(records))
        self._places.drop([index for index in self._places if index >= (self.count or 0)])
        evict(self._places, (self._first + self._last) // 2)

    def _take_count(self, told: int | None, request: Request, rows: int) -> int | None:
        """Take over the total; returns by how much it changed since the last answer."""
        end = request.offset + rows
        if told is None:
            known = max(self.count or 0, end)
            self.count = known + 1 if rows == request.limit and known == end else known
            return None
        grown = told - self._told if self._told is not None else 0
        self._told = told
        self.count = min(_LARGEST_COUNT, max(told, end if rows else 0))
        return grown

    def _short(self, request: Request, rows: int) -> None:
        """A page shorter than asked for: an empty one is the end of the list, or a hole in it."""
        if rows or request.offset >= (self.count or 0):
            return
        if self._places.last() < request.offset:
            self.count = request.offset
        else:
            self._failures.append(Failure(request, UnreadableAnswer("the server left these rows out")))
