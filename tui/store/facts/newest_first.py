"""From which row on all are older than a moment, as far as the rows that were read show that they are newest first."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class NewestFirst:
    """Knows the times of the rows from the top down; one that is newer than one above it, or has none, ends that."""

    _waiting: dict[int, Sequence[float | None]] = field(default_factory=dict)
    """Times by the row they begin at, of pages that came before one above them."""
    _ends: list[int] = field(default_factory=list)
    _ages: list[float] = field(default_factory=list)
    """Where the pages from the top down end, and how old their last rows are: moments, negative to be ascending."""

    _is_broken: bool = False
    """Whether a row was seen to be newer than one above it."""

    def take(self, offset: int, times: Sequence[float | None]) -> None:
        """A page has come: when its conversations were made, in seconds since 1970."""
        known = self._ends[-1] if self._ends else 0
        if offset < known:
            times, offset = times[known - offset :], known
        if times and not self._is_broken:
            self._waiting[offset] = times
        while (page := self._waiting.pop(self._ends[-1] if self._ends else 0, None)) is not None:
            above = self._ages[-1] if self._ages else float("-inf")
            ages = [float("nan") if time is None else -time for time in page]
            if not all(one <= other for one, other in zip([above, *ages], ages, strict=False)):
                self.clear()
                self._is_broken = True
                return
            self._ends.append((self._ends[-1] if self._ends else 0) + len(page))
            self._ages.append(ages[-1])

    def end(self, moment: float) -> int | None:
        """The row behind a page whose last row is older than a moment: all below it are; None where none is known."""
        place = bisect_right(self._ages, -moment)
        return self._ends[place] if place < len(self._ends) else None

    def clear(self) -> None:
        """The rows have moved."""
        self._waiting.clear()
        self._ends.clear()
        self._ages.clear()
        self._is_broken = False
