"""Reads on behind the screen: all pages of one question to the server, so that what is asked of facts is whole."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, NamedTuple

from tui.api.errors import ApiError, Forbidden, KeepsChanging, NoProject, Unauthorized
from tui.api.page import Page
from tui.store.facts.coverage import Coverage
from tui.store.facts.sorting import Order
from tui.store.listing.page_size import PageSize

if TYPE_CHECKING:
    from tui.store.facts.question import FactsAnswer
    from tui.store.named import NamedConversations

_AT_ONCE = 2
"""Requests under way."""

_IN_VAIN = 3
"""Failed pages one after the other, after which reading on stops: it is not the page."""

_WITHOUT_GAIN = 8
"""Pages one after the other that came and left as much to read as before, after which the list is not followed."""

_MOST_WAITING = 150
"""Conversations that wait for their facts, above which no page is asked for."""


class FoundRows(NamedTuple):
    """What is to be said of a list that facts make: how many match, of how many that are read."""

    matching: int
    known: int
    unreadable: int
    old: int
    """How many of those that are known were kept from an earlier run, and have not been read in this one."""
    of: float | None
    """When the oldest of these was read, in seconds since 1970."""
    total: int | None
    """What the server counts."""
    vain: int
    """Rows that were asked for in vain."""
    why: ApiError | None
    """Why they did not come."""
    size: int
    """Bytes that were read."""
    bytes_left: int | None
    seconds_left: float | None
    is_running: bool
    is_complete: bool
    order: Order
    """By what it is sorted."""
    trouble: str
    """Why facts are not whole, in words; empty where nothing is wrong."""

    @property
    def read(self) -> int:
        """How many were read in this run."""
        return self.known - self.old

    @property
    def partial_words(self) -> str:
        """What it covers, for what is taken out of it; empty where that is all."""
        if self.is_complete:
            return ""
        of = f" of {self.total:,}" if self.total is not None else ""
        old = f", and {self.old:,} as they were earlier" if self.old else ""
        return f"partial: of {self.read:,}{of} conversations read{old}"

    @property
    def is_nearly_known(self) -> bool:
        """Whether all has come, and only what the last of it tells is not known yet."""
        return self.total is not None and self.bytes_left == 0 and not (self.vain or self.is_complete)


class ReadingOn:
    """Asks for what is missing of a coverage, newest first; what came is kept whenever it stops."""

    def __init__(
        self,
        coverage: Coverage,
        fetch: Callable[[int, int], Awaitable[Page]],
        size: PageSize,
        is_busy: Callable[[], bool],
        waiting: Callable[[], int],
        listener: Callable[[], None],
        begins: Callable[[], float | None] = lambda: None,
        named: "NamedConversations | None" = None,
    ) -> None:
        """`fetch` takes note of its pages itself; `is_busy` tells whether the user waits for a page of the window.

        `begins` tells from which moment on conversations are wanted, in seconds since 1970; None for all of them.
        With `named` those alone are read.
        """
        self.coverage = coverage
        self.named: tuple[str, ...] | None = None
        """The conversations that are read by their ids, for no others can match; None where the list is read."""
        if named is not None:
            self.coverage, self.named, fetch, size = named.coverage, named.ids, named.page, PageSize(1)
        self._fetch = fetch
        self._size = size
        self._is_busy = is_busy
        self._waiting = waiting
        self._listener = listener
        self._begins = begins
        self._run = 0
        """Which run is the present one: one that was stopped may still be ending."""
        self._in_vain = 0
        self._least, self._without_gain = 0, 0
        """The fewest rows that were unread in this run, and the pages that came since."""
        self._begins_of: set[int] = set()
        """How the pages of this run began, where their number is not told."""
        self._begun = (0.0, 0)
        self._wake = asyncio.Event()
        self.is_running = False
        self.error: ApiError | None = None
        """What has ended it, where it did not come to its end."""

    @property
    def wanted(self) -> Coverage:
        """What has passed by, and what is missing of what is to be read."""
        return self.coverage.since(self._begins())

    @property
    def seconds_left(self) -> float | None:
        """About how long it will go on; None where nothing tells yet."""
        at, size = self._begun
        read, left = self.coverage.size - size, self.wanted.bytes_left
        passed = time.monotonic() - at
        return left * passed / read if self.is_running and read > 0 and left is not None and passed > 1 else None

    def wake(self) -> None:
        """Something has changed that it may have waited for."""
        self._wake.set()

    async def run(self) -> None:
        """Go on where it stopped, until all has passed by or it is cancelled."""
        self.is_running, self.error, self._in_vain = True, None, 0
        self._begun = (time.monotonic(), self.coverage.size)
        self.coverage.hope()
        self._least, self._without_gain = sys.maxsize, 0
        self._begins_of.clear()
        self._run += 1
        run, under_way = self._run, list[range]()
        self._listener()
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(_AT_ONCE):
                    group.create_task(self._lane(under_way))
        finally:
            self.is_running = self.is_running and run != self._run
            self._listener()

    async def _lane(self, under_way: list[range]) -> None:
        while self.error is None:
            rows = self._next(under_way)
            if rows is None and not under_way:
                return
            if rows is None or self._is_busy() or self._waiting() > _MOST_WAITING:
                self._wake.clear()
                await self._wake.wait()
                continue
            under_way.append(rows)
            try:
                await self._read(rows)
            finally:
                under_way.remove(rows)
                self.wake()
            self._listener()

    def _next(self, under_way: list[range]) -> range | None:
        if self.coverage.total is None:
            return range(self._size.limit) if not under_way else None
        return self.wanted.next(self._size.limit, under_way)

    async def _read(self, rows: range) -> None:
        try:
            page = await self._fetch(len(rows), rows.start)
        except ApiError as error:
            if not self._size.gives_way(len(rows), error):
                self._failed(rows, error)
        else:
            self._size.learn(len(page.records), page.size)
            self._in_vain = 0
            self._look_for_gain(page)

    def _look_for_gain(self, page: Page) -> None:
        """Give up a list that moves as fast as it is read, or faster: that would go on for ever.

        Where nobody tells how long it is, a page that begins as none before is a gain.
        """
        gains = self.coverage.unread < self._least
        if self.coverage.is_guess and page.records:
            begin = bytes(page.records[0].raw)
            gains = hash(begin) not in self._begins_of
            self._begins_of.add(hash(begin))
        self._without_gain = 0 if gains else self._without_gain + 1
        self._least = min(self._least, self.coverage.unread)
        if self._without_gain >= _WITHOUT_GAIN and self.coverage.missing:
            self.error = KeepsChanging()
            for rows in list(self.coverage.missing):
                self.coverage.fail(rows, self.error)

    def _failed(self, rows: range, error: ApiError) -> None:
        self._in_vain += 1
        if isinstance(error, Unauthorized | Forbidden | NoProject) or self._in_vain >= _IN_VAIN:
            self.error = error
        self.coverage.fail(rows, error)


def found_in(
    answer: "FactsAnswer | None", reading: ReadingOn | None, order: Order | None, trouble: str, *, is_current: bool
) -> FoundRows:
    """What is to be said of an answer of facts, and of reading on; `is_current` where it is of all that came."""
    coverage = reading.wanted if reading is not None else Coverage()
    matching = answer.count if answer is not None else 0
    known, unreadable, old, of = 0, 0, 0, None
    if reading is not None and reading.named is not None:
        known = len(reading.named) - coverage.unread
    elif answer is not None:
        known, unreadable, old, of = answer.known, answer.unreadable, answer.old, answer.of
    return FoundRows(
        matching,
        known,
        unreadable,
        old,
        of,
        coverage.total,
        coverage.vain,
        coverage.failed[0][1] if coverage.failed else None,
        coverage.size,
        coverage.bytes_left,
        reading.seconds_left if reading is not None else None,
        reading is not None and reading.is_running,
        coverage.is_complete and is_current,
        order or Order(),
        trouble,
    )
