"""A cell of a table by its kind: what is missing is not empty, and nothing is taken for what it is not."""

from enum import Enum


class Missing(Enum):
    """What stands where there is no value."""

    ABSENT = "absent"
    """There is none: the call has no such parameter."""
    CUT = "cut"
    """There is one, a list or too long a text, that is not kept."""
    UNKNOWN = "unknown"
    """Nobody knows yet, or the server does not tell."""


Value = str | int | float | bool | None | Missing
"""None is the `null` of JSON."""


def rank(value: Value) -> int:
    """The place of a kind of value in an order: numbers, texts, yes and no, null, cut, absent, unknown."""
    match value:
        case bool():
            return 2
        case int() | float():
            return 0
        case str():
            return 1
        case None:
            return 3
        case Missing.CUT:
            return 4
        case Missing.ABSENT:
            return 5
        case Missing.UNKNOWN:
            return 6


def in_order(value: Value, *, descending: bool) -> tuple[int, float, str]:
    """By what values are sorted: each kind by itself, always in the same order of kinds; equal letters are equal."""
    kind = rank(value)
    if kind == 1 and isinstance(value, str):
        folded = value.casefold()
        return kind, 0.0, _reversed(folded) if descending else folded
    if isinstance(value, bool | int | float):
        return kind, -float(value) if descending else float(value), ""
    return kind, 0.0, ""


def _reversed(text: str) -> str:
    """Sorts the other way round; what is longer then comes first."""
    return "".join(chr(0x10FFFF - ord(character)) for character in text) + chr(0x10FFFF)
