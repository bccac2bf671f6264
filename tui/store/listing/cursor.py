"""Where the cursor of a list stands, and what is in view: it stays on its conversation, whatever comes or goes."""

from typing import TYPE_CHECKING

from msgspec import Struct

from tui.store.listing.known import ListedRows
from tui.store.listing.rows import ListedConversation, Row

if TYPE_CHECKING:
    from tui.api.conversation import Conversation

_SCROLL_PART = 3
"""A step over the edge scrolls by a third of the view: a scroll paints all of it, so there are few."""


class CursorAt(Struct, frozen=True):
    """Where the cursor of the list is."""

    index: int = 0
    conversation: "Conversation | None" = None
    moves: int = 0
    """How often the user has moved it; where the list, or the program, takes it along does not count."""
    rests: bool = False
    """Whether it stays at the top, on whatever conversation comes in there."""


def top_in_view(index: int, top: int, rows: int, count: int) -> int:
    """The first row in view, moved as little from `top` as the cursor in row `index` needs; the view has `rows`."""
    top = max(0, min(top, count - rows))
    return min(index, max(top, index - rows + 1))


class ListCursor:
    """A cursor on a window of the remote list, and the part of it that is in view."""

    def __init__(self) -> None:
        self.window: ListedRows | None = None
        self.index = 0
        """The row under the cursor."""
        self.top = 0
        """The first row in view."""
        self.rows = 1
        """How many rows are in view."""
        self._id: str | None = None
        self._held: ListedConversation | None = None
        self._moves = 0
        self._rests = False
        """Whether it stays at the top, whatever comes in there."""

    @property
    def count(self) -> int:
        """Rows of the list in all."""
        return (self.window.count or 0) if self.window is not None else 0

    @property
    def view(self) -> tuple[int, int]:
        """The first row in view, and the one after the last."""
        return self.top, self.top + self.rows

    def row(self, index: int) -> Row | None:
        """What is to be seen in a row; under the cursor the conversation that is being looked for keeps its place."""
        if index == self.index and self.is_seeking:
            return self._held
        return self.window.row(index) if self.window is not None else None

    @property
    def conversation(self) -> "Conversation | None":
        """The conversation under the cursor, or None where that row is not here or cannot be read."""
        row = self.row(self.index)
        return row.conversation if isinstance(row, ListedConversation) else None

    @property
    def told(self) -> CursorAt:
        """Where it is, and how often the user has moved it."""
        return CursorAt(self.index, self.conversation, self._moves, self._rests)

    @property
    def is_seeking(self) -> bool:
        """Whether the conversation under the cursor is lost from sight; meanwhile no other takes its place."""
        return self.window is not None and self._id is not None and self.window.is_seeking(self._id)

    def show(self, window: ListedRows, keep: str | None, *, fills: bool = False) -> None:
        """Take another list; the cursor goes to the conversation `keep` where that is known, else to the top.

        Where the list `fills` as more is read, it stays there until the user does something with it.
        """
        index = window.index_of(keep) if keep is not None else None
        self.window, self.index, self.top = window, index or 0, 0
        self._id = keep if index is not None else None
        self._held = None
        self._rests = fills and index is None
        self.keep_in_view()

    def settle(self) -> None:
        """The user has something to do with the conversation under the cursor: from now on it stays on that."""
        self._rests = False

    def take_over(self) -> None:
        """Rows have arrived or gone: the cursor, and the view with it, stays on its conversation, or at the top."""
        if self.window is None:
            return
        if self._rests:
            self._id = None
        index = self.window.index_of(self._id) if self._id is not None else None
        if index is not None and index != self.index:
            self.top += index - self.index
            self.index = index
        self.index = self._bounded(self.index)
        self.top = self._bounded(self.top)
        self._take_note()

    def go(self, index: int) -> None:
        """The user moves the cursor to a row, or to the nearest there is."""
        self.settle()
        if self._bounded(index) == self.index:
            self.keep_in_view()  # it stays on its conversation, also where that is only on its way here
        else:
            self._moves += 1
            self.put(index)

    def put(self, index: int) -> None:
        """Put the cursor on a row, or on the nearest there is, without a move of the user."""
        self.settle()
        before, self.index = self.index, self._bounded(index)
        if abs(index - before) == 1 and not self.top <= self.index < self.top + self.rows:
            self.top += (index - before) * max(1, self.rows // _SCROLL_PART)
        self.keep_in_view()
        self._id = None
        self._take_note()

    def scroll_to(self, top: int) -> None:
        """Put another row at the top of the view, wherever the cursor is."""
        self.settle()
        self.top = max(0, min(top, self.count - self.rows))

    def keep_in_view(self) -> None:
        """Move the view as little as the cursor needs."""
        self.top = top_in_view(self.index, self.top, self.rows, self.count)

    def _bounded(self, index: int) -> int:
        return max(0, min(index, self.count - 1))

    def _take_note(self) -> None:
        """Of the conversation that the cursor is on, unless that is one which only stands where another is sought."""
        row = self.row(self.index)
        if isinstance(row, ListedConversation):
            self._id, self._held = row.conversation.id, row
