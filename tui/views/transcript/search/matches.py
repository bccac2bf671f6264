"""Where a match is on the screen: its line once what hides it is open, and its cells."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from time import perf_counter
from typing import TypeVar

from tui.views.jsontree.text_rows import TextLayout
from tui.views.text.ink import ASIDE, CODE_BAR, QUOTE_BAR, WRAPPED, Line, Span
from tui.views.text.pages import is_large
from tui.views.text.pattern import Pattern, TooSlow
from tui.views.text.wrap import cell_width, plain
from tui.views.transcript.blocks.block import BARS, Block
from tui.views.transcript.blocks.tool_block import ToolBlock
from tui.views.transcript.modes import Look
from tui.views.transcript.search.query import is_unspaced
from tui.views.transcript.search.search import Hit

MATCH, CURRENT = "match", "match-current"
_FRAME = 0.01
"""Seconds that the matches of one frame may take to be found; those of a plain text take what they take."""

_BAR_TEXTS = frozenset(BARS.values())
_MARKS = frozenset({WRAPPED, CODE_BAR, QUOTE_BAR})

Cells = tuple[int, int, int]
"""A line, and from which to which character of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a match is shown: its line, and which of the shown matches of its block it is (None: any on the line)."""

    line: int
    ordinal: int | None = None


def shown_matches(block: Block, look: Look, pattern: Pattern, seconds: float = _FRAME) -> list[list[Cells]]:
    """The matches in the laid-out text of a block; one that is broken by a line end has cells on several lines.

    Raises:
        TooSlow: they cannot be had within these seconds.
    """
    lines = [block.line(number, look) for number in range(block.lay_out(look))]
    return _joined_matches(lines, look.prose, pattern, seconds, block.first_text_line)


def _joined_matches(
    lines: Sequence[Line], room: int, pattern: Pattern, seconds: float, first: int = 0
) -> list[list[Cells]]:
    """The matches in lines of one text, from line `first` on, that were broken for so many cells."""
    insets = [_inset(line) for line in lines]
    texts = [_words(line)[inset:] for line, inset in zip(lines, insets, strict=True)]
    starts: list[tuple[int, int]] = []
    parts: list[str] = []
    at = 0
    for number, text in enumerate(texts):
        joint = _joint(texts[number - 1], text, room - insets[number]) if number else ""
        starts.append((at + len(joint), insets[number]))
        parts += [joint, text]
        at += len(joint) + len(text)
    joined = "".join(parts)
    begin = starts[first][0] if first < len(starts) else len(joined)
    return [_cells(start, end, starts, texts) for start, end in pattern.in_prose.within(seconds, joined, begin)]


def _value_matches(layout: TextLayout, pattern: Pattern, seconds: float) -> list[list[Cells]]:
    """The matches in the text of a value, in the characters of its rows.

    Raises:
        TooSlow: they cannot be had within these seconds.
    """
    if layout.lines is not None:
        return _joined_matches(layout.lines, layout.room, pattern, seconds)
    found = pattern.within(seconds, layout.seen.text)
    return [_cells_of(start, end, layout.slices) for start, end in found]


def _cells_of(start: int, end: int, slices: Sequence[tuple[int, int]]) -> list[Cells]:
    row = max(0, bisect_right(slices, start, key=lambda piece: piece[0]) - 1)
    cells: list[Cells] = []
    while row < len(slices) and slices[row][0] < end:
        begin, stop = slices[row]
        if max(start, begin) < min(end, stop):
            cells.append((row, max(start, begin) - begin, min(end, stop) - begin))
        row += 1
    return cells


def _words(line: Line) -> str:
    """The text of a line; words of ours in the middle of it hold no match."""
    return "".join(["\0" * len(text) if ink.endswith(ASIDE) else text for text, ink in line])


def _joint(before: str, after: str, room: int) -> str:
    """What stood between two lines before they were broken: a blank, or nothing, or nobody can say."""
    if not before or not after:
        return " "
    if is_unspaced(before[-1]) and is_unspaced(after[0]):
        return "\n"
    return "" if " " not in before and cell_width(before) >= room else " "


def _inset(line: Line) -> int:
    """The characters of the bars and marks that stand before what is said."""
    inset = 0
    for span in line:
        if span.text not in _BAR_TEXTS and span not in _MARKS and not span.text.isspace():
            break
        inset += len(span.text)
    return inset


def _cells(start: int, end: int, starts: list[tuple[int, int]], texts: list[str]) -> list[Cells]:
    cells: list[Cells] = []
    number = max(0, bisect_right(starts, (start, len(texts))) - 1)
    while number < len(starts) and starts[number][0] < end:
        at, inset = starts[number]
        left, right = max(start, at) - at, min(end, at + len(texts[number])) - at
        if right > left:
            cells.append((number, left + inset, right + inset))
        number += 1
    return cells


def reveal(block: Block, look: Look, hits: Sequence[Hit], place: int, pattern: Pattern) -> Found:
    """Open whatever hides a match, the one with number `place` in its block, and say where it is shown."""
    hit, count = hits[place], len(hits)
    if isinstance(block, ToolBlock):
        return Found(block.reveal(hit.part, hit.trail, hit.start, look, in_key=hit.in_key, page=hit.page))
    in_pages = is_large(block.source())
    if in_pages:
        block.show_page(hit.page)
        place = sum(other.page == hit.page for other in hits[:place])
    shown = _shown_or_none(block, look, pattern)
    if place >= len(shown) and block.set_folded(False):
        shown = _shown_or_none(block, look, pattern)
    if not shown:
        length = max(1, len(block.source()))
        return Found(min(block.lay_out(look) - 1, hit.start * block.lay_out(look) // length))
    is_exact = len(shown) == count or (in_pages and place < len(shown))
    ordinal = place if is_exact else min(len(shown) - 1, place * len(shown) // max(1, count))
    first = shown[ordinal]
    return Found(first[0][0] if first else 0, ordinal)


def is_shown(block: Block, look: Look, place: int, pattern: Pattern) -> bool:
    """Whether the match with this number is to be seen in the block as it is folded."""
    return place < len(_shown_or_none(block, look, pattern))


def _shown_or_none(block: Block, look: Look, pattern: Pattern) -> list[list[Cells]]:
    try:
        return shown_matches(block, look, pattern)
    except TooSlow:
        return []


def marked(line: Line, cells: list[tuple[int, int, str]]) -> Line:
    """The line with some of its characters in another ink on top; `cells` are rising and do not overlap."""
    marked_line: Line = []
    at = 0
    for text, ink in line:
        cuts = sorted({0, len(text), *(cut - at for start, end, _ in cells for cut in (start, end))})
        cuts = [cut for cut in cuts if 0 <= cut <= len(text)]
        for left, right in pairwise(cuts):
            over = next((mark for start, end, mark in cells if start <= at + left < end), "")
            marked_line.append(Span(text[left:right], f"{ink} {over}" if over else ink))
        at += len(text)
    return marked_line


_TOO_OFTEN = 3
"""Places where the pattern took too long, after which no more are tried."""

_Match = TypeVar("_Match")

_ByLine = dict[int, list[tuple[int, int, int]]]
"""For each line its matches: the number of the match in the block, and from which to which character."""


class Marks:
    """Marks the matches in the lines of a document; keeps what it found in a block while the layout stays.

    Where a regular expression takes too long there are no marks, and after a few such places nowhere any more.
    """

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self._left = _FRAME
        self._too_slow = 0
        self.current: tuple[int, Found] | None = None
        self._blocks: dict[int, tuple[Look, int, _ByLine]] = {}
        self._texts: dict[int, tuple[TextLayout, _ByLine]] = {}
        """By the identity of the rows, which are kept as long as they are looked up."""

    def begin_frame(self) -> None:
        """Take new time for the marks of another frame."""
        self._left = _FRAME

    def line(self, block: Block, index: int, number: int, line: Line, look: Look) -> Line:
        """A line of block `index` with its matches marked."""
        found = self.current[1] if self.current is not None and self.current[0] == index else None
        if isinstance(block, ToolBlock):
            at = found.line if found is not None else None
            if (text := block.text_at(number, look)) is not None:
                return self._in_text(line, *text, None if at is None else text[1] + at - number)
            return self._by_itself(line, at == number)
        cells: list[tuple[int, int, str]] = []
        for ordinal, start, end in self._shown(block, index, look).get(number, ()):
            mark = CURRENT if found is not None and found.ordinal == ordinal else MATCH
            cells.append((start, end, mark))
        return marked(line, cells) if cells else line

    def _in_time(self, find: Callable[[float], list[_Match]]) -> list[_Match]:
        """What is found in the time that is left for the frame, or nothing."""
        if self._too_slow >= _TOO_OFTEN:
            return []
        begin = perf_counter()
        try:
            return find(self._left)
        except TooSlow:
            self._too_slow += self._left > 0
            return []
        finally:
            self._left -= perf_counter() - begin

    def _by_itself(self, line: Line, current: bool) -> Line:
        text = plain(line)
        mark = CURRENT if current else MATCH
        cells = [(start, end, mark) for start, end in self._in_time(lambda left: self.pattern.within(left, text))]
        return marked(line, cells) if cells else line

    def _in_text(self, line: Line, layout: TextLayout, row: int, current: int | None) -> Line:
        """A row of a text with its matches marked; `current` is the row in which the match begins that was gone to."""
        key = id(layout.slices if layout.lines is None else layout.lines)
        kept = self._texts.get(key)
        if kept is None:
            by_row: _ByLine = {}
            for match in self._in_time(lambda left: _value_matches(layout, self.pattern, left)):
                for at, start, end in match:
                    by_row.setdefault(at, []).append((match[0][0], start, end))
            if len(self._texts) > _BLOCKS_KEPT:
                self._texts.clear()
            kept = self._texts[key] = (layout, by_row)
        cells = kept[1].get(row, ())
        if not cells:
            return line
        begin, end = layout.slices[row] if layout.lines is None else (0, len(plain(layout.lines[row])))
        before = max(0, len(plain(line)) - (end - begin))
        return marked(line, [(before + one, before + to, CURRENT if at == current else MATCH) for at, one, to in cells])

    def _shown(self, block: Block, index: int, look: Look) -> _ByLine:
        height = block.lay_out(look)
        kept = self._blocks.get(index)
        if kept is None or kept[0] is not look or kept[1] != height:
            if len(self._blocks) > _BLOCKS_KEPT:
                self._blocks.clear()
            by_line: _ByLine = {}
            matches = self._in_time(lambda left: shown_matches(block, look, self.pattern, left))
            for ordinal, match in enumerate(matches):
                for number, start, end in match:
                    by_line.setdefault(number, []).append((ordinal, start, end))
            kept = self._blocks[index] = (look, height, by_line)
        return kept[2]


_BLOCKS_KEPT = 200
