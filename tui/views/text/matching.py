"""Which names a few typed words mean, how well they match, and which characters are meant."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

_LOOSE = 2
_SHORTEST_LOOSE = 3
"""Letters from which a word may have some left out."""

_LOOSE_SPAN = 3
"""Such a word is found in at most this many times its own length."""


class Match(NamedTuple):
    """How a name matches; the lesser is the better."""

    worst: int
    """Of all words: 0 for the begin of a word, 1 inside of one, 2 with letters left out."""
    sum: int
    first: int
    """Where the first match begins."""
    places: frozenset[int]
    """The characters of the name that are meant."""

    @property
    def is_loose(self) -> bool:
        """Whether letters were left out."""
        return self.worst == _LOOSE

    @property
    def rank(self) -> tuple[int, int, int]:
        """What to sort by."""
        return self.worst, self.sum, self.first


def matches(wanted: str, names: Sequence[str]) -> list[tuple[int, Match]]:
    """The names that match, by their index and best first; with letters left out only where nothing else matches."""
    words = _words(wanted)
    found = [(index, one) for index, name in enumerate(names) if (one := _match(words, name)) is not None]
    if any(one.worst < _LOOSE for _, one in found):
        found = [(index, one) for index, one in found if one.worst < _LOOSE]
    return sorted(found, key=lambda pair: pair[1].rank)


def match(wanted: str, name: str) -> Match | None:
    """How the name matches when all the words that are wanted occur in it; None when one does not."""
    return _match(_words(wanted), name)


def _words(wanted: str) -> Sequence[str]:
    return tuple(dict.fromkeys(_folded(wanted)[0].split()))


def _match(words: Sequence[str], name: str) -> Match | None:
    letters, origins = _folded(name)
    kinds, places = [], set[int]()
    for word in words:
        one = _found(word, letters)
        if one is None:
            return None
        kinds.append(one[0])
        places.update(origins[index] for index in one[1])
    return Match(max(kinds, default=0), sum(kinds), min(places, default=0), frozenset(places))


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text without case and accents, and for each of its characters the one that it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    pairs = [(letter, index) for index, char in enumerate(text) for letter in _fold(char)]
    return "".join(letter for letter, _ in pairs), [index for _, index in pairs]


def _fold(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)).casefold()


def _found(word: str, letters: str) -> tuple[int, Sequence[int]] | None:
    if len(word) > len(letters):
        return None
    ways: tuple[Callable[[str, str], Sequence[int] | None], ...] = (_at_begin, _inside, _loosely)
    for kind, way in enumerate(ways):
        places = way(word, letters)
        if places is not None:
            return kind, places
    return None


def _begins(letters: str, at: int) -> bool:
    return letters[at].isalnum() and not (at and letters[at - 1].isalnum())


def _at_begin(word: str, letters: str) -> Sequence[int] | None:
    at = letters.find(word)
    while at > 0 and not _begins(letters, at):
        at = letters.find(word, at + 1)
    return range(at, at + len(word)) if at >= 0 else None


def _inside(word: str, letters: str) -> Sequence[int] | None:
    at = letters.find(word)
    return range(at, at + len(word)) if at >= 0 else None


def _loosely(word: str, letters: str) -> Sequence[int] | None:
    """Its letters one after the other from the begin of a word, with a few others between."""
    if len(word) < _SHORTEST_LOOSE:
        return None
    for begin in range(len(letters)):
        if letters[begin] == word[0] and _begins(letters, begin):
            places = _one_by_one(word, letters, begin)
            if places and places[-1] - begin < _LOOSE_SPAN * len(word):
                return places
    return None


def _one_by_one(word: str, letters: str, begin: int) -> list[int]:
    places: list[int] = []
    at = begin
    for letter in word:
        at = letters.find(letter, at)
        if at < 0:
            return []
        places.append(at)
        at += 1
    return places
