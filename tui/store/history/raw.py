"""JSON taken apart one level at a time: the parts stay the bytes they came in.

msgspec splits 5 MB in some 4 ms and validates on the way. What it refuses (NaN, lone surrogates, invalid UTF-8) and
what it would lose (a key that comes twice) is split by the standard library's scanner, which is slower and lenient.
"""

import json
import re
from collections.abc import Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]  # public in the module, missing in typeshed

import msgspec

RawValue = bytes | msgspec.Raw
"""The bytes of one value; a msgspec.Raw is a view on the bytes it was split from."""

CONTAINERS = frozenset({"object", "list"})

_KINDS = {
    ord("{"): "object",
    ord("["): "list",
    ord('"'): "string",
    ord("t"): "literal",
    ord("f"): "literal",
    ord("n"): "literal",
    ord("N"): "literal",
}
_LENIENT = frozenset({b"NaN", b"Infinity", b"-Infinity"})
_CHECKED_KEYS = 5_000
"""Keys up to which an object is checked for keys that come twice."""

_list_decoder = msgspec.json.Decoder(list[msgspec.Raw])
_object_decoder = msgspec.json.Decoder(dict[str, msgspec.Raw])
_text_decoder = msgspec.json.Decoder(str)
_any_decoder = msgspec.json.Decoder(msgspec.Raw)
_scan = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str).scan_once  # type: ignore[attr-defined]
_space = re.compile(r"[ \t\r\n]*")
_key_token = re.compile(rb'[\s,{]*"((?:[^"\\]|\\.)*)"\s*:\s*', re.DOTALL)


class BrokenJson(ValueError):
    """It is no JSON, not even read leniently, or it is nested too deeply."""


class Parts(msgspec.Struct, gc=False, frozen=True):
    """The members of an object (with keys) or the elements of a list (keys is None), in their order."""

    keys: Sequence[str] | None
    values: Sequence[RawValue]


def size_of(raw: RawValue) -> int:
    """The number of its bytes."""
    return len(raw) if isinstance(raw, bytes) else memoryview(raw).nbytes


def kind_of(raw: RawValue) -> str:
    """`object`, `list`, `string`, `number` or `literal`, told by the first byte."""
    view = memoryview(raw)
    return _KINDS.get(view[0], "number") if view else "number"


def scalar_kind(raw: bytes) -> str:
    """`string`, `number` or `literal` of a whole value that is no container, or `broken` when it is none of them."""
    kind = kind_of(raw)
    if kind == "string":
        return kind if len(raw) > 1 and raw.endswith(b'"') else "broken"
    return kind if raw in _LENIENT or is_json(raw) else "broken"


def is_json(raw: RawValue) -> bool:
    """Whether it is one whole JSON value by the letter of the standard."""
    try:
        _any_decoder.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False
    return True


def split(raw: RawValue) -> Parts:
    """The parts of an object or list.

    Raises:
        BrokenJson: it cannot be split.
    """
    try:
        if kind_of(raw) == "list":
            return Parts(None, _list_decoder.decode(raw))
        members = _object_decoder.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return _split_leniently(bytes(raw))
    if len(members) <= _CHECKED_KEYS and _lost_members(raw, members):
        return _split_leniently(bytes(raw))
    return Parts(list(members), list(members.values()))


def _lost_members(raw: RawValue, members: dict[str, msgspec.Raw]) -> bool:
    """Whether bytes of the object are in none of its members: then a key came twice."""
    compact = 1 + sum(len(key.encode()) + 4 + size_of(value) for key, value in members.items())
    if compact == size_of(raw) or not members:
        return False
    whole = bytes(raw)
    at = 0
    for key, value in members.items():
        token = _key_token.match(whole, at)
        if token is None or (b"\\" not in token[1] and token[1] != key.encode()):
            return True
        at = token.end()
        if not whole.startswith(bytes(value), at):
            return True
        at += size_of(value)
    return whole[at:].strip() != b"}"


def _split_leniently(raw: bytes) -> Parts:
    text = raw.decode("utf-8", "replace")
    keys: list[str] = []
    values: list[bytes] = []
    is_list = text[:1] == "["
    try:
        at = _skip(text, 1)
        while text[at] != ("]" if is_list else "}"):
            if not is_list:
                key, at = _key(text, at)
                keys.append(key)
            start = at
            _, at = _scan(text, at)
            values.append(text[start:at].encode())
            at = _skip(text, at)
            if text[at] == ",":
                at = _skip(text, at + 1)
            elif text[at] not in "]}":
                raise BrokenJson
        if _skip(text, at + 1) != len(text):
            raise BrokenJson
    except (ValueError, IndexError, StopIteration, RecursionError) as error:
        raise BrokenJson(str(error)) from error
    return Parts(None if is_list else keys, values)


def _skip(text: str, at: int) -> int:
    match = _space.match(text, at)
    return match.end() if match else at


def _key(text: str, at: int) -> tuple[str, int]:
    if text[at] != '"':
        raise BrokenJson
    key, at = scanstring(text, at + 1, False)
    at = _skip(text, at)
    if text[at] != ":":
        raise BrokenJson
    return key, _skip(text, at + 1)


def string_of(raw: RawValue) -> str:
    """The text of a JSON string; where it is damaged, as much of it as can be read."""
    try:
        return _text_decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    text = bytes(raw).decode("utf-8", "replace")
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, str) else text


def head_of(raw: RawValue, octets: int) -> str:
    """The begin of the text of a JSON string: of so many of its bytes, not cut within an escape or a character."""
    if size_of(raw) <= octets:
        return string_of(raw)
    head = bytes(memoryview(raw)[:octets])
    escape = head.rfind(b"\\", octets - 12)
    if escape > 0:
        head = head[:escape].rstrip(b"\\")
    return string_of(head.decode("utf-8", "ignore").encode() + b'"')


def source_of(raw: RawValue) -> str:
    """The JSON text itself."""
    return bytes(raw).decode("utf-8", "replace")
