"""How much of what the server lists has been read, page by page: rows may move meanwhile, and none is left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tui.api.errors import ApiError, RowsWithheld
from tui.api.page import Record, UnreadableRecord
from tui.store.facts.clock import now
from tui.store.facts.newest_first import NewestFirst


@dataclass(slots=True)
class Coverage:
    """What of one question to the server has passed by; `missing` are rows that have not, from the top down."""

    total: int | None = None
    missing: list[range] = field(default_factory=list)
    failed: list[tuple[range, ApiError]] = field(default_factory=list)
    """Rows that were asked for in vain, and why."""
    size: int = 0
    """Bytes of what was read."""
    sized: int = 0
    """Rows that had those bytes."""
    begun: float = 0.0
    """When it was started anew, in seconds since 1970: what passed by before does not count."""
    is_settled: bool = False
    """Whether what has not passed by counts as gone."""
    is_guess: bool = False
    """Whether nobody tells how many rows there are, so that `total` is what a page that was full lets expect."""
    order: NewestFirst = field(default_factory=NewestFirst)
    """Where the list is newest first, what of it is older than a moment."""

    @property
    def is_complete(self) -> bool:
        """Whether all that the server counts has passed by."""
        return self.total is not None and not self.missing and not self.failed

    @property
    def unread(self) -> int:
        """Rows that have not passed by, those that were asked for in vain among them."""
        return sum(map(len, self.missing)) + self.vain

    @property
    def vain(self) -> int:
        """Rows that were asked for in vain."""
        return sum(len(rows) for rows, _ in self.failed)

    @property
    def bytes_left(self) -> int | None:
        """About how many bytes the missing rows have; None where nothing tells."""
        return round(self.size / self.sized * sum(map(len, self.missing))) if self.sized else None

    def since(self, moment: float | None) -> "Coverage":
        """What of it has to be read of conversations from a moment on; None for all of them."""
        end = self.order.end(moment) if moment is not None else None
        if end is None:
            return self
        missing = [range(part.start, min(part.stop, end)) for part in self.missing if part.start < end]
        failed = [one for one in self.failed if one[0].start < end]
        told = self.size, self.sized, self.begun, self.is_settled, self.is_guess
        return Coverage(self.total, missing, failed, *told)

    def took(self, offset: int, records: Sequence[Record | UnreadableRecord]) -> None:
        """These are the rows of a page that was taken."""
        made = [one.conversation.created_at if isinstance(one, Record) else None for one in records]
        self.order.take(offset, [time.timestamp() if time is not None else None for time in made])

    def take(self, offset: int, limit: int, rows: int, size: int, told: int | None) -> None:
        """A page has passed by: `rows` came of `limit` asked for, and the server counts so many in all.

        Where the total has grown, rows may have come in anywhere: those at the top are missing now, and what was
        missing stays so where it stood and where it has moved to. What is read twice does no harm.
        """
        self.size += size
        self.sized += rows
        end = offset + rows
        if rows == 0 and (told is None or self.total is None or told >= self.total):
            # The end of the list, or a hole in it: it would be asked for again and again.
            self.total = max(offset, told or 0) if self.total is None else self.total
            if told:
                self.fail(range(offset, self.total), RowsWithheld())
            else:
                self._cut(range(offset, self.total))
                self.total = min(self.total, offset) if self.is_guess else self.total
            return
        self.is_guess = told is None
        if told is None:  # a page that is full may be followed by another one
            count = max(end + (limit if rows == limit else 0), self.total or 0)
        else:
            count = max(end if rows else 0, told)
        if self.total is None:
            self.missing = [range(count)]
        elif self.is_guess and count > self.total:
            self._set([*self.missing, range(self.total, count)])
        elif count > self.total:
            grown = count - self.total
            self.order.grow(grown)
            self._set([range(grown), *(range(part.start, part.stop + grown) for part in self.missing)])
        elif count < self.total:
            gone = self.total - count
            self._set([range(max(0, part.start - gone), part.stop) for part in self.missing])
        self.total = count
        self._set([range(part.start, min(part.stop, count)) for part in self.missing])
        self.failed = [(rows, error) for rows, error in self.failed if rows.start < count]
        self._cut(range(offset, end))

    def fail(self, rows: range, error: ApiError) -> None:
        """These rows were asked for in vain: the rest goes on without them."""
        self._cut(rows)
        if rows:
            self.failed.append((rows, error))

    def hope(self) -> None:
        """What failed is to be asked for again."""
        self._set([*self.missing, *(rows for rows, _ in self.failed)])
        self.failed.clear()

    def start_anew(self) -> None:
        """Nothing counts as read any more: the list is checked again."""
        self.total, self.missing, self.is_guess = None, [], False
        self.begun, self.is_settled = now(), False
        self.order.clear()
        self.failed.clear()

    def next(self, limit: int, taken: list[range]) -> range | None:
        """The next rows to ask for, at most so many; `taken` are under way."""
        for part in self.missing:
            start = part.start
            for other in sorted(taken, key=lambda rows: rows.start):
                if other.start <= start < other.stop:
                    start = other.stop
            if start < part.stop:
                stop = min(part.stop, start + limit, *(other.start for other in taken if other.start > start))
                return range(start, stop)
        return None

    def _cut(self, rows: range) -> None:
        parts = [
            piece
            for part in self.missing
            for piece in (range(part.start, min(part.stop, rows.start)), range(max(part.start, rows.stop), part.stop))
        ]
        self._set(parts)

    def _set(self, parts: list[range]) -> None:
        """Keep these, in order, those that touch as one."""
        merged: list[range] = []
        for part in sorted(filter(len, parts), key=lambda rows: rows.start):
            if merged and part.start <= merged[-1].stop:
                merged[-1] = range(merged[-1].start, max(merged[-1].stop, part.stop))
            else:
                merged.append(part)
        self.missing = merged
