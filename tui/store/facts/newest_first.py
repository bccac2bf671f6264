"""From which row on all are older than a moment, as far as the rows that were read show that they are newest first."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import isnan


@dataclass(slots=True)
class NewestFirst:
    """Knows the times of the rows from the top down; one that is newer than one above it, or has none, ends that."""

    _waiting: dict[int, Sequence[float]] = field(default_factory=dict)
    """How old rows are, by the row they begin at, of pages that came before one above them."""
    _ends: list[int] = field(default_factory=list)
    _ages: list[float] = field(default_factory=list)
    """Where the pages from the top down end, and how old their last rows are: moments, negative to be ascending."""

    _is_broken: bool = False
    """Whether a row was seen to be newer than one above it."""

    def take(self, offset: int, times: Sequence[float | None]) -> None:
        """A page has come: when its conversations were made, in seconds since 1970."""
        page: Sequence[float] = [float("nan") if time is None else -time for time in times]
        if not _is_ascending(page):
            self._break()
        if not page or self._is_broken:
            return
        self._waiting[offset] = page
        while (start := min(self._waiting, default=self._known + 1)) <= self._known:
            page = self._waiting.pop(start)[self._known - start :]
            if not _is_ascending([*self._ages[-1:], *page]):
                self._break()
            elif page:
                self._ends.append(self._known + len(page))
                self._ages.append(page[-1])

    @property
    def _known(self) -> int:
        """Rows from the top down whose times are known."""
        return self._ends[-1] if self._ends else 0

    def end(self, moment: float) -> int | None:
        """The row behind a page whose last row is older than a moment: all below it are; None where none is known."""
        place = bisect_right(self._ages, -moment)
        return self._ends[place] if place < len(self._ends) else None

    def grow(self, rows: int) -> None:
        """So many rows have come in: what is older is so further down. Where some have gone, it stays."""
        self._ends = [end + rows for end in self._ends]
        self._waiting = {start + rows: page for start, page in self._waiting.items()}

    def clear(self) -> None:
        """Nothing is known any more."""
        self._waiting.clear()
        self._ends.clear()
        self._ages.clear()
        self._is_broken = False

    def _break(self) -> None:
        self.clear()
        self._is_broken = True


def _is_ascending(ages: Sequence[float]) -> bool:
    """Whether none is less than the one before it, and none is unknown."""
    return not any(map(isnan, ages)) and all(one <= other for one, other in pairwise(ages))
