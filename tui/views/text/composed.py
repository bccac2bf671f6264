"""A text as Unicode composes it: equal texts are the same there, however their accents were written.

What is found in it is told by its place in the text as it was, whole characters with all that is stacked on them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from unicodedata import category, normalize

_PIECE = re.compile(r"(?s).{1,4096}[^\x00-\x7f]*")
"""ASCII is composed with nothing before it."""

_PIECES_AT_ONCE = 8

Range = tuple[int, int]
"""From which to which character."""


def composed(text: str) -> str:
    """The text, or another one that is equal to it for Unicode."""
    return text if text.isascii() else normalize("NFC", text)


def is_joined(character: str) -> bool:
    """Whether it may be composed with what stands before it, or change places with that."""
    return category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


class Composed:
    """A text, composed piece by piece, and the way from its places to those in the text as it was."""

    def __init__(self, text: str) -> None:
        self._pieces = [found.group() for found in _PIECE.finditer(text)]
        self._made: list[str] = []
        self._starts, self._places = [0], [0]
        self._kept = -1, ([0], [0])
        self.text = text

    def make(self) -> Iterator[None]:
        """Compose it; None now and then, where the caller may pause."""
        for number, piece in enumerate(self._pieces, 1):
            made = normalize("NFC", piece)
            self._made.append(made)
            self._starts.append(self._starts[-1] + len(piece))
            self._places.append(self._places[-1] + len(made))
            if number % _PIECES_AT_ONCE == 0:
                yield None
        self.text = "".join(self._made)

    def place(self, start: int) -> int:
        """Where a character that begins something stands when it is composed."""
        number = min(bisect_right(self._starts, start), len(self._pieces)) - 1
        starts, places = self._steps(number)
        at = bisect_right(starts, start - self._starts[number]) - 1
        return self._places[number] + places[at]

    def origin(self, found: Range) -> Range:
        """Where something stands that was found in what was composed."""
        return self._origin(found[0], at_end=False), self._origin(found[1], at_end=True)

    def _origin(self, place: int, *, at_end: bool) -> int:
        number = min(bisect_right(self._places, place), len(self._pieces)) - 1
        starts, places = self._steps(number)
        at = bisect_right(places, place - self._places[number]) - 1
        is_inside = places[at] < place - self._places[number]
        return self._starts[number] + starts[at + (at_end and is_inside)]

    def _steps(self, number: int) -> tuple[list[int], list[int]]:
        """Where in a piece each character begins with all that belongs to it, as it was and composed, and the ends."""
        if self._kept[0] != number:
            piece = self._pieces[number]
            starts = [at for at, character in enumerate(piece) if not at or not is_joined(character)]
            ends = [*starts[1:], len(piece)]
            lengths = (len(normalize("NFC", piece[start:end])) for start, end in zip(starts, ends, strict=True))
            self._kept = number, ([*starts, len(piece)], [*accumulate(lengths, initial=0)])
        return self._kept[1]
