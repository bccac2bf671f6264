"""What a page and a history are made of, without the models: those are imported when the first answer is here."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.api.raw import RawJson

if TYPE_CHECKING:
    from tui.api.models import Conversation


@dataclass(frozen=True, slots=True)
class Record:
    """A conversation and the bytes it came in, its history among them."""

    conversation: "Conversation"
    raw: RawJson

    @property
    def id(self) -> str:
        """The conversation's id."""
        return self.conversation.id


@dataclass(frozen=True, slots=True)
class UnreadableRecord:
    """An element of `results` that is no conversation: why, and what it held."""

    reason: str
    raw: RawJson


@dataclass(frozen=True, slots=True)
class UnreadableMessage:
    """An element of `chat_history` that is no message: why, and what it held."""

    reason: str
    raw: RawJson


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of the list call; `count` is None where the server gave no usable one."""

    count: int | None
    records: tuple[Record | UnreadableRecord, ...]
    goes_on: bool = False
    """Whether the server names a next page; that one is never asked for as it is named."""
