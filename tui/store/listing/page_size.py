"""How many rows to ask for at once: few enough to come soon and to be decoded without a hitch."""

from collections.abc import Awaitable, Callable

from tui.api.errors import AnswerTooLarge, ApiError, TimedOut
from tui.api.page import Page
from tui.api.query import MAX_LIMIT

TARGET = 2_500_000
"""Bytes a page should have: some 3 ms of decoding, and a few seconds on a slow line."""

_USUAL = 100
_TRIES = 3
"""Conversations that may be too large by themselves, one after the other, before the rest is not asked for."""

_TRUSTED = 8
"""Pages one after the other that came in time, after which twice as many rows are asked for as before a late one."""

_MOST = min(200, MAX_LIMIT)


class PageSize:
    """Learns the weight of a conversation from the pages that came."""

    def __init__(self, most: int = _MOST) -> None:
        """`most` rows are asked for at once."""
        self._average: float | None = None
        self._most = most
        self._ceiling = most
        self._in_time = 0
        """Pages as large as may be that came since one was late."""
        self._fits = most
        """What may be asked for after an answer that was too large; one heavy conversation says little of the next."""
        self._alone_too_large = 0
        self.is_probing = False
        """Whether an answer was too large, and none has come since."""

    @property
    def is_hopeless(self) -> bool:
        """Whether one conversation after the other is too large by itself: each costs as much as can be loaded."""
        return self._alone_too_large >= _TRIES

    @property
    def limit(self) -> int:
        """Rows to ask for next."""
        if self._average is None:
            return min(_USUAL, self._ceiling, self._fits)
        return max(1, min(self._ceiling, self._fits, round(TARGET / self._average)))

    def learn(self, rows: int, size: int) -> None:
        """Take note of a page of `size` bytes; the newest page counts a half."""
        self._alone_too_large = 0
        if self.is_probing:
            self.is_probing = False
        elif rows >= self._fits:
            self._fits = min(self._most, 2 * self._fits)
        self._in_time += rows >= self._ceiling
        if self._in_time >= _TRUSTED:
            self._in_time, self._ceiling = 0, min(self._most, 2 * self._ceiling)
        if rows:
            weight = max(1.0, size / rows)
            self._average = weight if self._average is None else (self._average + weight) / 2

    def gives_way(self, limit: int, error: ApiError) -> bool:
        """Whether a page of `limit` rows did not come since it was too large or late, so that fewer rows come next."""
        if limit == 1 or not isinstance(error, AnswerTooLarge | TimedOut):
            return False
        if isinstance(error, AnswerTooLarge):
            self.too_large(limit)
        else:
            self.shrink(limit)
        return True

    def shrink(self, limit: int) -> None:
        """A page of `limit` rows was late: ask for half of it, until the line has shown that it is better now."""
        self._in_time = 0
        self._ceiling = max(1, min(self._ceiling, limit // 2))

    def too_large(self, limit: int) -> None:
        """A page of `limit` rows had more bytes than are taken: all of them came for nothing, so go down fast."""
        self.is_probing = True
        self._alone_too_large += limit == 1
        self._fits = max(1, min(self._fits, limit // 4))

    def forgive(self) -> None:
        """The user asks again for what was too large: it is tried once more."""
        self._alone_too_large = min(self._alone_too_large, _TRIES - 1)


async def fitting_page(
    fetch: Callable[[int, int], Awaitable[Page]], size: PageSize, offset: int, most: int | None = None
) -> Page:
    """The page at an offset, of at most so many rows: fewer and fewer are asked for until they can be had.

    Raises:
        ApiError: it did not come, or a single row is too large.
    """
    while True:
        limit = min(size.limit, most or size.limit)
        try:
            page = await fetch(limit, offset)
        except ApiError as error:
            if not size.gives_way(limit, error):
                raise
            continue
        size.learn(len(page.records), page.size)
        return page
