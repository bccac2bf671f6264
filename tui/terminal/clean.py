"""Untrusted text made safe to paint: control and invisible characters are shown, never sent."""

import re
import unicodedata

TAB_WIDTH = 4
_JOINERS = "\u200c\u200d"
_VARIATION = "\ufe0e\ufe0f"


def _mark(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if code < 0x20:
        return "^" + chr(code + 0x40)
    if code == 0x7F:
        return "^?"
    return f"<U+{code:04X}>"


_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)


def clean(text: str) -> str:
    """The text with every control, bidirectional and invisible character made visible; line feeds stay."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    return _UNSAFE.sub(_mark, text).expandtabs(TAB_WIDTH)


def clean_line(text: str, limit: int | None = None) -> str:
    """One line of cleaned text: line feeds become spaces, and more than `limit` characters end in an ellipsis."""
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…"
    return clean(text).replace("\n", " ")


def is_combining(character: str) -> bool:
    """Whether the character has no width of its own."""
    return unicodedata.combining(character) != 0 or character in _JOINERS or character in _VARIATION
