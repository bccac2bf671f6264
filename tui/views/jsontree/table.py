"""A list of flat objects as a table: aligned columns, numbers to the right, fitted to the pane."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tui.store.history.raw import CONTAINERS, BrokenJson, Parts, RawValue, kind_of, size_of, source_of, split, string_of
from tui.terminal.text.clean import clean_line
from tui.views.text.ink import Line, Span
from tui.views.text.tables import fit_widths
from tui.views.text.wrap import cell_width, crop_line, line_width

if TYPE_CHECKING:
    from tui.views.jsontree.node import Node

_SAMPLED = 50
_MOST_COLUMNS = 40
_CELL_BYTES = 2_000
_WIDEST = 60
_NARROWEST = 6
_GAP = "  "
_INKS = {"string": "string", "number": "number", "literal": "literal"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: their keys, whether each holds numbers, and how wide their cells are."""

    keys: tuple[str, ...]
    numeric: tuple[bool, ...]
    natural: tuple[int, ...]


def tabular_parts(parts: Parts) -> bool:
    """Whether a list is one of two or more objects that share keys and hold mostly plain values."""
    sample = _sample(parts.values)
    if len(parts.values) < 2 or sample is None:
        return False
    keys = {key for row in sample for key in row}
    cells = [value for row in sample for value in row.values()]
    plain = sum(kind_of(value) not in CONTAINERS for value in cells)
    return 0 < len(keys) <= _MOST_COLUMNS and plain * 2 > len(cells) and len(cells) * 2 >= len(keys) * len(sample)


def _sample(values: Sequence[RawValue]) -> list[dict[str, RawValue]] | None:
    rows = [_members(value) for value in values[:_SAMPLED]]
    return None if any(row is None for row in rows) else [row for row in rows if row is not None]


def _members(raw: RawValue) -> dict[str, RawValue] | None:
    if kind_of(raw) != "object":
        return None
    try:
        parts = split(raw)
    except BrokenJson:
        return None
    return dict(zip(parts.keys or (), parts.values, strict=True))


_TOLD: "WeakKeyDictionary[Node, Columns]" = WeakKeyDictionary()
"""The columns of the lists that are shown as tables."""


def _columns(node: "Node") -> Columns:
    """The columns of a list, told from its first elements when it is first shown so."""
    columns = _TOLD.get(node)
    if columns is None:
        columns = _TOLD[node] = _told_columns(node)
    return columns


def _told_columns(node: "Node") -> Columns:
    sample = _sample(node.parts().values) or []
    keys = list(dict.fromkeys(key for row in sample for key in row))
    cells = {key: [row[key] for row in sample if key in row] for key in keys}
    return Columns(
        tuple(keys),
        tuple(all(kind_of(cell) == "number" or bytes(cell) == b"null" for cell in cells[key]) for key in keys),
        tuple(min(_WIDEST, max(_header_width(key), *(line_width(_cell(cell)) for cell in cells[key]))) for key in keys),
    )


def _header_width(key: str) -> int:
    return max(1, cell_width(clean_line(key)))


def _cell(raw: RawValue | None) -> Line:
    if raw is None:
        return []
    kind = kind_of(raw)
    if kind in CONTAINERS:
        return [Span(_container_text(raw, kind), "muted")]
    if size_of(raw) > _CELL_BYTES:
        return [
            Span(clean_line(string_of(raw)[:_WIDEST] + "…" if kind == "string" else source_of(raw)[:_WIDEST]), "string")
        ]
    return [Span(clean_line(string_of(raw) if kind == "string" else source_of(raw)), _INKS.get(kind, "text"))]


def _container_text(raw: RawValue, kind: str) -> str:
    if size_of(raw) <= len("[]"):
        return source_of(raw)
    try:
        return (
            f"[{len(split(raw).values)}]"
            if kind == "list" and size_of(raw) <= _CELL_BYTES
            else "[…]"
            if kind == "list"
            else "{…}"
        )
    except BrokenJson:
        return "…"


def _fitted(columns: Columns, room: int) -> list[int]:
    """Widths of the columns that fit, from the left; the others are counted at the end of the header."""
    count = max(1, min(len(columns.keys), (room - _NARROWEST + len(_GAP)) // (_NARROWEST + len(_GAP))))
    while count < len(columns.keys) and _least(columns, count + 1) <= room - _NARROWEST:
        count += 1
    if _least(columns, len(columns.keys)) <= room:
        count = len(columns.keys)
    spare = 0 if count == len(columns.keys) else _NARROWEST
    return [max(1, cells) for cells in fit_widths(columns.natural[:count], room - spare - len(_GAP) * (count - 1))]


def _least(columns: Columns, count: int) -> int:
    return sum(min(cells, _NARROWEST) for cells in columns.natural[:count]) + len(_GAP) * (count - 1)


def header_line(node: "Node", room: int) -> Line:
    """The names of the columns."""
    columns = _columns(node)
    widths = _fitted(columns, room)
    cells: list[Line] = [[Span(clean_line(key), "key strong")] for key in columns.keys]
    line = _joined(cells, columns, widths)
    hidden = len(columns.keys) - len(widths)
    return [*line, Span(f"{_GAP}+{hidden}", "muted")] if hidden else line


def row_line(node: "Node", place: int, room: int) -> Line:
    """The cells of one element; what is no object, or has keys of its own, says so at the end."""
    columns = _columns(node)
    raw = node.parts().values[place]
    members = _members(raw)
    if members is None:
        return crop_line(_cell(raw), room)
    line = _joined([_cell(members.get(key)) for key in columns.keys], columns, _fitted(columns, room))
    own = len(members.keys() - set(columns.keys))
    return [*line, Span(f"{_GAP}+{own}", "muted")] if own else line


def _joined(cells: Sequence[Line], columns: Columns, widths: Sequence[int]) -> Line:
    line: Line = []
    for column, width in enumerate(widths):
        if column:
            line.append(Span(_GAP))
        cell = crop_line(cells[column], width)
        space = Span(" " * max(0, width - line_width(cell)))
        line.extend([space, *cell] if columns.numeric[column] else [*cell, space])
    return line
