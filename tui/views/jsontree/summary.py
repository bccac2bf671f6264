"""What a tool call was asked, what came back, and how it failed, in a few words."""

import re
from itertools import islice

from tui.store.history.raw import (
    CONTAINERS,
    BrokenJson,
    Parts,
    RawValue,
    head_of,
    kind_of,
    size_of,
    source_of,
    split,
    string_of,
)
from tui.store.history.stated import CallFailure
from tui.terminal.text.clean import clean_line
from tui.views.jsontree.lines import inline_line, scalar
from tui.views.jsontree.node import Node
from tui.views.text.format import plural, thousands
from tui.views.text.ink import Line
from tui.views.text.wrap import line_width

_TELLING = (
    "query",
    "search",
    "question",
    "q",
    "sql",
    "code",
    "expression",
    "text",
    "prompt",
    "url",
    "command",
    "name",
    "pattern",
    "path",
    "file_path",
)
_SMALL = 16 * 1024
"""Bytes of a string that are decoded for a summary."""

_VALUE_LIMIT = 60
_MOST_SHOWN = 50
_LONG = 33
"""Characters from which on a path is cut."""

_LEAST_COMMON = 12
"""Characters that two texts have in common from which on they are cut, if they are a third of the room, too."""

_SHORT = 40
"""Cells of a result that is told on the line of its call."""

_SHORT_BYTES = 256

_PATHS_IN = 400
"""Characters of a text in which paths are looked for."""

_PATH = re.compile(r"(?<![\w/.:])(?:~|\.{1,2}|[A-Za-z]:|[\w.@+-]{1,80})?(?:[/\\][^/\\\s:;,<>|()'\"=]{1,80}){3,40}")
_BARE = re.compile(r"[\w./\\~@%+…-][\w./\\~:@%+…-]*")
_LITERAL = re.compile(r"[+-]?[\d.]+(?:[eE][+-]?\d+)?|true|false|null|NaN", re.IGNORECASE)
_BREAK = re.compile(r"[\r\n]")


def _parts(raw: RawValue) -> Parts | None:
    try:
        return split(raw)
    except BrokenJson:
        return None


def telling_parameters(raw: RawValue | None, limit: int, before: RawValue | None = None) -> str:
    """The input parameters on one line of at most `limit` characters, query-like and short ones first.

    Of a call that is like the one `before` only what differs is told, behind a sign for the rest.
    """
    if raw is None or limit <= 0:
        return ""
    members = _members(raw)
    if members is None:
        return clean_line(_value_text(raw, None, limit) if size_of(raw) and bytes(raw) != b"null" else "", limit)
    earlier = (_members(before) if before is not None else None) or {}
    if not earlier.keys() <= members.keys():
        earlier = {}
    shown = {key: value for key, value in members.items() if key not in earlier or not _equal(value, earlier[key])}
    if members and not shown:
        return clean_line("same parameters", limit)
    told = [
        (_rank(key, value), number, f"{clean_line(key, _VALUE_LIMIT)}={_value_text(value, earlier.get(key), limit)}")
        for number, (key, value) in enumerate(islice(shown.items(), _MOST_SHOWN))
    ]
    words = " ".join(text for _, _, text in sorted(told))
    return clean_line(words if len(shown) == len(members) else f"⋯ {words}", limit)


def _members(raw: RawValue) -> dict[str, RawValue] | None:
    parts = _parts(raw) if kind_of(raw) == "object" else None
    return None if parts is None or parts.keys is None else dict(zip(parts.keys, parts.values, strict=True))


def _equal(one: RawValue, other: RawValue) -> bool:
    return size_of(one) == size_of(other) and memoryview(one) == memoryview(other)


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


def _value_text(raw: RawValue, before: RawValue | None, limit: int) -> str:
    kind = kind_of(raw)
    if kind == "string":
        return _string_text(head_of(raw, _SMALL), _earlier_text(before), limit)
    if kind == "list":
        parts = _parts(raw)
        return f"[{len(parts.values)}]" if parts else "[…]"
    if kind == "object":
        return "{}" if size_of(raw) <= 2 else "{…}"
    return clean_line(source_of(bytes(memoryview(raw)[:_VALUE_LIMIT])), _VALUE_LIMIT)


def _earlier_text(raw: RawValue | None) -> str:
    return head_of(raw, _SMALL) if raw is not None and kind_of(raw) == "string" else ""


def _string_text(text: str, before: str, limit: int) -> str:
    """A text as it is written in a shell, in quotes where they are needed, with what tells it from the one before."""
    cut = _with_short_paths(text)
    if before and cut == _with_short_paths(before):
        cut = text
    shown = clean_line(_without_common_begin(cut, before, max(_LEAST_COMMON, limit // 3)), _VALUE_LIMIT)
    return shown if _BARE.fullmatch(shown) and not _LITERAL.fullmatch(shown) else f'"{shown}"'


def _with_short_paths(text: str) -> str:
    """Of long paths the last two names; the rest is seldom what tells one from another."""
    return _PATH.sub(_short_path, text[:_PATHS_IN]) if len(text) >= _LONG else text


def _short_path(found: re.Match[str]) -> str:
    path = found[0]
    sign = "/" if "/" in path else "\\"
    short = f"…{sign}{sign.join(path.rstrip(sign).split(sign)[-2:])}"
    return short if len(path) >= _LONG and len(short) < len(path) else path


def _without_common_begin(text: str, before: str, least: int) -> str:
    """The text without the words that it begins with like the one before, if they are that many characters."""
    same = zip(text, before, strict=False)
    common = next((at for at, (one, other) in enumerate(same) if one != other), min(len(text), len(before)))
    cut = max(text.rfind(sign, 0, common) for sign in " /\n") + 1
    return f"…{text[cut:]}" if least <= cut < len(text) else text


def short_result(raw: RawValue | None, *, as_written: bool = False) -> Line | None:
    """What came back, where that is a value, or a list of one, that is told in a few cells; else None.

    What is meant for a terminal is shown `as_written`, or as it is seen there.
    """
    if raw is None or size_of(raw) > _SHORT_BYTES:
        return None
    raw = bytes(raw).strip()
    parts = _parts(raw) if kind_of(raw) == "list" else None
    if parts is not None:
        raw = bytes(parts.values[0]) if len(parts.values) == 1 else b""
    if not raw or (kind_of(raw) == "string" and _BREAK.search(string_of(raw))):
        return None
    line = inline_line(Node(raw), _SHORT) if kind_of(raw) in CONTAINERS else scalar(raw, _SHORT, as_written=as_written)
    return line if line and line_width(line) <= _SHORT else None


def failure_words(failure: CallFailure) -> str:
    """The words of a failure, with how many of the results it concerns where that is not all of them."""
    if not failure.of:
        return failure.words
    more = "+" if failure.more else ""
    return f"{thousands(failure.count)}{more} of {plural(failure.of, 'result')}: {failure.words}"
