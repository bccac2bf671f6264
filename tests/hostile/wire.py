"""A strict reader of what came out of a pseudo-terminal: everything that is not on its lists is a finding."""

import re
import unicodedata

_MODES = frozenset({"7", "25", "1000", "1002", "1003", "1004", "1006", "1015", "1049", "2004", "2026", "2048"})
"""The DEC private modes that the program and Textual's driver set and reset."""

_CSI = re.compile(r"\x1b\[([<=>?]?)([0-9;:]*)([ !\"$']?)([@-~])")
_LINK = re.compile(r"\x1b\]8;(?:id=\d+)?;(?:https?://[!-~]*)?\x1b\\")
_POINTER = re.compile(r"\x1b\]22;[a-z-]+\x07")
_QUESTIONS = ("\x1b]11;?\x1b\\", "\x1b[8$p\x1b[>q")
"""For the terminal's background, and whether it reorders text; the program asks each once."""
_LEAVING = re.compile(r"\x1b\[H\x1b\[2J(?=\x1b\[\?(?:25h|1049l))")
"""The screen is emptied before it is left."""

_PLAIN_FINALS = frozenset("mHCDGdKXrMLhl")
_JOINED = "\u200c\u200d"
_FLAG_BASE = "\U0001f3f4"
_MOST_MARKS = 8
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_HANGUL_PARTS = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")
_TONE = re.compile("[\U0001f3fb-\U0001f3ff]")
_FLAGS = tuple("".join(chr(0xE0000 + ord(tag)) for tag in f"{name}\x7f") for name in ("gbeng", "gbsct", "gbwls"))

_COMMANDS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"})
_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Format characters that are seen: numbers and verses stand on them."""


def findings(raw: bytes, limit: int = 20) -> list[str]:
    """What should not have been sent, with what stands around it; empty is good."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"not UTF-8 at {error.start}: {raw[error.start - 20 : error.start + 20]!r}"]
    for question in _QUESTIONS:
        text = text.replace(question, "", 1)
    text = _LEAVING.sub("", text)
    found: list[str] = []
    position = 0
    marks = 0
    while position < len(text) and len(found) < limit:
        length, marks = _accepted(text, position, marks)
        if not length:
            found.append(f"{text[max(0, position - 30) : position + 30]!r} at {position}")
            length = 1
        position += length
    return found


def _accepted(text: str, position: int, marks: int) -> tuple[int, int]:
    """How many characters from here are in order, and how many marks are stacked now."""
    character = text[position]
    if " " <= character <= "~" or character in "\r\n":
        return 1, 0
    if character == "\x1b":
        return _sequence(text, position), 0
    category = unicodedata.category(character)
    before = text[position - 1] if position else ""
    if category in ("Mn", "Me") or _HANGUL_PARTS.match(character):
        alone = not (_SELECTOR.match(character) and _SELECTOR.match(before))
        return int(marks < _MOST_MARKS and alone), marks + 1
    if _TONE.match(character):
        return int(unicodedata.category(before or " ") in ("So", "Mn") and not _TONE.match(before)), 0
    return int(category not in _COMMANDS or _joins(text, position)), marks


def _joins(text: str, position: int) -> bool:
    """A joiner between characters that are joined, or the letters of a flag."""
    character = text[position]
    if character in _PREPENDED:
        return True
    before = text[position - 1] if position else ""
    if character in _JOINED:
        return before > "\u0300"
    if "\U000e0020" <= character <= "\U000e007f":
        begin = text.rfind(_FLAG_BASE, max(0, position - 6), position)
        return begin >= 0 and text.startswith(_FLAGS, begin + 1)
    return False


def _sequence(text: str, position: int) -> int:
    """The length of the sequence when it is one that the program may send."""
    if match := _LINK.match(text, position) or _POINTER.match(text, position):
        return len(match.group())
    match = _CSI.match(text, position)
    if match is None:
        return 0
    return len(match.group()) if _is_known(*match.groups()) else 0


def _is_known(private: str, parameters: str, intermediate: str, final: str) -> bool:
    if not private and not intermediate:
        return final in _PLAIN_FINALS and (final not in "hl" or not parameters)
    if private == "?" and not intermediate and final in "hl":
        return set(parameters.split(";")) <= _MODES
    if private == "?" and (intermediate, final) == ("$", "p") and parameters in _MODES:
        return True
    return (private, parameters, intermediate, final) in {(">", "1", "", "u"), ("<", "", "", "u")}
