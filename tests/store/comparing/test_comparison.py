"""Two histories compared: the difference applied to one gives the other, and the same ones show none."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.store.comparing.comparison import Comparison, JsonPart, MessagePair, parts
from tui.store.comparing.side import ComparedMessage, text_of

Message = dict[str, Any]


def question(text: str, turn: int) -> Message:
    return {"type": "message", "role": "user", "content": text, "query_id": turn}


def answer(text: str, turn: int) -> Message:
    return {"type": "message", "role": "agent", "content": text, "query_id": turn}


def call(tool: str, parameters: object, results: object, turn: int) -> Message:
    return {
        "type": "tool_call", "role": "agent", "tool_type": tool, "query_id": turn,
        "input_parameters": parameters, "results": results,
    }  # fmt: skip


def raws(messages: list[Message]) -> list[msgspec.Raw]:
    return msgspec.json.decode(json.dumps(messages), type=list[msgspec.Raw])


def compared(before: list[Message], after: list[Message]) -> Comparison:
    comparison = Comparison(raws(before), raws(after))
    while comparison.step(1.0):
        pass
    return comparison


TEXTS = st.sampled_from(["Cancel my order", "Please cancel my order", "Where is it?", "It is on its way.", "Done."])
MESSAGES = st.one_of(
    st.builds(question, TEXTS, st.integers(0, 3)),
    st.builds(answer, TEXTS, st.integers(0, 3)),
    st.builds(
        call,
        st.sampled_from(["find", "cancel"]),
        st.dictionaries(st.sampled_from("ab"), st.integers(0, 2)),
        st.lists(st.integers(0, 2), max_size=3),
        st.integers(0, 3),
    ),
)
HISTORIES = st.lists(MESSAGES, max_size=10)


def told(entry: ComparedMessage) -> Message:
    message: Message = json.loads(bytes(entry.raw))
    return message


def plain(messages: list[Message]) -> list[tuple[object, ...]]:
    """What is compared of messages, turn by turn in the order of their first messages; the ids of turns are not."""
    turns = list(dict.fromkeys(one["query_id"] for one in messages))
    ordered = sorted(messages, key=lambda one: turns.index(one["query_id"]))
    return [
        (turns.index(one["query_id"]), one["type"], one["role"], one.get("content"), one.get("tool_type"),
         json.dumps(one.get("input_parameters"), sort_keys=True), json.dumps(one.get("results")))
        for one in ordered
    ]  # fmt: skip


def applied(comparison: Comparison) -> list[Message]:
    """The first history with all differences made to it: what is the same is taken from the first."""
    made: list[Message] = []
    for turn in comparison.turns:
        for pair in turn.pairs:
            if pair.after is None:
                continue
            source = told(pair.after if pair.differs or pair.before is None else pair.before)
            made.append({**source, "query_id": told(pair.after)["query_id"]})
    return made


@given(HISTORIES, HISTORIES)
def test_the_difference_applied_to_one_gives_the_other(before: list[Message], after: list[Message]) -> None:
    comparison = compared(before, after)
    assert plain(applied(comparison)) == plain(after)
    shown = [told(pair.before) for turn in comparison.turns for pair in turn.pairs if pair.before is not None]
    assert plain(shown) == plain(before)


@given(HISTORIES, HISTORIES)
def test_the_other_way_round_is_the_mirror(before: list[Message], after: list[Message]) -> None:
    def pairs(comparison: Comparison, *, mirrored: bool = False) -> set[tuple[int | None, int | None, bool]]:
        found = set()
        for pair in (one for turn in comparison.turns for one in turn.pairs):
            here, there = (None if one is None else one.number for one in (pair.before, pair.after))
            found.add((there, here, pair.differs) if mirrored else (here, there, pair.differs))
        return found

    assert pairs(compared(before, after)) == pairs(compared(after, before), mirrored=True)


@given(HISTORIES)
def test_a_history_compared_with_itself_shows_nothing(history: list[Message]) -> None:
    assert not any(turn.differs for turn in compared(history, history).turns)


def shape(comparison: Comparison) -> list[tuple[str, str, bool]]:
    def name(entry: ComparedMessage | None) -> str:
        return "" if entry is None else entry.tool or text_of(entry)

    return [(name(one.before), name(one.after), one.differs) for turn in comparison.turns for one in turn.pairs]


def test_calls_are_aligned_by_tool_and_parameters_and_what_is_left_by_tool() -> None:
    before = [
        question("Cancel my order 17", 1),
        call("find", {"order": 17}, {"status": "open"}, 1),
        call("cancel", {"order": 17}, "done", 1),
        answer("It is cancelled.", 1),
    ]
    after = [
        question("Please cancel my order 17", 5),
        call("policy", {"of": "orders"}, [], 5),
        call("find", {"order": 17}, {"status": "sent"}, 5),
        call("cancel", {"order": 71}, "done", 5),
        answer("It is cancelled.", 5),
    ]
    comparison = compared(before, after)
    assert shape(comparison) == [
        ("Cancel my order 17", "Please cancel my order 17", True),
        ("", "policy", True),
        ("find", "find", True),
        ("cancel", "cancel", True),
        ("It is cancelled.", "It is cancelled.", False),
    ]
    find, cancel = comparison.turns[0].pairs[2], comparison.turns[0].pairs[3]
    assert paths(find) == [("results", ("status",))]
    assert paths(cancel) == [("parameters", ("order",))]


def paths(pair: MessagePair) -> list[tuple[str, tuple[str | int, ...]]]:
    found = [part for part in parts(pair.before, pair.after) if isinstance(part, JsonPart)]
    return [(part.name, one.path) for part in found for one in part.changes]


def test_what_only_looks_different_is_the_same() -> None:
    before = [{**answer("über", 1), "timestamp": "2026-01-01T00:00:00Z", "used_tokens_input": 5}]
    after = [{**answer("über", 9), "timestamp": "2026-05-05T00:00:00Z", "used_tokens_input": 7}]
    escaped = json.dumps(after).encode()
    written = json.dumps(before, ensure_ascii=False).encode()
    one, other = (msgspec.json.decode(raw, type=list[msgspec.Raw]) for raw in (written, escaped))
    comparison = Comparison(one, other)
    comparison.step(1.0)
    assert not any(turn.differs for turn in comparison.turns)


@pytest.mark.parametrize(
    "odd", [b"17", b'{"type": 5}', b'{"type": "tool_call"}', b'{"content": [1, {"a": 2}]}', b"null"]
)
def test_odd_messages_are_compared_as_they_are(odd: bytes) -> None:
    comparison = Comparison([msgspec.Raw(odd)], [msgspec.Raw(odd), msgspec.Raw(b'{"type": "message", "content": "a"}')])
    comparison.step(1.0)
    assert [pair.differs for turn in comparison.turns for pair in turn.pairs].count(False) == 1


def test_long_histories_are_compared_in_slices() -> None:
    def history(said: str) -> list[msgspec.Raw]:
        parts = [
            [question(f"Question {turn}", turn), call("find", {"n": turn}, [turn], turn), answer(said * turn, turn)]
            for turn in range(1, 120)
        ]
        return raws([message for part in parts for message in part])

    ticks = iter(range(1_000_000))
    comparison = Comparison(history("a "), history("b "))
    slices = 1
    while comparison.step(1, lambda: next(ticks)):
        slices += 1
    assert slices > 100
    assert comparison.is_complete
    assert sum(pair.differs for turn in comparison.turns for pair in turn.pairs) == 119


def test_a_large_value_is_looked_through_in_slices() -> None:
    before = [call("find", {}, [{"a": number, "b": 1} for number in range(5_000)], 1)]
    after = [call("find", {}, [{"b": 1, "a": number} for number in range(5_000)], 1)]
    comparison = Comparison(raws(before), raws(after))
    ticks = iter(range(1_000_000))
    slices = 1
    while comparison.step(1, lambda: next(ticks)):
        slices += 1
    assert slices > 10
    assert not comparison.turns[0].differs
