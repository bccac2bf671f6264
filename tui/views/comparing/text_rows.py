"""Texts as rows: words that differ are inked in their lines, lines that do not are folded."""

from collections.abc import Iterator, Sequence

from tui.store.comparing.words import Segment
from tui.terminal.text.clean import clean
from tui.views.comparing.columns import ComparedRow
from tui.views.text.format import thousands
from tui.views.text.ink import Line, Span

REMOVED_WORDS, ADDED_WORDS = "strike removed", "underline added"
_BESIDE_A_DIFFERENCE = 1
"""Lines without a difference that are shown before and behind one."""


def rows_of(segments: Sequence[Segment]) -> Iterator[ComparedRow]:
    """The lines of two texts beside each other; what differs over several lines is one row."""
    before: Line = []
    after: Line = []
    differs = False
    for segment in segments:
        if not segment.is_same:
            differs = True
            before += _inked(segment.before, REMOVED_WORDS)
            after += _inked(segment.after, ADDED_WORDS)
            continue
        first, *others = segment.before.split("\n")
        before += _inked(first, "text")
        after += _inked(first, "text")
        for text in others:
            yield ComparedRow(before, after, differs)
            before, after, differs = _inked(text, "text"), _inked(text, "text"), False
    yield ComparedRow(before, after, differs)


def _inked(text: str, ink: str) -> Line:
    return [Span(clean(text), ink)] if text else []


def folded(rows: Iterator[ComparedRow], *, whole: bool) -> Iterator[ComparedRow | Span]:
    """The rows, with what is the same and not beside a difference as one line that says how much that is."""
    if whole:
        yield from rows
        return
    same: list[ComparedRow] = []
    behind = 0
    for row in rows:
        if not row.differs:
            if behind:
                behind -= 1
                yield row
            else:
                same.append(row)
            continue
        yield from _kept(same, _BESIDE_A_DIFFERENCE)
        yield row
        same, behind = [], _BESIDE_A_DIFFERENCE
    yield from _kept(same, 0)


def _kept(same: list[ComparedRow], beside: int) -> Iterator[ComparedRow | Span]:
    left_out = len(same) - beside
    if left_out > 1:
        yield Span(f"⋯ {thousands(left_out)} equal lines", "muted")
        same = same[left_out:]
    yield from same
