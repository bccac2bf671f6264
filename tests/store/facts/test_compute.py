import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.facts.naive import facts_in
from tui.api.errors import UnreadableAnswer
from tui.store.facts import compute
from tui.store.facts.calls import LONGEST_VALUE, MOST_PARAMETERS, JsonNull, parameters_of
from tui.store.facts.compute import history_facts
from tui.store.facts.facts import Ending

TIMES = st.one_of(
    st.none(),
    st.integers(0, 59).map(lambda second: f"2026-11-30T12:00:{second:02}Z"),
    st.just("2026-11-30T12:00:30"),
    st.just("2026-11-30T13:00:10.5+01:00"),
)
RESULTS = st.sampled_from(
    [
        None,
        [],
        [{"text": "a"}],
        [{"error_code": "BAD", "error_type": "x"}],
        "Error: no seat",
        ["Error: no seat"],
        {"error": "none"},
    ]
)
MESSAGES = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["user", "assistant", None]),
        "type": st.sampled_from(["message", "tool_call", "reasoning_flow", "later_kind", None]),
        "query_id": st.one_of(st.none(), st.integers(0, 3)),
        "content": st.sampled_from([None, "", "What is it?", "a\n b  c", "ü" * 300]),
        "used_tokens_input": st.one_of(st.none(), st.integers(-2, 900)),
        "used_tokens_output": st.one_of(st.none(), st.integers(0, 900)),
        "timestamp": TIMES,
        "tool_type": st.sampled_from([None, "retrieval", "math"]),
        "input_parameters": st.sampled_from([None, {}, {"a": 1, "b": "x"}, {"b": "x", "a": 1}, {"a": [1]}]),
        "results": RESULTS,
    }
)
HISTORIES = st.lists(st.one_of(MESSAGES, st.sampled_from([None, 5, "text"])), max_size=12)


def facts_of(history: list[Any], **fields: Any) -> dict[str, Any]:
    found = history_facts(json.dumps({"id": "c", "chat_history": history, **fields}).encode())
    names = facts_in([])
    told = {name: getattr(found, name) for name in names}
    return {**told, "ending": found.ending.value}


@settings(deadline=None)
@given(HISTORIES)
def test_facts_are_what_the_plainest_program_works_out(history: list[Any]) -> None:
    assert facts_of(history) == facts_in(history)


@settings(deadline=None)
@given(HISTORIES)
def test_a_damaged_history_tells_what_is_left_of_it(history: list[Any]) -> None:
    """A lone NaN makes the strict decoder refuse all of it, and the lenient reading must agree with it."""
    damaged = [{**one, "extra": float("nan")} if isinstance(one, dict) else one for one in history]
    assert facts_of(damaged) == facts_in(history)


def test_histories_of_any_length_are_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.api.decode.MOST_MESSAGES", 10)
    monkeypatch.setattr(compute, "MOST_MESSAGES", 10)
    monkeypatch.setattr(compute, "_AT_ONCE", 0)
    history = [{"type": "message", "role": "user", "content": "x", "query_id": n} for n in range(35)]
    assert facts_of(history) == facts_in(history)


def test_what_is_no_history_is_refused_and_none_at_all_is_empty() -> None:
    with pytest.raises(UnreadableAnswer):
        history_facts(b'{"chat_history": 5}')
    assert history_facts(b'{"id": "c", "chat_history": null}').messages == 0
    assert history_facts(b'{"id": "c"}').ending is Ending.NONE


def test_identical_calls_are_so_whatever_their_blanks_and_the_order_of_keys() -> None:
    one, kept = parameters_of("t", b'{"b": [1, 2], "a": {"y": 1, "x": 2}}')
    other, _ = parameters_of("t", b'{"a":{"x":2,"y":1},"b":[1,2]}')
    assert one == other != parameters_of("other", b'{"a":{"x":2,"y":1},"b":[1,2]}')[0]
    assert kept == (("b", None), ("a.y", 1), ("a.x", 2)), "what is inside of an object has its path as name"


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text(max_size=5),
        st.one_of(st.text(max_size=200), st.integers(-5, 5), st.booleans(), st.none(), st.lists(st.integers())),
        max_size=40,
    )
)
def test_kept_parameters_are_short_few_and_true(parameters: dict[str, Any]) -> None:
    _, kept = parameters_of("t", json.dumps(parameters).encode())
    first = {name: parameters[name] for name in list(parameters)[:MOST_PARAMETERS]}
    assert [name for name, _ in kept] == list(first)
    for name, value in kept:
        assert value is None or (value is JsonNull.NULL and first[name] is None) or value == first[name]
        assert value is None or value is JsonNull.NULL or type(value) is type(first[name])
        assert not isinstance(value, str) or len(value.encode()) <= LONGEST_VALUE
    assert sum(len(name.encode()) + len(str(value).encode()) for name, value in kept) < 2_000


def test_the_first_failure_is_told_with_its_tool() -> None:
    failed = {"type": "tool_call", "tool_type": "update", "results": [{"error_code": "E1", "error_type": "x"}]}
    found = history_facts(json.dumps({"chat_history": [{**failed, "results": []}, failed]}).encode())
    assert found.failure == "update: E1"
    assert (found.stated, found.empty) == (1, 1)
