"""The conversation under the cursor: found again where a page has put another one in its place.

Offset pagination over a live table moves rows. Most moves show in the page itself, and `placing` follows them. Where
pages are small, what was inserted or deleted above can be more than a page holds: then the conversation is lost from
sight, and looked for where the change of the total says that it should be, then around its old place.
"""

from collections.abc import Iterator

from tui.store.listing.sparse_rows import Places

_AROUND = 3
"""Rows on either side of where it should be."""

_REACH = 200
"""Rows from its old place beyond which nobody looks for it."""

_ANSWERS = 30
"""Answers after which it is given up: it was deleted, or the server contradicts itself."""


class Following:
    """Knows where the followed conversation stands, and which rows to look at while it is lost."""

    def __init__(self) -> None:
        self._id: str | None = None
        self._index = 0
        self._count = 0
        self._lost: tuple[range, range] | None = None
        self._answers = 0

    def follow(self, conversation_id: str | None, places: Places, count: int) -> None:
        """The cursor is on this conversation now, or on none."""
        self._id, self._index, self._lost = conversation_id, -1, None
        self._find(places, count)

    @property
    def is_lost(self) -> bool:
        """Whether it is looked for."""
        return self._lost is not None

    def is_seeking(self, conversation_id: str) -> bool:
        """Whether this conversation is lost and being looked for."""
        return self._lost is not None and conversation_id == self._id

    def answered(self, places: Places, count: int) -> None:
        """Take note of a page: is the conversation still in its place, was it lost, was it found?"""
        if self._id is None or self._find(places, count):
            return
        if self._lost is not None:
            self._answers += 1
            if self._answers >= _ANSWERS:
                self.give_up()
        elif self._index >= count or places.has(self._index):
            self._answers = 0
            self._lost = self._ranges(count)

    def wanted(self, places: Places) -> Iterator[range]:
        """Rows to be looked at, the likeliest first."""
        for rows in self._lost or ():
            if any(not places.is_current(index) for index in rows):
                yield rows

    def give_up(self) -> None:
        """It is not to be found."""
        self._id, self._lost = None, None

    def _find(self, places: Places, count: int) -> bool:
        index = places.index_of(self._id) if self._id is not None else None
        if index is None:
            return False
        if index != self._index or places.is_current(index):
            # Else it only has not been moved yet by what the total tells.
            self._count = count
        self._index, self._lost = index, None
        return True

    def _ranges(self, count: int) -> tuple[range, range]:
        grown = count - self._count
        reach = min(_REACH, abs(grown) + _AROUND)
        likely = self._index + max(-_REACH, min(_REACH, grown))
        return _within(likely, _AROUND, count), _within(self._index, reach, count)


def _within(middle: int, reach: int, count: int) -> range:
    return range(max(0, min(middle - reach, count)), max(0, min(middle + reach + 1, count)))
