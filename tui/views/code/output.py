"""Text that a program wrote to a terminal, as people saw it there: its colours as inks of ours, progress at its end.

Nothing of it is obeyed. Of a control sequence colours and attributes are taken and the rest is left out; a line that
was written over and over shows what it was last. What is no whole sequence stays, made visible as everywhere. All of it
is one pass over the text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tui.terminal.text.clean import clean, visible
from tui.terminal.text.columns import cleaned_columns
from tui.views.code.diff import diff_inks, is_diff

_SEQUENCE = re.compile(r"\x1b\[([0-9;:]{0,64})m|\x1b\[[0-?]{0,64}[ -/]{0,4}[@-~]")
"""Colours and attributes, with their numbers, or another sequence of the same form."""

_COLOURS = ("term-grey", "term-red", "term-green", "term-yellow", "term-blue", "term-magenta", "term-cyan", "")
_ATTRIBUTES = {1: "strong", 2: "muted", 3: "em", 4: "underline", 9: "strike"}
_OFF = {22: ("strong", "muted"), 23: ("em",), 24: ("underline",), 29: ("strike",)}
_FOREGROUND, _BACKGROUND = 38, 48
_CUBE, _GREYS = 16, 232
_LEVELS = 6

AS_ON_A_TERMINAL = "as on a terminal, M as written"
"""What is said where something is not shown as it was written."""

Run = tuple[int, int, str]
"""From which to which character of a text something is in an ink."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as it is to be seen, cleaned, and the parts of it that have an ink of their own, in order."""

    text: str
    runs: list[Run] = field(default_factory=list)


def is_output(text: str) -> bool:
    """Whether there is anything in it that is meant for a terminal."""
    # One character is looked for some twenty times as fast as two.
    return ("\x1b" in text and "\x1b[" in text) or ("\r" in text and "\r" in text.replace("\r\n", "\n"))


def seen(text: str) -> Seen:
    """The text as it is to be seen: that of a terminal, a diff, or any other."""
    if is_output(text):
        return _of_terminal(text)
    cleaned = clean(text)
    return Seen(cleaned, _of_diff(cleaned)) if is_diff(cleaned) else Seen(cleaned)


def _of_diff(text: str) -> list[Run]:
    lines = text.split("\n")
    runs: list[Run] = []
    at = 0
    for line, ink in zip(lines, diff_inks(lines), strict=True):
        if ink:
            runs.append((at, at + len(line), ink))
        at += len(line) + 1
    return runs


def seen_text(text: str) -> str:
    """The same without inks, which are the dearer part of it."""
    return clean(_SEQUENCE.sub("", _last_states(text))) if is_output(text) else clean(text)


def pieces(text: str) -> Iterator[Run]:
    """What is left to be seen of a text that is meant for a terminal, not cleaned, in order, with its inks."""
    pen = _Pen()
    begin = 0
    for line in text.split("\n"):
        first, stop = _last_state(line) if "\r" in line else (0, len(line))
        first, stop = begin + first, begin + stop
        at, end = begin, begin + len(line)
        for found in _SEQUENCE.finditer(text, begin, end):
            if max(at, first) < min(found.start(), stop):
                yield max(at, first), min(found.start(), stop), pen.ink
            if found[1] is not None:
                pen.take(found[1])
            at = found.end()
        if max(at, first) < stop:
            yield max(at, first), stop, pen.ink
        if end < len(text):
            yield end, end + 1, pen.ink
        begin = end + 1


def _of_terminal(text: str) -> Seen:
    parts: list[str] = []
    runs: list[Run] = []
    length = 0
    for start, end, ink in pieces(text):
        parts.append(text[start:end])
        if runs and runs[-1][1:] == (length, ink):
            runs[-1] = (runs[-1][0], length + end - start, ink)
        elif ink:
            runs.append((length, length + end - start, ink))
        length += end - start
    kept = "".join(parts)
    cleaned = clean(kept)
    return Seen(cleaned, runs if cleaned == kept else _moved(runs, kept, cleaned))


def _moved(runs: list[Run], kept: str, cleaned: str) -> list[Run]:
    """The runs where cleaning has put them, line by line."""
    moved: list[Run] = []
    number = at = begin = 0
    for line, shown in zip(kept.split("\n"), cleaned.split("\n"), strict=True):
        end = at + len(line)
        places: Sequence[int] = range(len(line) + 1)
        if line != shown and number < len(runs) and runs[number][0] < end:
            places = cleaned_columns(line, shown, visible)
        while number < len(runs) and runs[number][0] < end:
            start, stop, ink = runs[number]
            first, last = places[max(0, start - at)], places[min(stop, end) - at]
            if first < last:
                moved.append((begin + first, begin + last, ink))
            if stop > end:
                break
            number += 1
        at, begin = end + 1, begin + len(shown) + 1
    return moved


