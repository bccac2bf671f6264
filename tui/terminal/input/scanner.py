"""What a terminal sends, cut into text, sequences and pastes, before anything looks for keys in it.

A sequence that is longer than any, is torn, or holds numbers that mean nothing is dropped as a whole, in time that
grows with its length alone: Textual's parser takes what it cannot read for keys, or fails. Its begin may be one
control character of the upper half (C1), as some terminals send it once a program has asked them to.
A paste is one event, in its place and whole, whatever stands in it: that parser tears it apart at an Escape.
"""

import re
from collections.abc import Callable, Generator, Iterator

from textual.events import Paste

PASTE_LIMIT = 1_000_000
"""Characters of a paste that are kept: no line to type in takes as many."""
SEQUENCE_LIMIT = 32
"""Characters of the longest sequence in which keys are looked for."""
ANSWER_LIMIT = 256
"""Characters of the longest answer of a terminal that is kept."""
PATIENCE = 2.0
"""Seconds of silence after which the rest of what has begun is not expected any more."""

_ENDS = {"\x1b[200~": "\x1b[201~", "\x9b200~": "\x9b201~"}
"""What begins a paste, and what ends it."""
_KEY = 2
"""Characters of Alt with a key, which is what a sequence begins like."""

_C1 = {chr(code): f"\x1b{chr(code - 0x40)}" for code in range(0x80, 0xA0)}
_X10_MOUSE = r"\x1b\[M[^\x1b]"
_CSI = r"(?:\x1b\[|\x9b)(?:[ -?][ -?\x7f]*)?"
"""Delete belongs to a sequence in which a parameter has begun, as with terminals; that one is then dropped."""
_SS3 = r"(?:\x1bO|\x8f)[0-?]*"
_STRING = r"(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f])[^\x07\x18\x1a\x1b\x9c]*"
_PIECE = re.compile(
    r"(?P<text>[^\x1b\x80-\x9f]+)"
    rf"|(?P<whole>{_X10_MOUSE}{{3}}|\x1b\[\[[A-E]|\x1b\[[0-9]{{1,2}}\$|{_CSI}[@-LN-Z\\-~]|{_CSI}(?<![\[\x9b])M"
    rf"|{_SS3}[@-~]|{_STRING}(?:\x07|\x1b\\|\x9c)|\x1b[^\x1b\[OPX\]^_\x80-\x9f])"
    rf"|(?P<begun>(?:{_X10_MOUSE}{{0,2}}|\x1b\[\[|{_CSI}|{_SS3}|{_STRING}\x1b?|\x1b)\Z)"
    rf"|(?P<torn>{_X10_MOUSE}{{0,2}}|{_CSI}|{_SS3}|{_STRING}|\x1b)"
    r"|(?P<nothing>[\x80-\x9f])"
)
"""Sequences as ECMA-48 has them, and three that are older: the mouse of X10, F1 to F5 of the Linux console, and keys
with Shift of rxvt."""

_READABLE = re.compile(
    r"\x1b\[(?:[IO]|\[[A-E]|<\d{1,4};-?\d{1,5};-?\d{1,5}[Mm]|\?2026;[0-4]\$y|\d{1,2}[$^@]"
    r"|\d{0,7}(?:;\d{0,3}(?:;[\d:]*)?)?[A-Za-z~])",
    re.ASCII,
)
_NO_MODIFIERS = re.compile(r"\x1b\[\d*;0+(?:[:;][\d:;]*)?[A-Zu~]", re.ASCII)
"""Modifiers are told as one more than their sum: a key with 0 is none."""
_SURROGATES, _CHARACTERS = range(0xD800, 0xE000), range(0x110000)


