"""Tables of tools and groups of failures against the plainest loops over the same histories."""

import json
from collections import Counter, defaultdict
from statistics import median
from typing import Any

from hypothesis import given, settings

from tests.store.across.made import FAILED, HISTORIES, asked, has_failed, known
from tui.store.across.tools import failures_of, medians_of, same_calls_of, tools_of
from tui.store.history.alike import alike


@settings(deadline=None)
@given(HISTORIES)
def test_the_table_of_tools_is_what_counting_gives(histories: list[list[dict[str, Any]]]) -> None:
    calls = defaultdict[str, list[tuple[int, dict[str, Any]]]](list)
    for number, history in enumerate(histories):
        for one in history:
            calls[one["tool_type"]].append((number, one))
    with known(histories) as database:
        found = {row.tool: row for row in tools_of(database, asked())}
        halves = medians_of(database, asked())
    assert found.keys() == calls.keys()
    for tool, row in found.items():
        alike_ones = Counter(
            (number, json.dumps(one["input_parameters"], sort_keys=True)) for number, one in calls[tool]
        )
        assert row.calls == len(calls[tool])
        assert row.failed == sum(has_failed(one) for _, one in calls[tool])
        assert row.guessed == sum(isinstance(one["results"], str) for _, one in calls[tool])
        assert row.empty == sum(one["results"] == [] for _, one in calls[tool])
        assert row.same == sum(count for count in alike_ones.values() if count > 1)
        assert row.conversations == len({number for number, _ in calls[tool]})
        took = sorted(took_by(histories, tool))
        assert row.longest == (took[-1] if took else None)
        assert halves.get(tool) == (median(took) if took else None)


def took_by(histories: list[list[dict[str, Any]]], tool: str) -> list[float]:
    """Seconds from each call of a tool to the next message, where that is not earlier."""
    with known(histories) as database:
        rows = database.select(
            "SELECT took FROM calls WHERE tool = (SELECT id FROM words WHERE text = ?) AND took IS NOT NULL", (tool,)
        )
        return [took for (took,) in rows]


@settings(deadline=None)
@given(HISTORIES)
def test_groups_of_failures_hold_each_failed_call_once(histories: list[list[dict[str, Any]]]) -> None:
    with known(histories) as database:
        groups = failures_of(database, asked())
        told = database.select(
            "SELECT words.text, k.failure, k.conversation FROM calls AS k JOIN words ON words.id = k.tool "
            "WHERE k.state IS NOT NULL"
        ).fetchall()
    expected = Counter((tool, alike(words)) for tool, words, _ in told)
    assert {(group.tool, group.words): group.calls for group in groups} == dict(expected)
    assert [group.calls for group in groups] == sorted((group.calls for group in groups), reverse=True)
    for group in groups:
        assert alike(group.example) == group.words
        of_it = {key for tool, words, key in told if (tool, alike(words)) == (group.tool, group.words)}
        assert group.conversations == len(of_it)


@settings(deadline=None)
@given(HISTORIES)
def test_the_groups_of_identical_calls_add_up_to_the_column(histories: list[list[dict[str, Any]]]) -> None:
    with known(histories) as database:
        for row in tools_of(database, asked()):
            groups = same_calls_of(database, asked(), row.tool)
            assert sum(group.calls for group in groups) == row.same
            assert all(group.calls > 1 for group in groups)


def test_only_what_the_filter_shows_is_counted() -> None:
    fine = {"type": "tool_call", "tool_type": "one", "input_parameters": {}, "results": [1]}
    with known([[fine], [{**fine, "results": FAILED}]]) as database:
        assert [row.calls for row in tools_of(database, asked("failed:>0"))] == [1]
        assert [row.calls for row in tools_of(database, asked("failed:0 | failed:1"))] == [2]
        assert failures_of(database, asked("failed:0")) == []
