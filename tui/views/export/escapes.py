"""Backslashes that keep a reader of GitHub's Markdown from taking for markup what is text on the screen."""

import html
import re
import string
from collections.abc import Iterator, Sequence

from tui.views.markdown.marks import CODE, Mark

_SUSPECT = re.compile(r"[\\*_~<\[&]")
_TAG = re.compile(r"<[A-Za-z/!?]")
_REFERENCE = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_IN_ADDRESS = re.compile(r"[*~`\[\]\\]|&\w+;|(?<![^\W_])_|_(?![^\W_])")
"""What may be markup in an address that stands without angle brackets."""

_BEHIND_ADDRESS = re.compile(r"""[.,;:!?)'"]*(?:\s|\Z)""")
"""With anything else behind it an address may not end where it does on the screen."""

_CALLS = re.compile(
    r"(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])|#(?=[0-9])|(?<![A-Za-z0-9_])GH-(?=[0-9])"
    r"|\[!(?=(?:note|tip|important|warning|caution)\])",
    re.IGNORECASE,
)
"""What GitHub reads in words whatever stands before it: a person who is told, an issue, the head of an alert."""

NOTHING = "<!-- -->"
"""A comment, which is not seen; after the sign of a call it makes plain words of it, and a backslash does not."""

_BLOCK = re.compile(
    r"(?P<sign>#{1,6}(?=[ \t]|$)|[-+*](?=[ \t]|$)|>|=+[ \t]*$|-+[ \t]*$|(?:[-*_][ \t]*){3,}$)"
    r"|(?P<number>\d{1,9})(?=[.)](?:[ \t]|$))"
)
"""What begins a block at the begin of a line."""

_LINE_BEGIN = re.compile(r"\n[ \t]*")
_PUNCTUATION = frozenset(string.punctuation)
_BREAK = "  "
_CODE_INDENT = 4
_BLANK, _MOST_BLANKS = "&nbsp;", 60
"""What is read as a blank at the begin of a line, and how many of them are worth it."""

Insertion = tuple[int, str]
"""Before which character of a text something is put in, and what."""


def uncalled(text: str) -> str:
    """Words in which nobody is called and no issue is named, for GitHub; they read the same."""
    return _CALLS.sub(rf"\g<0>{NOTHING}", text)


def insertions(text: str, marks: Sequence[Mark], *, typed: bool, lines: bool) -> list[Insertion]:
    """What a paragraph (with `lines`), heading or cell needs; `marks` is the markup that it has on the screen.

    Line ends of a paragraph stay line ends. Its first lines are left alone where they are indented like code.
    """
    kept, found = _kept(text, marks)
    counts = {sign: text.count(sign) for sign in "*_~"}
    begin = _behind_code(text) if lines else 0
    for match in _SUSPECT.finditer(text, begin):
        at = match.start()
        if not kept[at] and _is_suspect(text, at, counts, typed=typed):
            found.append((at, "\\"))
            if text.startswith("\\`", at) and not kept[at + 1]:
                found.append((at + 1, "\\"))  # the backslash before it is text from now on
    found += [(match.end(), NOTHING) for match in _CALLS.finditer(text, begin) if not kept[match.start()]]
    if lines:
        found = [*_indents(text, begin, kept), *found, *_of_lines(text, begin, kept)]
    return [one for one in dict.fromkeys(found) if one[0] >= begin]


def _kept(text: str, marks: Sequence[Mark]) -> tuple[bytearray, list[Insertion]]:
    """A 1 for each character that is markup or inside code, and what addresses and torn code need."""
    kept = bytearray(len(text) + 1)
    found: list[Insertion] = []
    for opening, mark in _with_openings(marks):
        stretch, needed = _outcome(text, opening, mark)
        kept[stretch.start : stretch.stop] = b"\1" * len(stretch)
        found += needed
    return kept, found


def _with_openings(marks: Sequence[Mark]) -> Iterator[tuple[Mark | None, Mark]]:
    """Each mark that is carried out; one that closes comes with the one that it closes."""
    opened: list[Mark] = []
    at = 0
    for mark in marks:
        if mark.start < at:
            continue
        at = mark.end
        if mark.push and not mark.pop:
            opened.append(mark)
        yield (opened.pop() if mark.pop and not mark.push and opened else None), mark


