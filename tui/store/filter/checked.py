"""Where in a line the terms stand, and who checks each: the server, or we."""

from functools import lru_cache
from typing import NamedTuple

from tui.store.filter.division import divided
from tui.store.filter.expression import All, AnyOf, Node, Word, conjuncts
from tui.store.filter.parser import parse
from tui.store.filter.scanner import UnreadableLine


class CheckedPart(NamedTuple):
    """A part of a line, in characters, and whether it is checked here, by facts."""

    start: int
    end: int
    is_here: bool


@lru_cache(maxsize=8)
def checked_parts(line: str) -> tuple[CheckedPart, ...]:
    """The terms at the top of a line; none where it cannot be read. Words are the server's, and no terms."""
    try:
        node = parse(line)
    except UnreadableLine:
        return ()
    here = conjuncts(divided(node).here)
    return tuple(_part_of(part, here) for part in conjuncts(node) if not isinstance(part, Word))


def _part_of(part: Node, here: tuple[Node, ...]) -> CheckedPart:
    inner = part.inner if isinstance(part, All | AnyOf) else (part,)
    starts, ends = [one.place.start for one in inner], [one.place.end for one in inner]
    return CheckedPart(min(part.place.start, *starts), max(part.place.end, *ends), part in here)
