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
from rich.cells import split_graphemes

from tui.terminal.text.combining import characters
from tui.terminal.text.simple import cells_of, is_simple

_FIRST_MARK = "\u0903"
"""No spacing mark comes before this one."""

_CHANGED = (
    *range(0x2630, 0x2638), *range(0x268A, 0x2690), *range(0x3248, 0x3250), *range(0x4DC0, 0x4E00),
    *range(0x1D300, 0x1D357), *range(0x1D360, 0x1D377),
)  # fmt: skip
"""Wide in some versions of Unicode or of libraries, narrow in others."""

_CIRCLED_NUMBERS = (0x3248, 0x324F, 2)
"""As glibc has it: a terminal that gives them one cell shows a gap, the other way round one would hide the other."""

_NEW_EMOJI = """
1f02c-1f02f 1f094-1f09f 1f0af-1f0b0 1f0c0 1f0d0 1f0f6-1f0ff 1f10d-1f10f 1f16d-1f16f 1f1ad-1f1e5 1f203-1f20f
1f23c-1f23f 1f249-1f24f 1f252-1f25f 1f266-1f2ff 1f6d6-1f6df 1f6ed-1f6ef 1f6fb-1f6ff 1f774-1f77f 1f7d9-1f7df
1f7ec-1f7ff 1f80c-1f80f 1f848-1f84f 1f85a-1f85f 1f888-1f88f 1f8ae-1f8ff 1f90c 1f972 1f977-1f979 1f9a3-1f9a4
1f9ab-1f9ad 1f9cb-1f9cc 1fa54-1fa5f 1fa6e-1fa6f 1fa74-1fa77 1fa7b-1fa7f 1fa83-1fa8f 1fa96-1faff
"""
"""From 1F000 to 1FAFF all that Unicode 12 does not have: emoji and symbols that came since, and what may yet come.

Written out, because what unicodedata knows differs with the Python, and says nothing of the terminal.
"""

Range = tuple[int, int, int]


def is_disputed(character: str) -> bool:
    """Whether terminals disagree about the cells of a single character."""
    return character >= _FIRST_MARK and len(character) == 1 and character in _disputed()


@cache
def _disputed() -> frozenset[str]:
    """Spacing marks, which may be joined with the one before; what changed its width; emoji newer than terminals."""
    return frozenset({*_spacing_marks(), *map(chr, _CHANGED), *characters(_NEW_EMOJI)})


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


def graphemes(text: str) -> list[Range]:
    """Start, end and cells of each grapheme; joiners that begin a text join nothing."""
    if is_simple(text):
        return [(at, at + 1, cells) for at, cells in enumerate(cells_of(text))]
    joiners = len(text) - len(text.lstrip("\u200d\ufe0f"))
    if not joiners:
        return split_graphemes(text)[0]
    rest = split_graphemes(text[joiners:])[0]
    return [(0, joiners, 0), *((start + joiners, end + joiners, cells) for start, end, cells in rest)]


def count_spacing_marks() -> None:
    """Let everything that measures by Rich count spacing marks; does nothing where Rich has other inner parts."""
    if _load is None or rich.cells.__dict__["load_cell_table"] is _table:
        return
    rich.cells.__dict__["load_cell_table"] = _table
    for measured in ("get_character_cell_size", "cached_cell_len"):
        getattr(rich.cells, measured).cache_clear()
