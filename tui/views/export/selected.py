"""What is copied of lines of the screen: the text as it was written, where they show some, else the words they show.

A selection is two spots, the second one behind its last cell; it knows no screen, and whoever reads the mouse has it.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from tui.store.history.raw import kind_of, source_of, string_of
from tui.views.text.ink import ASIDE, Line, Span
from tui.views.text.stretches import CodeBlock, stretch_of
from tui.views.text.trace import Trace
from tui.views.text.wrap import cell_width, crop_line, line_width, plain
from tui.views.transcript.blocks.block import BARS, Block
from tui.views.transcript.blocks.tool_block import ToolBlock
from tui.views.transcript.blocks.turns import TurnBlock
from tui.views.transcript.document import Document
from tui.views.transcript.modes import Look
from tui.views.transcript.viewport import Place

Spot = tuple[Place, int]
"""A line and a cell of its text."""

_BAR_TEXTS = frozenset(BARS.values())
_DRAWN = frozenset("─│┼┊ ")
"""What rules and the lines of tables are drawn with."""

_MAY_BE_CODE = re.compile(r"^[ >]*(?:```|~~~)|(?:\A|\n[ \t]*\n)(?: {4}|\t)", re.MULTILINE)
"""A fence, or an indented line below an empty one."""

_WIDE = 10_000
"""Cells in which everything that a tool call's own line tells has room."""


@dataclass(slots=True)
class _Part:
    """What some cells of a line show: a stretch of a text, or else words of ours."""

    words: str = ""
    text: int | None = None
    start: int = 0
    end: int = 0
    decorated: bool = False
    """Whether a mark of the layout stands before the stretch."""


def selected_cells(line: Line, place: Place, begin: Spot, end: Spot) -> range:
    """The selected cells of a line, but for the bar at its left."""
    if not begin[0] <= place <= end[0]:
        return range(0)
    bar = cell_width(line[0].text) if line and line[0].text in _BAR_TEXTS else 0
    start = max(bar, begin[1] if place == begin[0] else 0)
    stop = min(line_width(line), end[1]) if place == end[0] else line_width(line)
    return range(start, max(start, stop))


def selection(document: Document, begin: Spot, end: Spot) -> Callable[[], str]:
    """What makes the text of a selection as it was written, maybe in a thread, where a large one holds up nobody."""
    picked: list[tuple[int, Block, range]] = []
    for index in range(begin[0][0], end[0][0] + 1):
        height = document.height(index)
        first = begin[0][1] if index == begin[0][0] else 0
        last = end[0][1] if index == end[0][0] else height - 1
        picked.append((index, document.blocks[index], range(first, min(last + 1, height))))
    look = document.look

    def text() -> str:
        pieces: list[str] = []
        for index, block, lines in picked:
            found = list(_pieces(block, index, lines, look, begin, end))
            pieces += ["", *found] if pieces and found and block.gap else found
        return pieces[0] if len(pieces) == 1 else "\n".join(piece.removesuffix("\n") for piece in pieces)

    return text


def line_text(document: Document, place: Place) -> str:
    """The line of the text that a line of the screen shows a part of; of a value in JSON, all of it with its key."""
    block, (_, number) = document.blocks[place[0]], place
    trace, (line,) = _traced(block, range(number, number + 1), document.look)
    part = _part(line, range(line_width(line)), trace)
    if part.text is not None:
        return trace.texts[part.text].lines(part.start, part.end)
    if not isinstance(block, ToolBlock):
        return part.words.strip()
    at = block.tree_at(number, document.look)
    if at is None:
        return (_words(block.headline(_WIDE)) if number == int(block.gap) else part.words).strip()
    node = at.tree.node_at(at.row, at.width)
    key = f"{json.dumps(node.step, ensure_ascii=False)}: " if isinstance(node.step, str) else ""
    return part.words.strip() if node.is_window else key + source_of(node.raw_value)


def has_code(document: Document, place: Place) -> bool:
    """Whether a block of code is to be expected in a message, or in a result that is Markdown; told at a glance."""
    block, (_, number) = document.blocks[place[0]], place
    if isinstance(block, TurnBlock):
        return False
    if not isinstance(block, ToolBlock):
        return _MAY_BE_CODE.search(block.source()) is not None
    shown = block.text_at(number, document.look)
    if shown is None or shown[0].lines is None:
        return False  # it is JSON, and no Markdown in it
    at = block.tree_at(number, document.look)
    text = block.source() if at is None else string_of(at.tree.node_at(at.row, at.width).raw_value)
    return _MAY_BE_CODE.search(text) is not None


