"""From the bytes of an answer to models, without decoding what nobody looks at.

A page is split by msgspec, which leaves each conversation as the bytes it came in; only the fields of a row become
objects, and pydantic validates those. A history is split again when it is opened. So a page of 5 MB costs some 4 ms and
no memory but its own bytes, where validating it whole costs 50 ms.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

import msgspec
from pydantic import ValidationError

from tui.api.content import content_fields
from tui.api.errors import UnreadableAnswer
from tui.api.http.answer import server_words
from tui.api.lenient import as_utf8, elements, members, usable_count, value
from tui.api.limits import LONGEST_TAG, MOST_MESSAGES
from tui.api.models import Conversation, Message, Person
from tui.api.page import Page, Record, UnreadableMessage, UnreadableRecord
from tui.api.query import MAX_LIMIT
from tui.api.raw import RawJson
from tui.api.shapes import HistoryShape, MessageShape, PeopleShape, RowShape, TagsShape, page_decoder

_USUAL_LIMIT = 200
"""Rows of the pages that are usually asked for: a shape for more of them takes some milliseconds to make."""

_LONGEST_ID = 20_000
_MOST_TAGS = 20_000
"""Tags of the project that are read."""

_LIGHT = 4_000_000
"""Bytes of a list that is split at once, whatever it holds; of a heavier one the commas are counted first."""

_MOST_COMMAS = 2_000_000
"""A list with more is split with care: each element of it may cost more memory than its bytes."""

_HEAVY = 256 * 1024
"""Bytes of a list or an object from which on no objects are made of it, where the API page has a small value."""

_Fields = dict[str, bytes | msgspec.Raw]
"""What an object holds by name, undecoded; nothing for null."""

_people_decoder = msgspec.json.Decoder(PeopleShape)
_row_decoder = msgspec.json.Decoder(RowShape)
_history_decoder = msgspec.json.Decoder(HistoryShape)
_message_decoder = msgspec.json.Decoder(MessageShape)
_tags_decoder = msgspec.json.Decoder(TagsShape)
_list_decoder = msgspec.json.Decoder(list[msgspec.Raw])

_NOT_STRICT = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)
_NULL = b"null"


def _fields_of(decoder: msgspec.json.Decoder[Any], raw: bytes | msgspec.Raw) -> _Fields:
    """The fields of an object that a shape names: strictly and fast, and where that fails piece by piece.

    Raises:
        UnreadableAnswer: it is no JSON object.
    """
    names = decoder.type.__struct_fields__
    try:
        shape = decoder.decode(raw)
    except _NOT_STRICT:
        found = members(bytes(raw))
        return {name: found[name] for name in names if name in found and found[name] != _NULL}
    held = zip(names, msgspec.structs.astuple(shape), strict=True)
    return {name: field for name, field in held if len(field) and not _is_null(field)}


def _is_null(raw: msgspec.Raw) -> bool:
    return len(raw) == len(_NULL) and bytes(raw) == _NULL


def _values_of(fields: _Fields, notes: list[str]) -> dict[str, Any]:
    """The fields as objects; `notes` says which ones could not be read."""
    values: dict[str, Any] = {}
    for name, raw in fields.items():
        try:
            values[name] = _small(raw)
        except UnreadableAnswer as error:
            notes.append(f"{name} could not be read: {error.detail}")
    return values


def _small(raw: bytes | msgspec.Raw) -> Any:
    """A value of which objects are made; of a heavy list as many elements as are looked at.

    Raises:
        UnreadableAnswer: it is no JSON, or too heavy.
    """
    size = memoryview(raw).nbytes
    if size > _HEAVY:
        match bytes(memoryview(raw)[:1]):
            case b"[":
                return [_small(element) for element in _split(bytes(raw), MAX_LIMIT)[:MAX_LIMIT]]
            case b"{":
                raise UnreadableAnswer(f"it is an object of {size:,} bytes")
    try:
        return msgspec.json.decode(raw)
    except _NOT_STRICT:
        return value(bytes(raw))


def _split(raw: bytes | msgspec.Raw, most: int, commas: int | None = None) -> list[msgspec.Raw]:
    """The elements of a list, in its own buffer; of more than `most` the last one is a list of all the others.

    `commas` is how many there are at most, where the caller has counted them already.

    Raises:
        UnreadableAnswer: it is no list.
    """
    if len(raw) < _LIGHT or (bytes(raw).count(b",") if commas is None else commas) < _MOST_COMMAS:
        try:
            found = _list_decoder.decode(raw)
        except _NOT_STRICT:
            pass
        else:
            if len(found) <= most:
                return found
    return [msgspec.Raw(element) for element in elements(bytes(raw), most)]


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


def decode_page(body: bytes, limit: int = MAX_LIMIT) -> Page:
    """The page in an answer of the list call; what it holds beyond `limit` rows is passed over.

    Raises:
        UnreadableAnswer: the body is no JSON object with a list `results`.
    """
    raw = _body(body)
    results: Sequence[bytes | msgspec.Raw]
    try:
        shape = page_decoder(_USUAL_LIMIT if limit <= _USUAL_LIMIT else MAX_LIMIT).decode(raw)
    except _NOT_STRICT:
        found = members(raw)
        results = _first(found.get("results", _NULL), limit, "conversations")
        fields: _Fields = {name: found.get(name, _NULL) for name in ("count", "next")}
    else:
        if shape.results is None:
            raise UnreadableAnswer("the list of conversations is missing")
        results = list(takewhile(len, msgspec.structs.astuple(shape.results)))
        fields = {"count": shape.count, "next": shape.next}
    told = _values_of(fields, [])
    records = tuple(decode_record(bytes(raw)) for raw in results[:limit])
    return Page(usable_count(told.get("count")), records, bool(told.get("next")))


def _first(raw: bytes | msgspec.Raw | None, most: int, what: str) -> list[msgspec.Raw]:
    """The first elements of a list.

    Raises:
        UnreadableAnswer: it is no list, or missing.
    """
    if raw is None or raw == _NULL:
        raise UnreadableAnswer(f"the list of {what} is missing")
    return _split(bytes(raw), most)[:most]


def decode_record(raw: RawJson) -> Record | UnreadableRecord:
    """One conversation with the bytes it came in, or why it cannot be read."""
    notes: list[str] = []
    try:
        fields = _values_of(_fields_of(_row_decoder, raw), notes)
    except UnreadableAnswer as error:
        return UnreadableRecord(error.detail, raw)
    told = fields.get("id")
    if not isinstance(told, str | int) or isinstance(told, bool) or told == "":
        return UnreadableRecord("it has no id", raw)
    fields["id"] = str(told)
    if len(fields["id"]) > _LONGEST_ID:
        return UnreadableRecord(f"its id has {len(fields['id']):,} characters", raw)
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

    They stay in its buffer. Of more than MOST_MESSAGES the last element is a list of all the others.

    Raises:
        UnreadableAnswer: the history is no list.
    """
    history = _fields_of(_history_decoder, raw).get("chat_history")
    return [] if history is None else _split(history, MOST_MESSAGES, raw.count(b","))


