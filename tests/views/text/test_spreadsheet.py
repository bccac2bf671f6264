"""What a stranger wrote is calculated by no spreadsheet."""

import csv
import io
from datetime import UTC, datetime

import pytest

from tui.store.across.column import CellKind, TableColumn
from tui.store.verdicts.verdict import Opinion, Subject, Verdict
from tui.views.export.verdicts import csv_lines
from tui.views.tables.texts import csv_line, tsv

FORMULAS = ["=1+1", " =1", "\u00a0\u2003@SUM(A1)", "\t=1", "\n=1", "＝1+1", "＋1", "－x", "＠x", "﹢1", "-1+cmd|x!A0"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    head = TableColumn(text, text, CellKind.ANY)
    ((exported,),) = csv.reader(io.StringIO(csv_line([text]), newline=""))
    verdict = Verdict("id", "project", Subject("c"), Opinion("fail", (), text), text, datetime.now(UTC), filter=text)
    (told,) = csv.DictReader(io.StringIO("".join(csv_lines([verdict])), newline=""))
    cells = [exported, *tsv([head], [[text]]).splitlines(), told["reviewer"], told["note"], told["filter"]]
    assert [cell for cell in cells if not cell.startswith("'")] == []


def test_a_number_stays_one() -> None:
    assert csv_line([-5, -0.5, "-5", "a-b", ""]) == "-5,-0.5,-5,a-b,\r\n"
