"""From the bytes of an answer to models, without decoding what nobody looks at.

A page is split by msgspec, which leaves each conversation as the bytes it came in; only the fields of a row become
objects, and pydantic validates those. A history is split again when it is opened. So a page of 5 MB costs some 4 ms and
no memory but its own bytes, where validating it whole costs 50 ms.
"""

import json
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from pydantic import ValidationError

from tui.api.errors import UnreadableAnswer
from tui.api.models import Conversation, Message, RawJson

_Shape = TypeVar("_Shape")

UNREADABLE_SHOWN = 400
"""Characters of an unreadable record's JSON that are kept to be shown."""


@dataclass(frozen=True, slots=True)
class Record:
    """A conversation and the bytes it came in, its history among them."""

    conversation: Conversation
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


class _PageShape(msgspec.Struct, gc=False):
    results: list[msgspec.Raw]
    count: Any = None


class _RowShape(msgspec.Struct, gc=False):
    id: Any = None
    name: Any = None
    type: Any = None
    created_by: Any = None
    agent_settings: Any = None
    agent_settings_name: Any = None
    created_at: Any = None
    updated_at: Any = None
    message_count: Any = None
    tool_call_count: Any = None
    tokens: Any = None
    tags: Any = None
    conversation_instructions: Any = None
    is_shared: Any = None
    can_send_messages: Any = None
    is_archived: Any = None
    archived_at: Any = None


class _HistoryShape(msgspec.Struct, gc=False):
    chat_history: list[msgspec.Raw] | None = None


class _MessageShape(msgspec.Struct, gc=False):
    role: Any = None
    content: Any = None
    type: Any = None
    query_id: Any = None
    user_id: Any = None
    used_tokens_input: Any = None
    used_tokens_output: Any = None
    timestamp: Any = None
    tool_type: Any = None
    input_parameters: msgspec.Raw | None = None
    results: msgspec.Raw | None = None


_page_decoder = msgspec.json.Decoder(_PageShape)
_row_decoder = msgspec.json.Decoder(_RowShape)
_history_decoder = msgspec.json.Decoder(_HistoryShape)
_message_decoder = msgspec.json.Decoder(_MessageShape)


def _lenient(raw: bytes) -> bytes:
    """The same JSON in a form that msgspec takes: a BOM, invalid UTF-8, NaN and lone surrogates are tolerated.

    Raises:
        UnreadableAnswer: it is no JSON at all, or nested too deeply to read.
    """
    try:
        value = json.loads(raw.decode("utf-8-sig", "replace"), parse_constant=str)
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    except (ValueError, RecursionError) as error:
        raise UnreadableAnswer(str(error)) from error


def _decode(decoder: msgspec.json.Decoder[_Shape], raw: bytes | msgspec.Raw) -> _Shape:
    """Decode strictly and fast, and where that fails leniently.

    Raises:
        UnreadableAnswer: the JSON is broken, or of another shape.
    """
    try:
        return decoder.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        pass
    try:
        return decoder.decode(_lenient(bytes(raw)))
    except (msgspec.DecodeError, RecursionError) as error:
        raise UnreadableAnswer(str(error)) from error


def decode_page(body: bytes) -> Page:
    """The page in an answer of the list call.

    Raises:
        UnreadableAnswer: the body is no JSON object with a list `results`.
    """
    shape = _decode(_page_decoder, body)
    return Page(_usable_count(shape.count), tuple(decode_record(bytes(raw)) for raw in shape.results))


def _usable_count(value: Any) -> int | None:
    try:
        count = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return count if count >= 0 and not isinstance(value, bool) else None


def decode_record(raw: RawJson) -> Record | UnreadableRecord:
    """One conversation with the bytes it came in, or why it cannot be read."""
    try:
        shape = _decode(_row_decoder, raw)
    except UnreadableAnswer as error:
        return UnreadableRecord(error.detail, raw)
    if not isinstance(shape.id, str | int) or shape.id == "":
        return UnreadableRecord("it has no id", raw)
    fields = msgspec.structs.asdict(shape)
    fields["id"] = str(shape.id)
    notes: list[str] = []
    try:
        conversation = Conversation.model_validate(fields, context=notes)
    except ValidationError as error:
        return UnreadableRecord(_first_problem(error), raw)
    return Record(conversation.model_copy(update={"notes": tuple(notes)}) if notes else conversation, raw)


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"


def split_history(raw: RawJson) -> list[msgspec.Raw]:
    """The elements of a conversation's `chat_history`, undecoded; a missing or null history is an empty one.

    Raises:
        UnreadableAnswer: the history is no list.
    """
    return _decode(_history_decoder, raw).chat_history or []


def decode_message(raw: RawJson | msgspec.Raw) -> Message | UnreadableMessage:
    """One message, or why it cannot be read."""
    try:
        shape = _decode(_message_decoder, raw)
    except UnreadableAnswer as error:
        return UnreadableMessage(error.detail, bytes(raw))
    notes: list[str] = []
    fields = {name: getattr(shape, name) for name in _PLAIN_FIELDS}
    if isinstance(shape.content, dict | list):
        fields["content"] = msgspec.json.encode(shape.content).decode()
        notes.append("content is no text: its JSON is shown")
    fields["input_parameters"] = _bytes_of(shape.input_parameters)
    fields["results"] = _bytes_of(shape.results)
    try:
        message = Message.model_validate(fields, context=notes)
    except ValidationError as error:
        return UnreadableMessage(_first_problem(error), bytes(raw))
    return message.model_copy(update={"notes": tuple(notes)}) if notes else message


_PLAIN_FIELDS = tuple(name for name in _MessageShape.__struct_fields__ if name not in {"input_parameters", "results"})


def _bytes_of(raw: msgspec.Raw | None) -> bytes | None:
    return None if raw is None else bytes(raw)


def decode_object(body: bytes) -> dict[str, Any]:
    """A small answer as a plain object: tags, people, errors.

    Raises:
        UnreadableAnswer: it is no JSON object.
    """
    return _decode(_object_decoder, body)


_object_decoder = msgspec.json.Decoder(dict[str, Any])
