"""What the user pastes as one line: in order, without what cannot be typed, and told when something is missing."""

import re
from typing import NamedTuple

from tui.terminal.text.clean import without_controls

TAKEN = 10_000
"""Characters of a paste that a line takes."""

_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


class PastedLine(NamedTuple):
    """The text for the line, and what to say about it; no words where all is there."""

    text: str
    words: str


def pasted_line(pasted: str) -> PastedLine:
    """One line of a paste: line ends around it go, those inside and tabs become spaces."""
    words = ""
    if len(pasted) > TAKEN:
        pasted, words = pasted[:TAKEN], f"Only the first {TAKEN:,} characters were pasted. "
    text, left_out = without_controls(_LINE_ENDS.sub("\n", pasted))
    if left_out:
        many = "characters were" if left_out > 1 else "character was"
        words += f"{left_out:,} control or invisible {many} left out."
    return PastedLine(text.strip("\n").replace("\n", " ").replace("\t", " "), words.strip())
