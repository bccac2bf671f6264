"""The active filters as chips, each of which can be taken away."""

from dataclasses import replace
from typing import NamedTuple

from tui.api.query import ConversationFilter
from tui.terminal.text.clean import clean_line
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import cell_width

_LABEL_LIMIT = 24


class Chip(NamedTuple):
    """One active filter: its words, and the filter without it."""

    label: str
    without: ConversationFilter


def chips_of(query: ConversationFilter) -> tuple[Chip, ...]:
    """The chips of a filter, in the order of the filter pane."""
    chips = []
    if query.text:
        chips.append(Chip(f'"{clean_line(query.text, _LABEL_LIMIT)}"', replace(query, text="")))
    for tag in query.tags:
        others = tuple(other for other in query.tags if other != tag)
        chips.append(Chip(clean_line(tag, _LABEL_LIMIT), replace(query, tags=others)))
    if query.untagged:
        chips.append(Chip("untagged", replace(query, untagged=False)))
    if query.archived:
        chips.append(Chip("with archived", replace(query, archived=False)))
    return tuple(chips)


def chip_line(chips: tuple[Chip, ...], width: int) -> tuple[Line, list[range]]:
    """The chips side by side, as many as fit, and the columns that each takes; the rest is counted."""
    line: Line = []
    columns: list[range] = []
    at = 0
    for number, chip in enumerate(chips):
        text = f"{chip.label} ×"
        cells = cell_width(text)
        left = len(chips) - number
        if at + cells + (4 if left > 1 else 0) > width and line:
            line.append(Span(f"+{left}", "muted"))
            break
        line += [Span(chip.label, "tag"), Span(" ×", "muted"), Span("  ")]
        columns.append(range(at, at + cells))
        at += cells + 2
    return line, columns


def filter_words(query: ConversationFilter) -> str:
    """The filter in a few words for a title; empty without one."""
    return ", ".join(chip.label for chip in chips_of(query))
