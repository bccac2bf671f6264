"""Keys by name, as a terminal sends them."""

import re

_NAMED = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "insert": "\x1b[2~", "delete": "\x1b[3~",
    "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~",
    "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "f11": "\x1b[23~", "f12": "\x1b[24~",
}  # fmt: skip
_CURSOR = re.compile(rb"\x1b\[([ABCDHF])")


def encode(*names: str, application_cursor: bool = False) -> bytes:
    """The bytes of keys: a name (`down`, `ctrl+q`, `alt+x`), one character, or any text as it is."""
    data = "".join(_encode(name) for name in names).encode()
    return _CURSOR.sub(lambda found: b"\x1bO" + found[1], data) if application_cursor else data


def _encode(name: str) -> str:
    if name in _NAMED:
        return _NAMED[name]
    if name.startswith("ctrl+") and len(name) == 6:
        return chr(ord(name[5].upper()) & 0x1F)
    if name.startswith("alt+") and len(name) == 5:
        return "\x1b" + name[4:]
    return name
