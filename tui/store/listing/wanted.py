"""Which page to ask for next: for the rows on the screen, those ahead of it, and those where something is sought."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from msgspec import Struct

from tui.store.listing.request import FirstRequest, Request
from tui.store.listing.sparse_rows import Places
from tui.store.listing.tracking import Following
from tui.store.listing.visible import VisibleRange


class Wanted(Struct, frozen=True):
    """What is wanted of the rows in `places`."""

    places: Places
    visible: VisibleRange
    following: Following
    first: FirstRequest

    @property
    def near(self) -> list[tuple[int, int]]:
        """First and last rows of what is looked at, with a screen around it, and of where something is sought."""
        visible = self.visible
        sought = [(rows.start, rows.stop) for rows in self.following.wanted(self.places)]
        return [(visible.first - visible.span, visible.last + visible.span), *sought]

    def lacking(self, count: int) -> tuple[int, int]:
        """How many of the wanted rows are missing, and how many are that or known from before the last change."""
        rows = [*chain(*self.visible.wanted(count), *self.following.wanted(self.places))]
        missing = sum(not self.places.has(index) for index in rows)
        return missing, sum(not self.places.is_current(index) for index in rows)

    def next(self, count: int, limit: int, taken: Sequence[Request], *, missing_first: bool) -> Request | None:
        """A page of at most `limit` rows for what matters most; `taken` are those that need not be asked for.

        Where rows move faster than they come (`missing_first`), it is a full page around them.
        """
        seen, ahead = self.visible.wanted(count)
        step = self.visible.direction
        likely, *around = [rows[::step] for rows in self.following.wanted(self.places)] or [range(0)]
        gaps = _Gaps(self.places, taken, count, limit, step, full=missing_first)
        if missing_first:
            return gaps.missing(seen, ahead) or gaps.outdated(likely, seen, *around)
        return gaps.outdated(likely, seen, *around) or gaps.missing(self.first.behind(count), ahead)


class _Gaps(Struct, frozen=True):
    places: Places
    taken: Sequence[Request]
    count: int
    limit: int
    step: int
    full: bool

    def missing(self, *wanted: range) -> Request | None:
        """A page for the first of these rows that is not here."""
        return self._first(wanted, self.places.has)

    def outdated(self, *wanted: range) -> Request | None:
        """A page for the first of these rows that is not here, or was told before the last change."""
        return self._first(wanted, self.places.is_current)

    def _first(self, wanted: Iterable[range], is_here: Callable[[int], bool]) -> Request | None:
        free = (index for index in chain(*wanted) if not is_here(index) and not self._is_taken(index))
        start = next(free, None)
        return self._page(start) if start is not None else None

    def _page(self, start: int) -> Request:
        """With what is missing or outdated beyond it, in the direction of travel."""
        stop = start + self.step
        while 0 <= stop < self.count and abs(stop - start) < self.limit and not self._is_known(stop):
            stop += self.step
        low, high = sorted((start, stop - self.step))
        if self.full:
            low = max(0, low - (self.limit - (high - low + 1)) // 2)
            high = min(self.count, low + self.limit) - 1
        again = all(self.places.has(index) for index in range(low, high + 1))
        return Request(low, high - low + 1, again)

    def _is_known(self, index: int) -> bool:
        return self.places.is_current(index) or self._is_taken(index)

    def _is_taken(self, index: int) -> bool:
        return any(index in request.rows for request in self.taken)
