"""Terms of input parameters, against the plainest evaluation: rows that hold many calls tell what each call has."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.filter.evaluation import fits
from tui.api.decode import decode_record
from tui.api.page import Record
from tui.store.across.calls import CallsOf, calls_of, rows_of
from tui.store.across.column import PARAMETER
from tui.store.facts import database as databases
from tui.store.facts.calls import parameters_of
from tui.store.facts.database import FactsDatabase
from tui.store.facts.question import FactsQuestion
from tui.store.facts.sorting import Order
from tui.store.filter.expression import Call, Not
from tui.store.filter.parser import parse
from tui.store.filter.values import OneOf, Range, Value

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
CUT = "y" * 200

_TEXTS = ["x", "X y", "5", "true", "null", "", ",", "[]", 'say "x"', "x\ny", "back\\", "ünder", "50", "a,b", "_%", CUT]
_NUMBERS: list[Any] = [5, 50, -5, 0, 2.5, 5.0, 1e22]
_OTHERS: list[Any] = [True, False, None, [1]]
_PLAIN = ["x", "X y", "5", "50"]
_MIXED = [*_TEXTS, *_NUMBERS, *_OTHERS]
_KINDS = st.sampled_from([_PLAIN, _TEXTS, _NUMBERS[:4], _NUMBERS, [True, False], _MIXED])
_CALLS = _KINDS.flatmap(
    lambda values: st.lists(
        st.fixed_dictionaries(
            {"tool": st.sampled_from("ab"), "failed": st.booleans(), "took": st.sampled_from([0, 5, 60])},
            optional={"p": st.sampled_from(values), "q": st.sampled_from([1, 5, "x"])},
        ),
        min_size=1,
        max_size=4,
    )
)
_NUMBERS_ASKED = ["5", "=5", "5..50", "5..6", "..5", ">5", "<=2.5", ">2.5", "<0", "*5*"]
_TEXTS_ASKED = ["x", "*x*", "x*", "*y", "X*Y", "true", "tr*", "null", "*", "ÜNDER", "*n*", "_%", "y*", "*o*e*"]
_QUOTED = ['"say *"', '"*,*"', '"[]"', '"*\\\\"', '"a,b"']
_ASKED = st.sampled_from(_NUMBERS_ASKED) | st.sampled_from(_TEXTS_ASKED) | st.sampled_from(_QUOTED)
_TERMS = st.tuples(st.sampled_from("ppq"), _ASKED).map(lambda one: f"param.{one[0]}:{one[1]}")
_LINES = _TERMS.map(lambda one: [one]) | st.lists(
    _TERMS | st.sampled_from(["name:a", "failed:yes", "took:>5", "-param.p:5", "(param.p:5 | name:b)"]),
    min_size=1,
    max_size=3,
    unique=True,
)


def _record(number: int, calls: list[dict[str, Any]], *, spread: int = 1) -> Record:
    """The calls with others between, so that they stand in more than one row of parameters."""
    history: list[dict[str, Any]] = []
    at = NOW
    for one in calls:
        for place in range(spread):
            last = place == spread - 1
            history.append(
                {
                    "type": "tool_call",
                    "tool_type": one["tool"] if last else "other",
                    "input_parameters": {name: one[name] for name in "pq" if name in one} if last else {},
                    "results": [{"error_code": "E1", "error_type": "x"}] if last and one["failed"] else [1],
                    "timestamp": at.isoformat(),
                }
            )
            at += timedelta(seconds=one["took"] if last else 0)
    history.append({"type": "message", "role": "assistant", "content": "done", "timestamp": at.isoformat()})
    created = (NOW - timedelta(hours=number)).isoformat()
    found = decode_record(json.dumps({"id": f"c{number}", "created_at": created, "chat_history": history}).encode())
    assert isinstance(found, Record)
    return found


def _value_fits(value: Value, held: Any) -> bool | None:
    if isinstance(held, list) or held == CUT:
        return None
    if held is None:
        return False
    if isinstance(held, bool):
        held = str(held).lower()
    if isinstance(value, Range):
        as_number = not isinstance(held, str) and fits(value, held, whole=True)
        typed = OneOf((value.words.lstrip("="),))
        return as_number or (value.low == value.high and fits(typed, _text(held), whole=True))
    return fits(value, _text(held), whole=True)


def _text(held: Any) -> str:
    return {1e22: "1.0e+22"}.get(held, str(held)) if isinstance(held, float) else str(held)


def _call_fits(node: Any, call: dict[str, Any]) -> bool | None:
    match type(node).__name__:
        case "All" | "AnyOf" as kind:
            told = [_call_fits(one, call) for one in node.inner]
            decides = kind == "AnyOf"
            return decides if decides in told else None if None in told else not decides
        case "Not":
            inner = _call_fits(node.inner, call)
            return None if inner is None else not inner
    if node.name.startswith(PARAMETER):
        return _value_fits(node.value, call.get(node.name.removeprefix(PARAMETER)))
    return fits(node.value, {"name": call["tool"]}.get(node.name, call.get(node.name)), whole=True)


@settings(max_examples=600, deadline=None)
@given(st.lists(_CALLS, max_size=4), _LINES, st.booleans(), st.sampled_from([1, 1, 40]), st.sampled_from([1, 2_000]))
def test_parameters_of_calls_are_found_as_the_plainest_evaluation_finds_them(
    project: list[list[dict[str, Any]]], terms: list[str], negated: bool, spread: int, few: int
) -> None:
    node = parse(f"tool({' '.join(terms)})")
    assert isinstance(node, Call)
    database = FactsDatabase()
    for number, calls in enumerate(project):
        database.take(_record(number, calls, spread=spread))
    wanted = []
    for number, calls in enumerate(project):
        others = [{"tool": "other", "failed": False, "took": 0}] if spread > 1 and calls else []
        told = [_call_fits(node.inner, one) for one in [*others, *calls]]
        whole = True if True in told else None if None in told else False
        if whole is (not negated):
            wanted.append(f"c{number}")
    asked = FactsQuestion(Not(node) if negated else node, now=NOW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases, "_FEW", few)
        database.flush()
        assert database.ids_of(database.ask(asked).keys) == wanted
        first = database.ask(asked, 2)
    assert (database.ids_of(first.keys), first.count) == (wanted[:2], len(wanted))
    database.close()


@settings(max_examples=100, deadline=None)
@given(_CALLS, st.sampled_from([1, 40]))
def test_what_a_call_was_given_comes_back_as_it_was(calls: list[dict[str, Any]], spread: int) -> None:
    database = FactsDatabase()
    database.take(_record(1, calls, spread=spread))
    database.flush()
    for tool in "ab":
        keys = calls_of(database, CallsOf(FactsQuestion(now=NOW), tool))
        rows = sorted(rows_of(database, keys).values(), key=lambda row: row.message)
        told = [
            {key: row.values[f"{PARAMETER}{key}"] for key in "pq" if f"{PARAMETER}{key}" in row.values} for row in rows
        ]
        made = [one for one in calls if one["tool"] == tool]
        assert [{key: repr(value) for key, value in one.items()} for one in told] == [
            {key: "<Missing.CUT: 'cut'>" if one[key] in (CUT, [1]) else repr(one[key]) for key in "pq" if key in one}
            for one in made
        ]
    database.close()


def test_a_number_that_nothing_holds_is_cut() -> None:
    assert parameters_of("t", b'{"a": ' + b"9" * 400 + b', "b": 1}')[1] == (("a", None), ("b", 1))


def test_the_newest_of_many_are_found_without_a_look_at_all() -> None:
    """The order of the server stands in an index, and what is asked of calls is asked one conversation at a time."""
    database = FactsDatabase()
    told: list[str] = []
    for number in range(2_100):
        database.take(_record(number, [{"tool": "a", "failed": False, "took": 0, "p": 7}]))
    database.flush()
    database._connection.set_trace_callback(told.append)
    answer = database.ask(FactsQuestion(parse("tool(param.p:>5)"), now=NOW, order=Order("date")), 3)
    database._connection.set_trace_callback(None)
    assert (database.ids_of(answer.keys), answer.count) == (["c0", "c1", "c2"], 2_100)
    lazy = next(one for one in told if "INDEXED BY newest" in one)
    plan = [row[3] for row in database.select(f"EXPLAIN QUERY PLAN {lazy}")]
    assert not [one for one in plan if "TEMP B-TREE" in one]
    assert [one for one in plan if "SEARCH p0 USING PRIMARY KEY (name=? AND conversation=?)" in one]
    database.close()
