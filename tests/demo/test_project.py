"""The demo's conversations: believable, consistent, and the same ones for the same seed."""

import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest

from tui.demo.database import Database, Filter
from tui.demo.histories.tools import MAKERS
from tui.demo.project import STANDARD, Recipe, build_database, plan_database
from tui.demo.server import DemoServer
from tui.store.facts.compute import history_facts
from tui.store.facts.facts import Ending

NOW = 1_760_000_000.0


def conversations_of(database: Database) -> list[dict[str, Any]]:
    ranks = database.matching(Filter(include_archived=True))
    return [
        json.loads(body)
        for start in range(0, len(ranks), 1000)
        for body in database.bodies(ranks[start : start + 1000])
    ]


def built(recipe: Recipe) -> list[dict[str, Any]]:
    database = build_database(recipe)
    try:
        return conversations_of(database)
    finally:
        database.close()


@pytest.fixture(scope="module")
def everything(demo_server: DemoServer) -> list[dict[str, Any]]:
    return conversations_of(demo_server.database)


def test_there_are_as_many_as_promised(everything: list[dict[str, Any]]) -> None:
    assert len(everything) == STANDARD >= 2000
    assert len({row["id"] for row in everything}) == STANDARD


def test_counts_and_tokens_agree_with_the_history(everything: list[dict[str, Any]]) -> None:
    for row in everything:
        history = row["chat_history"]
        kinds = Counter(entry["type"] for entry in history)
        assert (row["message_count"], row["tool_call_count"]) == (kinds["message"], kinds["tool_call"])
        tokens = row["tokens"]
        assert tokens["input"] == sum(entry["used_tokens_input"] for entry in history)
        assert tokens["output"] == sum(entry["used_tokens_output"] for entry in history)
        assert tokens["total"] == tokens["input"] + tokens["output"]


def test_times_agree_with_the_history(everything: list[dict[str, Any]]) -> None:
    jumbled = 0
    for row in everything:
        times = [entry["timestamp"] for entry in row["chat_history"]]
        jumbled += times != sorted(times)
        assert not times or (row["created_at"], row["updated_at"]) == (min(times), max(times))
    assert 0 < jumbled < 100


def test_every_kind_that_a_reader_has_to_cope_with_is_there(everything: list[dict[str, Any]]) -> None:
    entries = [entry for row in everything for entry in row["chat_history"]]
    calls = [entry for entry in entries if entry["type"] == "tool_call"]
    assert {entry["tool_type"] for entry in calls} >= {*MAKERS, "book_reservation", "Bash"}
    assert any(entry["results"] == [] for entry in calls)
    assert any(entry["results"] is None for entry in calls)
    assert any("error_code" in result for entry in calls for result in entry["results"] or [])
    assert {"message", "tool_call", "reasoning_flow", "handover", "feedback"} <= {entry["type"] for entry in entries}
    assert any(entry["query_id"] is None for entry in entries)
    assert any(entry["query_id"] == 0 for entry in entries)
    assert any(row["agent_settings"] is None for row in everything)
    assert any(row["name"] is None for row in everything)
    assert any(row["conversation_instructions"] for row in everything)
    assert any(row["is_shared"] for row in everything)
    assert any(not row["chat_history"] for row in everything)
    assert max(len(row["chat_history"]) for row in everything) > 300
    assert len({row["agent_settings_name"] for row in everything}) > 12
    assert len({row["created_by"] for row in everything}) > 8


def test_what_goes_wrong_goes_wrong_in_every_way(demo_server: DemoServer) -> None:
    database = demo_server.database
    facts = [history_facts(body) for body in database.bodies(database.matching(Filter())[:1500])]
    assert {one.ending for one in facts} == set(Ending)
    assert all(sum(one.ending is ending for one in facts) > 20 for ending in Ending)
    assert sum(one.stated > 0 for one in facts) > 100
    assert sum(one.guessed > 0 for one in facts) > 50
    assert {1, 2, 3, 4} <= {one.repeat for one in facts}
    assert sum(one.ending is Ending.ANSWERED for one in facts) > len(facts) * 3 / 4


def test_bookings_fail_and_code_is_mended_over_many_calls(demo_server: DemoServer) -> None:
    database = demo_server.database
    told = [history_facts(body) for body in database.bodies(database.matching(Filter(include_archived=True)))]
    booked = [[call for call in one.calls if call.tool == "book_reservation"] for one in told]
    assert sum(any(call.failure for call in calls) for calls in booked) >= 5
    assert any(calls and not calls[-1].failure for calls in booked), "some are booked in the end"
    code = [one for one in told if {"Bash", "Edit"} <= {call.tool for call in one.calls}]
    assert max(len(one.calls) for one in code) > 100
    assert all(one.guessed > 3 for one in code)


