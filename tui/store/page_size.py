"""How many rows to ask for at once: few enough to come soon and to be decoded without a hitch."""

from tui.api.query import MAX_LIMIT

TARGET = 2_500_000
"""Bytes a page should have: some 3 ms of decoding, and a few seconds on a slow line."""

_USUAL = 100
_MOST = min(200, MAX_LIMIT)


class PageSize:
    """Learns the weight of a conversation from the pages that came."""

    def __init__(self) -> None:
        self._average: float | None = None
        self._ceiling = _MOST

    @property
    def limit(self) -> int:
        """Rows to ask for next."""
        if self._average is None:
            return min(_USUAL, self._ceiling)
        return max(1, min(self._ceiling, round(TARGET / self._average)))

    def learn(self, rows: int, size: int) -> None:
        """Take note of a page of `size` bytes; the newest page counts a half."""
        if rows:
            weight = max(1.0, size / rows)
            self._average = weight if self._average is None else (self._average + weight) / 2

    def shrink(self, limit: int) -> None:
        """A page of `limit` rows was too heavy: never ask for more than half of it again."""
        self._ceiling = max(1, min(self._ceiling, limit // 2))
