"""Text broken into lines of a pane, measured in terminal cells.

The measure is `rich.cells.cell_len`, the one the compositor paints by: an emoji with joiners or a variation selector is
one piece there, and is never split here. Cuts fall only between such pieces, so widths of the parts add up.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from rich.cells import cell_len

from tui.terminal.text.simple import cells_of, is_narrow, is_simple
from tui.terminal.text.widths import count_spacing_marks, graphemes
from tui.views.text.ink import Line, Span

count_spacing_marks()  # before anything is measured

_OPENING = frozenset("([{（［｛「『【《〈〔“‘")
_CLOSING = frozenset(")]}）］｝」』】》〉〕”’、。，．：；！？・ー…")
_NARROWEST = 4
_MOST_CELLS = 2
"""What a character takes at most."""
_LEAST_LEFT = 4
"""Cells that the left end of a line keeps, however much is at the right one."""

_MIN_BODY = 2
"""Cells that a lead always leaves to the text: one wide character."""

Slice = tuple[int, int]


@cache
def _is_wide(character: str) -> bool:
    return cell_len(character) > 1


def cell_width(text: str) -> int:
    """The cells that the text takes on the screen."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(cells_of(text)) if is_simple(text) else cell_len(text)


def line_width(line: Sequence[Span]) -> int:
    """The cells that the line takes on the screen."""
    return sum([len(text) if text.isascii() and text.isprintable() else cell_width(text) for text, _ in line])


def plain(line: Sequence[Span]) -> str:
    """The text of the line without its inks."""
    return "".join(span.text for span in line)


def wrap_offsets(text: str, first: int, rest: int) -> list[Slice]:
    """Where the lines of one paragraph (no line feed in it) start and end; `first` and `rest` are widths in cells.

    Spaces at a break belong to no line. There is always at least one line.
    """
    if is_narrow(text):
        return _narrow_offsets(text, first, rest)
    return _wide_offsets(text, first, rest)


def _narrow_offsets(text: str, first: int, rest: int) -> list[Slice]:
    slices: list[Slice] = []
    start, total, width = 0, len(text), first
    while total - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        if cut <= start or (not slices and text[start:cut].isspace()):
            end = following = start + width
        else:
            end, following = cut, cut + 1
            while text[end - 1] == " ":
                end -= 1
        slices.append((start, end))
        while following < total and text[following] == " ":
            following += 1
        start, width = following, rest
    if start < total or not slices:
        slices.append((start, total))
    return slices


def _wide_offsets(text: str, first: int, rest: int) -> list[Slice]:
    starts, cells = _measured(text)
    slices: list[Slice] = []
    total, begin, width = len(starts) - 1, 0, first
    while True:
        stop = min(begin + width + 2, total + 1) if isinstance(starts, range) else total + 1  # each has a cell
        at = bisect_right(cells, cells[begin] + width, begin, stop) - 1
        if at >= total:
            break
        cut = _cut(text, starts, begin, at)
        slices.append(_trimmed(text, starts[begin], starts[cut]))
        while cut < total and text[starts[cut] : starts[cut + 1]] == " ":
            cut += 1
        begin, width = cut, rest
    if begin < total or not slices:
        slices.append((starts[begin], len(text)))
    return slices


def _measured(text: str) -> tuple[Sequence[int], list[int]]:
    """Where each grapheme starts, with the end of the text at last, and the cells that come before each."""
    if is_simple(text):
        return range(len(text) + 1), [0, *accumulate(cells_of(text))]
    pieces = graphemes(text)
    return [*(piece[0] for piece in pieces), len(text)], [0, *accumulate(piece[2] for piece in pieces)]


def _cut(text: str, starts: Sequence[int], begin: int, at: int) -> int:
    """The grapheme that the next line begins with, when those from `begin` to before `at` fit."""
    for cut in range(at, begin, -1):
        if _may_break(text[starts[cut - 1]], text[starts[cut]]):
            return cut
    return max(at, begin + 1)


def _trimmed(text: str, start: int, end: int) -> Slice:
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end


def _may_break(left: str, right: str) -> bool:
    if left == " " or right == " ":
        return True
    return (_is_wide(left) or _is_wide(right)) and left not in _OPENING and right not in _CLOSING


def _paragraphs(text: str) -> list[Slice]:
    slices: list[Slice] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        slices.append((start, end))
        start = end + 1
    return slices


def _lead_that_fits(lead: Sequence[Span], width: int) -> tuple[Line, int]:
    cells = line_width(lead)
    room = max(0, width - _MIN_BODY)
    if cells <= room:
        return list(lead), cells
    cropped = crop_line(list(lead), room, "")
    return cropped, line_width(cropped)


