"""Cuts an answer into the parts that are looked at, each undecoded, and makes objects of the small ones."""

from typing import Any

import msgspec

from tui.api.errors import UnreadableAnswer
from tui.api.lenient.damaged import as_utf8, elements, members, value
from tui.api.lenient.quoted import server_words
from tui.api.query import MAX_LIMIT

_LIGHT = 4_000_000
"""Bytes of a list that is split at once, whatever it holds; of a heavier one the commas are counted first."""

_MOST_COMMAS = 2_000_000
"""A list with more is split with care: each element of it may cost more memory than its bytes."""

_HEAVY = 256 * 1024
"""Bytes of a list or an object from which on no objects are made of it, where the API page has a small value."""

Fields = dict[str, bytes | msgspec.Raw]
"""What an object holds by name, undecoded; nothing for null."""

_list_decoder = msgspec.json.Decoder(list[msgspec.Raw])

NOT_STRICT = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)
NULL = b"null"


def fields_of(decoder: msgspec.json.Decoder[Any], raw: bytes | msgspec.Raw) -> Fields:
    """The fields of an object that a shape names: strictly and fast, and where that fails piece by piece.

    Raises:
        UnreadableAnswer: it is no JSON object.
    """
    names = decoder.type.__struct_fields__
    try:
        shape = decoder.decode(raw)
    except NOT_STRICT:
        found = members(bytes(raw))
        return {name: found[name] for name in names if name in found and found[name] != NULL}
    held = zip(names, msgspec.structs.astuple(shape), strict=True)
    return {name: field for name, field in held if len(field) and not _is_null(field)}


def _is_null(raw: msgspec.Raw) -> bool:
    return len(raw) == len(NULL) and bytes(raw) == NULL


def values_of(fields: Fields, notes: list[str]) -> dict[str, Any]:
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
                return [_small(element) for element in split(bytes(raw), MAX_LIMIT)[:MAX_LIMIT]]
            case b"{":
                raise UnreadableAnswer(f"it is an object of {size:,} bytes")
    try:
        return msgspec.json.decode(raw)
    except NOT_STRICT:
        return value(bytes(raw))


def split(raw: bytes | msgspec.Raw, most: int, commas: int | None = None) -> list[msgspec.Raw]:
    """The elements of a list, in its own buffer; of more than `most` the last one is a list of all the others.

    `commas` is how many there are at most, where the caller has counted them already.

    Raises:
        UnreadableAnswer: it is no list.
    """
    if len(raw) < _LIGHT or (bytes(raw).count(b",") if commas is None else commas) < _MOST_COMMAS:
        try:
            found = _list_decoder.decode(raw)
        except NOT_STRICT:
            pass
        else:
            if len(found) <= most:
                return found
    return [msgspec.Raw(element) for element in elements(bytes(raw), most)]


def body_of(body: bytes) -> bytes:
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


def first_of(raw: bytes | msgspec.Raw | None, most: int, what: str) -> list[msgspec.Raw]:
    """The first elements of a list.

    Raises:
        UnreadableAnswer: it is no list, or missing.
    """
    if raw is None or raw == NULL:
        raise UnreadableAnswer(f"the list of {what} is missing")
    return split(bytes(raw), most)[:most]
