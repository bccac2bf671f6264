"""A history, split at once and read message by message; the models are imported when the first one is read."""

from typing import TYPE_CHECKING

import msgspec

from tui.api.page import UnreadableMessage
from tui.api.raw import RawJson

if TYPE_CHECKING:
    from tui.api.models import Message


def split_history(raw: RawJson) -> list[msgspec.Raw]:
    """The elements of a conversation's `chat_history`, undecoded; a missing or null history is an empty one.

    Raises:
        UnreadableAnswer: the history is no list.
    """
    from tui.api import decode

    return decode.split_history(raw)


def decode_message(raw: RawJson | msgspec.Raw) -> "Message | UnreadableMessage":
    """One message, or why it cannot be read."""
    from tui.api import decode

    return decode.decode_message(raw)
