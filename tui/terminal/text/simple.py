"""Characters of which all is known without the tables of Unicode: they take one cell or two, and hide nothing.

Most texts in the scripts of Europe and East Asia have no others. The tables take some milliseconds to load, which the
first rows of a start would wait for.
"""

import re

NARROW_RANGES = (
    "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038e-\u03a1\u03a3-\u0482\u1e00-\u1eff\u2010-\u2027"
    "\u2030-\u205e\u20a0-\u20bf\u2190-\u2199\u2200-\u2311\u2460-\u24e9\u2500-\u25fc\u2713-\u2718\u2801-\u28ff"
)
"""A character class, each of whose characters takes one cell."""

WIDE_RANGES = "\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
"""A character class, each of whose characters takes two cells."""

_WIDE_PAGES = frozenset([*range(0x30, 0xA0), *range(0xAC, 0xD8), 0xFF])
_CELLS_BY_PAGE = bytes(1 + (page in _WIDE_PAGES) for page in range(256))
"""The cells of the characters in these two classes, by the upper byte of each."""

_simple = re.compile(f"[{NARROW_RANGES}{WIDE_RANGES}]*").fullmatch
_narrow = re.compile(f"[{NARROW_RANGES}]*").fullmatch


def is_simple(text: str) -> bool:
    """Whether the text has no other characters, so that each of them stands for itself."""
    return _simple(text) is not None


def is_narrow(text: str) -> bool:
    """Whether the text is ASCII, or has nothing but such characters of one cell."""
    return text.isascii() or _narrow(text) is not None


def cells_of(text: str) -> bytes:
    """The cells of each character of a simple text."""
    return text.encode("utf-16-be")[::2].translate(_CELLS_BY_PAGE)
