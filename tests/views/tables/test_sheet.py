"""A table as plain state: the cursor, the columns in view, and cells told apart."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.store.across.calls import CallOrder
from tui.store.across.column import CellKind, TableColumn
from tui.store.across.rows import Key
from tui.store.across.value import Missing, Value
from tui.terminal.text.ascii import in_ascii
from tui.views.tables.cells import STATE_SIGNS, any_cell, bar, cell_of, is_right
from tui.views.tables.sheet import Sheet
from tui.views.text.wrap import line_width, plain

NOW = datetime(2026, 11, 30, tzinfo=UTC)


class Rows:
    """So many rows and columns, each cell with its place."""

    is_known = True
    part_of_all = ""
    order = CallOrder()

    def __init__(self, rows: int, columns: int) -> None:
        self.columns = tuple(TableColumn(f"c{place}", f"head {place}", CellKind.ANY) for place in range(columns))
        self.keys = list(range(rows))

    @property
    def count(self) -> int:
        return len(self.keys)

    def key_at(self, index: int) -> Key | None:
        return (self.keys[index],) if 0 <= index < len(self.keys) else None

    def place_of(self, key: Key | None) -> int | None:
        return self.keys.index(key[0]) if key is not None and key[0] in self.keys else None  # type: ignore[arg-type]

    def values(self, index: int) -> Sequence[Value] | None:
        return [f"{self.keys[index]}/{place}" for place in range(len(self.columns))]


@settings(deadline=None)
@given(
    st.integers(0, 40),
    st.integers(1, 12),
    st.lists(st.tuples(st.integers(-3, 45), st.integers(-2, 14), st.integers(12, 90), st.integers(1, 30)), max_size=8),
)
def test_the_cursor_and_the_first_column_are_always_in_view(
    rows: int, columns: int, steps: list[tuple[int, int, int, int]]
) -> None:
    sheet = Sheet(Rows(rows, columns))
    for row, column, width, height in steps:
        sheet.resize(width, height)
        sheet.go(row, column)
        first, behind = sheet.view
        assert first <= sheet.row < max(behind, 1)
        shown = [place for place, _ in sheet.cells_in_view()]
        assert shown[0] == 0
        assert sheet.column in shown
        for index in range(first, behind):
            assert line_width(sheet.line(index, focused=True)) <= width
        assert line_width(sheet.heads(focused=True)) <= width


def test_the_cursor_stays_on_its_row_where_others_come_and_go() -> None:
    rows = Rows(20, 3)
    sheet = Sheet(rows)
    sheet.resize(80, 6)
    sheet.go(10)
    rows.keys = [100, 101, *rows.keys]
    sheet.rows_changed()
    assert rows.keys[sheet.row] == 10
    rows.keys = [key for key in rows.keys if key != 10]
    sheet.rows_changed()
    assert 0 <= sheet.row < rows.count


def test_who_has_scrolled_away_sees_what_they_saw() -> None:
    """Rows that come, a size that is told again and one line more take nobody back to the cursor."""
    rows = Rows(60, 3)
    sheet = Sheet(rows)
    sheet.resize(60, 20)
    sheet.scroll(7)
    for height in (20, 21, 20):
        sheet.resize(60, height)
        sheet.rows_came()
        rows.keys.append(len(rows.keys))
        sheet.rows_changed()
        assert (sheet.top, sheet.row) == (7, 0)
    sheet.go(1)
    assert sheet.top <= 1


def test_where_the_user_has_not_moved_the_first_row_stays_first() -> None:
    rows = Rows(5, 2)
    sheet = Sheet(rows)
    sheet.rows_changed()
    rows.keys = [100, *rows.keys]
    sheet.rows_changed()
    assert sheet.row == 0


def test_what_is_wide_goes_sideways_and_says_so() -> None:
    sheet = Sheet(Rows(3, 12))
    sheet.resize(40, 5)
    assert plain(sheet.heads(focused=True)).endswith("›")
    sheet.go(0, 11)
    heads = plain(sheet.heads(focused=True))
    assert heads.startswith("‹")
    assert "head 0" in heads
    assert "head 11" in heads


def test_each_kind_of_value_is_told_from_the_others() -> None:
    column = TableColumn("param.a", "a", CellKind.ANY)
    values: list[Value] = ["5", 5, True, "true", None, "null", "", Missing.ABSENT, Missing.CUT, Missing.UNKNOWN]
    told = [(cell_of(value, column, NOW), is_right(value, column)) for value in values]
    assert len(set(told)) == len(values)
    assert cell_of(Missing.ABSENT, column, NOW).text == ""
    assert cell_of("", column, NOW).text == '""'
    assert [is_right(value, column) for value in (5, 2.5, "5", True, None)] == [True, True, False, False, False]


@pytest.mark.parametrize("share", [number / 112 for number in range(113)])
def test_bars_grow_and_are_there_in_ascii(share: float) -> None:
    shown = bar(share, 14)
    assert len(shown) <= 14
    assert bool(shown) is (share > 0)
    assert "?" not in in_ascii(shown)


def test_signs_are_there_in_ascii() -> None:
    signs = [sign for sign, _ in STATE_SIGNS] + [any_cell(value).text for value in Missing] + ["‹", "›", "▣", "▌"]
    assert not [sign for sign in signs if "?" in in_ascii(sign) and "?" not in sign]
