"""Control characters on their way through the Markdown parser.

Some are shown as `^[`, `^\\`, `^]` and `^_`, which Markdown would take for markup: it is given stand-ins for them, and
what it makes of the text gets the visible form. So is a carriage return, which a program writes over a line with. The
stand-ins are no characters, so cleaned text never has them.
"""

import re

from tui.terminal.text.clean import clean, visible
from tui.views.code.output import is_output, seen_text

_FENCE = re.compile(r"^([ >]*(`{3,}|~{3,})[^\n]*\n)(.*?)(^[ >]*\2[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)

_STAND_INS = {"\x1b": "\ufdd0", "\x1c": "\ufdd1", "\x1d": "\ufdd2", "\x1f": "\ufdd3", "\r": "\ufdd5"}
_ESCAPE, _TERMINATOR = _STAND_INS["\x1b"], "\ufdd4"
_RETURN = _STAND_INS["\r"]
_SHOWN = {ord(stand_in): visible(character) for character, stand_in in _STAND_INS.items()} | {0xFDD4: "^[\\"}


def parsable(source: str) -> str:
    """The cleaned text for the parser."""
    text = clean(source, stand_in)
    # The backslash behind an Escape ends a command of a terminal; it was not written to escape what comes next.
    return text.replace(f"{_ESCAPE}\\", _TERMINATOR)


def stand_in(character: str) -> str:
    """What the parser is given for a character that cannot be seen."""
    return _STAND_INS.get(character) or visible(character)


def shown(parsed: str) -> str:
    """What the parser made of a part of it, cleaned again, since references such as `&#27;` are characters now."""
    return clean(parsed if parsed.isascii() else parsed.translate(_SHOWN))


def for_terminal(parsed: str) -> str:
    """A part of it with what a terminal takes as it came, in as many characters; see `views.code.output`."""
    return parsed if parsed.isascii() else parsed.replace(_ESCAPE, "\x1b").replace(_RETURN, "\r")


def seen_prose(text: str) -> str:
    """The cleaned text of a message as a search looks through it: what programs wrote in its fences as it is seen."""
    if not is_output(text):
        return clean(text)
    return clean(_FENCE.sub(lambda fence: fence[1] + seen_text(fence[3]) + fence[4], text))
