"""Code points that mean nothing in the Unicode that this Python knows; tmux would drop them without a trace.

A letter of a newer Unicode is one of them. Emoji are often newer than the Python, so those it does not know are not.
"""

import re
import unicodedata
from functools import cache
from itertools import chain, filterfalse, groupby

_WITH_GAPS = ((0x378, 0x33FF), (0xA48D, 0xABFF), (0xD7A4, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD))
"""Where they are in the basic plane: the ideographs and Hangul between are without gaps since Unicode 14."""


@cache
def not_in_unicode() -> re.Pattern[str]:
    """Finds them, and some more beyond the basic plane; made when it is needed, for it takes some milliseconds."""
    characters = map(chr, chain.from_iterable(range(first, last + 1) for first, last in _WITH_GAPS))
    unassigned = map(ord, filter(is_unassigned, filterfalse(str.isprintable, characters)))
    # Ranges, since one by one they take five times as long to compile.
    runs = (list(run) for _, run in groupby(enumerate(unassigned), lambda numbered: numbered[1] - numbered[0]))
    gaps = "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)
    return re.compile(f"[{gaps}\U00010000-\U0001efff\U0001fb00-\U0010ffff]")


def is_unassigned(character: str) -> bool:
    """Whether a character is none that Unicode knows."""
    return not character.isprintable() and unicodedata.category(character) == "Cn"
