"""Tables: which lines are one, and the cells of their rows."""

import re
from bisect import bisect
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.views.markdown.limits import CELLS, MOST_CELLS, TooIntricate
from tui.views.markdown.ticks import code_spans

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_RULE = re.compile(r"(?!- |-+\Z)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
"""The line below the header; one of dashes alone underlines a heading, whatever stands in it."""
_BEGIN_OF_RULE = ("|", ":", "-")
_PIPE = re.compile(r"(?<!\\)\|")


def table(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """GFM's rule, with all that stands in the rows kept: one token with the alignments and the texts of the cells.

    Raises:
        TooIntricate: the tables of a text have too many cells to render them while the user waits.
    """
    if start + 2 > end or state.sCount[start + 1] < state.blkIndent:
        return False
    below = state.bMarks[start + 1] + state.tShift[start + 1]
    if not state.src.startswith(_BEGIN_OF_RULE, below):
        return False
    rule = _line(state, start + 1)
    if _RULE.fullmatch(rule) is None or state.is_code_block(start) or state.is_code_block(start + 1):
        return False
    aligns = [_align(cell) for cell in _split(rule, _inner_pipes(rule))]
    header = _header(_line(state, start), len(aligns))
    if header is None:
        return False
    if silent:
        return True
    rows, line = [header], start + 2
    most = (MOST_CELLS - state.env.get(CELLS, 0)) // len(aligns)
    while line < end and _goes_on(state, line, end):
        rows.append(_row(_line(state, line), len(aligns)))
        line += 1
        if len(rows) > most:
            raise TooIntricate
    state.env[CELLS] = state.env.get(CELLS, 0) + len(rows) * len(aligns)
    token = state.push("table", "table", 0)
    token.map = [start, line]
    token.meta = {"aligns": aligns, "rows": rows}
    state.line = line
    return True


def _line(state: "StateBlock", line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()


def _goes_on(state: "StateBlock", line: int, end: int) -> bool:
    if state.sCount[line] < state.blkIndent or state.isEmpty(line) or state.is_code_block(line):
        return False
    return not any(rule(state, line, end, True) for rule in state.md.block.ruler.getRules("blockquote"))


def _align(rule: str) -> str:
    if rule.endswith(":"):
        return "center" if rule.startswith(":") else "right"
    return "left"


def _header(row: str, columns: int) -> list[str] | None:
    """The cells of a header of so many columns; None where it has another number of them."""
    if "|" not in row or row == "|":
        return None
    for pipes in (_inner_pipes(row), _outside_code(row, _inner_pipes(row))):
        if len(pipes) + 1 == columns:
            return _split(row, pipes)
    return None


def _row(row: str, columns: int) -> list[str]:
    """The cells of a row: where there would be too many, pipes in code part none, and the last one takes the rest."""
    pipes = _inner_pipes(row)
    if len(pipes) >= columns:
        pipes = _outside_code(row, pipes)[: columns - 1]
    cells = _split(row, pipes)
    return cells + [""] * (columns - len(cells))


def _inner_pipes(row: str) -> list[int]:
    """The pipes between cells; those at the ends of a row belong to its frame."""
    pipes = [found.start() for found in _PIPE.finditer(row)]
    if pipes and pipes[0] == 0:
        del pipes[0]
    if pipes and pipes[-1] == len(row) - 1:
        del pipes[-1]
    return pipes


def _outside_code(row: str, pipes: Sequence[int]) -> list[int]:
    spans = list(code_spans(row))
    starts = [start for start, _ in spans]
    return [pipe for pipe in pipes if not (at := bisect(starts, pipe)) or spans[at - 1][1] <= pipe]


def _split(row: str, pipes: Sequence[int]) -> list[str]:
    begin = 1 if row.startswith("|") else 0
    end = len(row) - 1 if len(row) > 1 and row.endswith("|") and not row.endswith("\\|") else len(row)
    starts, ends = [begin, *(pipe + 1 for pipe in pipes)], [*pipes, end]
    return [row[start:stop].strip().replace("\\|", "|") for start, stop in zip(starts, ends, strict=True)]
