"""Untrusted text made safe to paint: control and invisible characters are shown, never sent.

C0 controls and DEL are shown in caret form (`^[`), all else as a code point (`<U+202E>`). Ordinary emoji, flags, joined
letters, right-to-left and CJK text stay as they are. All of it takes linear time.
"""

import re
from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from tui.terminal.text.combining import mark_class
from tui.terminal.text.unassigned import is_unassigned, not_in_unicode

TAB_WIDTH = 4
MARK_LIMIT = 6
"""So many combining marks may be stacked on one character; scripts in use need at most five."""

_ASCII_SUSPECTS = bytes([*range(0x0A), *range(0x0B, 0x20), 0x7F])

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
)
_MODIFIERS = "\U0001f3fb-\U0001f3ff"
"""Tones of skin; where they stand alone, the measure of width is none, and nothing would be seen of them."""

_JOINERS = "\u200c\u200d"
_UNPRINTED = "\t\n\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What does not count as printable for Python, though it is in many a text: every kind of space."""
_VARIATIONS = "\u180b-\u180d\u180f\ufe00-\ufe0f"
_TAGS = "\U000e0000-\U000e0fff"
"""The tag characters and the variation selectors 17 to 256; the rest of the block is reserved for the like."""

_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_JOINING_SCRIPTS = (
    "\u0600-\u07ff\u0840-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1c4f\ua840-\ua8df\ua980-\ua9df"
    "\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010d00-\U00010d3f\U00011000-\U00011cff\U0001e900-\U0001e95f"
)
_VIRAMAS = frozenset("\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca")
_BLANK_BRAILLE = "\u2800"
_BRAILLE = re.compile("[\u2801-\u28ff]")
_FLAGS = tuple(
    "".join(chr(0xE0000 + ord(letter)) for letter in name) + "\U000e007f" for name in ("gbeng", "gbsct", "gbwls")
)
"""What follows a black flag in those of England, Scotland and Wales; in all others it could be any hidden text."""