def _outcome(text: str, opening: Mark | None, mark: Mark) -> tuple[range, list[Insertion]]:
    """Which characters stay as they are for a mark, and what it needs."""
    nothing = range(mark.start, mark.start)
    if mark.push and mark.pop:
        return _of_address(text, mark)
    if mark.push == CODE:
        return nothing, []
    if opening is not None and opening.push == CODE:
        if _is_torn(text, opening.start, mark.end):
            ticks = (*range(opening.start, opening.end), *range(mark.start, mark.end))
            return nothing, [(place, "\\") for place in ticks if text[place] == "`"]
        return range(opening.start, mark.end), []
    if opening is not None and text[opening.start] == "<":
        return range(opening.start, mark.end), []
    if text[mark.start] == "\\" and mark.end == mark.start + 1:
        return range(mark.start, mark.end + 1), []
    return (range(mark.start, mark.end) if _is_markup(text, mark) else nothing), []


def _of_address(text: str, mark: Mark) -> tuple[range, list[Insertion]]:
    """A bare address; where it may end elsewhere to GitHub, or have markup in it, it needs brackets, or is text."""
    if _BEHIND_ADDRESS.match(text, mark.end) and _IN_ADDRESS.search(text, mark.start, mark.end) is None:
        return range(mark.start, mark.end), []
    if "://" in text[mark.start : mark.end]:
        return range(mark.start, mark.end), [(mark.start, "<"), (mark.end, ">")]
    return range(mark.start, mark.start), []


def _is_torn(text: str, start: int, end: int) -> bool:
    """Whether a line inside of code begins a block, so that it would be none to GitHub."""
    places = [match.end() for match in _LINE_BEGIN.finditer(text, start, end)]
    return any(_BLOCK.match(text, place, _line_end(text, place)) is not None for place in places)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _is_markup(text: str, mark: Mark) -> bool:
    """Whether it is markup to GitHub, too; pictures are not to be, and underscores stay on the screen."""
    written = text[mark.start : mark.end]
    if not mark.shown or (mark.pop and written.startswith("]")):
        return True
    return mark.shown == (html.unescape(written) if written.startswith("&") else written) and written[0] not in "*_~"


def _is_suspect(text: str, at: int, counts: dict[str, int], *, typed: bool) -> bool:
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign == "\\":
        # In an answer a bracket with a backslash is one that is to be seen.
        return not after or after == "\n" or (after in _PUNCTUATION and (typed or after not in "<>"))
    if sign == "<":
        return _TAG.match(text, at) is not None and (typed or before != "\\")
    if sign == "&":
        return _REFERENCE.match(text, at) is not None
    if sign == "[":
        return "](" in text[at:] or (_begins_line(text, at) and "]:" in text[at:])
    if counts[sign] < 2 or not (before.strip() or after.strip()):
        return False
    return sign != "_" or not (before.isalnum() and after.isalnum())


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def _behind_code(text: str) -> int:
    """Where the first line begins that is not indented like code."""
    at = 0
    while at < len(text):
        end = _line_end(text, at)
        if not text[at:end].expandtabs(_CODE_INDENT).startswith(" " * _CODE_INDENT):
            return at
        at = end + 1
    return at


def _indents(text: str, begin: int, kept: bytearray) -> Iterator[Insertion]:
    """The blanks that a line begins with: in what a program printed, or in code without a fence, they say something."""
    at = begin
    while at < len(text):
        stop = _line_end(text, at)
        blanks = len(text[at:stop]) - len(text[at:stop].lstrip())
        if blanks and blanks < stop - at and not kept[at]:
            yield at + blanks, _BLANK * min(len(text[at : at + blanks].expandtabs(_CODE_INDENT)), _MOST_BLANKS)
        at = stop + 1


def _of_lines(text: str, begin: int, kept: bytearray) -> Iterator[Insertion]:
    """What keeps a line from beginning a block, and what ends it where it ends."""
    at = begin
    while at < len(text):
        stop = _line_end(text, at)
        first = at + len(text[at:stop]) - len(text[at:stop].lstrip())
        found = _BLOCK.match(text, first, stop)
        if found is not None and not kept[first]:
            number = found["number"]
            if number is None:
                yield first, "\\"
            elif at == begin or number == "1":
                yield found.end(), "\\"
        if stop < len(text) and not kept[stop] and not text.endswith(_BREAK, at, stop):
            yield stop, _BREAK
        at = stop + 1
