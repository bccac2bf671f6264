"""What stands in one place of the list."""

from typing import TYPE_CHECKING

from msgspec import Struct

from tui.api.page import Record, UnreadableRecord
from tui.api.raw import RawJson

if TYPE_CHECKING:
    from tui.api.conversation import Conversation
    from tui.store.facts.rows import FactsRow

ROW_COST = 3_000
"""Bytes that the objects of one row take, measured on rows with three tags and a long name."""


class ListedConversation(Struct):
    """A conversation at its place; `raw` is None once its history was let go to save memory."""

    conversation: "Conversation"
    raw: RawJson | None
    epoch: int
    told: int | None = None
    """The total that was told with its place."""
    facts: "FactsRow | None" = None
    """What is known of its history, where the list is one of facts."""
    gone: bool = False
    """Whether it matches the filter no more, and is here only because the cursor is on it."""

    @property
    def cost(self) -> int:
        """Bytes that it takes."""
        return ROW_COST + (len(self.raw) if self.raw is not None else 0)


class UnreadableRow(Struct):
    """Something that the server sent in place of a conversation."""

    record: UnreadableRecord
    epoch: int
    told: int | None = None

    @property
    def cost(self) -> int:
        """Bytes that it takes."""
        return ROW_COST + len(self.record.raw)


class RepeatedRow(Struct):
    """A place where the server sent, again and again, a conversation that stands elsewhere already."""

    conversation: "Conversation"
    epoch: int
    told: int | None = None

    @property
    def cost(self) -> int:
        """Bytes that it takes."""
        return ROW_COST


Row = ListedConversation | UnreadableRow | RepeatedRow


def row_of(
    record: Record | UnreadableRecord, epoch: int, told: int | None = None
) -> ListedConversation | UnreadableRow:
    """The row of one element of a page; `told` is the total that came with it, where it is to be believed."""
    if isinstance(record, UnreadableRecord):
        return UnreadableRow(record, epoch, told)
    return ListedConversation(record.conversation, record.raw, epoch, told)
