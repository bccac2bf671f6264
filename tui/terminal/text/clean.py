"""Untrusted text made safe to paint: control and invisible characters are shown, never sent.

C0 controls and DEL are shown in caret form (`^[`), all else as a code point (`<U+202E>`). Ordinary emoji, flags, joined
letters, right-to-left and CJK text stay as they are. All of it takes linear time.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import NamedTuple

from tui.terminal.text.combining import mark_class
from tui.terminal.text.sequences import BESIDE, JOINERS, MODIFIERS, TAGS, VARIATIONS, allowed
from tui.terminal.text.simple import is_simple
from tui.terminal.text.unassigned import is_unassigned, not_in_unicode

TAB_WIDTH = 4
_KEPT, _AT_ONCE = 1024, 48
"""Suspects whose outcome is kept, so many of them at once: the same few come again and again."""
MARK_LIMIT = 6
"""So many combining marks may be stacked on one character; scripts in use need at most five."""

_ASCII_SUSPECTS = bytes([*range(0x0A), *range(0x0B, 0x20), 0x7F])

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
)
_UNPRINTED = "\n\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What does not count as printable for Python, though it is in many a text: every kind of space."""
_VARIANTS = re.compile("[\u180b-\u180d\u180f\u200c\ufe00-\ufe0d\U000e0100-\U000e01ef]|\u200d(?=[\u0600-\u1fff])")
_MANY_VARIANTS, _LETTERS_TO_A_VARIANT = 8, 4
"""A list of Japanese names may have one in five letters, a Persian text one joiner in ten."""
_BLANK_MARKS = "\U0001107f\U00011a47\U00011a99\U00016fe4"
"""Marks of old scripts that nothing is seen of; beyond the basic plane a class of its own would cost more."""
_BLANK_BRAILLE = "\u2800"
_BRAILLE = re.compile("[\u2801-\u28ff]")


