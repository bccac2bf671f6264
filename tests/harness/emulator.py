"""The terminal that a measured program believes to have: an emulated screen, and answers to what it asks."""

import re
from collections import Counter

import pyte
from pyte.screens import Char

_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<>=][0-9;]*[A-Za-z]"  # keyboard protocols and device attributes
    rb"|\x1b\[\?[0-9;]*(?:\$p|u)"  # questions about modes
    rb"|\x1b[P_^X][^\x1b]*\x1b\\"  # strings for the device
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]P_^X][^\x07\x1b]*\x1b?|[ -/])?\Z")
_LONGEST_SEQUENCE = 4096

_ATTRIBUTES = (("bold", 1), ("italics", 3), ("underscore", 4), ("reverse", 7), ("strikethrough", 9))
_COLOURS = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")

Row = tuple[Char, ...]
Seen = tuple[str, ...]
"""What shows in a cell: the character with its colours and attributes."""


class Emulator:
    """A screen of cells that terminal bytes are drawn on; knows which rows changed."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._kept = b""
        self._seen: list[Row] = []

    @property
    def columns(self) -> int:
        """Cells of a row."""
        return int(self._screen.columns)

    @property
    def rows(self) -> int:
        """Rows of the screen."""
        return int(self._screen.lines)

    def feed(self, data: bytes | str) -> None:
        """Draw; a sequence that is cut at the end waits for its rest."""
        data = self._kept + (data.encode() if isinstance(data, str) else data)
        cut = _UNFINISHED.search(data, max(0, len(data) - _LONGEST_SEQUENCE))
        self._kept = data[cut.start() :] if cut else b""
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data[: cut.start()] if cut else data))

    def resize(self, columns: int, rows: int) -> None:
        """Another size, as the terminal itself changes it: cells outside are lost."""
        self._screen.resize(rows, columns)
        self._seen = self._all_rows()

    @property
    def cursor_row(self) -> int:
        """The row that the cursor is in, from 0 on."""
        return int(self._screen.cursor.y)

    @property
    def lines(self) -> list[str]:
        """The text of each row, without the blanks at its end."""
        # Not pyte's own `display`: it stumbles over the second cell of a wide character whose first was overwritten.
        return ["".join(cell.data for cell in row).rstrip() for row in self._all_rows()]

    @property
    def text(self) -> str:
        """The text of the screen."""
        return "\n".join(self.lines)

    def cells(self, row: int) -> Row:
        """Every cell of a row with its colours."""
        buffer = self._screen.buffer[row]
        return tuple(buffer[column] for column in range(self.columns))

    def seen(self) -> list[list[Seen]]:
        """Every cell as a person sees it: of a blank only what shows on it."""
        return [[_seen(cell) for cell in row] for row in self._all_rows()]

    def mark(self) -> None:
        """Take note of the screen as it is, for `changed`."""
        self._seen = self._all_rows()
        self._screen.dirty.clear()

    def changed(self) -> bool:
        """Whether any cell differs from what it was at the last mark; the cursor does not count."""
        dirty = [row for row in self._screen.dirty if row < self.rows]
        self._screen.dirty.clear()
        return any(self.cells(row) != self._seen[row] for row in dirty)

    def _all_rows(self) -> list[Row]:
        return [self.cells(row) for row in range(self.rows)]

    def ansi(self, row: int) -> str:
        """A row as a line of text with no more colour codes than it needs, its most frequent background left out."""
        cells = self.cells(row)
        usual = Counter(cell.bg for cell in cells).most_common(1)[0][0]
        parts, state = [], _PLAIN
        for cell in cells:
            wanted = _look(cell, usual)
            if cell.data == " " and wanted[1:] == state[1:] and not state[2]:
                wanted = state  # the colour of a blank is not seen
            if wanted != state:
                parts.append(_codes(wanted))
                state = wanted
            parts.append(cell.data)
        return "".join(parts).rstrip() + ("\x1b[m" if state != _PLAIN else "")


def _seen(cell: Char) -> Seen:
    lines = (cell.underscore, cell.strikethrough, cell.reverse)
    if cell.data == " " and not any(lines):
        return (" ", cell.bg)
    return (cell.data, cell.fg, cell.bg, str((cell.bold, cell.italics, *lines)))


_Look = tuple[str, str, tuple[int, ...]]
"""Foreground, background, and the codes of the attributes."""

_PLAIN: _Look = ("default", "default", ())


def _look(cell: Char, usual_background: str) -> _Look:
    background = "default" if cell.bg == usual_background else cell.bg
    return cell.fg, background, tuple(code for name, code in _ATTRIBUTES if getattr(cell, name))


def _codes(look: _Look) -> str:
    foreground, background, attributes = look
    codes = [str(code) for code in attributes]
    return f"\x1b[{';'.join(['', *codes, *_colour(foreground, 30), *_colour(background, 40)])}m"


def _colour(name: str, base: int) -> list[str]:
    if name == "default":
        return []
    if name in _COLOURS:
        return [str(base + _COLOURS.index(name))]
    if name.startswith("bright"):
        return [str(base + 60 + _COLOURS.index(name.removeprefix("bright")))]
    red, green, blue = bytes.fromhex(name)
    return [f"{base + 8};2;{red};{green};{blue}"]


_QUESTIONS: tuple[tuple[re.Pattern[bytes], bytes], ...] = (
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),  # synchronised output: known, and off
    (re.compile(rb"\x1b\[\?2048\$p"), b"\x1b[?2048;0$y"),  # size reports in the input: unknown
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[>0?c"), b"\x1b[>41;354;0c"),
    (re.compile(rb"\x1b\]11;\?(?:\x07|\x1b\\)"), b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\"),
    (re.compile(rb"\x1b\]10;\?(?:\x07|\x1b\\)"), b"\x1b]10;rgb:d0d0/d0d0/d0d0\x1b\\"),
)
_TAIL = 24


class Answerer:
    """Answers what a program asks its terminal, as a common modern one does."""

    def __init__(self) -> None:
        self._tail = b""
        self.application_cursor = False
        """Whether the program asked for cursor keys as ESC O A instead of ESC [ A."""

    def answers(self, data: bytes) -> bytes:
        """What the terminal says to these bytes; a question may come in two pieces."""
        if b"\x1b" not in data and b"\x1b" not in self._tail:
            return b""
        text, known = self._tail + data, len(self._tail)
        said = b"".join(
            answer for question, answer in _QUESTIONS for found in question.finditer(text) if found.end() > known
        )
        for mode in re.finditer(rb"\x1b\[\?1([hl])", text):
            self.application_cursor = mode[1] == b"h"
        self._tail = text[-_TAIL:]
        return said
