"""To a day in a list that is newest first: by halving it, with requests of one row for rows that are not here."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from tui.api.page import Page, Record
from tui.errors import ClarifeyeError
from tui.store.listing.known import Rows
from tui.store.listing.rows import ListedConversation

_MOST_STEPS = 20
_NEIGHBOURS = 3
"""Rows behind one without a time that are looked at in its place."""


class NotNewestFirst(ClarifeyeError):
    """A list whose rows do not become older all the way down: a day has no place in it."""


class DateSearch:
    """Finds the first row that is older than a moment; what it sees on the way must show the order."""

    def __init__(self, rows: Rows, fetch: Callable[[int, int], Awaitable[Page]]) -> None:
        """`fetch` asks for a page, given limit and offset."""
        self._rows = rows
        self._fetch = fetch
        self._newer = float("inf")
        self._older = float("-inf")
        """The times of the nearest rows above and below that were looked at."""
        self.requests = 0

    async def run(self, end: float) -> int | None:
        """The row; the last one where all are newer, None where there are none.

        Raises:
            NotNewestFirst: the list shows another order, or none.
            ApiError: a row did not come.
        """
        count = self._rows.count or 0
        low, high = 0, count
        for _ in range(_MOST_STEPS):
            if low >= high:
                break
            middle = (low + high) // 2
            at = await self._time(middle, high)
            if at is None:
                high = middle
                continue
            if not self._older <= at <= self._newer:
                raise NotNewestFirst("This list is not newest first, so a day has no place in it")
            if at < end:
                high, self._older = middle, at
            else:
                low, self._newer = middle + 1, at
        return min(low, count - 1) if count else None

    async def _time(self, index: int, stop: int) -> float | None:
        """When the conversation of a row was made; of a row without a time that of one of the next."""
        for place in range(index, min(index + _NEIGHBOURS, stop)):
            row = self._rows.row(place)
            made = row.conversation.created_at if isinstance(row, ListedConversation) else await self._asked(place)
            if made is not None:
                return made.timestamp()
        return None

    async def _asked(self, index: int) -> datetime | None:
        self.requests += 1
        records = (await self._fetch(1, index)).records
        return records[0].conversation.created_at if records and isinstance(records[0], Record) else None
