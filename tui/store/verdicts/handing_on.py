"""Verdicts that come from a file of somebody else: what is taken over, and what is not and why."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tui.store.verdicts.book import VerdictBook
from tui.store.verdicts.lines import Unread, read
from tui.store.verdicts.verdict import Line


class Taken(NamedTuple):
    """What became of the lines of a file."""

    new: int
    known: int
    """Lines that were here already."""
    elsewhere: int
    """Lines of another project."""
    unread: Counter[Unread]


def take_over(book: VerdictBook, project: str, raw: Iterable[bytes]) -> Taken:
    """Take the verdicts of this project over from lines of JSON; twice is as good as once.

    Raises:
        VerdictsNotKept: the file does not take them; none is taken over then.
    """
    lines: list[Line] = []
    unread: Counter[Unread] = Counter()
    elsewhere = 0
    for one in raw:
        line = read(one) if one.strip() else None
        if isinstance(line, Unread):
            unread[line] += 1
        elif line is not None and line.project.casefold() != project.casefold():
            elsewhere += 1
        elif line is not None:
            lines.append(line)
    new = book.import_lines(lines)
    return Taken(new, len(lines) - new, elsewhere, unread)