def _last_states(text: str) -> str:
    """The text with what each line was last; of what it was before the colours are left."""
    text = text.replace("\r\n", "\n")
    if "\r" not in text:
        return text
    return "\n".join(_folded(line) if "\r" in line else line for line in text.split("\n"))


def _folded(line: str) -> str:
    begin, stop = _last_state(line)
    before, after = (_SEQUENCE.finditer(line, *ends) for ends in ((0, begin), (stop, len(line))))
    return "".join([*(one[0] for one in before), line[begin:stop], *(one[0] for one in after)])


def _last_state(written: str) -> tuple[int, int]:
    """From where to where that stands which a line was written over with at last."""
    stop = len(written)
    while (at := written.rfind("\r", 0, stop)) >= 0:
        if at + 1 < stop and _SEQUENCE.sub("", written[at + 1 : stop]).strip():
            return at + 1, stop
        stop = at
    return 0, stop


def seen_columns(written: str, laid_out: str, shown: Callable[[str], str]) -> list[int]:
    """The column, in a line as it is seen, for each character of it as it was written, and at last for its end."""
    if "\x1b[" not in written and "\r" not in written:
        return cleaned_columns(written, laid_out, shown)
    kept = [(start, end) for start, end, _ in pieces(written)]
    inner = cleaned_columns("".join(written[start:end] for start, end in kept), laid_out, shown)
    columns: list[int] = []
    number = 0
    for start, end in kept:
        columns += [inner[number]] * (start - len(columns))
        columns += inner[number : number + end - start]
        number += end - start
    return [*columns, *[len(laid_out)] * (len(written) + 1 - len(columns))]


class _Pen:
    """What the colours and attributes that came so far add up to."""

    def __init__(self) -> None:
        self.ink = ""
        self._colour = self._back = ""
        self._attributes: list[str] = []

    def take(self, numbers: str) -> None:
        """Take the numbers of a sequence; what is unknown changes nothing."""
        values = [int(number) if number else 0 for number in re.split("[;:]", numbers)]
        at = 0
        while at < len(values):
            at += self._take(values, at)
        self.ink = " ".join([*filter(None, [self._colour or self._back]), *self._attributes])

    def _take(self, values: list[int], at: int) -> int:
        """Take one; how many numbers it is made of."""
        value = values[at]
        if value in (_FOREGROUND, _BACKGROUND):
            colour, count = _extended(values[at + 1 : at + 5])
            self._set(colour, is_back=value == _BACKGROUND)
            return 1 + count
        if value == 0:
            self._colour = self._back = ""
            self._attributes = []
        elif (name := _ATTRIBUTES.get(value)) is not None:
            self._attributes = [*(one for one in self._attributes if one != name), name]
        elif value in _OFF:
            self._attributes = [one for one in self._attributes if one not in _OFF[value]]
        elif value // 10 in (3, 4, 9, 10):
            is_back, number = value // 10 in (4, 10), value % 10
            if number in range(8):
                self._set(_COLOURS[number], is_back=is_back)
            elif number == 9 and value < 90:
                self._set("", is_back=is_back)
        return 1

    def _set(self, colour: str, *, is_back: bool) -> None:
        if is_back:
            self._back = "" if colour == "term-grey" else colour
        else:
            self._colour = colour


def _extended(values: list[int]) -> tuple[str, int]:
    """The nearest of the few colours to one of 256, or of red, green and blue, and how many numbers that took."""
    if values[:1] == [5] and len(values) > 1:
        return _of_256(values[1]), 2
    if values[:1] == [2] and len(values) > 3:
        return _nearest(*values[1:4]), 4
    return "", len(values)


def _of_256(number: int) -> str:
    if number < _CUBE:
        return _COLOURS[number % 8]
    if number >= _GREYS:
        return "" if number > 244 else "term-grey"
    number -= _CUBE
    return _nearest(*(51 * (number // _LEVELS**power % _LEVELS) for power in (2, 1, 0)))


def _nearest(red: int, green: int, blue: int) -> str:
    """The colour in which the same channels are strong; nothing for white, grey where none stands out."""
    most, least = max(red, green, blue), min(red, green, blue)
    if most - least < 48:
        return "" if most > 160 else "term-grey"
    half = (most + least) / 2
    return _COLOURS[(red > half) + 2 * (green > half) + 4 * (blue > half)]
