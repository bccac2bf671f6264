"""How many cells a character takes: as Rich's tables say, but for spacing marks, which take a cell of their own.

The vowel signs of Devanagari, Bengali, Tamil and many more scripts (general category Mc) take a cell in glibc's
wcwidth, and so in xterm, tmux, screen and most terminals; Rich counts none. Counted too few, the letter after such a
sign would be painted over it. A terminal that does join them shows a gap there, and loses nothing.

Of some characters terminals think differently, by the age of their tables; tmux drops what it does not know. What
follows such a one is painted where it belongs, whatever the terminal made of it.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import rich.cells

_FIRST_MARK = "\u0903"
"""No spacing mark comes before this one."""

_CHANGED = (
    *range(0x2630, 0x2638), *range(0x268A, 0x2690), *range(0x3248, 0x3250), *range(0x4DC0, 0x4E00),
    *range(0x1D300, 0x1D357), *range(0x1D360, 0x1D377),
)  # fmt: skip
"""Wide in some versions of Unicode or of libraries, narrow in others."""

_CIRCLED_NUMBERS = (0x3248, 0x324F, 2)
"""As glibc has it: a terminal that gives them one cell shows a gap, the other way round one would hide the other."""

_EMOJI = range(0x1F000, 0x1FB00)

Range = tuple[int, int, int]


def is_disputed(character: str) -> bool:
    """Whether terminals disagree about the cells of a single character."""
    return character >= _FIRST_MARK and len(character) == 1 and character in _disputed()


@cache
def _disputed() -> frozenset[str]:
    """Spacing marks, which may be joined with the one before; what changed its width; emoji newer than Python."""
    newer = (chr(code) for code in _EMOJI if unicodedata.category(chr(code)) == "Cn")
    return frozenset({*_spacing_marks(), *map(chr, _CHANGED), *newer})


@cache
def _spacing_marks() -> frozenset[str]:
    """Those that Rich gives no cell."""
    table = _load("auto").widths
    codes = (code for start, end, width in table if not width for code in range(start, end + 1))
    return frozenset(character for code in codes if unicodedata.category(character := chr(code)) == "Mc")


def _widened(widths: Sequence[Range]) -> Iterator[Range]:
    """The table without the marks that take a cell, which is what it says of all it does not name."""
    marks = _spacing_marks()
    for start, end, width in widths:
        if width:
            yield start, end, width
            continue
        begin = start
        for code in range(start, end + 1):
            if chr(code) in marks:
                if code > begin:
                    yield begin, code - 1, width
                begin = code + 1
        if begin <= end:
            yield begin, end, width


@cache
def _table(unicode_version: str = "auto") -> Any:
    table = _load(unicode_version)
    return table._replace(widths=tuple(sorted([*_widened(table.widths), _CIRCLED_NUMBERS])))


_load: Any = getattr(rich.cells, "load_cell_table", None)


def count_spacing_marks() -> None:
    """Let everything that measures by Rich count spacing marks; does nothing where Rich has other inner parts."""
    if _load is None or rich.cells.__dict__["load_cell_table"] is _table:
        return
    rich.cells.__dict__["load_cell_table"] = _table
    for measured in ("get_character_cell_size", "cached_cell_len"):
        getattr(rich.cells, measured).cache_clear()