def test_the_project_is_eighteen_months_old_and_most_of_it_is_recent(everything: list[dict[str, Any]]) -> None:
    days = [datetime.fromisoformat(row["created_at"]).date() for row in everything if row["chat_history"]]
    assert 530 < (days[0] - days[-1]).days < 580
    assert sum((days[0] - day).days < 31 for day in days) > len(days) / 3
    assert len({(day.year, day.month) for day in days}) >= 18


def test_the_history_of_a_turn_reads_more_tokens_than_the_one_before(everything: list[dict[str, Any]]) -> None:
    row = max((row for row in everything if row["message_count"] < 40), key=lambda row: row["message_count"])
    read = [entry["used_tokens_input"] for entry in row["chat_history"] if entry["used_tokens_input"]]
    assert all(before <= after for before, after in pairwise(read))


def test_no_slot_is_left_unfilled(everything: list[dict[str, Any]]) -> None:
    text = json.dumps(everything, ensure_ascii=False)
    assert not [slot for slot in ("@order@", "@product@", "@city@", "@net@", "@party@", "{order}") if slot in text]


def test_the_same_seed_gives_the_same_project_and_another_one_another() -> None:
    first, again = built(Recipe(60, now=NOW)), built(Recipe(60, now=NOW))
    assert first == again
    assert built(Recipe(60, now=NOW, seed=7)) != first


def test_what_is_listed_first_is_there_before_the_rest_and_what_needs_the_rest_waits_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database, write = plan_database(Recipe(250, now=NOW))
    ranks, tell = database.matching(Filter(include_archived=True)), database.tell
    begun, goes_on = threading.Event(), threading.Event()

    def tell_slowly(*told: Any) -> None:
        tell(*told)
        begun.set()
        assert goes_on.wait(60)

    monkeypatch.setattr(database, "tell", tell_slowly)
    with ThreadPoolExecutor() as pool:
        found = pool.submit(database.matching, Filter(text="a"))
        last = pool.submit(database.bodies, ranks[-1:])
        written = pool.submit(write)
        assert begun.wait(60)
        assert len(database.bodies(ranks[:50])) == 50
        assert not found.done()
        assert not last.done()
        goes_on.set()
        written.result()
        assert len(found.result()) > 200
        assert json.loads(last.result()[0])["created_at"] < json.loads(database.bodies(ranks[:1])[0])["created_at"]
    database.close()


def test_times_follow_the_clock_and_nothing_else_does() -> None:
    later = built(Recipe(40, now=NOW + 3600))
    for old, new in zip(built(Recipe(40, now=NOW)), later, strict=True):
        assert old["id"] == new["id"]
        assert old["created_at"] < new["created_at"]


def test_copies_have_their_own_ids_and_dates() -> None:
    rows = built(Recipe(STANDARD + 300, now=NOW))
    assert len({row["id"] for row in rows}) == len(rows) == STANDARD + 300
    for row in rows:
        times = [entry["timestamp"] for entry in row["chat_history"]]
        assert not times or (row["created_at"], row["updated_at"]) == (min(times), max(times))
    created = [row["created_at"] for row in rows]
    assert created == sorted(created, reverse=True)


def test_weight_is_the_average_size_of_a_history() -> None:
    rows = built(Recipe(300, weight=50 * 1024, now=NOW))
    sizes = [len(json.dumps(row["chat_history"], ensure_ascii=False).encode()) for row in rows]
    assert 35 * 1024 < sum(sizes) / len(sizes) < 70 * 1024
    for row in rows:
        assert row["tool_call_count"] == sum(entry["type"] == "tool_call" for entry in row["chat_history"])


def test_long_conversations_are_at_the_top_of_the_list() -> None:
    database = build_database(Recipe(5, long=True, now=NOW))
    bodies = database.bodies(database.matching(Filter(include_archived=True)))
    database.close()
    heavy, small, large, objects = bodies[:4]
    assert heavy.count(b'"type":"message"') == 10_000
    assert heavy.count(b'"type":"tool_call"') == 4_000
    assert 45e6 < len(heavy) < 52e6
    assert small.count(b'"type":"message"') == 100_000
    assert 4.5e6 < len(json.dumps(json.loads(large)["chat_history"][1]["results"])) < 5.5e6
    assert len(json.loads(objects)["chat_history"][1]["results"]) == 100_000
    assert len(bodies) == 9