def code_at(document: Document, place: Place) -> tuple[CodeBlock, str] | None:
    """The block of code at a line, or the nearest one in the same message, below it rather than above."""
    block, (_, number) = document.blocks[place[0]], place
    trace, (line,) = _traced(block, range(number, number + 1), document.look)
    part = _part(line, range(line_width(line)), trace)
    at = trace.texts[part.text].line_number(part.start) if part.text is not None else 0
    trace, _ = _traced(block, range(number, number + 1), replace(document.look, markdown=True))
    for text in trace.texts:
        found = text.code_near(at)
        if found is not None:
            return found, text.code_text(found)
    return None


def _traced(block: Block, lines: range, look: Look) -> tuple[Trace, list[Line]]:
    trace = Trace()
    return trace, block.traced(lines, replace(look, trace=trace))


def _pieces(block: Block, index: int, lines: range, look: Look, begin: Spot, end: Spot) -> Iterator[str]:
    """The texts that some lines of a block show, and the words of the lines that show none."""
    trace, traced = _traced(block, lines, look)
    parts = [
        _part(line, selected_cells(line, (index, number), begin, end), trace)
        for number, line in zip(lines, traced, strict=True)
    ]
    is_whole = [part == _part(line, range(line_width(line)), trace) for part, line in zip(parts, traced, strict=True)]
    values = _values(block, lines, look, is_whole)
    run: _Part | None = None
    words: list[str] = []
    for number, part in zip(lines, parts, strict=True):
        value = next(((rows, raw) for rows, raw in values if number in rows), None)
        if value is not None and number > value[0].start:
            continue
        if value is None and part.text is None:
            words += [part.words] if part.words.strip() else []
        elif value is None and run is not None and part.text == run.text:
            run.start, run.end = min(run.start, part.start), max(run.end, part.end)
            words = []  # marks between two lines of a text
        else:
            yield from (*_copied(run, trace), *words)
            run, words = (part, []) if value is None else (None, [_value_text(value[1])])
    yield from (*_copied(run, trace), *words)


def _values(block: Block, lines: range, look: Look, is_whole: list[bool]) -> list[tuple[range, bytes]]:
    """The JSON values of a tool call of which all rows are among these lines, with those rows."""
    if not isinstance(block, ToolBlock):
        return []
    values = [(rows[1:], section.tree.raw) for section, rows in block.placed(look) if section.tree is not None]
    among = [(rows, raw) for rows, raw in values if lines.start <= rows.start and rows.stop <= lines.stop]
    return [(rows, raw) for rows, raw in among if all(is_whole[row - lines.start] for row in (rows[0], rows[-1]))]


def _value_text(raw: bytes) -> str:
    return string_of(raw) if kind_of(raw) == "string" else source_of(raw)


def _copied(run: _Part | None, trace: Trace) -> Iterator[str]:
    if run is not None and run.text is not None:
        yield trace.texts[run.text].copied(run.start, run.end, decorated=run.decorated)


def _part(line: Line, cells: range, trace: Trace) -> _Part:
    """What the cells of a line show; a character that is selected by half is."""
    part, at, marked = _Part(), 0, False
    own: Line = []
    for text, ink in line:
        width = cell_width(text)
        inside = range(max(cells.start - at, 0), min(cells.stop - at, width))
        at += width
        if not inside:
            continue
        first, last = _characters(text, inside)
        stretch = stretch_of(ink)
        if stretch is None:
            own.append(Span(text[first:last], ink))
            marked = marked or not text.isspace()
            continue
        start, end = trace.texts[stretch.text].shown_in(stretch, text, first, last)
        if part.text is None:
            part.text, part.start, part.end, part.decorated = stretch.text, start, end, marked
        else:
            part.start, part.end = min(part.start, start), max(part.end, end)
    part.words = "" if part.text is not None else _words(own).rstrip()
    return part


def _characters(text: str, cells: range) -> tuple[int, int]:
    """Which characters of a text stand in some of its cells."""
    if len(text) == cell_width(text):
        return cells.start, cells.stop
    last = len(_head(text, cells.stop))
    if cell_width(text[:last]) < cells.stop:
        last = len(_head(text, cells.stop + 1))
    return len(_head(text, cells.start)), last


def _head(text: str, cells: int) -> str:
    return plain(crop_line([Span(text)], cells, ""))


def _words(line: Line) -> str:
    """The words of ours on a line, without margin, marks and drawing."""
    words = ""
    for number, (text, ink) in enumerate(line):
        if ink.endswith(ASIDE) or (text.isspace() and not number):
            continue
        if text.strip() and _DRAWN.issuperset(text):
            text = "" if not words or words.endswith(" ") else " "
        words += text
    return words
