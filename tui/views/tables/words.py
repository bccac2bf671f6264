"""What is said around the tables: which they are, where the user is in them, and the cell under the cursor."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tui.terminal.text.clean import clean_line
from tui.views.tables.cells import any_cell, whole_words
from tui.views.tables.sheet import Sheet
from tui.views.text.format import thousands
from tui.views.text.ink import Line, Span

_LIMIT = 400


def breadcrumbs(titles: Sequence[str], filtered: str) -> tuple[Line, Line]:
    """The tables that led here, from the first on, and at the right which conversations they are of."""
    line: Line = [Span(" ")]
    for place, title in enumerate(titles):
        is_last = place == len(titles) - 1
        line += [Span(" › ", "muted")] if place else []
        line.append(Span(title, "title" if is_last else "muted"))
    words = clean_line(filtered, _LIMIT)
    return line, [Span(f"of {words} " if words else "of all active conversations ", "muted")]


def heading(title: str, sheet: Sheet) -> str:
    """The title of a table, with the row of the cursor, how many there are, and whether that is not all."""
    table, marked = sheet.table, len(sheet.marked)
    place = f" {thousands(sheet.row + 1)}/{thousands(table.count)}" if table.count else ""
    told = [f"{title}{place}", table.part_of_all, f"{thousands(marked)} marked" if marked else ""]
    return " · ".join(filter(None, told))


def empty_words(*, is_known: bool, trouble: str) -> str:
    """What stands in place of rows."""
    if trouble:
        return clean_line(trouble)
    return "There are none in the conversations that are read." if is_known else "Looking …"


def cell_line(sheet: Sheet) -> Line:
    """All of the cell under the cursor, behind the name of its column."""
    column = sheet.column_here
    if column is None or not sheet.table.count:
        return []
    value = sheet.value_here
    told = whole_words(value, column, datetime.now(UTC))
    ink = any_cell(value).ink if told else "muted"
    return [Span(f" {clean_line(column.words or column.head, _LIMIT)}: ", "muted"), Span(told or '""', ink)]
