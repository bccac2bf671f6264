"""The active filters as chips, each of which can be taken away."""

import re
from typing import NamedTuple

from msgspec.structs import replace

from tui.store.filter.list_filter import ListFilter
from tui.terminal.text.clean import clean_line
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import cell_width

_LABEL_LIMIT = 24
_LIKE_TERM = re.compile(r"(?<!\S)-?[^\W\d_]+[\w.]*:(?!//)\S")
"""Words that look like a term: that they are none is said."""
_FROM = 3
"""The column in which chips begin, as the names in the rows below do."""

_HERE, _SERVER = "here ", "server "
"""Stand before what is checked here, and, beside that, before what the server checks."""


class Chip(NamedTuple):
    """One active filter: its words, and the filter without it."""

    label: str
    without: ListFilter
    is_here: bool = False
    """Whether it is checked here, and not by the server."""


def chips_of(query: ListFilter) -> tuple[Chip, ...]:
    """The chips of a filter, in the order of the filter pane."""
    chips = []
    if query.text:
        words = "words " if _LIKE_TERM.search(query.text) else ""
        chips.append(Chip(f'{words}"{clean_line(query.text, _LABEL_LIMIT)}"', replace(query, text="")))
    for tag in query.tags:
        others = tuple(other for other in query.tags if other != tag)
        chips.append(Chip(clean_line(tag, _LABEL_LIMIT), replace(query, tags=others)))
    if query.untagged:
        chips.append(Chip("untagged", replace(query, untagged=False)))
    if query.archived:
        chips.append(Chip("with archived", replace(query, archived=False)))
    return (*chips, *_rest_chips(query))


def _rest_chips(query: ListFilter) -> list[Chip]:
    """A chip for each of the other terms."""
    if not query.rest:
        return []
    from tui.store.filter.expression import conjuncts
    from tui.store.filter.parser import parse
    from tui.store.filter.printing import line_of, line_of_all

    parts, here = conjuncts(parse(query.rest)), conjuncts(query.division.here)
    chips = [
        Chip(
            clean_line(line_of(part), _LABEL_LIMIT),
            replace(query, rest=line_of_all(parts[:place] + parts[place + 1 :])),
            part in here,
        )
        for place, part in enumerate(parts)
    ]
    return sorted(chips, key=lambda chip: chip.is_here)


def chip_line(chips: tuple[Chip, ...], width: int) -> tuple[Line, list[range]]:
    """The chips side by side, as many as fit, and the columns that each takes; the rest is counted.

    Where anything is checked here, the first chip of each kind says whose it is.
    """
    line: Line = [Span(" " * _FROM)]
    columns: list[range] = []
    at = _FROM
    marks = (_SERVER if any(chip.is_here for chip in chips) else "", _HERE)
    for number, chip in enumerate(chips):
        mark = "" if number and chip.is_here == chips[number - 1].is_here else marks[chip.is_here]
        text = f"{mark}{chip.label} ×"
        cells = cell_width(text)
        left = len(chips) - number
        if at + cells + (4 if left > 1 else 0) > width and columns:
            line.append(Span(f"+{left}", "muted"))
            break
        line += [Span(mark, "muted")] if mark else []
        line += [Span(chip.label, "tag"), Span(" ×", "muted"), Span("  ")]
        columns.append(range(at, at + cells))
        at += cells + 2
    return line, columns


def filter_words(query: ListFilter) -> str:
    """The filter in a few words for a title; empty without one."""
    return ", ".join(chip.label for chip in chips_of(query))
