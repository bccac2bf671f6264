"""Control characters on their way through the Markdown parser.

Some are shown as `^[`, `^\\`, `^]` and `^_`, which Markdown would take for markup: it is given stand-ins for them, and
what it makes of the text gets the visible form. The stand-ins are no characters, so cleaned text never has them.
"""

from tui.terminal.text.clean import clean, visible

_STAND_INS = {"\x1b": "\ufdd0", "\x1c": "\ufdd1", "\x1d": "\ufdd2", "\x1f": "\ufdd3"}
_ESCAPE, _TERMINATOR = _STAND_INS["\x1b"], "\ufdd4"
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