class _Patterns(NamedTuple):
    suspects: re.Pattern[str]
    likely_stacks: re.Pattern[str]
    stacks: re.Pattern[str]
    bare_marks: re.Pattern[str]
    emoji: re.Pattern[str]
    joining: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Compiled at the first text that is not ASCII: the table of marks takes some milliseconds."""
    stacking = f"[{mark_class()}{_JOINERS}{_VARIATIONS}]"
    # Beyond the basic plane each range of a class costs a comparison per character: one wide range finds candidates.
    likely = f"[{mark_class(0xFFFF)}{_JOINERS}{_VARIATIONS}\U000101fd-\U0001e94a]"
    return _Patterns(
        suspects=re.compile(f"[{_CONTROLS}{_INVISIBLE}{_JOINERS}{_VARIATIONS}{_MODIFIERS}{_TAGS}]+"),
        likely_stacks=re.compile(f"{likely}{likely}{{{MARK_LIMIT},}}"),
        stacks=re.compile(f"{stacking}{stacking}{{{MARK_LIMIT},}}"),
        bare_marks=re.compile(f"\n(?=[{mark_class()}])"),
        emoji=re.compile(f"[{_EMOJI}]"),
        joining=re.compile(f"[{_JOINING_SCRIPTS}]"),
    )


def _is_printable(text: str) -> bool:
    for character in _UNPRINTED:
        text = text.replace(character, "")
    return text.isprintable()


def prepare() -> None:
    """Do at a quiet moment, best in a thread, what else the first text needs that is more than letters."""
    _patterns()
    not_in_unicode()


def _show_the_rare(text: str, shown: Callable[[str], str]) -> str:
    """Show what is no character, and the blank of Braille where nothing else is Braille."""
    if _BLANK_BRAILLE in text and _BRAILLE.search(text) is None:
        text = text.replace(_BLANK_BRAILLE, shown(_BLANK_BRAILLE))
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


def without_controls(text: str) -> tuple[str, int]:
    """The text without what `clean` would show in its place, and how many characters that were; line ends stay."""
    if _is_plain(text):
        return text, 0
    kept = _patterns().suspects.sub(partial(_shown_run, shown=lambda _: ""), text)
    kept = _show_the_rare(kept, lambda _: "")
    return kept, len(text) - len(kept)


def _is_plain(text: str) -> bool:
    if not text.isascii():
        return False
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
    text, position, end = match.string, match.start(), match.end()
    parts = []
    while position < end:
        length = _allowed(text, position)
        parts.append(text[position : position + length] if length else shown(text[position]))
        position += length or 1
    return "".join(parts)


def _allowed(text: str, position: int) -> int:
    """How many characters from here belong to an ordinary sequence; none when this one must be shown."""
    character = text[position]
    before = text[position - 1] if position else ""
    after = text[position + 1 : position + 2]
    if character in _JOINERS:
        return int(_joins(text, position, before, after))
    if "\ufe00" <= character <= "\ufe0f" or "\u180b" <= character <= "\u180f":
        return int(_varies(character, before, after))
    if "\U000e0100" <= character <= "\U000e01ef":
        return int(_is_ideograph(before))
    if "\U0001f3fb" <= character <= "\U0001f3ff":
        return int(_takes_modifier(text, position))
    if before == "\U0001f3f4":
        return next((len(flag) for flag in _FLAGS if text.startswith(flag, position)), 0)
    return 0


def _takes_modifier(text: str, position: int) -> bool:
    """Whether a tone of skin follows an emoji that has none yet."""
    base = text[max(0, position - 2) : position].removesuffix("\ufe0f")[-1:]
    return _patterns().emoji.match(base) is not None and not "\U0001f3fb" <= base <= "\U0001f3ff"


def _joins(text: str, position: int, before: str, after: str) -> bool:
    """Whether a joiner stands inside an emoji sequence, or between letters of a script that joins them."""
    patterns = _patterns()
    if patterns.joining.match(before):
        return before in _VIRAMAS or patterns.joining.match(after) is not None
    if text[position] != "\u200d" or patterns.emoji.match(after) is None:
        return False
    base = text[position - 2 : position - 1] if before == "\ufe0f" and position > 1 else before
    return patterns.emoji.match(base) is not None


def _varies(selector: str, before: str, after: str) -> bool:
    """Whether a variation selector follows a character that has variants."""
    if selector < "\ufe00":
        return "\u1820" <= before <= "\u18aa"
    if selector < "\ufe0e":
        return _has_variants(before, selector)
    if before and before in "0123456789#*":
        return after == "\u20e3"
    return _patterns().emoji.match(before) is not None


def _has_variants(before: str, selector: str) -> bool:
    """Whether one of the first selectors may follow: signs, full-width punctuation, ideographs, hieroglyphs."""
    if "\U00013000" <= before <= "\U0001342f":
        return selector <= "\ufe06"
    return selector <= "\ufe02" and ("\u2205" <= before <= "\u2aff" or _is_cjk(before))


def _is_cjk(character: str) -> bool:
    return _is_ideograph(character) or "\u3001" <= character <= "\u3002" or "\uff01" <= character <= "\uff1f"


def _is_ideograph(character: str) -> bool:
    return (
        "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufad9"
        or "\U00020000" <= character <= "\U0003fffd"
    )


def _shown_stack(match: re.Match[str]) -> str:
    stack = match.group()
    kept = "".join(mark if _is_mark(mark) else visible(mark) for mark in stack[:MARK_LIMIT])
    return f"{kept}<+{len(stack) - MARK_LIMIT} marks>"


def _is_mark(character: str) -> bool:
    return character not in _JOINERS and not "\ufe00" <= character <= "\ufe0f" and not "\u180b" <= character <= "\u180f"


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
    while head and (head[-1] in _JOINERS or head[-1] >= "\U000e0000"):
        head = head[:-1]
    return head + "…"[:limit]