def wrap_spans(spans: Sequence[Span], width: int, lead: Line | tuple[()] = (), hang: Line | None = None) -> list[Line]:
    """The spans as lines of at most `width` cells (at least 4), broken between words where there is a choice.

    `lead` goes before the first line and `hang` (`lead` again when it is None) before the following ones; both count to
    the width. A line feed in a span starts a new line.
    """
    width = max(_NARROWEST, width)
    first, first_cells = _lead_that_fits(lead, width)
    rest, rest_cells = (first, first_cells) if hang is None else _lead_that_fits(hang, width)
    text = spans[0].text if len(spans) == 1 else plain(spans)
    if len(text) <= width - first_cells and is_narrow(text) and "\n" not in text:
        return [[*first, *(span for span in spans if span.text)]]
    slices = _broken(text, width - first_cells, width - rest_cells)
    lines = _dress(spans, text, slices)
    if not first and not rest:
        return lines
    return [[*(rest if number else first), *line] for number, line in enumerate(lines)]


def line_slices(text: str, width: int) -> list[Slice]:
    """Where each line of `wrap_spans` begins and ends in a text of one span."""
    width = max(_NARROWEST, width)
    return _broken(text, width, width)


def _broken(text: str, first: int, rest: int) -> list[Slice]:
    """The lines of all paragraphs."""
    offsets, cells = (_narrow_offsets, 1) if is_narrow(text) else (wrap_offsets, _MOST_CELLS)
    slices: list[Slice] = []
    width = first
    for start, end in _paragraphs(text):
        if cells * (end - start) <= width:
            slices.append((start, end))
        else:
            slices.extend((start + a, start + b) for a, b in offsets(text[start:end], width, rest))
        width = rest
    return slices


def _dress(spans: Sequence[Span], text: str, slices: list[Slice]) -> list[Line]:
    if len(spans) == 1:
        ink = spans[0].ink
        return [[Span(text[start:end], ink)] if end > start else [] for start, end in slices]
    bounds = _ink_bounds(spans, text)
    lines: list[Line] = []
    at = 0
    for start, end in slices:
        line: Line = []
        while at < len(bounds) and bounds[at][1] <= start:
            at += 1
        look = at
        while look < len(bounds) and bounds[look][0] < end:
            begin, stop, ink = bounds[look]
            line.append(Span(text[max(begin, start) : min(stop, end)], ink))
            look += 1
        lines.append(line)
    return lines


def _ink_bounds(spans: Sequence[Span], text: str) -> list[tuple[int, int, str]]:
    """Start, end and ink of each span in the joined text, moved so that no grapheme has two inks."""
    starts = None if text.isascii() or is_simple(text) else {piece[0] for piece in graphemes(text)}
    bounds: list[tuple[int, int, str]] = []
    position = begin = 0
    for span in spans:
        position += len(span.text)
        stop = position
        while starts is not None and stop < len(text) and stop not in starts:
            stop += 1
        if stop > begin:
            bounds.append((begin, stop, span.ink))
            begin = stop
    return bounds


def crop_line(line: Line, width: int, mark: str = "…") -> Line:
    """The line cut to `width` cells, ending in the mark where something was cut off."""
    if line_width(line) <= width:
        return line
    room = width - cell_width(mark)
    if room < 0:
        mark, room = "", width
    cropped: Line = []
    for text, ink in line:
        cells = cell_width(text)
        if cells > room:
            cropped.append(Span(_head(text, room) + mark, ink))
            break
        cropped.append(Span(text, ink))
        room -= cells
    return [span for span in cropped if span.text]


def spread(left: Line, right: Line, width: int) -> Line:
    """Both ends of a line of `width` cells, with two cells between them; what is too long is cut at the left one."""
    if not right:
        return crop_line(left, width)
    room = width - line_width(right) - 2
    left = crop_line(left, max(_LEAST_LEFT, room))
    return [*left, Span(" " * max(0, width - line_width(left) - line_width(right))), *right]


def _head(text: str, width: int) -> str:
    if text.isascii() and text.isprintable():
        return text[:width]
    used = end = 0
    for _, stop, cells in graphemes(text[: 4 * width + 64]):
        if used + cells > width:
            break
        used += cells
        end = stop
    return text[:end]


def crop_start(text: str, width: int, mark: str = "…") -> str:
    """The end of a text in `width` cells, after the mark where something was cut off."""
    if cell_width(text) <= width:
        return text
    room = width - cell_width(mark)
    begin, used = len(text), 0
    for start, _, cells in reversed(graphemes(text)):
        if used + cells > room:
            break
        begin, used = start, used + cells
    return (mark + text[begin:]) if room >= 0 else ""
