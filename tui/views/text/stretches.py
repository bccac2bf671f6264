"""Parts of a text that was written, which spans of a traced layout name in their inks; see `trace`."""

import re
from typing import NamedTuple

from msgspec import Struct

_INK = re.compile(r"@(\d+):(-?\d+):(\d+)(=?)")


class Stretch(NamedTuple):
    """A part of one of the texts of a trace, in characters of the text as it was laid out."""

    text: int
    start: int
    end: int
    is_one: bool
    """Whether each part of what is shown stands for all of the stretch."""


class Pair(NamedTuple):
    """Markup around something: where what opens it begins and ends, and where what closes it does."""

    opens: int
    opened: int
    closes: int
    closed: int


class CodeBlock(Struct, frozen=True):
    """The lines of a block of code, each as where it begins and ends, without fences and what stands before them."""

    language: str
    lines: tuple[tuple[int, int], ...]


def stretch_of(ink: str) -> Stretch | None:
    """The stretch that a traced ink names."""
    if not ink.startswith("@"):
        return None
    found = _INK.match(ink)
    return None if found is None else Stretch(int(found[1]), int(found[2]), int(found[3]), found[4] != "")
