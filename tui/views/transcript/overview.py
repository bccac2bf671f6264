"""The map beside a transcript: which rows stand for questions, tool calls, failures and matches."""

from bisect import bisect_left
from collections.abc import Sequence

from tui.views.text.ink import Span
from tui.views.transcript.document import Document
from tui.views.transcript.kinds import GUESSED, STATED, TOOL, TURN

FAILED_MARK = Span("!", "failed")
GUESSED_MARK = Span("?", "guessed")
MATCH_MARK = Span("=", "accent")
QUESTION_MARK = Span("•", "user")
TOOL_MARK = Span("-", "tool")

_ROWS_EACH = 3
"""Rows that there must be for each question or tool call, else their marks say nothing."""


def overview_marks(document: Document, height: int, matches: Sequence[int]) -> dict[int, Span]:
    """The mark of each row that has one, for a map of `height` rows; `matches` are rising block numbers.

    Questions and tool calls are left out where there are so many that every row would have one.
    """
    total = document.total
    if total <= height or height <= 0:
        return {}
    layers: list[tuple[Sequence[int], Span]] = [(matches, MATCH_MARK)]
    layers += [(document.places[STATED], FAILED_MARK), (document.places[GUESSED], GUESSED_MARK)]
    for kind, mark in ((TURN, QUESTION_MARK), (TOOL, TOOL_MARK)):
        if _ROWS_EACH * len(document.places[kind]) <= height:
            layers.append((document.places[kind], mark))
    bounds = [_first_block_from(document, row * total // height) for row in range(height)] + [len(document.blocks)]
    marks: dict[int, Span] = {}
    for row in range(height):
        for places, mark in layers:
            if bisect_left(places, bounds[row]) < bisect_left(places, bounds[row + 1]):
                marks[row] = mark
                break
    return marks


def _first_block_from(document: Document, line: int) -> int:
    """The first block that begins at a line or after it."""
    index, rest = document.heights.find(line)
    return index + (rest > 0)
