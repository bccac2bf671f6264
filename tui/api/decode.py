"""From the bytes of an answer to models, without decoding what nobody looks at.

A page is split by msgspec, which leaves each conversation as the bytes it came in; only the fields of a row become
objects, and pydantic validates those. A history is split again when it is opened. So a page of 5 MB costs some 4 ms and
no memory but its own bytes, where validating it whole costs 50 ms.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from pydantic import ValidationError

from tui.api.answer import server_words
from tui.api.errors import UnreadableAnswer
from tui.api.models import Conversation, Message
from tui.api.page import Page, RawJson, Record, UnreadableMessage, UnreadableRecord
from tui.api.pieces import as_utf8, elements, members, value

_ABSURD = 2**63
"""A count from here on is none."""

_Shape = TypeVar("_Shape", bound=msgspec.Struct)


class _PageShape(msgspec.Struct, gc=False):
    results: list[msgspec.Raw] | None = None
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

_Reader = Callable[[bytes], Any]


def _raw_elements(raw: bytes) -> list[msgspec.Raw] | None:
    return None if raw == b"null" else [msgspec.Raw(element) for element in elements(raw)]


_PAGE_READERS: dict[str, _Reader] = {"results": _raw_elements}
_HISTORY_READERS: dict[str, _Reader] = {"chat_history": _raw_elements}
_MESSAGE_READERS: dict[str, _Reader] = {"input_parameters": msgspec.Raw, "results": msgspec.Raw}


def _decode(
    decoder: msgspec.json.Decoder[_Shape], raw: bytes | msgspec.Raw, readers: dict[str, _Reader], notes: list[str]
) -> _Shape:
    """Decode strictly and fast, and where that fails field by field; `notes` says which ones could not be read.

    Raises:
        UnreadableAnswer: it is no JSON object, or what has to be a list is none.
    """
    try:
        return decoder.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        pass
    found = members(bytes(raw))
    fields: dict[str, Any] = {}
    for name in decoder.type.__struct_fields__:
        if name in readers:
            fields[name] = readers[name](found[name]) if name in found else None
        elif name in found:
            try:
                fields[name] = value(found[name])
            except UnreadableAnswer as error:
                notes.append(f"{name} could not be read: {error.detail}")
    return decoder.type(**fields)


def _body(body: bytes) -> bytes:
    """The JSON of a whole answer.

    Raises:
        UnreadableAnswer: it is something else, and what.
    """
    if body[:1] == b"{":
        return body
    text = as_utf8(body).lstrip()
    if not text:
        raise UnreadableAnswer("it is empty")
    if text[:1] == b"<":
        raise UnreadableAnswer(f"it is a web page: {server_words(text)}")
    return text


def decode_page(body: bytes) -> Page:
    """The page in an answer of the list call.

    Raises:
        UnreadableAnswer: the body is no JSON object with a list `results`.
    """
    shape = _decode(_page_decoder, _body(body), _PAGE_READERS, [])
    if shape.results is None:
        raise UnreadableAnswer("the list of conversations is missing")
    return Page(_usable_count(shape.count), tuple(decode_record(bytes(raw)) for raw in shape.results))


def _usable_count(told: Any) -> int | None:
    try:
        count = int(told)
    except (TypeError, ValueError, OverflowError):
        return None
    return count if 0 <= count < _ABSURD and not isinstance(told, bool) else None


def decode_record(raw: RawJson) -> Record | UnreadableRecord:
    """One conversation with the bytes it came in, or why it cannot be read."""
    notes: list[str] = []
    try:
        shape = _decode(_row_decoder, raw, {}, notes)
    except UnreadableAnswer as error:
        return UnreadableRecord(error.detail, raw)
    if not isinstance(shape.id, str | int) or isinstance(shape.id, bool) or shape.id == "":
        return UnreadableRecord("it has no id", raw)
    fields = msgspec.structs.asdict(shape)
    fields["id"] = str(shape.id)
    try:
        conversation = Conversation.model_validate(fields, context=notes)
    except ValidationError as error:
        return UnreadableRecord(_first_problem(error), raw)
    return Record(conversation.model_copy(update={"notes": tuple(notes)}) if notes else conversation, raw)


def decode_conversation(body: bytes) -> Record:
    """The conversation in an answer of the call for one.

    Raises:
        UnreadableAnswer: the body is no conversation.
    """
    record = decode_record(_body(body))
    if isinstance(record, UnreadableRecord):
        raise UnreadableAnswer(record.reason)
    return record


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"


def split_history(raw: RawJson) -> list[msgspec.Raw]:
    """The elements of a conversation's `chat_history`, undecoded; a missing or null history is an empty one.

    Raises:
        UnreadableAnswer: the history is no list.
    """
    return _decode(_history_decoder, raw, _HISTORY_READERS, []).chat_history or []


def decode_message(raw: RawJson | msgspec.Raw) -> Message | UnreadableMessage:
    """One message, or why it cannot be read."""
    notes: list[str] = []
    try:
        shape = _decode(_message_decoder, raw, _MESSAGE_READERS, notes)
    except UnreadableAnswer as error:
        return UnreadableMessage(error.detail, bytes(raw))
    fields = {name: getattr(shape, name) for name in _PLAIN_FIELDS}
    if isinstance(shape.content, dict | list):
        fields["content"] = members(bytes(raw))["content"].decode("utf-8", "replace")
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
    text = b"null" if raw is None else bytes(raw)
    return None if text == b"null" else text


def decode_object(body: bytes) -> dict[str, Any]:
    """A small answer as a plain object: tags, people, errors.

    Raises:
        UnreadableAnswer: it is no JSON object.
    """
    raw = _body(body)
    try:
        return _object_decoder.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        found = value(raw)
    if not isinstance(found, dict):
        raise UnreadableAnswer("it is not a JSON object")
    return found


_object_decoder = msgspec.json.Decoder(dict[str, Any])


__all__ = [
    "Page",
    "Record",
    "UnreadableMessage",
    "UnreadableRecord",
    "decode_conversation",
    "decode_message",
    "decode_object",
    "decode_page",
    "decode_record",
    "split_history",
]
