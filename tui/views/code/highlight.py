"""Source code in the inks of its language, as far as time allows."""

import re
from time import thread_time

from tui.views.code.diff import LANGUAGES, diff_inks, is_diff
from tui.views.code.languages import Language, language_of
from tui.views.text.ink import Line, Span

PATIENCE = 0.004
"""Seconds that the inks of a text may take, however much code is in it; the rest stays in one ink."""

LONGEST_LINE = 500
"""Characters of a line from which on nothing has inks: it is minified, or data."""

_LOOK_AT_CLOCK = 64
"""Tokens between two looks at the clock."""

_CODE = "code"
_INKS = {
    "comment": "syntax-comment",
    "keyword": "syntax-keyword",
    "name": "syntax-name",
    "call": "syntax-name",
    "string": "syntax-string",
    "number": "syntax-number",
    "literal": "syntax-number",
    "operator": "syntax-operator",
}
_DEFINING = frozenset(
    {"def", "class", "func", "fun", "fn", "function", "struct", "interface", "enum", "trait", "module"}
)
"""Keywords before a name."""


class Patience:
    """Seconds of the processor that are left for the inks of one text."""

    def __init__(self, seconds: float = PATIENCE) -> None:
        self.left = seconds


def highlight(source: str, language: str, patience: Patience | None = None) -> list[Line]:
    """Each line of cleaned source as spans, not wrapped; what has no inks is in one.

    Those are languages that are not on the list, lines from a very long one on, and what is left when time is over.
    """
    name = language.strip().lower()
    if name in LANGUAGES or (not name and is_diff(source)):
        return _as_diff(source.split("\n"), declared=name != "")
    found = language_of(name)
    patience = patience or Patience()
    if found is None or patience.left <= 0:
        return _in_one_ink(source)
    short = _before_a_long_line(source)
    begin = thread_time()
    lines, at = _inked(short, found, begin + patience.left)
    patience.left -= thread_time() - begin
    rest = _in_one_ink(source[at:])
    return [*lines[:-1], [*lines[-1], *rest[0]], *rest[1:]]


def _as_diff(lines: list[str], *, declared: bool) -> list[Line]:
    inks = diff_inks(lines, declared=declared)
    return [[Span(line, ink or _CODE)] if line else [] for line, ink in zip(lines, inks, strict=True)]


def _in_one_ink(source: str) -> list[Line]:
    return [[Span(line, _CODE)] if line else [] for line in source.split("\n")]


def _before_a_long_line(source: str) -> str:
    at = 0
    for line in source.split("\n"):
        if len(line) > LONGEST_LINE:
            return source[:at]
        at += len(line) + 1
    return source


def _inked(source: str, language: Language, until: float) -> tuple[list[Line], int]:
    """The lines in their inks as far as time allows, and up to which character that is."""
    lines: list[Line] = [[]]
    at = 0
    ink, defines = "", False
    for number, found in enumerate(language.pattern.finditer(source), 1):
        ink, defines = _ink(found, language, defines=defines)
        start, end = found.span()
        if ink and end > start:
            if start > at:
                _write(lines, source[at:start], _CODE)
            _write(lines, source[start:end], ink)
            at = end
        if number % _LOOK_AT_CLOCK == 0 and thread_time() > until:
            break
    return lines, at


def _ink(found: re.Match[str], language: Language, *, defines: bool) -> tuple[str, bool]:
    """The ink of a token, nothing for that of all code, and whether the next word is a name that is defined."""
    kind = (found.lastgroup or "").partition("_")[0]
    if kind not in ("word", "call"):
        return _INKS[kind], False
    word = found.group()
    if (word.lower() if language.folded else word) in language.keywords:
        return "syntax-keyword", word in _DEFINING
    return _INKS["call"] if defines or kind == "call" else "", False


def _write(lines: list[Line], text: str, ink: str) -> None:
    first, *others = text.split("\n")
    if first:
        lines[-1].append(Span(first, ink))
    for line in others:
        lines.append([Span(line, ink)] if line else [])
