"""Conversations as JSON: the bytes that the service sent, and the same on one line each (JSON Lines)."""

import re

_STRING_OR_BREAK = re.compile(rb'("[^"\\]*+(?:\\.[^"\\]*+)*+")|[\r\n][ \t\r\n]*', re.DOTALL)
_BREAKS = {b"\r": b"\\r", b"\n": b"\\n"}
_BREAK = re.compile(rb"[\r\n]")


def one_line(raw: bytes) -> bytes:
    """The same JSON without a line end in it; no value changes, not even in how it is written."""
    if b"\n" not in raw and b"\r" not in raw:
        return raw
    return _BREAK.sub(b" ", _STRING_OR_BREAK.sub(_kept, raw.strip()))


def _kept(match: re.Match[bytes]) -> bytes:
    """A string as it is, but for a line end that should have been an escape; nothing for a line end between values."""
    string = match.group(1)
    return b"" if string is None else _BREAK.sub(lambda found: _BREAKS[found.group()], string)
