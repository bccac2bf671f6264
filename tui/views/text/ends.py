"""One line with words at both of its ends."""

from tui.views.text.ink import Line, Span
from tui.views.text.wrap import crop_line, line_width

_LEAST = 4
"""Cells of room from which on the words at the left are shown."""


def line_of_ends(left: Line, right: Line, width: int) -> Line:
    """The words at both ends of a line of so many cells; what does not fit is cut at the words at the left."""
    right = crop_line(right, max(0, width - 2))
    room = width - line_width(right) - 2
    left = crop_line(left, max(0, room)) if room >= _LEAST else []
    fill = width - line_width(left) - line_width(right) - 1
    return [*left, Span(" " * max(0, fill)), *right]