class _Patterns(NamedTuple):
    suspects: re.Pattern[str]
    likely_stacks: re.Pattern[str]
    stacks: re.Pattern[str]
    bare_marks: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Compiled at the first text that is not simple: the table of marks takes some milliseconds."""
    stacking = f"[{mark_class()}{JOINERS}{VARIATIONS}]"
    # Beyond the basic plane each range of a class costs a comparison per character: one wide range finds candidates.
    likely = f"[{mark_class(0xFFFF)}{JOINERS}{VARIATIONS}\U000101fd-\U0001e94a]"
    return _Patterns(
        suspects=re.compile(f"[{_CONTROLS}{_INVISIBLE}{JOINERS}{VARIATIONS}{MODIFIERS}{TAGS}]+"),
        likely_stacks=re.compile(f"{likely}{likely}{{{MARK_LIMIT},}}"),
        stacks=re.compile(f"{stacking}{stacking}{{{MARK_LIMIT},}}"),
        bare_marks=re.compile(f"\n(?=[{mark_class()}])"),
    )


def _is_printable(text: str) -> bool:
    for character in _UNPRINTED:
        if character in text:
            text = text.replace(character, "")
            if text.isprintable():
                return True
    return text.isprintable()


def prepare() -> None:
    """Do at a quiet moment, best in a thread, what else the first text needs that is more than letters."""
    _patterns()
    not_in_unicode()


def _show_the_rare(text: str, shown: Callable[[str], str]) -> str:
    """Show what is no character, marks that are blank, and the blank of Braille where nothing else is Braille."""
    if _BLANK_BRAILLE in text and _BRAILLE.search(text) is None:
        text = text.replace(_BLANK_BRAILLE, shown(_BLANK_BRAILLE))
    for mark in _BLANK_MARKS:
        if mark in text:
            text = text.replace(mark, shown(mark))
    if _is_printable(text):
        return text
    return not_in_unicode().sub(lambda match: shown(match[0]) if is_unassigned(match[0]) else match[0], text)


def clean(text: str, shown: Callable[[str], str] | None = None) -> str:
    """The text with every control, bidirectional and invisible character made visible; line feeds stay.

    `shown` says what such a character becomes, if it is not to be its usual form.
    """
    if _is_plain(text):
        return text
    return _expand_tabs(_show(text.replace("\r\n", "\n"), shown or visible))


def clean_line(text: str, limit: int | None = None) -> str:
    """One line of cleaned text: line feeds become spaces, and more than `limit` characters end in an ellipsis."""
    if limit is None:
        return clean(text).replace("\n", " ")
    # The cut comes after cleaning, which may lengthen the text; a little more than the limit is enough to know.
    head = text[: limit + 64]
    line = clean(head).replace("\n", " ")
    if len(head) < len(text) or len(line) > limit:
        return _cut(line, limit)
    return line


def has_controls(text: str) -> bool:
    """Whether cleaning would show something other than tabs and line ends: a reason to warn before copying."""
    if _is_plain(text):
        return False
    text = text.replace("\r\n", "\n")
    return _show(text, visible) != text


def has_many_variants(text: str) -> bool:
    """Whether a line, or the whole, has more variants and joiners than real text, allowed as they are: they may say
    something."""
    if text.isascii() or _VARIANTS.search(text) is None:
        return False
    return _is_full_of_variants(text) or any(map(_is_full_of_variants, filter(_VARIANTS.search, text.split("\n"))))


def _is_full_of_variants(text: str) -> bool:
    found = len(_VARIANTS.findall(text))
    return (
        found >= _MANY_VARIANTS and found * _LETTERS_TO_A_VARIANT > sum(letter >= "\u0600" for letter in text) - found
    )


def without_controls(text: str) -> tuple[str, int]:
    """The text without what `clean` would show in its place, and how many characters that were; line ends stay."""
    if _is_plain(text):
        return text, 0
    kept = _patterns().suspects.sub(partial(_shown_run, shown=_nothing), text)
    kept = _show_the_rare(kept, _nothing)
    return kept, len(text) - len(kept)


def _nothing(_character: str) -> str:
    return ""


def _is_plain(text: str) -> bool:
    if not text.isascii():
        return is_simple(text)
    if text.isprintable():
        return True
    # Faster than a regular expression or isprintable: bytes.translate drops the suspects in one pass.
    return len(text.encode("ascii").translate(None, _ASCII_SUSPECTS)) == len(text)


def _show(text: str, shown: Callable[[str], str]) -> str:
    patterns = _patterns()
    text = patterns.suspects.sub(partial(_shown_run, shown=shown), text)
    if text.isascii():
        return text
    text = _show_the_rare(text, shown)
    text = patterns.likely_stacks.sub(lambda run: patterns.stacks.sub(_shown_stack, run.group()), text)
    # A mark that opens a line has nothing to stand on but the frame of the pane.
    text = patterns.bare_marks.sub("\n◌", text)
    return text if patterns.bare_marks.match("\n" + text[:1]) is None else "◌" + text


def _shown_run(match: re.Match[str], shown: Callable[[str], str]) -> str:
    text, at, end = match.string, match.start(), match.end()
    parts = []
    while at < end:
        begin, stop = max(0, at - BESIDE), min(at + _AT_ONCE, end)
        said, behind = _shown_between(text[begin : stop + BESIDE], at - begin, stop - begin, shown)
        parts.append(said)
        at = begin + behind
    return "".join(parts)


@lru_cache(_KEPT)
def _shown_between(text: str, position: int, end: int, shown: Callable[[str], str]) -> tuple[str, int]:
    """What suspects become between what stands beside them, and where the last sequence of them ends."""
    parts = []
    while position < end:
        length = allowed(text, position)
        parts.append(text[position : position + length] if length else shown(text[position]))
        position += length or 1
    return "".join(parts), position


def _shown_stack(match: re.Match[str]) -> str:
    stack = match.group()
    kept = "".join(mark if _is_mark(mark) else visible(mark) for mark in stack[:MARK_LIMIT])
    return f"{kept}<+{len(stack) - MARK_LIMIT} marks>"


def _is_mark(character: str) -> bool:
    return character not in JOINERS and not "\ufe00" <= character <= "\ufe0f" and not "\u180b" <= character <= "\u180f"


def visible(character: str) -> str:
    """What a control or invisible character is shown as."""
    code = ord(character)
    if code < 0x20:
        return "^" + chr(code + 0x40)
    if code == 0x7F:
        return "^?"
    return f"<U+{code:04X}>"


def _expand_tabs(text: str) -> str:
    if "\t" not in text:
        return text
    if text.isascii():
        return text.expandtabs(TAB_WIDTH)
    return "\n".join([_expand_line(line) if "\t" in line else line for line in text.split("\n")])


def _expand_line(line: str) -> str:
    """Tab stops counted in cells, not characters."""
    from rich.cells import cell_len

    *parts, last = line.split("\t")
    column = 0
    expanded = []
    for part in parts:
        column += cell_len(part)
        blanks = TAB_WIDTH - column % TAB_WIDTH
        column += blanks
        expanded.append(part + " " * blanks)
    return "".join(expanded) + last


def _cut(line: str, limit: int) -> str:
    """The line with an ellipsis as its last character, and no half of a joined sequence before it."""
    head = line[: max(limit - 1, 0)]
    while head and (head[-1] in JOINERS or head[-1] >= "\U000e0000"):
        head = head[:-1]
    return head + "…"[:limit]
