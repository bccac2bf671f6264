"""Search in raw JSON: keys and decoded values, one level at a time, skipping what cannot hold a match."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tui.terminal.clean import clean
from tui.views.json_node import MAX_DEPTH
from tui.views.json_path import Step, path_text
from tui.views.json_raw import CONTAINERS, BrokenJson, RawValue, kind_of, size_of, source_of, split, string_of

PULSE = 200
"""Values between two pauses that a search offers."""

_PRECHECKED = 1024 * 1024
"""Bytes up to which a value is checked in one go."""

_SPECIAL = frozenset('\\.^$*+?{}[]|()"/')
_ESCAPED = re.compile(r"\\(?:[bfrt]|u(?:00[0-9ad]|061c|180e|20[026]|fe|ff|d[89a-f]|017f|212a|013[01]))", re.IGNORECASE)
"""Escapes that may stand for a letter of a plain ASCII word, letter case aside, or for what cleaning makes visible."""


@dataclass(frozen=True, slots=True)
class JsonHit:
    """One match: where it is, whether in the `key` or in the `value`, and from where to where in the cleaned text."""

    path: str
    trail: tuple[int, ...]
    part: str
    start: int
    end: int


@dataclass(slots=True)
class _Level:
    keys: list[Step]
    values: list[RawValue]
    at: int = 0


def find_slices(raw: RawValue, pattern: re.Pattern[str]) -> Iterator[JsonHit | None]:
    """Every match in the order of the tree, and None now and then, where the caller may pause."""
    literal = _literal(pattern)
    levels = [_Level([None], [raw])]
    visited = 0
    while levels:
        level = levels[-1]
        if level.at >= len(level.values):
            levels.pop()
            continue
        place = level.at
        level.at += 1
        visited += 1
        if visited % PULSE == 0:
            yield None
        step, value = level.keys[place], level.values[place]
        yield from _hits(pattern, levels, step, value)
        if kind_of(value) in CONTAINERS and len(levels) <= MAX_DEPTH and _may_hold(value, pattern, literal):
            deeper = _deeper(value)
            if deeper is not None:
                levels.append(deeper)


def _deeper(value: RawValue) -> _Level | None:
    try:
        parts = split(value)
    except BrokenJson:
        return None
    keys: list[Step] = list(range(len(parts.values))) if parts.keys is None else list(parts.keys)
    return _Level(keys, list(parts.values))


def _hits(pattern: re.Pattern[str], levels: list[_Level], step: Step, value: RawValue) -> Iterator[JsonHit]:
    texts = []
    if isinstance(step, str):
        texts.append(("key", clean(step)))
    kind = kind_of(value)
    if kind not in CONTAINERS:
        texts.append(("value", clean(string_of(value) if kind == "string" else source_of(value))))
    elif len(levels) > MAX_DEPTH:
        texts.append(("value", clean(source_of(value))))
    for part, text in texts:
        for match in pattern.finditer(text):
            if match.end() > match.start():
                trail = tuple(level.at - 1 for level in levels[1:])
                path = path_text([level.keys[level.at - 1] for level in levels[1:]])
                yield JsonHit(path, trail, part, match.start(), match.end())


def _literal(pattern: re.Pattern[str]) -> str | None:
    """The text that a pattern stands for when it is plain ASCII words, escaped or not."""
    text = re.sub(r"\\([ \-#&~])", r"\1", pattern.pattern)
    usable = text.isascii() and text.isprintable() and not _SPECIAL.intersection(text)
    return text if usable and not pattern.flags & (re.VERBOSE | re.LOCALE) else None


def _may_hold(value: RawValue, pattern: re.Pattern[str], literal: str | None) -> bool:
    """Whether a match can be in the value; True unless its text rules that out."""
    if literal is None or size_of(value) > _PRECHECKED:
        return True
    text = clean(source_of(value))
    return pattern.search(text) is not None or _ESCAPED.search(text) is not None
