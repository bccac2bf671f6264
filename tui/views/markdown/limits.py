"""What a text may hold before a parser would take seconds with it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

MOST_CELLS = 8_000
CELLS = "cells of tables"
"""Under this name a parser counts them while it parses a text."""

_MOST_BRACKETS = 2_000


class TooIntricate(ValueError):
    """Tables have more cells than can be rendered while the user waits."""


def is_intricate(text: str) -> bool:
    """Whether links in the text would take the parser of an export seconds; of tables it finds that out itself."""
    return text.count("[") > _MOST_BRACKETS


def limit_tables(made: "MarkdownIt") -> None:
    """Let a parser raise TooIntricate at tables with too many cells, before it makes them.

    A few KB may hold very many, since a row that is shorter than the header is filled up. The parser itself counts
    best: it knows what is a table, and what only looks like one in a block of code.
    """
    made.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})


def _table(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """The usual rule, which is given no more rows than it may make cells of."""
    from markdown_it.rules_block import table

    if silent or start + 2 > end:
        return table(state, start, end, silent)
    below = state.src[state.bMarks[start + 1] + state.tShift[start + 1] : state.eMarks[start + 1]]
    columns = below.strip(" \t|").count("|") + 1
    cells = state.env.get(CELLS, 0)
    stop = min(end, start + 2 + max(0, MOST_CELLS - cells) // columns)
    if not table(state, start, stop, False):
        return False
    if state.line == stop < end:
        raise TooIntricate
    state.env[CELLS] = cells + columns * (state.line - start - 1)
    return True
