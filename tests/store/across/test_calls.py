"""Calls as rows, their order, and the values of their columns, against the plainest loops."""

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.across.made import HISTORIES, asked, has_failed, known, leaves
from tui.store.across.calls import CallOrder, CallsOf, calls_of, columns_of, key_of, rows_of
from tui.store.across.column import PARAMETER
from tui.store.across.value import Missing, Value, in_order, rank
from tui.store.across.values import values_of
from tui.store.facts.database import FactsDatabase

Histories = list[list[dict[str, Any]]]


def cells(histories: Histories, name: str) -> list[Value]:
    """What stands in the column of a parameter of the tool `one`."""
    calls = [one for history in histories for one in history if one["tool_type"] == "one"]
    found = [leaves(one["input_parameters"]).get(name, Missing.ABSENT) for one in calls]
    return [Missing.CUT if one is ... else one for one in found]


def shown(database: FactsDatabase, calls: CallsOf) -> list[Any]:
    keys = calls_of(database, calls)
    rows = rows_of(database, keys)
    return [rows[key] for key in keys]


@settings(deadline=None)
@given(HISTORIES)
def test_failed_calls_come_first_then_the_newest(histories: Histories) -> None:
    calls = CallsOf(asked(), "one")
    with known(histories) as database:
        rows = shown(database, calls)
        assert len(calls_of(database, calls)) == len(rows)
        first = list(calls_of(database, calls, 2))
        assert first == list(calls_of(database, calls))[:2]
    expected = [
        (f"c{number}", place)
        for failed in (True, False)
        for number, history in enumerate(histories)
        for place, one in enumerate(history)
        if one["tool_type"] == "one" and has_failed(one) is failed
    ]
    assert [(row.conversation, row.message) for row in rows] == expected


@settings(deadline=None)
@given(HISTORIES)
def test_the_columns_are_all_parameters_the_most_frequent_first(histories: Histories) -> None:
    counted = Counter(
        name
        for history in histories
        for one in history
        if one["tool_type"] == "one"
        for name in leaves(one["input_parameters"])
    )
    with known(histories) as database:
        columns = columns_of(database, CallsOf(asked(), "one"))
    names = [one.key.removeprefix(PARAMETER) for one in columns if one.key.startswith(PARAMETER)]
    assert set(names) == set(counted)
    assert [counted[name] for name in names] == sorted(counted.values(), reverse=True)


@settings(deadline=None)
@given(HISTORIES, st.sampled_from(["a", "deep.c", "a.b", 'odd "name"']), st.booleans())
def test_a_column_is_sorted_kind_by_kind(histories: Histories, name: str, descending: bool) -> None:
    order = CallOrder(PARAMETER + name, descending)
    with known(histories) as database:
        values = [row.value(PARAMETER + name) for row in shown(database, CallsOf(asked(), "one", order=order))]
    keys = [in_order(value, descending=descending) for value in values]
    assert keys == sorted(keys)
    plain = Counter((rank(value), value) for value in cells(histories, name))
    assert Counter((rank(value), value) for value in values) == plain


@settings(deadline=None)
@given(HISTORIES, st.sampled_from(["a", "deep.c", "a.b", 'odd "name"']))
def test_values_are_counted_and_each_leads_to_its_calls(histories: Histories, name: str) -> None:
    calls, column = CallsOf(asked(), "one"), PARAMETER + name
    with known(histories) as database:
        answer = values_of(database, calls, column)
        for row in answer.rows:
            narrowed = CallsOf(asked(), "one", narrowed=((column, row.value),))
            assert len(calls_of(database, narrowed)) == row.calls
            found = shown(database, narrowed)
            assert {(rank(one.value(column)), one.value(column)) for one in found} == {(rank(row.value), row.value)}
            failed = [one for one in found if one.value("state") in ("failed", "failed?")]
            assert len(failed) == row.failed
    expected = Counter((rank(value), value) for value in cells(histories, name))
    assert {(rank(row.value), row.value): row.calls for row in answer.rows} == dict(expected)
    assert answer.distinct == len(expected)
    assert answer.calls == sum(expected.values())


@settings(deadline=None)
@given(HISTORIES, st.sampled_from(["state", "results", "failure", "took", "turn", "conversation", "date", "size"]))
def test_every_other_column_can_be_counted_and_narrowed(histories: Histories, column: str) -> None:
    calls = CallsOf(asked(), "one")
    with known(histories) as database:
        total = len(calls_of(database, calls))
        answer = values_of(database, calls, column)
        assert sum(row.calls for row in answer.rows) == total
        for row in answer.rows:
            narrowed = CallsOf(asked(), "one", narrowed=((column, row.value),), order=CallOrder(column))
            assert [one.value(column) for one in shown(database, narrowed)] == [row.value] * row.calls


@settings(deadline=None)
@given(HISTORIES)
def test_a_call_is_found_by_its_place(histories: Histories) -> None:
    with known(histories) as database:
        for number, history in enumerate(histories):
            for place, one in enumerate(history):
                found = key_of(database, f"c{number}", place)
                assert found is not None
                row = rows_of(database, [found])[found]
                assert (row.message, row.values["tool"]) == (place, one["tool_type"])
        assert key_of(database, "nobody", 0) is None
