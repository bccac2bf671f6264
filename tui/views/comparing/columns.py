"""Two texts side by side, or one above the other where there is no room for that; each line has a sign."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.views.text.ink import Line, Span
from tui.views.text.wrap import crop_line, line_width, wrap_spans

BESIDE = 100
"""Columns from which on both stand side by side."""

SIGN = 2
"""Cells of the sign before each line."""

_SEPARATOR = Span(" │ ", "rule")
_BETWEEN = 3
_NO_SIGN = Span("  ")
REMOVED, ADDED, CHANGED = Span("- ", "removed strong"), Span("+ ", "added strong"), Span("~ ", "warning")


class ComparedRow(NamedTuple):
    """What stands in the first conversation beside what stands in the second; None where one has nothing there."""

    before: Sequence[Span] | None
    after: Sequence[Span] | None
    differs: bool = True


class ComparedColumns:
    """How wide the texts are in a pane of so many columns."""

    def __init__(self, width: int) -> None:
        self.width = max(8, width)
        self.are_beside = width >= BESIDE
        self._side = (self.width - _BETWEEN) // 2 if self.are_beside else self.width

    @property
    def room(self) -> int:
        """Cells of a text beside its sign."""
        return self._side - SIGN

    def ends(self, before: Line, after: Line, filler: Span) -> Line:
        """A heading over each side, or one heading for both."""
        if not self.are_beside:
            return [*before, *after]
        left = crop_line(before, self._side)
        fill = Span(filler.text * (self._side - line_width(left)), filler.ink)
        return [*left, fill, _SEPARATOR, *after]

    def lines(self, row: ComparedRow, hang: int = 0) -> Iterator[Line]:
        """The lines of a row; what goes on below the first line is indented by `hang` cells."""
        rest = Span(" " * hang)
        wrapped = [
            None if spans is None else wrap_spans(spans, self.room, [], [rest] if hang else None)
            for spans in (row.before, row.after)
        ]
        before, after = wrapped
        signs = (REMOVED, ADDED) if row.differs else (_NO_SIGN, _NO_SIGN)
        if self.are_beside:
            yield from self._beside(before or [], after or [], signs)
            return
        for sign, lines in zip(signs, (before, after), strict=True):
            yield from ([sign, *line] for line in lines or [])
            if not row.differs:
                return

    def _beside(self, before: Sequence[Line], after: Sequence[Line], signs: tuple[Span, Span]) -> Iterator[Line]:
        for number in range(max(len(before), len(after))):
            left: Line = [signs[0], *before[number]] if number < len(before) else []
            right: Line = [signs[1], *after[number]] if number < len(after) else []
            yield [*left, Span(" " * (self._side - line_width(left))), _SEPARATOR, *right]
