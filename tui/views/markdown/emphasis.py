"""Which runs of stars, underscores and tildes emphasize, as CommonMark pairs them, less what is listed in `markup`."""

import re
from dataclasses import dataclass
from unicodedata import category

from tui.views.markdown.marks import Mark

MARKS = "*_~"
_OPENS_NOTHING = frozenset("/)].,")
"""A star before one of these is a pattern of files or an operator."""

_QUOTES = "\"'"
"""One star directly behind one of these is a pattern, as in `'*name*'`."""

_GOES_ON = frozenset(".,:;!?)")
"""What may stand behind two stars that close after punctuation, as in `**(a)**, **"b"**.`"""

_OPENERS = frozenset("([{<'|\\")
_ENDS_NOTHING = frozenset("([{<")
_LOOKED_THROUGH = 6
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7a3\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
)
"""Scripts that put no blanks between words, or not beside every one: there a mark may stand in the middle of a line."""

_INKS = {("~", 2): "strike", ("*", 1): "em", ("*", 2): "strong", ("_", 1): "em", ("_", 2): "strong"}


@dataclass(slots=True)
class Delimiters:
    """A run of one mark: where what is left of it stands, and what it may do."""

    mark: str
    start: int
    end: int
    opens: bool
    closes: bool
    line: int
    length: int = 0

    def __post_init__(self) -> None:
        self.length = self.end - self.start


def run_at(text: str, start: int, end: int, line: int = 0) -> Delimiters:
    """The run of one mark that stands there, on the line with that number."""
    mark = text[start]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    blank_before, blank_after = before.isspace(), after.isspace()
    mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
    left = not blank_after and (not mark_after or blank_before or mark_before)
    right = not blank_before and (not mark_before or blank_after or mark_after)
    opens = left and (not right or mark_before or _is_unspaced(before))
    closes = right and (not left or mark_after or _is_unspaced(after))
    if mark != "_":
        opens = opens and after not in _OPENS_NOTHING and not (before in _QUOTES and mark == "*" and end - start == 1)
        closes = closes and before not in _ENDS_NOTHING and not (before == "/" and _begins(text, start - 1))
        if mark_before and mark_after:
            before, after = _around(text, start, end)
            if _is_quoted(before) and _is_quoted(after):
                opens = False
                closes = closes and end - start > 1 and after in _GOES_ON and before not in _OPENERS
    return Delimiters(mark, start, end, opens, closes, line)


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return not character.isalnum() and character.isprintable() and character != " "
    return category(character)[0] in "PS"


def _begins(text: str, at: int) -> bool:
    """Whether a slash begins a word, as that of a comment does."""
    return at == 0 or text[at - 1].isspace()


def _is_unspaced(character: str) -> bool:
    return not character.isascii() and _UNSPACED.match(character) is not None


def _is_quoted(character: str) -> bool:
    """Whether it makes of a star beside it a thing that is spoken of; a backtick is the edge of a word of code."""
    return character != "`" and _is_punctuation(character)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands beside a run when a few other marks are looked through."""
    first, last = start, end
    while first and start - first < _LOOKED_THROUGH and text[first - 1] in MARKS:
        first -= 1
    while last < len(text) and last - end < _LOOKED_THROUGH and text[last] in MARKS:
        last += 1
    return text[first - 1] if first else " ", text[last] if last < len(text) else " "


def pair(runs: list[Delimiters], *, shown: bool = False) -> list[Mark]:
    """The marks of the runs that emphasize; underscores stay on the screen, and where `shown` says so the others too.

    It takes linear time: an opener that was passed over is not looked at again by the same kind of closer.
    """
    marks: list[Mark] = []
    openers: list[Delimiters] = []
    floors: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        while run.closes and run.start < run.end:
            kind = (run.mark, run.opens, run.length % 3)
            at = _opener_of(run, openers, floors.get(kind, 0))
            if at is None:
                floors[kind] = len(openers)
                break
            marks += _paired(openers[at], run, shown=shown)
            del openers[at + (openers[at].start < openers[at].end) :]
            for known, floor in floors.items():
                floors[known] = min(floor, len(openers))
        if run.opens and run.start < run.end:
            openers.append(run)
    return marks


def _opener_of(closer: Delimiters, openers: list[Delimiters], floor: int) -> int | None:
    for at in range(len(openers) - 1, floor - 1, -1):
        opener = openers[at]
        if opener.mark == closer.mark and not _is_odd(opener, closer) and not _is_far(opener, closer):
            return at
    return None


def _is_far(opener: Delimiters, closer: Delimiters) -> bool:
    """Whether single stars stand on two lines: a pointer here and a product there."""
    if opener.mark == "_" or opener.line == closer.line:
        return False
    return min(opener.end - opener.start, closer.end - closer.start) == 1


def _is_odd(opener: Delimiters, closer: Delimiters) -> bool:
    """CommonMark's rule of three, and for tildes that there are two on both sides."""
    if opener.mark == "~":
        return not opener.length == closer.length == 2
    if not (opener.closes or closer.opens):
        return False
    return (opener.length + closer.length) % 3 == 0 and (opener.length % 3 != 0 or closer.length % 3 != 0)


def _paired(opener: Delimiters, closer: Delimiters, *, shown: bool) -> tuple[Mark, Mark]:
    width = 2 if min(opener.end - opener.start, closer.end - closer.start) > 1 else 1
    text = opener.mark * width if shown or opener.mark == "_" else ""
    ink = _INKS[opener.mark, width]
    opener.end -= width
    closer.start += width
    return (
        Mark(opener.end, opener.end + width, text, push=ink),
        Mark(closer.start - width, closer.start, text, pop=True),
    )
