"""What the user looks at in a list: the rows on the screen, the direction of travel, and whether the view rests."""

import time

_AHEAD = 10
"""Rows beyond the screen that are fetched at least."""

_SETTLE = 0.05
"""Seconds that a view must rest before a second request starts: holding Page Down asks for what it ends at."""


class VisibleRange:
    """The rows from `first` to `last`, and where the view goes: 1 down, -1 up."""

    def __init__(self, row: int = 0) -> None:
        self.first, self.last, self.direction = row, row, 1
        self._ahead = True
        self._jumped_at = 0.0

    @property
    def span(self) -> int:
        """Rows on the screen."""
        return self.last - self.first + 1

    @property
    def middle(self) -> int:
        """The row in the middle of the screen."""
        return (self.first + self.last) // 2

    def look(self, first: int, last: int, *, carried: bool, ahead: bool) -> bool:
        """Take other rows for those on the screen; whether they are others, or rows `ahead` are wanted otherwise.

        Where the list has moved under the view (`carried`), nobody travels.
        """
        before, self._ahead = self._ahead, ahead
        if (first, last) == (self.first, self.last):
            return ahead != before
        if not carried:
            if first > self.last or last < self.first:
                self._jumped_at = time.monotonic()
            self.direction = -1 if first < self.first else 1
        self.first, self.last = first, last
        return True

    def wanted(self, count: int) -> tuple[range, range]:
        """The rows on the screen and those a little ahead, both in the direction of travel."""
        span = max(_AHEAD, self.span) if self._ahead else 0
        seen = range(max(0, min(self.first, count)), min(self.last + 1, count))
        if self.direction > 0:
            return seen, range(seen.stop, min(count, seen.stop + span))
        return seen[::-1], range(max(0, seen.start - span), seen.start)[::-1]

    @property
    def unrest(self) -> float:
        """Seconds until a view that has jumped just now counts as resting; 0 when it does."""
        return max(0.0, _SETTLE - (time.monotonic() - self._jumped_at))