class InputScanner:
    """Follows what is sent through its pieces.

    `take_answer` is offered each whole sequence, and says whether it was an answer or a report, and no key.
    `expects_answer` tells whether one may be on its way: then what begins like it is no key for a while.
    """

    def __init__(
        self,
        escape_delay: float,
        take_answer: Callable[[str], bool] = lambda _sequence: False,
        expects_answer: Callable[[], bool] = lambda: False,
    ) -> None:
        self._escape_delay = escape_delay
        self._take_answer = take_answer
        self._expects_answer = expects_answer
        self._held = ""
        self._pasted: list[str] | None = None
        self._end = ""
        self._is_silent = False
        """Whether a paste that has no end yet is told as far as it came."""
        self._room = PASTE_LIMIT

    @property
    def patience(self) -> float | None:
        """Seconds after which `let_go` is to be called if nothing comes; None where nothing is waited for."""
        if not self._held:
            return None if self._pasted is None or self._is_silent else PATIENCE
        is_key = self._pasted is None and _may_be_key(self._held)
        return self._escape_delay if is_key and not self._may_be_answer() else PATIENCE

    def take(self, text: str) -> Iterator[str | Paste]:
        """Text without an Escape, single sequences, and pastes, in their order."""
        text, self._held = self._held + text, ""
        if self._is_silent and _is_one_key(text):
            self._pasted, self._is_silent = None, False
        at = 0
        while at < len(text):
            if self._pasted is not None:
                at = yield from self._paste(self._pasted, text, at)
                continue
            piece = _PIECE.match(text, at)
            assert piece is not None, "an Escape alone is a piece, and so is what is none"
            at = piece.end()
            if piece.lastgroup == "text":
                yield piece[0]
            elif piece.lastgroup == "whole":
                yield from self._sequence(piece[0])
            elif piece.lastgroup == "begun":
                self._held = _shortened(piece[0])
            elif _may_be_key(piece[0]):
                yield piece[0]

    def let_go(self) -> Iterator[str | Paste]:
        """What was held back and is a key, since nothing followed; the begin of anything else is dropped.

        An Escape, and then nothing, also ends a paste whose end never comes. Without one it is told as far as it came,
        and goes on, unless a single key comes next: a line that has only stalled brings more at once.
        """
        held, self._held = self._held, ""
        if self._pasted is not None:
            yield from self._finish(self._pasted)
            if not held:
                self._pasted, self._is_silent = [], True
        elif held and _may_be_key(held):
            yield held

    def _may_be_answer(self) -> bool:
        return self._held == "\x1b]" and self._expects_answer()

    def _sequence(self, sequence: str) -> Iterator[str]:
        if sequence in _ENDS:
            self._pasted, self._end, self._room = [], _ENDS[sequence], PASTE_LIMIT
            return
        sequence = _C1.get(sequence[0], sequence[0]) + sequence[1:]
        if not (len(sequence) <= ANSWER_LIMIT and self._take_answer(sequence)) and _is_readable(sequence):
            yield sequence

    def _paste(self, pasted: list[str], text: str, at: int) -> Generator[Paste, None, int]:
        """Take what is pasted from a place on; returns where that ends."""
        end = text.find(self._end, at)
        if end < 0:
            rest, self._held = _without_beginning(text[at:], self._end)
        else:
            rest = text[at:end]
        pasted.append(rest[: self._room])
        self._room -= len(pasted[-1])
        if end < 0:
            self._is_silent = False
            return len(text)
        yield from self._finish(pasted)
        return end + len(self._end)

    def _finish(self, pasted: list[str]) -> Iterator[Paste]:
        goes_on, self._pasted, self._is_silent = self._is_silent, None, False
        text = "".join(pasted)
        if text or not goes_on:
            yield Paste(text)


def _may_be_key(begun: str) -> bool:
    """Whether the begin of a sequence may be all: Escape, or Alt with a sign."""
    return len(begun) <= _KEY and begun[0] == "\x1b"


def _is_one_key(text: str) -> bool:
    """Whether a user may have pressed a key just now, and nothing else came."""
    piece = _PIECE.fullmatch(text)
    is_whole = piece is not None and piece.lastgroup == "whole"
    return (len(text) == 1 and text != "\x1b") or (is_whole and text not in _ENDS.values())


def _is_readable(sequence: str) -> bool:
    """Whether it may be a key, a move of the mouse, or a report that Textual asks for."""
    if len(sequence) > SEQUENCE_LIMIT or sequence[1] in "PX]^_":
        return False
    if not sequence.startswith("\x1b["):
        return True
    if _READABLE.fullmatch(sequence) is None or _NO_MODIFIERS.fullmatch(sequence) is not None:
        return False
    numbers = map(int, re.findall("[0-9]+", sequence))
    return all(number in _CHARACTERS and number not in _SURROGATES for number in numbers)


def _shortened(begun: str) -> str:
    """The begin of a sequence, or of one that stays too long whatever follows."""
    if len(begun) <= ANSWER_LIMIT:
        return begun
    return begun[: ANSWER_LIMIT + 1] + ("\x1b" if begun.endswith("\x1b") else "")


def _without_beginning(text: str, mark: str) -> tuple[str, str]:
    """The text, and apart from it what the mark may begin with at its end."""
    for length in range(len(mark) - 1, 0, -1):
        if text.endswith(mark[:length]):
            return text[:-length], text[-length:]
    return text, ""
