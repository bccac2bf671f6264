"""Where a match is on the screen: its line once what hides it is open, and its cells."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from tui.views.ink import Line, Span
from tui.views.transcript.blocks import BARS, Block, Look
from tui.views.transcript.search import Hit
from tui.views.transcript.tool_block import ToolBlock
from tui.views.wrap import plain

MATCH, CURRENT = "match", "match-current"
_BAR_TEXTS = frozenset(BARS.values())

Cells = tuple[int, int, int]
"""A line, and from which to which character of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a match is shown: its line, and which of the shown matches of its block it is (None: any on the line)."""

    line: int
    ordinal: int | None = None


def shown_matches(block: Block, look: Look, pattern: re.Pattern[str]) -> list[list[Cells]]:
    """The matches in the laid-out text of a block; one that is broken by a line end has cells on several lines."""
    lines = [block.line(number, look) for number in range(block.lay_out(look))]
    texts: list[str] = []
    starts: list[tuple[int, int]] = []
    at = 0
    for line in lines:
        inset = _inset(line)
        text = plain(line)[inset:]
        starts.append((at, inset))
        texts.append(text)
        at += len(text) + 1
    joined = " ".join(texts)
    first = block.first_text_line
    begin = starts[first][0] if first < len(starts) else len(joined)
    return [
        _cells(match.start(), match.end(), starts, texts)
        for match in pattern.finditer(joined, begin)
        if match.end() > match.start()
    ]


def _inset(line: Line) -> int:
    return len(line[0].text) if line and (line[0].text in _BAR_TEXTS or line[0].text.isspace()) else 0


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


def reveal(block: Block, look: Look, hit: Hit, place: int, count: int, pattern: re.Pattern[str]) -> Found:
    """Open whatever hides a match, the one with number `place` of `count` in its block, and say where it is shown."""
    if isinstance(block, ToolBlock):
        return Found(block.reveal(hit.part, hit.trail, hit.start, look, in_key=hit.in_key))
    shown = shown_matches(block, look, pattern)
    if place >= len(shown) and block.set_folded(False):
        shown = shown_matches(block, look, pattern)
    if not shown:
        length = max(1, len(block.source()))
        return Found(min(block.lay_out(look) - 1, hit.start * block.lay_out(look) // length))
    ordinal = place if len(shown) == count else min(len(shown) - 1, place * len(shown) // max(1, count))
    first = shown[ordinal]
    return Found(first[0][0] if first else 0, ordinal)


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


_ByLine = dict[int, list[tuple[int, int, int]]]
"""For each line its matches: the number of the match in the block, and from which to which character."""


class Marks:
    """Marks the matches in the lines of a document; keeps what it found in a block while the layout stays."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.current: tuple[int, Found] | None = None
        self._blocks: dict[int, tuple[Look, int, _ByLine]] = {}

    def line(self, block: Block, index: int, number: int, line: Line, look: Look) -> Line:
        """A line of block `index` with its matches marked."""
        found = self.current[1] if self.current is not None and self.current[0] == index else None
        if isinstance(block, ToolBlock):
            return self._by_itself(line, found is not None and found.line == number)
        cells: list[tuple[int, int, str]] = []
        for ordinal, start, end in self._shown(block, index, look).get(number, ()):
            mark = CURRENT if found is not None and found.ordinal == ordinal else MATCH
            cells.append((start, end, mark))
        return marked(line, cells) if cells else line

    def _by_itself(self, line: Line, current: bool) -> Line:
        text = plain(line)
        mark = CURRENT if current else MATCH
        cells = [(m.start(), m.end(), mark) for m in self.pattern.finditer(text) if m.end() > m.start()]
        return marked(line, cells) if cells else line

    def _shown(self, block: Block, index: int, look: Look) -> _ByLine:
        height = block.lay_out(look)
        kept = self._blocks.get(index)
        if kept is None or kept[0] is not look or kept[1] != height:
            if len(self._blocks) > _BLOCKS_KEPT:
                self._blocks.clear()
            by_line: _ByLine = {}
            for ordinal, match in enumerate(shown_matches(block, look, self.pattern)):
                for number, start, end in match:
                    by_line.setdefault(number, []).append((ordinal, start, end))
            kept = self._blocks[index] = (look, height, by_line)
        return kept[2]


_BLOCKS_KEPT = 200
