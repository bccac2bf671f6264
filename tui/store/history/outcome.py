"""What came back from a tool: how much, whether nothing, and whether it failed; stated in its shape, or guessed.

A failure is stated where the shape of the JSON says so, and guessed where a text, or the only text of a list, begins
like an error. Everything that counts or shows failures asks here.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.store.history.guessed import LOOKED_AT, guess, is_none
from tui.store.history.messages import parts_of
from tui.store.history.raw import BrokenJson, Parts, RawValue, head_of, kind_of, size_of, split
from tui.store.history.stated import CallFailure, failure_of, failures_in, results_in_string

_HEAD = 4 * LOOKED_AT
"""Bytes of a text that are read to guess by its begin."""

_GLANCE = 2 * 1024
"""Bytes that are read first: nearly always they show that there is no failure."""

_WHOLE = 256 * 1024
"""Bytes of a text up to which the words of its failure are looked for in all of it."""

_TEXT_PARTS = frozenset({"type", "text"})
_OF_TYPE_TEXT = re.compile(rb'"type"\s*:\s*"text"')
"""Without this in it no object needs to be taken apart to see that it is no text."""


class CallOutcome(msgspec.Struct, gc=False, frozen=True):
    """The number of results (None: no list), their bytes, whether nothing came, and the failure if there is one."""

    count: int | None
    size: int
    empty: bool = False
    failure: CallFailure | None = None


def outcome_of(raw: bytes | None, patterns: FailurePatterns = NO_PATTERNS) -> CallOutcome:
    """What the results of a call say; `raw` is their JSON, or None where there are none. Never raises."""
    if raw is None:
        return CallOutcome(None, 0, empty=True)
    size, raw = len(raw), raw.strip()
    kind = kind_of(raw) if raw else "literal"
    results = _elements(raw) if kind == "list" else None
    if results is not None:
        failure = failures_in(raw, results) or _guessed(_only_text(results), patterns)
        return CallOutcome(len(results), size, not results, failure)
    if kind == "object":
        return CallOutcome(None, size, not raw[1:-1].strip(), _stated(raw))
    if kind == "string":
        return CallOutcome(None, size, raw == b'""', _stated(raw) or _guessed(raw, patterns))
    return CallOutcome(None, size, raw in (b"", b"null"))


def failures_of(elements: Sequence[msgspec.Raw], patterns: FailurePatterns) -> Iterator[CallFailure | None]:
    """For each element of a history the failure that its results tell, or None; a caller may pause in between."""
    for element in elements:
        results = parts_of(element).results
        yield None if results is None else outcome_of(bytes(results), patterns).failure


def _stated(raw: RawValue) -> CallFailure | None:
    """What an object states, or an object or list that a string holds."""
    held = results_in_string(raw) if kind_of(raw) == "string" else None
    if held is not None:
        return failures_in(*held)
    name = failure_of(raw)
    return None if name is None else CallFailure(name)


def _guessed(raw: RawValue | None, patterns: FailurePatterns) -> CallFailure | None:
    if raw is None:
        return None
    if size_of(raw) > _GLANCE and not patterns.compiled and is_none(head_of(raw, _GLANCE)):
        return None
    words = guess(head_of(raw, _HEAD), patterns)
    if words is None:
        return None
    if _HEAD < size_of(raw) <= _WHOLE:
        words = guess(head_of(raw, _WHOLE), patterns) or words
    return CallFailure(words, guessed=True)


def _only_text(results: Sequence[RawValue]) -> RawValue | None:
    """The one text that a list holds, by itself or as a part of the type `text`."""
    if len(results) != 1:
        return None
    (only,) = results
    if kind_of(only) == "string":
        return only
    may_be = kind_of(only) == "object" and _OF_TYPE_TEXT.search(memoryview(only)) is not None
    parts = _parts(only) if may_be else None
    if parts is None or parts.keys is None or set(parts.keys) != _TEXT_PARTS:
        return None
    members = dict(zip(parts.keys, parts.values, strict=True))
    is_text = bytes(members["type"]) == b'"text"' and kind_of(members["text"]) == "string"
    return members["text"] if is_text else None


def _elements(raw: RawValue) -> Sequence[RawValue] | None:
    parts = _parts(raw)
    return None if parts is None else parts.values


def _parts(raw: RawValue) -> Parts | None:
    try:
        return split(raw)
    except BrokenJson:
        return None
