"""What a tool call was asked and what came back, in a few words, read from the shape of its JSON alone."""

from dataclasses import dataclass

import msgspec

from tui.terminal.clean import clean_line
from tui.views.json_raw import BrokenJson, Parts, RawValue, kind_of, size_of, source_of, split, string_of

_TELLING = ("query", "search", "question", "q", "sql", "code", "expression", "text", "prompt", "url", "command", "name")
_SMALL = 16 * 1024
"""Bytes of a string that are decoded for a summary."""

_LOOKED_INTO = 1024 * 1024
"""Bytes up to which the first result is looked into for a failure."""

_VALUE_LIMIT = 60
_BAD_STATUS = 400


@dataclass(frozen=True, slots=True)
class ResultSummary:
    """The number of results (None: no list), their bytes, the failure if one is stated, and whether nothing came."""

    count: int | None
    size: int
    failed: str | None
    empty: bool


def _parts(raw: RawValue) -> Parts | None:
    try:
        return split(raw)
    except BrokenJson:
        return None


def telling_parameters(raw: bytes | None, limit: int) -> str:
    """The input parameters on one line of at most `limit` characters, query-like and short ones first."""
    if raw is None or limit <= 0:
        return ""
    raw = raw.strip()
    parts = _parts(raw) if kind_of(raw) == "object" else None
    if parts is None or parts.keys is None:
        return clean_line(_value_text(raw) if raw not in (b"", b"null") else "", limit)
    members = [
        (_rank(key, value), number, f"{clean_line(key, _VALUE_LIMIT)}={_value_text(value)}")
        for number, (key, value) in enumerate(zip(parts.keys[:50], parts.values, strict=False))
    ]
    return clean_line(" ".join(text for _, _, text in sorted(members)), limit)


def _rank(key: str, value: RawValue) -> int:
    lowered = key.lower()
    if kind_of(value) in ("object", "list"):
        return 5
    if size_of(value) <= 2 or bytes(value) == b"null":
        return 4
    if lowered in _TELLING:
        return 0
    if any(word in lowered for word in ("query", "search", "question")):
        return 1
    return 2 if size_of(value) <= _VALUE_LIMIT else 3


def _value_text(raw: RawValue) -> str:
    kind = kind_of(raw)
    if kind == "string":
        text = string_of(raw) if size_of(raw) <= _SMALL else string_of(bytes(memoryview(raw)[:_SMALL]) + b'"')
        return f'"{clean_line(text, _VALUE_LIMIT)}"'
    if kind == "list":
        parts = _parts(raw)
        return f"[{len(parts.values)}]" if parts else "[…]"
    if kind == "object":
        return "{}" if size_of(raw) <= 2 else "{…}"
    return clean_line(source_of(bytes(memoryview(raw)[:_VALUE_LIMIT])), _VALUE_LIMIT)


def result_summary(raw: bytes | None) -> ResultSummary:
    """How many results, how large, whether they state a failure; never raises, and prose is never judged."""
    if raw is None:
        return ResultSummary(None, 0, None, True)
    size, raw = len(raw), raw.strip()
    kind = kind_of(raw) if raw else "literal"
    if kind == "object":
        return ResultSummary(None, size, _failure(raw), not raw[1:-1].strip())
    parts = _parts(raw) if kind == "list" else None
    if parts is None:
        return ResultSummary(None, size, None, raw in (b"", b"null", b'""'))
    first = parts.values[0] if parts.values else b""
    looked_into = kind_of(first) == "object" and size_of(first) <= _LOOKED_INTO
    return ResultSummary(len(parts.values), size, _failure(first) if looked_into else None, not parts.values)


class _Stated(msgspec.Struct, gc=False):
    """The members of a result object that state a failure; the others are skipped unread."""

    error: msgspec.Raw | None = None
    error_code: msgspec.Raw | None = None
    error_type: msgspec.Raw | None = None
    status: msgspec.Raw | None = None


_stated_decoder = msgspec.json.Decoder(_Stated)


def _stated(raw: RawValue) -> dict[str, RawValue]:
    """What the object states, by key; nothing where it cannot be read."""
    try:
        found = msgspec.structs.asdict(_stated_decoder.decode(raw))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        parts = _parts(raw)
        found = dict(zip(parts.keys or (), parts.values, strict=True)) if parts else {}
    return {key: value for key, value in found.items() if value is not None}


def _failure(raw: RawValue) -> str | None:
    """The failure that a result object states: its code, type or message, or its status of 400 and more."""
    found = _stated(raw)
    for key in ("error_code", "error_type"):
        name = _name(found.get(key))
        if name:
            return name
    if "error" in found and _states_error(found["error"]):
        return _name(found["error"]) or _name_inside(found["error"]) or "error"
    status = _whole_number(found.get("status"))
    return f"status {status}" if status is not None and status >= _BAD_STATUS else None


def _states_error(raw: RawValue) -> bool:
    return bytes(raw).strip() not in (b"null", b"false", b'""', b"{}", b"[]", b"0")


def _name(raw: RawValue | None) -> str:
    if raw is None or kind_of(raw) not in ("string", "number") or size_of(raw) > _SMALL:
        return ""
    return clean_line(string_of(raw) if kind_of(raw) == "string" else source_of(raw), _VALUE_LIMIT).strip()


def _name_inside(raw: RawValue) -> str:
    parts = _parts(raw) if kind_of(raw) == "object" else None
    found = dict(zip(parts.keys or (), parts.values, strict=True)) if parts else {}
    return next((name for key in ("error_code", "code", "type", "message") if (name := _name(found.get(key)))), "")


def _whole_number(raw: RawValue | None) -> int | None:
    if raw is None:
        return None
    try:
        return msgspec.json.decode(raw, type=int)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None
