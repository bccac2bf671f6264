"""Rows of a table as text: TSV for the clipboard, CSV and JSON Lines for files."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from tui.store.across.column import IS_BAR, CellKind, TableColumn
from tui.store.across.value import Missing, Value
from tui.terminal.text.clean import without_controls
from tui.views.text.spreadsheet import csv_row, harmless

Rows = Sequence[Sequence[Value]]


def as_told(columns: Sequence[TableColumn], rows: Rows) -> tuple[list[TableColumn], list[list[Value]]]:
    """The columns and rows as others read them: moments as ISO 8601, no bars; the numbers beside them tell that."""
    kept = [place for place, column in enumerate(columns) if column.kind not in IS_BAR]
    moments = {place for place in kept if columns[place].kind is CellKind.MOMENT}
    told = [[_iso(row[place]) if place in moments else row[place] for place in kept] for row in rows]
    return [columns[place] for place in kept], told


def _iso(value: Value) -> Value:
    if not isinstance(value, int | float):
        return value
    try:
        return datetime.fromtimestamp(value, UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return value


def plain_text(value: Value) -> str:
    """A value as it stands; nothing where there is none."""
    match value:
        case str():
            return value
        case Missing.CUT:
            return "…"
        case Missing():
            return ""
        case _:
            return json.dumps(value)


def cell_text(value: Value) -> str:
    """A value for the clipboard, in one line without tabs, and no formula where it is pasted into a spreadsheet."""
    text = " ".join(plain_text(value).replace("\t", " ").splitlines())
    return harmless(text) if isinstance(value, str) else text


def tsv(columns: Sequence[TableColumn], rows: Rows) -> str:
    """A line of heads and a line for each row, with tabs between the cells."""
    columns, rows = as_told(columns, rows)
    heads: list[Value] = [column.head for column in columns]
    lines = [heads, *rows]
    return "".join("\t".join(map(cell_text, line)) + "\n" for line in lines)


def csv_line(cells: Sequence[Value]) -> str:
    """A line of CSV; a text that a spreadsheet would calculate begins with an apostrophe."""
    return csv_row(_written(value) for value in cells)


def _written(value: Value) -> str:
    text = without_controls(plain_text(value))[0]
    return harmless(text) if isinstance(value, str) else text


def json_line(columns: Sequence[TableColumn], row: Sequence[Value]) -> str:
    """A row as a line of JSON: what the row does not have is not in it, null is null."""
    held = {column.key: _as_json(value, column) for column, value in zip(columns, row, strict=True)
            if not isinstance(value, Missing) or value is Missing.CUT}  # fmt: skip
    return json.dumps(held) + "\n"


def _as_json(value: Value, column: TableColumn) -> object:
    if value is Missing.CUT:
        return {"cut": True}
    return round(value, 6) if column.kind is CellKind.SHARE and isinstance(value, float) else value
