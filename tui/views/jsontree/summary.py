"""What a tool call was asked, and how it failed, in a few words."""

from tui.store.history.raw import BrokenJson, Parts, RawValue, head_of, kind_of, size_of, source_of, split
from tui.store.history.stated import CallFailure
from tui.terminal.text.clean import clean_line
from tui.views.text.format import plural, thousands

_TELLING = ("query", "search", "question", "q", "sql", "code", "expression", "text", "prompt", "url", "command", "name")
_SMALL = 16 * 1024
"""Bytes of a string that are decoded for a summary."""

_VALUE_LIMIT = 60


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
        return f'"{clean_line(head_of(raw, _SMALL), _VALUE_LIMIT)}"'
    if kind == "list":
        parts = _parts(raw)
        return f"[{len(parts.values)}]" if parts else "[…]"
    if kind == "object":
        return "{}" if size_of(raw) <= 2 else "{…}"
    return clean_line(source_of(bytes(memoryview(raw)[:_VALUE_LIMIT])), _VALUE_LIMIT)


def failure_words(failure: CallFailure) -> str:
    """The words of a failure, with how many of the results it concerns where that is not all of them."""
    if not failure.of:
        return failure.words
    more = "+" if failure.more else ""
    return f"{thousands(failure.count)}{more} of {plural(failure.of, 'result')}: {failure.words}"
