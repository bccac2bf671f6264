"""Rows as text for others: what a cell holds, in a form that a spreadsheet and a script can read."""

import json

from tui.store.across.column import CellKind, TableColumn
from tui.store.across.value import Missing, Value
from tui.views.tables.texts import as_told, csv_line, json_line, tsv

COLUMNS = [
    TableColumn("bar", "bar", CellKind.BAR),
    TableColumn("date", "date", CellKind.MOMENT),
    TableColumn("calls", "calls", CellKind.COUNT),
]
ROW: list[Value] = [0.5, 1762493516.0, 3]


def test_a_moment_is_told_as_others_write_it_and_a_bar_is_not() -> None:
    columns, (row,) = as_told(COLUMNS, [ROW])
    assert csv_line(row) == "2025-11-07T05:31:56+00:00,3\r\n"
    assert json.loads(json_line(columns, row)) == {"date": "2025-11-07T05:31:56+00:00", "calls": 3}
    assert tsv(COLUMNS, [ROW]) == "date\tcalls\n2025-11-07T05:31:56+00:00\t3\n"


def test_a_moment_that_no_calendar_has_and_one_that_is_not_there_stay_as_they_are() -> None:
    _, rows = as_told(COLUMNS, [[0, 1e18, 3], [0, Missing.ABSENT, 3], [0, None, 3]])
    assert [row[0] for row in rows] == [1e18, Missing.ABSENT, None]
