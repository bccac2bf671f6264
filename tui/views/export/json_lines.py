"""Conversations as JSON: what the service sent, harmless to a terminal, and the same on one line each (JSON Lines)."""

import re

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_STRING_OR_BREAK = re.compile(rb"(" + _STRING + rb")|[\r\n][ \t\r\n]*", re.DOTALL)
_WHOLE_STRING = re.compile(_STRING, re.DOTALL)
_BREAK = re.compile(rb"[\r\n]")
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xaf]")
"""C0, DEL and C1, what turns the direction of text, and the two line ends of Unicode, in UTF-8."""

_HARMFUL = re.compile(_CONTROL.pattern.replace(rb"\x00-\x1f", rb"\x00-\x08\x0b\x0c\x0e-\x1f"))
"""The same without what may stand between values."""


def harmless(raw: bytes) -> bytes:
    """The same JSON with an escape in the place of each control, which changes no value; `cat` shows it safely.

    A control that should have been an escape becomes one, so that every reader of JSON takes it.
    """
    if _HARMFUL.search(raw) is None and not _has_bare_control(raw):
        return raw
    return _HARMFUL.sub(_escape, _WHOLE_STRING.sub(lambda string: _CONTROL.sub(_escape, string.group()), raw))


def one_line(raw: bytes) -> bytes:
    """The same JSON, harmless, without a line end in it; no value changes, not even in how it is written."""
    raw = harmless(raw)
    if b"\n" not in raw and b"\r" not in raw:
        return raw
    return _BREAK.sub(b" ", _STRING_OR_BREAK.sub(lambda found: found[1] or b"", raw.strip()))


def _has_bare_control(raw: bytes) -> bool:
    """Whether a tab or a line end stands inside of a string."""
    if not any(control in raw for control in (b"\t", b"\n", b"\r")):
        return False
    return any(_CONTROL.search(string.group()) is not None for string in _WHOLE_STRING.finditer(raw))


def _escape(control: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(control.group().decode())
