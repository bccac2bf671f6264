"""Search in raw JSON: keys and decoded values, one level at a time, skipping what cannot hold a match."""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from tui.store.history.raw import CONTAINERS, BrokenJson, RawValue, kind_of, size_of, source_of, split, string_of
from tui.terminal.text.clean import clean
from tui.views.code.output import seen_text
from tui.views.jsontree.node import MAX_DEPTH
from tui.views.jsontree.path import Step, path_text
from tui.views.jsontree.text_rows import is_prose
from tui.views.text.composed import composed
from tui.views.text.pages import found_in
from tui.views.text.pattern import Pattern

PULSE = 200
"""Values between two pauses that a search offers."""

_CHECKED_AT_ONCE = 256 * 1024
"""Bytes that are checked in one go: about a millisecond."""

_ANCHORED = re.compile(r"[\^$]|\(\?|\\[ABZ]")
"""Patterns that may match a value alone and yet not within the JSON around it."""

_SPECIAL = frozenset('\\.^$*+?{}[]|()"/')
_ESCAPED = re.compile(
    r"\\(?:[bfrt]|u(?:00[0-9ad]|061c|180e|20[026]|037e|fe|ff|d[89a-f]|017f|212a|013[01]))", re.IGNORECASE
)
"""Escapes that may stand for a letter of a plain ASCII word, letter case aside, or for what cleaning makes visible."""


@dataclass(frozen=True, slots=True)
class JsonHit:
    """One match: where it is, whether in the `key` or in the `value`, and from where to where in the cleaned text."""

    path: str
    trail: tuple[int, ...]
    part: str
    start: int
    end: int
    page: int = 0
    """Of a text that has several, the one that it is on; it begins anew there."""


@dataclass(slots=True)
class _Level:
    keys: list[Step]
    values: list[RawValue]
    at: int = 0


def find_slices(raw: RawValue, pattern: Pattern, *, results: bool = False) -> Iterator[JsonHit | None]:
    """Every match in the order of the tree, and None now and then, where the caller may pause.

    `results` are what a tool gave back, in which Markdown is searched as it is seen.
    """
    find = _Finder(pattern, results=results)
    sieve = _Sieve(pattern, in_prose=results)
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
        yield from _hits(find, levels, step, value)
        if kind_of(value) in CONTAINERS and len(levels) <= MAX_DEPTH and (yield from _may_hold(sieve, value)):
            deeper = _deeper(value)
            if deeper is not None:
                levels.append(deeper)
            else:
                yield from find.matches(levels, "value", source_of(value))


def _may_hold(sieve: "_Sieve", value: RawValue) -> Generator[None, None, bool]:
    for passes in sieve.lets_pass(value):
        if passes is not None:
            return passes
        yield None
    return False


def _deeper(value: RawValue) -> _Level | None:
    try:
        parts = split(value)
    except BrokenJson:
        return None
    keys: list[Step] = list(range(len(parts.values))) if parts.keys is None else list(parts.keys)
    return _Level(keys, list(parts.values))


def _hits(find: "_Finder", levels: list[_Level], step: Step, value: RawValue) -> Iterator[JsonHit | None]:
    if isinstance(step, str):
        yield from find.matches(levels, "key", step)
    kind = kind_of(value)
    if kind == "string":
        yield from find.matches(levels, "value", string_of(value), is_string=True)
    elif kind not in CONTAINERS or len(levels) > MAX_DEPTH:
        yield from find.matches(levels, "value", source_of(value))


class _Finder:
    def __init__(self, pattern: Pattern, *, results: bool) -> None:
        self._pattern = pattern
        self._results = results and pattern.in_prose is not pattern

    def matches(
        self, levels: list[_Level], part: str, text: str, *, is_string: bool = False
    ) -> Iterator[JsonHit | None]:
        """The matches in a key or a value."""
        in_prose = self._results and is_string and is_prose(text)
        pattern = self._pattern.in_prose if in_prose else self._pattern
        for found in found_in(text, seen_text if part == "value" else clean, pattern.slices):
            if found is None:
                yield None
            else:
                trail = tuple(level.at - 1 for level in levels[1:])
                path = path_text([level.keys[level.at - 1] for level in levels[1:]])
                yield JsonHit(path, trail, part, found.start, found.end, found.page)


class _Sieve:
    """Tells quickly, from its bytes, that a value cannot hold a match; in doubt it may."""

    def __init__(self, pattern: Pattern, *, in_prose: bool) -> None:
        self._pattern = pattern
        differs = pattern.in_prose.compiled.pattern != pattern.compiled.pattern
        self._in_prose = pattern.in_prose.compiled if in_prose and differs else None
        source = pattern.compiled.pattern
        ordinary = not pattern.compiled.flags & (re.VERBOSE | re.LOCALE)
        text = re.sub(r"\\([ \-#&~])", r"\1", source)
        plain = text.isascii() and text.isprintable() and not _SPECIAL.intersection(text)
        self._length = len(text) if plain and ordinary else 0
        self._by_source = ordinary and not self._length and not _ANCHORED.search(source.replace("[^", "["))

    def lets_pass(self, value: RawValue) -> Iterator[bool | None]:
        """None now and then, where the caller may pause, and at last whether the value may hold a match."""
        if size_of(value) <= _CHECKED_AT_ONCE or not self._length:
            if size_of(value) > _CHECKED_AT_ONCE:
                yield True
            elif self._length:
                yield self._holds_word(source_of(value))
            elif self._by_source and "\\" not in (source := source_of(value)):
                yield from self._pattern.may_match(clean(source))
            else:
                yield True
            return
        view = memoryview(value)
        overlap = 8 * self._length + 16
        for start in range(0, len(view), _CHECKED_AT_ONCE):
            if self._holds_word(source_of(bytes(view[start : start + _CHECKED_AT_ONCE + overlap]))):
                yield True
                return
            yield None
        yield False

    def _holds_word(self, source: str) -> bool:
        text = composed(clean(source))
        if self._pattern.compiled.search(text) is not None or _ESCAPED.search(text) is not None:
            return True
        if self._in_prose is None or "\\n" not in text:
            return False  # Markdown has several lines
        # It has marks around words, and line ends between them, as JSON writes these.
        return self._in_prose.search(text.replace("\\n", "\n")) is not None
