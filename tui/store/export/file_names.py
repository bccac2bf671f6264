"""Names for files that are safe on every system, made from what strangers wrote."""

import re
import unicodedata

from tui.terminal.text.clean import clean_line, without_controls

LONGEST = 100
"""Bytes that a name may have, with its suffix."""

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u2028\u2029\s]+')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_DEVICES = frozenset(
    {
        "con",
        "conin$",
        "conout$",
        "clock$",
        "prn",
        "aux",
        "nul",
        *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"),
    }
)
_NO_NAME = "conversation"


def safe_name(text: str, suffix: str = "") -> str:
    """A file name of at most 100 bytes that hides nothing, is no device and cannot lead into another folder."""
    text = clean_line(without_controls(unicodedata.normalize("NFC", text))[0])  # which leaves short stacks of marks
    seen = "".join(" " if unicodedata.category(one) in _UNSEEN else one for one in text)
    stem = _FORBIDDEN.sub(" ", seen).strip(" .-~").replace(" ", "-")
    stem = _cut(stem, LONGEST - len(suffix.encode())).rstrip(".-") or _NO_NAME
    if stem.partition(".")[0].rstrip("-").lower() in _DEVICES:
        stem = _cut(f"{_NO_NAME}-{stem}", LONGEST - len(suffix.encode()))
    return stem + suffix


def _cut(text: str, limit: int) -> str:
    return text.encode()[:limit].decode("utf-8", "ignore")
