import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.filter.evaluation import Facts, matches
from tests.store.filter.expressions import EXPRESSIONS
from tui.api.decode import decode_record
from tui.api.page import Record
from tui.store.facts.database import FactsDatabase
from tui.store.facts.kept_file import writing
from tui.store.facts.question import FactsQuestion
from tui.store.facts.sorting import SORTS, Order
from tui.store.filter.expression import Node
from tui.store.filter.parser import parse

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def record(number: int, history: list[Any] | None = None, **fields: Any) -> Record:
    """A conversation as the server sends it."""
    usual = {
        "id": f"c{number}",
        "name": f"Conversation {number}",
        "created_at": (NOW - timedelta(hours=number)).isoformat(),
        "chat_history": history or [],
    }
    found = decode_record(json.dumps({**usual, **fields}).encode())
    assert isinstance(found, Record)
    return found


def call(tool: str = "retrieval", results: Any = (), **parameters: Any) -> dict[str, Any]:
    """A tool call."""
    return {"type": "tool_call", "tool_type": tool, "input_parameters": parameters, "results": results}


FAILED = [{"error_code": "E1", "error_type": "x"}]


_OPEN: list[FactsDatabase] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Every database of a test is closed at its end."""
    yield
    while _OPEN:
        _OPEN.pop().close()


def made(*records: Record) -> FactsDatabase:
    """A database that has taken note of these."""
    database = FactsDatabase()
    _OPEN.append(database)
    for one in records:
        database.take(one)
    database.flush()
    return database


def test_tags_that_are_not_told_are_neither_some_nor_none() -> None:
    database = made(record(1), record(2, tags=[]), record(3, tags=["a"]), record(4, tags=None))
    assert found(database, "untagged:yes") == ["c2"]
    assert found(database, "untagged:no") == ["c3"]
    assert [row.conversation.tags for row in database.rows_of([f"c{n}" for n in (1, 2, 3, 4)]).values()] == [
        None, (), ("a",), None
    ]  # fmt: skip


def found(database: FactsDatabase, line: str, order: Order | None = None, **fields: Any) -> list[str]:
    """The ids that match a line."""
    return database.ids_of(database.ask(FactsQuestion(parse(line), order=order or Order(), now=NOW, **fields)).keys)


CALLS = st.fixed_dictionaries(
    {
        "type": st.just("tool_call"),
        "tool_type": st.sampled_from(["a", "b"]),
        "results": st.sampled_from([[], [1], [1, 2], FAILED, "Error: no seat"]),
        "query_id": st.integers(1, 2),
    }
)
PROJECTS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["a", "a b", "c|d", "Support v3", "re end", "ü", "%_"]),
            "tags": st.lists(st.sampled_from(["a", "b", "a b", "c|d", "x:y"]), max_size=2, unique=True),
            "agent_settings_name": st.sampled_from(["a", "Support v3", ""]),
            "is_archived": st.booleans(),
            "is_shared": st.booleans(),
            "created_at": st.sampled_from(["2025-10-09T08:53:20Z", "2026-10-14T14:00:00Z", "2026-11-29T12:00:00Z"]),
            "tokens": st.fixed_dictionaries({"input": st.integers(0, 8), "output": st.integers(0, 8)}),
            "chat_history": st.lists(CALLS, max_size=3),
        }
    ),
    max_size=5,
)


def known(fields: dict[str, Any], number: int) -> Facts:
    """What the plainest evaluation needs to know of a conversation."""
    calls = fields["chat_history"]
    stated = [one["results"] == FAILED for one in calls]
    guessed = [one["results"] == "Error: no seat" for one in calls]
    runs = [1] * bool(calls)
    for before, after in pairwise(calls):
        runs.append(runs[-1] + 1 if before["tool_type"] == after["tool_type"] else 1)
    size = len(json.dumps(calls).encode())
    return {
        "id": f"c{number}",
        "name": fields["name"],
        "question": "",
        "tag": tuple(fields["tags"]),
        "untagged": not fields["tags"],
        "agent": fields["agent_settings_name"],
        "by": "",
        "archived": fields["is_archived"],
        "shared": fields["is_shared"],
        "created": datetime.fromisoformat(fields["created_at"]).timestamp(),
        "in": fields["tokens"]["input"],
        "out": fields["tokens"]["output"],
        "tokens": fields["tokens"]["input"] + fields["tokens"]["output"],
        "messages": len(calls),
        "calls": len(calls),
        "turns": len({one["query_id"] for one in calls}),
        "failed": sum(stated) + sum(guessed),
        "stated": sum(stated),
        "guessed": sum(guessed),
        "empty": sum(one["results"] == [] for one in calls),
        "repeat": max(runs, default=0),
        "took": None,
        "wait": None,
        "size": size,
        **dict.fromkeys(("verdict", "note", "by-reviewer"), ()),
        "reviewed": False,
        "flagged": False,
        "ending": "none" if not calls else "failed" if stated[-1] or guessed[-1] else "stopped",
        "tool": tuple(
            {
                "name": one["tool_type"],
                "failed": failed or guess,
                "stated": failed,
                "guessed": guess,
                "empty": one["results"] == [],
                "error": "E1" if failed else "Error: no seat" if guess else "",
                "results": len(one["results"]) if isinstance(one["results"], list) else None,
                "size": len(json.dumps(one["results"]).encode()),
                "took": None,
                "turn": list(dict.fromkeys(other["query_id"] for other in calls)).index(one["query_id"]) + 1,
            }
            for one, failed, guess in zip(calls, stated, guessed, strict=True)
        ),
    }


OPINIONS = st.lists(
    st.tuples(
        st.sampled_from([None, 1]),
        st.sampled_from(["", "a", "a b", "ü"]),
        st.sampled_from(["", "say b", "%_"]),
        st.integers(0, 1),
        st.sampled_from(["a", "Support v3"]),
    ),
    max_size=2,
)


def judged(opinions: list[tuple[int | None, str, str, int, str]]) -> dict[str, Any]:
    """What reviewers think of a conversation, by the names of the terms."""
    return {
        "verdict": tuple(label for _, label, *_ in opinions if label),
        "note": tuple(note for *_, note, _, _ in opinions if note),
        "by-reviewer": tuple(reviewer for *_, reviewer in opinions),
        "reviewed": any(label and turn is None for turn, label, *_ in opinions),
        "flagged": any(flagged for *_, flagged, _ in opinions),
    }


@settings(max_examples=300, deadline=None)
@given(EXPRESSIONS, PROJECTS, st.lists(OPINIONS, min_size=5, max_size=5))
def test_sqlite_finds_what_the_plainest_evaluation_finds(
    node: Node, project: list[dict[str, Any]], opinions: list[list[tuple[int | None, str, str, int, str]]]
) -> None:
    database = made(*(record(number, **fields) for number, fields in enumerate(project)))
    database.tell("opinions", {f"c{number}": told for number, told in enumerate(opinions)})
    answer = database.ask(FactsQuestion(node, now=NOW))
    facts = [{**known(fields, number), **judged(opinions[number])} for number, fields in enumerate(project)]
    wanted = {f"c{number}" for number, told in enumerate(facts) if matches(node, told, NOW)}
    assert set(database.ids_of(answer.keys)) == wanted
    assert answer.count == database.ask(FactsQuestion(node, now=NOW), 2).count == len(wanted)
    _OPEN.pop().close()


def test_what_is_told_beside_the_facts_takes_the_place_of_what_was_told_before() -> None:
    database = made(record(1), record(2))
    database.tell("opinions", {"c1": [(None, "fail", "", 0, "ana")], "c3": [(None, "fail", "", 0, "ana")]})
    assert found(database, "verdict:fail reviewed:yes by-reviewer:ana") == ["c1"]
    assert found(database, "reviewed:no") == found(database, "-verdict:fail") == ["c2"]
    database.tell("opinions", {"c1": [(4, "", "paid half", 1, "ana")]})
    assert found(database, "verdict:*") == found(database, "reviewed:yes") == []
    assert found(database, "flagged:yes note:half") == ["c1"]
    database.tell("opinions", {"c1": []})
    assert found(database, "flagged:yes") == []


def test_what_is_not_known_neither_matches_nor_does_its_opposite() -> None:
    database = made(record(1, chat_history=5), record(2, [call(results=FAILED)]))
    assert found(database, "failed:>0") == ["c2"]
    assert found(database, "-failed:>0") == found(database, "-tool:retrieval") == []
    assert found(database, "-tool(name:math)") == ["c2"]
    answer = database.ask(FactsQuestion())
    assert (answer.known, answer.unreadable) == (2, 1)


def test_parameters_of_one_call_are_asked_for() -> None:
    database = made(
        record(1, [call(top_k=10, q="Größe"), call("math", top_k=3)]),
        record(2, [call(top_k=3, id="42", on=True, long="x" * 500)]),
    )
    assert found(database, "tool(name:retrieval param.top_k:>5)") == ["c1"]
    assert found(database, "tool(param.id:42)") == found(database, "tool(param.on:true)") == ["c2"]
    assert found(database, "tool(param.q:*GRÖSSE*)") == ["c1"]
    assert found(database, "-tool(param.top_k:>5)") == ["c2"]
    assert found(database, "-tool(param.long:x)") == ["c1"], "what was cut is not known"


def test_whose_it_is_is_found_by_id_and_by_address() -> None:
    database = made(record(1, created_by="u1"), record(2, created_by="u2"))
    people = {"u1": "ana@example.com", "u2": "bo@example.com"}
    assert found(database, "by:ana@*", people=people) == ["c1"]
    assert found(database, "by:u2", people=people) == ["c2"]


def test_what_is_read_again_takes_the_place_of_what_was_known() -> None:
    old = record(1, [call(results=FAILED, top_k=3)], tags=["old"])
    database = made(old, record(1, [call("math", q="x")], tags=["new"]))
    assert found(database, "") == ["c1"]
    assert found(database, "failed:>0") == found(database, "tag:old") == found(database, "tool:retrieval") == []
    assert found(database, "tool(param.top_k:3)") == found(database, "tool(failed:yes)") == []
    assert found(database, "tag:new tool:math tool(param.q:x)") == ["c1"]


def test_the_first_ones_come_with_the_count_of_all() -> None:
    database = made(*(record(number, [call(results=FAILED)] * (number % 2)) for number in range(9)))
    answer = database.ask(FactsQuestion(parse("failed:>0"), now=NOW), 3)
    assert (database.ids_of(answer.keys), answer.count) == (["c1", "c3", "c5"], 4)
    assert database.ask(FactsQuestion(parse("-failed:>0"), now=NOW), 5).count == 5


def test_parameters_of_more_than_one_term_are_of_one_call() -> None:
    database = made(record(1, [call(top_k=3, q="a"), call(top_k=9, q="b")]), record(2, [call(top_k="9", q="b" * 500)]))
    assert found(database, "tool(param.top_k:>5 param.q:b)") == found(database, "tool(param.top_k:>5)") == ["c1"]
    assert found(database, "tool(param.top_k:>5 param.q:a)") == []
    assert found(database, "tool(param.top_k:9)") == ["c1", "c2"]
    assert found(database, "-tool(param.top_k:9 param.q:x)") == ["c1"], "of what was cut nobody knows"
    assert found(database, "tool(-param.none:1 param.top_k:3)") == ["c1"]


def test_how_many_are_known_follows_what_is_written() -> None:
    database = made(record(1, chat_history=5))
    asked = FactsQuestion(parse("failed:>0"), parse("archived:no"), now=NOW)
    answers = [database.ask(asked)]
    database.take(record(2, [call(results=FAILED)]))
    database.flush()
    answers.append(database.ask(asked))
    database.take(record(1, [call("math", results=FAILED)]))
    database.flush()
    answers.append(database.ask(asked))
    assert [(one.count, one.known, one.unreadable) for one in answers] == [(0, 1, 1), (1, 2, 1), (2, 2, 0)]


def test_histories_with_the_same_tools_share_one_set_of_them() -> None:
    calls = [call("a"), call("b")]
    database = made(record(1, calls), record(2, calls[::-1] * 3), record(3, [call("b")]), record(4, []))
    assert database._connection.execute("SELECT count(DISTINCT toolset) FROM conversations").fetchone() == (3,)
    assert found(database, "tool:a") == ["c1", "c2"]
    assert found(database, "-tool:a") == ["c3", "c4"]
    assert found(database, "tool:*") == ["c1", "c2", "c3"]


def test_every_order_lists_all_and_what_is_not_known_comes_last() -> None:
    database = made(record(1, chat_history=5), record(2, [call(results=FAILED)] * 2), record(3, [call()]))
    for by in SORTS:
        for turned in (False, True):
            assert len(found(database, "", Order(by, turned))) == 3
    assert found(database, "", Order("failed")) == ["c2", "c3", "c1"]
    assert found(database, "", Order("failed", turned=True)) == ["c3", "c2", "c1"]
    assert found(database, "", Order("date", turned=True)) == ["c3", "c2", "c1"]
    assert found(database, "", Order("name")) == ["c1", "c2", "c3"]


def test_what_waits_comes_first_by_feedback_and_then_what_is_negative() -> None:
    database = made(*(record(number) for number in range(1, 6)))
    both, waits = [("negative",), ("positive",), ("reviewed",)], [("positive",), ("to_review",)]
    told = {"c1": [("positive",)], "c3": waits, "c4": both, "c5": [("reviewed",)]}
    database.tell("feedback", told)
    assert found(database, "", Order("feedback")) == ["c3", "c4", "c1", "c5", "c2"]
    assert found(database, "", Order("feedback", turned=True)) == ["c5", "c1", "c4", "c3", "c2"]
    database.tell("feedback", {"c3": []})
    assert found(database, "", Order("feedback"))[0] == "c4"


def test_of_a_text_only_what_the_server_found_by_it_is_known() -> None:
    database = made(record(1))
    database.take(record(2), "refund")
    database.flush()
    answer = database.ask(FactsQuestion(text="refund"))
    assert database.ids_of(answer.keys) == ["c2"]
    assert answer.known == 1


def test_rows_come_back_as_they_were_listed() -> None:
    sent = record(1, [call(results=FAILED)], tags=["a"], agent_settings_name="v3", is_shared=True, archived_at=None)
    database = made(sent)
    row = database.rows_of(["c1", "c9"])["c1"]
    for name in ("id", "name", "tags", "agent_settings_name", "created_at", "is_shared", "is_archived"):
        assert getattr(row.conversation, name) == getattr(sent.conversation, name)
    assert (row.failed, row.calls, row.ending, row.failure) == (1, 1, "failed", "retrieval: E1")


@pytest.mark.parametrize("text", ["a\0b", "\ud800x", "x" * 30_000, "%_\\", "'; DROP TABLE calls; --"])
def test_no_text_harms_what_is_kept(text: str, tmp_path: Path) -> None:
    database = FactsDatabase(tmp_path / "facts.sqlite")
    fields = {"name": text, "tags": [text], "agent_settings_name": text}
    database.take(record(1, [call(text, **{text[:20]: text})], **fields))
    database.flush()
    assert database.ask(FactsQuestion()).count == 1
    assert database.select("SELECT text FROM in_sets JOIN words ON words.id = word").fetchone()
    database.close()


def test_a_pattern_of_many_stars_over_two_hundred_thousand_names_ends_and_gives_way() -> None:
    """Who types on waits for no answer to what was typed before; what stands is answered."""
    database = made(record(0, name="a" * 60 + "b"))
    database._connection.execute("UPDATE texts SET name = ?", ("a" * 60,))
    columns = ", ".join(f'"{name}"' for name in ("id", "name"))
    with writing(database._connection):
        database._connection.execute(
            f"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 200001) "
            f"INSERT INTO texts (key, {columns}) SELECT i, 'x' || i, printf('%.60c', 'a') || i FROM n"
        )
        database._connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 200001) "
            "INSERT INTO conversations (key, archived, known) SELECT i, 0, 1 FROM n"
        )
    line = f"name:{'*a' * 12}*b"
    assert found(database, "name:*99999") == ["x99999", "x199999"]
    database.give_up_when(lambda: True)
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        found(database, line)
