"""A first look at a message: its facts, without making objects of its text or of a tool call's JSON.

It costs a fraction of a microsecond and leaves content and results where they are, in the one buffer of the answer.
What it cannot take is read leniently by `tui.api.decode`, so both agree on what a message says.
"""

from datetime import UTC, datetime
from sys import intern
from typing import Annotated

import msgspec

from tui.api.history import decode_message
from tui.api.limits import LONGEST_NAME
from tui.api.page import UnreadableMessage

MESSAGE = "message"
TOOL_CALL = "tool_call"
REASONING = "reasoning_flow"
UNREADABLE = "unreadable"

_NULL = b"null"
_NESTED = b"[{"


class Facts(msgspec.Struct, gc=False, frozen=True):
    """What is known of a message before it is laid out; `at` is in seconds since 1970, UTC."""

    kind: str
    role: str = ""
    query_id: int | None = None
    at: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    tool_type: str = ""
    odd: bool = False
    """Whether it had to be read leniently, so that there may be notes on what could not be read."""
    nested: bool = False
    """Whether its content is no text but JSON, in which nothing is Markdown."""
    in_parts: bool = False
    """Whether its content is a list of parts, texts and others."""


_LARGEST = 2**63 - 1
_Number = Annotated[int, msgspec.Meta(ge=-_LARGEST, le=_LARGEST)] | None
_Count = Annotated[int, msgspec.Meta(ge=0, le=_LARGEST)] | None
_Name = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)] | None


class PlainMessage(msgspec.Struct, gc=False):
    """A message that is taken at once: as strict as `tui.api.models` is where it takes a value without a note."""

    role: _Name = None
    type: _Name = None
    query_id: _Number = None
    used_tokens_input: _Count = None
    used_tokens_output: _Count = None
    timestamp: str | None = None
    tool_type: _Name = None
    content: msgspec.Raw = msgspec.Raw()
    input_parameters: msgspec.Raw = msgspec.Raw()
    results: msgspec.Raw = msgspec.Raw()


class MessageParts(msgspec.Struct, gc=False, frozen=True):
    """The JSON of a message's content, input parameters and results; None where it is missing or null."""

    content: bytes | msgspec.Raw | None = None
    parameters: bytes | msgspec.Raw | None = None
    results: bytes | msgspec.Raw | None = None


class _Sender(msgspec.Struct, gc=False):
    user_id: _Name = None


_decoder = msgspec.json.Decoder(PlainMessage)
_sender_decoder = msgspec.json.Decoder(_Sender)


def facts_of(raw: msgspec.Raw) -> Facts:
    """The facts of one undecoded message; an unreadable one is of the kind `unreadable`."""
    try:
        shape = _decoder.decode(raw)
        at = moment_of(shape.timestamp)
        content = memoryview(shape.content)
        if content and content[0] in _NESTED:
            return _read_leniently(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError, OverflowError):
        return _read_leniently(raw)
    # The same few words in all messages of a conversation: each is kept once.
    return Facts(
        intern(shape.type or ""),
        intern(shape.role or ""),
        shape.query_id,
        at,
        shape.used_tokens_input,
        shape.used_tokens_output,
        intern(shape.tool_type or ""),
    )


def user_of(raw: msgspec.Raw) -> str:
    """The id of the user whom a message is from; "" where it tells none."""
    try:
        return _sender_decoder.decode(raw).user_id or ""
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        message = decode_message(raw)
        return "" if isinstance(message, UnreadableMessage) else message.user_id or ""


def moment_of(value: str | None) -> float | None:
    """A time in seconds since 1970, taken for UTC where it names no zone; None where there is none.

    Raises:
        ValueError: it is no date with dashes, or of a year that not every time zone has.
    """
    if not value:
        return None
    moment = datetime.fromisoformat(value)
    if value[4] != "-" or not 3 <= moment.year <= 9997:
        raise ValueError(value)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _read_leniently(raw: msgspec.Raw) -> Facts:
    message = decode_message(raw)
    if isinstance(message, UnreadableMessage):
        return Facts(UNREADABLE)
    return Facts(
        message.type or "",
        message.role or "",
        message.query_id,
        message.timestamp.timestamp() if message.timestamp else None,
        message.used_tokens_input,
        message.used_tokens_output,
        message.tool_type or "",
        odd=True,
        nested=message.content_is_json,
        in_parts=bool(message.parts),
    )


def parts_of(raw: msgspec.Raw) -> MessageParts:
    """Where the text and the JSON of a message stand in the buffer."""
    try:
        shape = _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _parts_leniently(raw)
    return MessageParts(_present(shape.content), _present(shape.input_parameters), _present(shape.results))


def _present(raw: msgspec.Raw) -> msgspec.Raw | None:
    view = memoryview(raw)
    return None if len(view) == 0 or view == _NULL else raw


def _parts_leniently(raw: msgspec.Raw) -> MessageParts:
    message = decode_message(raw)
    if isinstance(message, UnreadableMessage):
        return MessageParts()
    content = msgspec.json.encode(message.content) if message.content else None
    parameters, results = message.input_parameters, message.results
    return MessageParts(content, None if parameters == _NULL else parameters, None if results == _NULL else results)
