"""A screen of characters without colours, as fast as a tour of thousands of lines needs it.

It knows the sequences that the program sends and leaves all else out: what must not be sent is found in the bytes.
"""

import re
from codecs import getincrementaldecoder

from rich.cells import get_character_cell_size

_TOKEN = re.compile(r"\x1b\[([<=>?]?)([0-9;:]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|[^\x1b\r\n]+|[\r\n]")
_UNFINISHED = re.compile(r"\x1b[^\x1b]{0,40}\Z")


class Glance:
    """Takes bytes, and has the text of the screen."""

    def __init__(self, columns: int, rows: int) -> None:
        self._blank = [" "] * columns
        self._rows = [self._blank.copy() for _ in range(rows)]
        self._x = self._y = 0
        self._top, self._bottom = 0, rows - 1
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._kept = ""

    @property
    def text(self) -> str:
        """The lines of the screen."""
        return "\n".join("".join(row).rstrip() for row in self._rows)

    def feed(self, data: bytes) -> None:
        """Draw; a sequence that is cut at the end waits for its rest."""
        text = self._kept + self._decode(data)
        cut = _UNFINISHED.search(text)
        unfinished = cut is not None and _TOKEN.match(text, cut.start()) is None
        self._kept = text[cut.start() :] if cut is not None and unfinished else ""
        for token in _TOKEN.finditer(text[: len(text) - len(self._kept)]):
            if token[3] is not None:
                if not token[1]:
                    self._command(token[3], [int(number or 0) for number in re.split("[;:]", token[2])])
            elif token[0] == "\r":
                self._x = 0
            elif token[0] == "\n":
                self._y = min(self._y + 1, len(self._rows) - 1)
            elif token[0][0] != "\x1b":
                self._write(token[0])

    def _write(self, text: str) -> None:
        row = self._rows[self._y]
        if text.isascii():
            row[self._x : self._x + len(text)] = text
            self._x += len(text)
        else:
            for character in text:
                width = get_character_cell_size(character)
                if width:
                    row[self._x : self._x + width] = [character, *[""] * (width - 1)]
                    self._x += width
                elif 0 < self._x <= len(row):
                    row[self._x - 1] += character
        del row[len(self._blank) :]

    def _command(self, final: str, numbers: list[int]) -> None:
        first = max(1, numbers[0])
        if final == "H":
            self._y = min(first, len(self._rows)) - 1
            self._x = max(1, numbers[1]) - 1 if len(numbers) > 1 else 0
        elif final == "G":
            self._x = first - 1
        elif final == "d":
            self._y = min(first, len(self._rows)) - 1
        elif final in "CD":
            self._x += first if final == "C" else -first
        elif final == "X":
            self._rows[self._y][self._x : self._x + first] = self._blank[self._x : self._x + first]
        elif final == "K":
            self._rows[self._y][self._x :] = self._blank[self._x :]
        elif final == "r":
            self._top = first - 1
            self._bottom = numbers[1] - 1 if len(numbers) > 1 else len(self._rows) - 1
        elif final in "ML":
            self._scroll(first if final == "M" else -first)

    def _scroll(self, up: int) -> None:
        """Lines come or go at the cursor; what is below it moves."""
        region = self._rows[self._y : self._bottom + 1]
        fresh = [self._blank.copy() for _ in range(min(abs(up), len(region)))]
        moved = [*region[up:], *fresh] if up > 0 else [*fresh, *region[:up]]
        self._rows[self._y : self._bottom + 1] = moved
