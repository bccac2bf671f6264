"""A conversation as the list call tells it; field names are the API's.

A field that was there but could not be read is None, and `notes` says what it held.
"""

from typing import Annotated, Any

import msgspec

from tui.api.lenient.values import (
    Count,
    Field,
    Flag,
    Lenient,
    Moment,
    ShortText,
    TagsTold,
    Text,
    note,
    read_fields,
    readers_of,
)


class Tokens(msgspec.Struct, frozen=True, gc=False):
    """What a conversation used."""

    input: Count = None
    output: Count = None
    total: Count = None


_NO_TOKENS = Tokens()
_TOKEN_READERS = readers_of(Tokens)


def _as_tokens(value: Any, field: Field) -> Tokens:
    if isinstance(value, dict):
        return Tokens(**read_fields(_TOKEN_READERS, value, field.context))
    if value is not None:
        note(field, value)
    return _NO_TOKENS


class Conversation(msgspec.Struct, frozen=True, gc=False):
    """One conversation without its history; times are in UTC."""

    id: str
    name: ShortText = None
    type: ShortText = None
    created_by: ShortText = None
    agent_settings: ShortText = None
    agent_settings_name: ShortText = None
    created_at: Moment = None
    updated_at: Moment = None
    message_count: Count = None
    tool_call_count: Count = None
    tokens: Annotated[Tokens, Lenient(_as_tokens)] = _NO_TOKENS
    tags: TagsTold = None
    conversation_instructions: Text = None
    is_shared: Flag = False
    can_send_messages: Flag = False
    is_archived: Flag = False
    archived_at: Moment = None
    notes: tuple[str, ...] = ()
    """What could not be read, in words."""


_READERS = readers_of(Conversation)
ROW_FIELDS = ("id", *_READERS)
"""What is looked at of an element of the list."""


def read_conversation(conversation_id: str, told: dict[str, Any], notes: list[str]) -> Conversation:
    """A conversation from its fields as objects; `notes` holds what is known of it to be unreadable already."""
    values = read_fields(_READERS, told, notes)
    return Conversation(conversation_id, notes=tuple(notes), **values)
