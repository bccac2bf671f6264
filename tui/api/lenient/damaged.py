"""Reads JSON that a strict and fast decoder refuses, piece by piece, so that one bad value costs no more than itself.

What it tolerates: a BOM, UTF-16 and UTF-32, invalid UTF-8, NaN, control characters and lone surrogates in strings,
numbers of any length, and nesting of any depth (nothing here recurses into what is only cut out).
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from tui.api.errors import UnreadableAnswer

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_DEPTH = 4
"""Levels of nesting that one match passes over; what is deeper is walked bracket by bracket."""
_NAME = re.compile(rb"\s*(" + _STRING + rb")\s*:\s*", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u([dD][89a-fA-F]..)|.)", re.DOTALL)
_BLANK = b" \t\r\n"
_MOST = 50_000_000
"""Rows: a count above this is a lie that no list could show."""

_DIGITS = 400
"""A longer number stays text: Python takes quadratic time to read it."""


def as_utf8(raw: bytes) -> bytes:
    """The same JSON without a BOM, from whichever Unicode encoding it came in."""
    encoding = json.detect_encoding(raw)
    return raw if encoding == "utf-8" else raw.decode(encoding, "replace").encode("utf-8", "replace")


def members(raw: bytes) -> dict[str, bytes]:
    """The values of a JSON object by name, undecoded; of two with one name the last counts.

    Raises:
        UnreadableAnswer: it is no object, or cut short.
    """
    found: dict[str, bytes] = {}
    for piece in _pieces(raw, b"{", "a JSON object"):
        name = _NAME.match(piece)
        if name is not None:
            found[str(value(name[1]))] = piece[name.end() :].rstrip(_BLANK)
    return found


def elements(raw: bytes, most: int | None = None) -> list[bytes]:
    """The elements of a JSON list, undecoded; of more than `most` the last one is a list of all the others.

    Raises:
        UnreadableAnswer: it is no list, or cut short.
    """
    found = [piece.strip(_BLANK) for piece in _pieces(raw, b"[", "a list", most)]
    return found if found != [b""] else []


def value(raw: bytes) -> Any:
    """One value as an object.

    Raises:
        UnreadableAnswer: it is no JSON, or nested too deeply.
    """
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        pass
    text = _ESCAPE.sub(_without_surrogate, raw.decode("utf-8", "replace"))
    try:
        return json.loads(text, strict=False, parse_constant=str, parse_int=_number)
    except (ValueError, RecursionError) as error:
        raise UnreadableAnswer("it is nested too deeply" if isinstance(error, RecursionError) else str(error)) from None


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _DIGITS else digits


def _without_surrogate(escape: re.Match[str]) -> str:
    """A lone surrogate as its code point in words: no encoding of the text could hold it."""
    return f"<U+{escape[1].upper()}>" if escape[1] else escape[0]


def _passing(inner: bytes, depth: int) -> bytes:
    """A pattern of what is passed over in one match: `inner` characters, strings, and brackets to some depth."""
    within = rb'[^\[\]{}"]++'
    nested = b""
    for _ in range(depth):
        nested = rb"|[\[{](?:" + _STRING + b"|" + within + nested + rb")*+[\]}]"
    return b"(?:" + _STRING + b"|" + inner + nested + b")*+"


_BRACKETS = re.compile(rb"[\[{]+|[\]}]+")
_TO_COMMA = re.compile(_passing(rb'[^\[\]{}",]++', _DEPTH), re.DOTALL)
_TO_BRACKET = re.compile(_passing(rb'[^\[\]{}"]++', _DEPTH), re.DOTALL)


def _pieces(raw: bytes, opening: bytes, expected: str, most: int | None = None) -> Iterator[bytes]:
    """What stands between the commas of the outermost brackets; beyond `most` the rest is one piece, in brackets."""
    start = len(raw) - len(raw.lstrip(_BLANK))
    if raw[start : start + 1] != opening:
        raise UnreadableAnswer(f"it is not {expected}")
    number, begin = 0, start + 1
    for at in _ends(raw, begin):
        yield raw[begin:at]
        number, begin = number + 1, at + 1
        if number == most and raw[at] == ord(","):
            yield opening + raw[begin:]
            return


def _ends(raw: bytes, at: int) -> Iterator[int]:
    """Where the pieces end: at the commas of this level, and at the bracket that closes it."""
    depth = 1
    while depth:
        passed = (_TO_COMMA if depth == 1 else _TO_BRACKET).match(raw, at)
        assert passed is not None  # it may be empty
        at = passed.end()
        run = _BRACKETS.match(raw, at)
        if run is None:
            if raw[at : at + 1] != b",":
                raise UnreadableAnswer("it is cut short")
            yield at
            at += 1
        elif raw[at] in b"[{":
            depth, at = depth + run.end() - at, run.end()
        else:
            closed = min(depth, run.end() - at)
            depth, at = depth - closed, at + closed
            if depth == 0:
                yield at - 1


def usable_count(told: Any) -> int | None:
    """A number of rows, where a whole one was told, or its digits; None where it is none, or no list has so many."""
    if isinstance(told, str):
        told = int(told) if told.isdecimal() and len(told) < _DIGITS else None
    elif isinstance(told, float):
        told = int(told) if told.is_integer() else None
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 <= told <= _MOST else None
