"""Verdicts that come from a file of somebody else: what is taken over, and what is not and why."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from tui.config.errors import UsageError
from tui.store.verdicts.book import VerdictBook
from tui.store.verdicts.lines import Unread, read
from tui.store.verdicts.verdict import Line

_LONGEST = 1_000_000
"""Bytes of a line: far more than a note that somebody has typed."""


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


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file of somebody else, or of a pipe that may never end one.

    Raises:
        UsageError: a line is longer than any verdict.
        OSError: it cannot be read.
    """
    number = 0
    while line := file.readline(_LONGEST + 1):
        number += 1
        if len(line) > _LONGEST:
            what = f"Line {number:,} has more than {_LONGEST // 10**6} MB: this is no file of verdicts"
            raise UsageError(what, "Nothing was taken over. Name a file that verdicts export has written.")
        yield line
