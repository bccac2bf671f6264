"""Markdown as lines of the screen; what is too large or too deep to render is laid out plainly and says so."""

import re
from typing import NamedTuple

from tui.terminal.text.clean import clean
from tui.views.markdown.blocks import TooDeep, render
from tui.views.markdown.controls import parsable, shown, stand_in
from tui.views.markdown.limits import TooIntricate
from tui.views.text.ink import ASIDE, WRAPPED, Line, Span
from tui.views.text.pages import is_large
from tui.views.text.trace import Trace, WrittenText
from tui.views.text.wrap import line_slices, wrap_offsets, wrap_spans

_MOST_MARKS = 8_000
"""Marks above which a text takes longer than a key may; links and line ends count for two, an item for three more."""

_FENCE = re.compile(r"[ >]*(`{3,}|~{3,})")
_ITEM = re.compile(r"^[ >]*(?:[-*+]|\d{1,9}[.)]) ", re.MULTILINE)

_TOO_LARGE = "Too large to render as Markdown: shown as plain text."
_TOO_INTRICATE = "Too intricate to render as Markdown: shown as plain text."
_TOO_DEEP = "Nested too deeply to render as Markdown: shown as plain text."


def plain_lines(source: str, width: int, trace: Trace | None = None) -> list[Line]:
    """The cleaned text as it is, wrapped to `width` cells."""
    cleaned = clean(source)
    text = cleaned.strip("\n")
    if not text:
        return []
    traced = None if trace is None else trace.text(source, cleaned)
    return slices_as_lines(cleaned, cleaned.find(text), len(text), width, traced)


def slices_as_lines(text: str, begin: int, length: int, width: int, traced: WrittenText | None) -> list[Line]:
    """A part of a cleaned text as it is, wrapped; the rest of a line of code in a fence begins with a mark."""
    part = text[begin : begin + length]
    marked = _rest_of_code(part, width)
    lines: list[Line] = []
    for number, (start, end) in enumerate(marked.slices if marked else line_slices(part, width)):
        shown = part[start:end]
        spans = [Span(shown) if traced is None else traced.span(shown, begin + start, begin + end)] if shown else []
        lines.append([WRAPPED, *spans] if marked and number in marked.rests else spans)
    return lines


class _Marked(NamedTuple):
    """Where lines begin and end, and which of them go on with a line of code."""

    slices: list[tuple[int, int]]
    rests: set[int]


def _rest_of_code(text: str, width: int) -> _Marked | None:
    """The lines of a text with a fence in which some are wrapped; None of any other."""
    if "```" not in text and "~~~" not in text:
        return None
    made = _Marked([], set())
    fence, at = "", 0
    for line in text.split("\n"):
        found = _FENCE.match(line)
        room = width - len(WRAPPED.text)
        if fence and width > 2 * len(WRAPPED.text):
            slices = wrap_offsets(line, width, room)
            made.rests.update(range(len(made.slices) + 1, len(made.slices) + len(slices)))
        else:
            slices = wrap_offsets(line, width, width)
        made.slices.extend((at + start, at + end) for start, end in slices)
        if found is not None:
            fence = "" if fence and found[1].startswith(fence) else fence or found[1]
        at += len(line) + 1
    return made if made.rests else None


def markdown_lines(
    source: str, width: int, prose: int | None = None, *, typed: bool = False, trace: Trace | None = None
) -> list[Line]:
    """The untrusted Markdown rendered into lines of at most `width` cells, without blank lines at its ends.

    All but code and tables takes no more than `prose` cells, where that is given.
    Of what a person has `typed` less is taken for markup. With a `trace` the lines are traced.
    """
    narrow = width if prose is None else prose
    if is_large(source):
        return _noted(_TOO_LARGE, source, narrow, trace)
    if _marks(source) > _MOST_MARKS:
        return _noted(_TOO_INTRICATE, source, narrow, trace)
    text = parsable(source)
    if not text.strip():
        return []
    traced = None if trace is None else trace.text(source, text, stand_in, shown, markup=True)
    try:
        return render(text, width, narrow, typed=typed, traced=traced)
    except TooDeep:
        return _noted(_TOO_DEEP, source, narrow, trace)
    except TooIntricate:
        return _noted(_TOO_INTRICATE, source, narrow, trace)


def _marks(source: str) -> int:
    marks = sum(map(source.count, "*_~`<&|\\"))
    return marks + 2 * (source.count("\n") + source.count("](")) + 3 * sum(1 for _ in _ITEM.finditer(source))


def _noted(note: str, text: str, width: int, trace: Trace | None) -> list[Line]:
    return [*wrap_spans([Span(note, f"muted {ASIDE}")], width), *plain_lines(text, width, trace)]
