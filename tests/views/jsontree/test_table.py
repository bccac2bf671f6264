"""Lists of objects as tables: told apart from other lists, aligned, and fitted to the pane."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.store.history.raw import split
from tui.views.jsontree.table import tabular_parts
from tui.views.jsontree.tree import JsonTree
from tui.views.text.wrap import cell_width, line_width, plain

ROWS = st.lists(
    st.dictionaries(st.text(max_size=6), st.none() | st.integers() | st.text(max_size=20), min_size=1, max_size=12),
    min_size=2,
    max_size=6,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([{"a": 1}, {"a": 2}], True),
        ([{"a": 1, "tags": ["x"], "b": 2}, {"a": 2, "b": 3}], True),
        ([{"a": 1}], False),
        ([1, 2], False),
        ([{"a": {"b": 1}}, {"a": {"b": 2}}], False),
        ([{"a": 1}, 2], False),
        ([{"a": 1}, {"b": 1}, {"c": 1}, {"d": 1}], False),
        ([], False),
    ],
)
def test_tables_are_told_by_their_shape(value: object, expected: bool) -> None:
    assert tabular_parts(split(json.dumps(value).encode())) is expected


@given(ROWS, st.integers(20, 200))
def test_a_table_fits_any_pane(rows: list[dict[str, object]], width: int) -> None:
    tree = JsonTree(json.dumps(rows).encode())
    tree.toggle_table(0, width)

    lines = [tree.row(index, width) for index in range(tree.row_count(width))]

    assert all(line_width(line) <= width for line in lines)
    assert all("\n" not in plain(line) for line in lines)


def test_columns_that_do_not_fit_are_counted() -> None:
    rows = [{f"column_{number}": number * 1000 for number in range(20)} for _ in range(3)]
    tree = JsonTree(json.dumps(rows).encode())
    tree.toggle_table(0, 60)

    header = plain(tree.row(1, 60))
    shown = header.count("colum")
    assert header.endswith(f"+{20 - shown}")
    assert 3 <= shown < 20


def test_cells_stand_below_their_header_and_cut_ones_are_marked() -> None:
    rows = [{"name": "日本語", "n": 5, "text": "a long text " * 9}, {"name": "x", "n": 1234, "text": "short"}]
    tree = JsonTree(json.dumps(rows, ensure_ascii=False).encode())
    tree.toggle_table(0, 50)

    header, first, second = (plain(tree.row(index, 50)) for index in (1, 2, 3))

    places = [
        cell_width(line[: line.index(word)]) for line, word in ((header, "text"), (first, "a long"), (second, "short"))
    ]
    assert len(set(places)) == 1
    assert first.endswith("…")
    assert cell_width(first[: first.index("5") + 1]) == cell_width(second[: second.index("1234") + 4])
