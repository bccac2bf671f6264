"""How many rows there are: as the server tells it, as far as its own pages do not show otherwise."""

_GUESSED = 40
"""Rows that are taken to follow a page that is full or names a next one, where nobody tells how many there are."""


class Total:
    """Takes note of every page; `count` is None before the first."""

    def __init__(self) -> None:
        self.count: int | None = None
        self.is_told = True
        """Whether `count` is the server's word, and not what its pages have shown so far."""
        self._shown = 0
        """The row after the last one that a page has shown."""
        self._told: int | None = None
        self._disproved: int | None = None
        """A number that was told and that a page went beyond."""
        self._end: tuple[int | None, int] | None = None
        """What was told when an empty page showed that the list ends earlier, and where it does."""

    @property
    def at_least(self) -> int | None:
        """How many rows there are for certain, where `count` holds some that nobody has told or shown; else None."""
        return self._shown if not self.is_told and self._shown < (self.count or 0) else None

    @property
    def told(self) -> int | None:
        """The server's last word, whatever its pages lack; None where it says nothing, or they go beyond it."""
        return self._told if self.is_told else None

    @property
    def withheld(self) -> int:
        """How many rows are told of where not even the first one is sent."""
        return (self._end[0] or 0) if self._end is not None and self._end[1] == 0 else 0

    def take(self, told: int | None, offset: int, limit: int, rows: int, *, goes_on: bool = False) -> int | None:
        """Take over the total; returns by how much it changed since the last answer, or None where nobody knows.

        `goes_on` says that the server names a page after this one.
        """
        end = offset + rows if rows else 0
        self._shown = max(self._shown, end)
        if told is None or told < end or told == self._disproved or (goes_on and told == end):
            self._disproved = told
            known = max(self.count or 0, end)
            more = _GUESSED if rows and (rows == limit or goes_on) and known == end else 0
            self.count = self._cut(told, known + more, end)
            self.is_told = False
            return None
        self._disproved = None
        self.is_told = True
        self._shown = min(self._shown, told)
        grown = told - self._told if self._told is not None else 0
        self._told = told
        self.count = self._cut(told, told, end)
        return grown

    def end_at(self, told: int | None, index: int) -> None:
        """An empty page has shown that there is nothing from `index` on, whatever is told."""
        self._end = (told, index)
        self._shown = min(self._shown, index)
        self.count = index

    def _cut(self, told: int | None, count: int, end: int) -> int:
        if self._end is None or self._end[0] != told or end > self._end[1]:
            self._end = None
            return count
        return min(count, self._end[1])
