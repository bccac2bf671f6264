"""The map beside a transcript: which rows stand for questions, tool calls, failures and matches."""

from bisect import bisect_left
from collections.abc import Sequence

from tui.views.text.ink import Span
from tui.views.transcript.document import Document
from tui.views.transcript.kinds import FEEDBACK, GUESSED, STATED, TOOL, TURN

FAILED_MARK = Span("!", "failed")
GUESSED_MARK = Span("?", "guessed")
MATCH_MARK = Span("=", "accent")
QUESTION_MARK = Span("•", "user")
TOOL_MARK = Span("-", "tool")
FEEDBACK_MARK = Span("c", "warning")

_ROWS_EACH = 3
"""Rows that there must be for each question or tool call, else their marks say nothing."""


class Overview:
    """The map of what is read, worked out anew only where something in it has changed."""

    def __init__(self) -> None:
        self._document: Document | None = None
        self._matches: Sequence[int] = ()
        self._seen: tuple[int, ...] = ()
        self._marks: dict[int, Span] = {}

    def marks(self, document: Document, height: int, matches: Sequence[int]) -> dict[int, Span]:
        """As `overview_marks`; to the same matches others are only added."""
        seen = (height, document.heights.changes, *map(len, document.places.values()), len(matches))
        if document is not self._document or matches is not self._matches or seen != self._seen:
            self._document, self._matches, self._seen = document, matches, seen
            self._marks = overview_marks(document, height, matches)
        return self._marks


def overview_marks(document: Document, height: int, matches: Sequence[int]) -> dict[int, Span]:
    """The mark of each row that has one, for a map of `height` rows; `matches` are rising block numbers.

    Questions and tool calls are left out where there are so many that every row would have one.
    """
    total = document.total
    if total <= height or height <= 0:
        return {}
    layers: list[tuple[Sequence[int], Span]] = [(matches, MATCH_MARK)]
    layers += [(document.places[STATED], FAILED_MARK), (document.places[GUESSED], GUESSED_MARK)]
    layers.append((document.places[FEEDBACK], FEEDBACK_MARK))
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
