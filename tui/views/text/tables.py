"""Tables that fit the pane: columns shrunk and cells wrapped, or one record after the other when there is no room."""

from collections.abc import Sequence
from itertools import zip_longest

from tui.views.text.ink import Line, Span
from tui.views.text.wrap import line_width, wrap_spans

Cell = Line
"""The spans of one cell; a line feed in it starts a new line."""

_BETWEEN = " │ "
_CROSSING = "─┼─"
_NARROWEST = 12
"""Cells below which a shrunk column is no pleasure to read."""


def fit_widths(natural: Sequence[int], room: int) -> list[int]:
    """Widths that add up to at most `room`: narrow columns keep theirs, the wide ones share what is left."""
    widths = [0] * len(natural)
    left = room
    for place, column in enumerate(sorted(range(len(natural)), key=natural.__getitem__)):
        share = left // (len(natural) - place)
        widths[column] = min(natural[column], max(share, 0))
        left -= widths[column]
    return widths


def _cell_size(cell: Cell) -> int:
    if not any("\n" in span.text for span in cell):
        return line_width(cell)
    return max(line_width(line) for line in wrap_spans(cell, 1 << 20))


def table_lines(
    header: Sequence[Cell], rows: Sequence[Sequence[Cell]], aligns: Sequence[str], width: int
) -> list[Line]:
    """The table in at most `width` cells; `aligns` holds `left`, `right` or `center` for each column."""
    columns = len(header)
    natural = [max(1, _cell_size(cell)) for cell in header]
    for row in rows:
        for column, cell in enumerate(row[:columns]):
            natural[column] = max(natural[column], _cell_size(cell))
    widths = fit_widths(natural, width - len(_BETWEEN) * (columns - 1))
    if any(given < min(_NARROWEST, wanted) for given, wanted in zip(widths, natural, strict=True)):
        return _records(header, rows, width)
    lines = _row_lines([_inked(cell, "strong") for cell in header], widths, aligns)
    lines.append([Span(_CROSSING.join("─" * given for given in widths), "rule")])
    for row in rows:
        lines.extend(_row_lines(row, widths, aligns))
    return lines


def _inked(cell: Cell, ink: str) -> Cell:
    return [Span(span.text, f"{span.ink} {ink}") for span in cell]


def _row_lines(row: Sequence[Cell], widths: Sequence[int], aligns: Sequence[str]) -> list[Line]:
    cells = [wrap_spans(cell, max(width, 2)) for cell, width in zip(row, widths, strict=False)]
    lines: list[Line] = []
    for parts in zip_longest(*cells, fillvalue=[]):
        line: Line = []
        for column, part in enumerate(parts):
            if column:
                line.append(Span(_BETWEEN, "rule"))
            line.extend(_aligned(part, widths[column], aligns[column], last=column == len(widths) - 1))
        lines.append(line)
    return lines


def _aligned(part: Line, width: int, align: str, *, last: bool) -> Line:
    space = width - line_width(part)
    before = space if align == "right" else space // 2 if align == "center" else 0
    after = 0 if last else space - before
    return [*([Span(" " * before)] if before > 0 else []), *part, *([Span(" " * after)] if after > 0 else [])]


def _records(header: Sequence[Cell], rows: Sequence[Sequence[Cell]], width: int) -> list[Line]:
    """Each row as lines of `name: value`, with a rule between rows."""
    if not rows:
        return [line for cell in header for line in wrap_spans(_inked(cell, "strong"), width)]
    lines: list[Line] = []
    for number, row in enumerate(rows):
        if number:
            lines.append([Span("─" * min(width, 12), "rule")])
        for name, cell in zip(header, row, strict=False):
            spans = [*_inked(name, "strong"), Span(": ", "muted"), *cell]
            lines.extend(wrap_spans(spans, width, (), [Span("  ")]))
    return lines
