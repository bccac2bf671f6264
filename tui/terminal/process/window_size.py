"""How large the terminal is, as its kernel knows it; imports nothing slow, since the first frame needs it."""

import os

MOST_COLUMNS, MOST_LINES = 1000, 500
"""More than any screen has. A size that comes over a line from outside is only a number, and each cell costs memory."""
_USUAL = 80, 24


def window_size(descriptor: int) -> tuple[int, int]:
    """Columns and lines to draw on; the usual ones where the kernel knows none."""
    columns, lines = _told(descriptor)
    return min(columns or _USUAL[0], MOST_COLUMNS), min(lines or _USUAL[1], MOST_LINES)


def known_size(descriptor: int) -> tuple[int, int] | None:
    """Columns and lines to draw on; None where the kernel knows none."""
    return window_size(descriptor) if all(_told(descriptor)) else None


def _told(descriptor: int) -> tuple[int, int]:
    try:
        columns, lines = os.get_terminal_size(descriptor)
    except (OSError, ValueError):
        return 0, 0
    return columns, lines
