"""Keeps right-to-left text in its place on terminals that reorder a row by themselves.

Such a terminal takes the whole row for one text: what stands to the right of Arabic or Hebrew, a number or another
such text in a column of its own, changes places with it. A left-to-right mark behind each of them ends it, takes no
cell there, and leaves the text itself as it is read.
"""

import re
from unicodedata import bidirectional

from tui.terminal.paint.pens import Cell

MARK = "\u200e"

_LIKELY = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_GAP = 2
"""So many blanks are between two texts, not between two words."""


def may_need_marks(text: str) -> bool:
    """Whether there may be right-to-left letters in it."""
    return not text.isascii() and _LIKELY.search(text) is not None


def mark_seams(row: list[Cell]) -> None:
    """Put a mark behind each right-to-left text: at a gap, at the end, and before anything else in another pen."""
    last: int | None = None
    blanks = 0
    for x, (character, pen) in enumerate(row):
        if character in ("", " "):
            blanks += character == " "
            continue
        turns = bidirectional(character[0]) in ("R", "AL")
        if last is not None and (blanks >= _GAP or (pen is not row[last][1] and not turns)):
            _mark(row, last)
            last = None
        if turns or last is not None:
            last = x
        blanks = 0
    if last is not None:
        _mark(row, last)


def _mark(row: list[Cell], x: int) -> None:
    character, pen = row[x]
    row[x] = pen.marked.setdefault(character, (character + MARK, pen))
