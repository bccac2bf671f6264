"""A content that is no text but a list of parts, as some services keep it: texts, pictures, files, whatever comes."""

from typing import Any, NamedTuple

import msgspec

from tui.api.errors import UnreadableAnswer
from tui.api.lenient.damaged import elements, members, value
from tui.api.raw import RawJson

MOST_PARTS = 1_000
"""A list of more elements is shown as the JSON that it is."""

_TEXTS = frozenset({"", "text", "input_text", "output_text"})
"""The types of parts that are what was said."""

_list_decoder = msgspec.json.Decoder(list[msgspec.Raw])
_NOT_STRICT = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)
_ABSENT = msgspec.Raw()


class ContentPart(NamedTuple):
    """One part: its text, or None where it is something else; `kind` is the type that it says to be of."""

    kind: str
    text: str | None
    raw: RawJson

    @property
    def source(self) -> str:
        """The text, or the JSON as it came."""
        return self.raw.decode("utf-8", "replace") if self.text is None else self.text


class _PartShape(msgspec.Struct, gc=False):
    type: msgspec.Raw = _ABSENT
    text: msgspec.Raw = _ABSENT


_part_decoder = msgspec.json.Decoder(_PartShape)


def content_fields(raw: RawJson, notes: list[str]) -> dict[str, Any]:
    """What a message holds whose content is no text; `notes` says so where it is no list of parts either."""
    parts = content_parts(raw)
    if parts:
        return {"content": "\n\n".join(part.source for part in parts), "parts": parts}
    notes.append("content is no text: its JSON is shown")
    return {"content": raw.decode("utf-8", "replace"), "content_is_json": True}


def content_parts(raw: RawJson) -> tuple[ContentPart, ...]:
    """The parts of a content; none where it is no list, or an element of it is neither a text nor says its type."""
    if raw[:1] != b"[":
        return ()
    try:
        found: list[bytes] = [bytes(element) for element in _list_decoder.decode(raw)]
    except _NOT_STRICT:
        try:
            found = elements(raw, MOST_PARTS + 1)
        except UnreadableAnswer:
            return ()
    if len(found) > MOST_PARTS:
        return ()
    parts = [_part(element) for element in found]
    return tuple(part for part in parts if part is not None) if all(parts) else ()


def _part(raw: RawJson) -> ContentPart | None:
    if raw[:1] == b'"':
        text = _string(raw)
        return None if text is None else ContentPart("text", text, raw)
    if raw[:1] != b"{":
        return None
    kind, text = _fields(raw)
    if text is not None and (kind or "") in _TEXTS:
        return ContentPart(kind or "text", text, raw)
    return None if kind is None else ContentPart(kind, None, raw)


def _fields(raw: RawJson) -> tuple[str | None, str | None]:
    """The type of a part and its text, which may be the `value` of an object."""
    try:
        shape = _part_decoder.decode(raw)
        kind, text = bytes(shape.type), bytes(shape.text)
    except _NOT_STRICT:
        try:
            held = members(raw)
        except UnreadableAnswer:
            return None, None
        kind, text = held.get("type", b""), held.get("text", b"")
    if text[:1] == b"{":
        text = members(text).get("value", b"")
    return _string(kind), _string(text)


def _string(raw: bytes) -> str | None:
    if raw[:1] != b'"':
        return None
    try:
        said = value(raw)
    except UnreadableAnswer:
        return None
    return said if isinstance(said, str) else None