def decode_message(raw: RawJson | msgspec.Raw) -> Message | UnreadableMessage:
    """One message, or why it cannot be read."""
    notes: list[str] = []
    try:
        held = _fields_of(_message_decoder, raw)
    except UnreadableAnswer as error:
        return UnreadableMessage(error.detail, bytes(raw))
    calls = {name: bytes(held.pop(name)) for name in ("input_parameters", "results") if name in held}
    content = bytes(held.pop("content")) if _is_nested(held.get("content")) else None
    fields = _values_of(held, notes) | calls
    if content is not None:
        fields |= content_fields(content, notes)
    try:
        message = Message.model_validate(fields, context=notes)
    except ValidationError as error:
        return UnreadableMessage(_first_problem(error), bytes(raw))
    return message.model_copy(update={"notes": tuple(notes)}) if notes else message


def _is_nested(raw: bytes | msgspec.Raw | None) -> bool:
    return raw is not None and bytes(memoryview(raw)[:1]) in {b"[", b"{"}


def decode_tags(body: bytes) -> tuple[str, ...]:
    """The tags in an answer of the tags call.

    Raises:
        UnreadableAnswer: the body is no JSON object with a list `tags`.
    """
    found = _first(_fields_of(_tags_decoder, _body(body)).get("tags"), _MOST_TAGS, "tags")
    values = (_values_of({"tag": raw}, []).get("tag") for raw in found)
    return tuple(tag for tag in values if isinstance(tag, str) and 0 < len(tag) <= LONGEST_TAG)


def decode_people(body: bytes) -> tuple[dict[str, Person], int, bool]:
    """The people in an answer of the users call by each id that they carry, its rows, and whether there are more.

    Raises:
        UnreadableAnswer: the body is no JSON object with a list `results`.
    """
    fields = _fields_of(_people_decoder, _body(body))
    found: dict[str, Person] = {}
    rows = _first(fields.get("results"), MAX_LIMIT, "people")
    for raw in rows:
        found.update({person.id: person for person in _people_in(_values_of({"it": raw}, []).get("it"))})
    return found, len(rows), bool(_values_of({"next": fields.get("next", _NULL)}, []).get("next"))


def _people_in(element: object) -> list[Person]:
    """The person of one element, known by both ids that it carries; nothing where it has another shape."""
    user = element.get("user") if isinstance(element, dict) else None
    if not isinstance(element, dict) or not isinstance(user, dict):
        return []
    known = [known for known in (element.get("id"), user.get("id")) if isinstance(known, str) and known]
    return [Person.model_validate({"id": one, "email": user.get("email")}) for one in known]


__all__ = [
    "Page",
    "Record",
    "UnreadableMessage",
    "UnreadableRecord",
    "decode_conversation",
    "decode_message",
    "decode_page",
    "decode_people",
    "decode_record",
    "decode_tags",
    "split_history",
]
