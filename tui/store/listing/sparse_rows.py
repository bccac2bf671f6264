"""Which conversation stands where: pages of a live table put in their places, none of them twice.

Places are the server's offsets as it last told them. Rows that were inserted or deleted above since then show in two
ways: the total changes, and a page holds conversations that are known from other places. From the two follows how far
the older rows have moved, and they are moved along (the list keeps its cursor on its conversation by id, so nothing
moves on the screen). Each row knows the total that was told with it: most lists grow at the top, and then each row has
moved by what the total has grown since. An epoch is the time between two changes of the total; rows of an older one
are checked again when they are looked at.

What contradicts itself is bounded: a conversation changes its place twice at most, then the other place shows that the
server repeats itself. So no server can make us ask for ever.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from tui.api.page import Page, Record, UnreadableRecord
from tui.store.listing.rows import ListedConversation, RepeatedRow, Row, row_of

if TYPE_CHECKING:
    from tui.api.conversation import Conversation

_MOVES = 2
"""How often one conversation may be found elsewhere before the server is taken to repeat itself."""


class Places:
    """The sparse list: rows by index, indexes by conversation id."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}
        self._index: dict[str, int] = {}
        self._moves: Counter[str] = Counter()
        self.epoch = 0
        self.cost = 0
        """Bytes of all rows."""

    def __len__(self) -> int:
        """Rows that are here."""
        return len(self._rows)

    def __iter__(self) -> Iterator[int]:
        """The indexes that hold a row, in no order."""
        return iter(self._rows)

    def get(self, index: int) -> Row | None:
        """The row at an index, or None where there is none yet."""
        return self._rows.get(index)

    def conversations(self) -> Iterator["Conversation"]:
        """The conversations that are here, in no order."""
        return (row.conversation for row in list(self._rows.values()) if isinstance(row, ListedConversation))

    def has(self, index: int) -> bool:
        """Whether there is a row at an index."""
        return index in self._rows

    def index_of(self, conversation_id: str) -> int | None:
        """Where a conversation stands."""
        return self._index.get(conversation_id)

    def is_current(self, index: int) -> bool:
        """Whether the row is here and was told since the total last changed."""
        row = self._rows.get(index)
        return row is not None and row.epoch == self.epoch

    def lacking_at_top(self, new: int) -> int:
        """So many rows that came in at the top, or 0 once all of them are here."""
        return 0 if all(index in self._rows for index in range(new)) else new

    def last(self) -> int:
        """The largest index that holds a row, or -1."""
        return max(self._rows, default=-1)

    def new_epoch(self) -> None:
        """From here on everything known is checked again when it is looked at."""
        self.epoch += 1

    def forgive(self) -> None:
        """Forget how often conversations changed places: the user asked for a fresh list."""
        self._moves.clear()

    def put(self, offset: int, page: Page, told: int | None, *, again: bool) -> int:
        """Put a page in its place; `told` is the total where it is to be believed. Returns by how much rows moved.

        What moved is taken for checked, unless the page itself was only a check (`again`).
        """
        shift = self._move_along(offset, page, told, checked=not again) if told is not None else 0
        mine = range(offset, offset + len(page.records))
        if any(self._has_left(record, mine) for record in page.records):
            self.new_epoch()
        self.drop(mine)
        for index, record in enumerate(page.records, offset):
            if isinstance(record, Record):
                self._place(index, record, mine, told)
            else:
                self._set(index, row_of(record, self.epoch, told))
        return shift

    def drop(self, indexes: Iterable[int]) -> None:
        """Let rows go; they become placeholders."""
        for index in indexes:
            self.drop_row(index)

    def drop_row(self, index: int) -> None:
        """Let a row go, if there is one; it becomes a placeholder."""
        row = self._rows.pop(index, None)
        if row is None:
            return
        self.cost -= row.cost
        if isinstance(row, ListedConversation) and self._index.get(row.conversation.id) == index:
            del self._index[row.conversation.id]

    def drop_history(self, index: int) -> None:
        """Let the undecoded history of a row go; the row itself stays."""
        row = self._rows.get(index)
        if isinstance(row, ListedConversation) and row.raw is not None:
            self.cost -= len(row.raw)
            row.raw = None

    def _move_along(self, offset: int, page: Page, told: int, *, checked: bool) -> int:
        """Move rows that were told with another total as most of the page's known conversations have moved."""
        moves: Counter[tuple[int, int]] = Counter()
        """How far they stand from where they were, and how much the total has grown since."""
        for index, record in enumerate(page.records, offset):
            known = self._index.get(record.id) if isinstance(record, Record) else None
            before = self._rows[known].told if known is not None else None
            if known is not None and before is not None and before != told:
                moves[index - known, told - before] += 1
        if not moves:
            return 0
        at_the_top = {grown for shift, grown in moves if shift == grown}
        if 2 * sum(moves[grown, grown] for grown in at_the_top) > moves.total():
            self._move(told, lambda grown: grown, checked=checked)
            return max(at_the_top, key=abs)
        (shift, grown), votes = moves.most_common(1)[0]
        if 2 * votes <= moves.total() or not 0 < shift / grown < 1:
            return 0
        self._move(told, lambda other: shift if other == grown else 0, checked=checked)
        return shift

    def _move(self, told: int, shift_for: Callable[[int], int], *, checked: bool) -> None:
        """Move the rows that were told with another total, each by what is said of the growth since then."""
        moving = [
            (index, shift, row)
            for index, row in self._rows.items()
            if row.told is not None and (shift := shift_for(told - row.told))
        ]
        for index, _, _ in moving:
            self.drop_row(index)
        for index, shift, row in moving:
            if index + shift >= 0 and not self.has(index + shift):
                row.told = told
                row.epoch = self.epoch if checked else row.epoch
                self._set(index + shift, row)

    def _has_left(self, record: Record | UnreadableRecord, page: range) -> bool:
        """Whether a conversation was told, since the total last changed, to stand elsewhere: the table moves unsaid."""
        known = self._index.get(record.id) if isinstance(record, Record) else None
        if known is None or known in page or not isinstance(record, Record):
            return False
        return self.is_current(known) and self._moves[record.id] < _MOVES

    def _place(self, index: int, record: Record, page: range, told: int | None) -> None:
        known = self._index.get(record.id)
        if known is not None and known != index:
            self._moves[record.id] += 1
            if known in page or self._moves[record.id] > _MOVES:
                self._set(index, RepeatedRow(record.conversation, self.epoch, told))
                return
            self.drop_row(known)
        self._set(index, row_of(record, self.epoch, told))

    def _set(self, index: int, row: Row) -> None:
        self.drop_row(index)
        self._rows[index] = row
        self.cost += row.cost
        if isinstance(row, ListedConversation):
            self._index[row.conversation.id] = index
