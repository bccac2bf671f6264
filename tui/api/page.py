"""What a page and a history are made of, without the models of what is opened: those are imported when one is."""

from typing import TYPE_CHECKING

import msgspec

from tui.api.raw import RawJson

if TYPE_CHECKING:
    from tui.api.conversation import Conversation


class Record(msgspec.Struct, frozen=True):
    """A conversation and the bytes it came in, its history among them."""

    conversation: "Conversation"
    raw: RawJson

    @property
    def id(self) -> str:
        """The conversation's id."""
        return self.conversation.id


class UnreadableRecord(msgspec.Struct, frozen=True):
    """An element of `results` that is no conversation: why, and what it held."""

    reason: str
    raw: RawJson


class UnreadableMessage(msgspec.Struct, frozen=True):
    """An element of `chat_history` that is no message: why, and what it held."""

    reason: str
    raw: RawJson


class Page(msgspec.Struct, frozen=True):
    """One answer of the list call; `count` is None where the server gave no usable one."""

    count: int | None
    records: tuple[Record | UnreadableRecord, ...]
    goes_on: bool = False
    """Whether the server names a next page; that one is never asked for as it is named."""

    @property
    def size(self) -> int:
        """The bytes of its rows."""
        return sum(len(record.raw) for record in self.records)
