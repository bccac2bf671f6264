"""Calls that repeat the one before: one line for all of them, which unfolds; moves and counts see each."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.views.reader.reading import Reading
from tests.views.transcript.histories import answer, body, conversation, document, histories, message, reasoning, tool
from tui.store.history.calls import is_same
from tui.views.reader.place import come_back, reading_of
from tui.views.transcript.document import Document
from tui.views.transcript.modes import EVERYTHING, Modes


def call(path: str = "./main.go", results: Any = ("ok",), seconds: float = 1, **more: Any) -> Any:
    return tool(list(results), 1, seconds, **{"tool_type": "Read", "input_parameters": {"path": path}, **more})


SAME = [call(seconds=number) for number in range(14)]


def calls_in(it: Reading) -> list[str]:
    return [line.strip(" ▸▾") for line in it.screen if "Read" in line]


def shown(*history: Any) -> list[str]:
    return calls_in(Reading([message("Q"), *history], width=100, height=40))


def test_calls_that_repeat_are_one_line_and_counted_each() -> None:
    it = Reading([message("Q"), *SAME, answer("A")], width=100)
    assert calls_in(it) == ['Read  path=./main.go → "ok" ×14 · same result']
    assert "14 tools" in it.text
    assert it.reader.document is not None
    assert len(it.reader.document.places["tool"]) == 14


@pytest.mark.parametrize(
    "other",
    [
        call("./other.go"),
        call(results=("no",)),
        call(tool_type="Write"),
        tool(["ok"], 2, 1, tool_type="Read", input_parameters={"path": "./main.go"}),
        {**call(), "content": "said beside it"},
        call(seconds=9_000),
    ],
)
def test_another_call_is_no_part_of_a_run(other: Any) -> None:
    assert not any("×" in line for line in shown(call(), other))


def test_what_stands_between_parts_a_run() -> None:
    lines = shown(call(), call(), reasoning("Hm."), call(), answer("Wait."), call(), call())
    assert [line.partition("→")[2] for line in lines] == [
        ' "ok" ×2 · same result', ' "ok"', ' "ok" ×2 · same result',
    ]  # fmt: skip
    assert "same parameters" in lines[1]


def test_a_run_unfolds_and_folds_again_and_its_first_call_opens() -> None:
    it = Reading([message("Q"), *SAME[:3], answer("A")], width=100, height=40).press("}", "enter")
    assert len(calls_in(it)) == 3
    assert "×" not in it.text
    it.press("j", "h")
    assert calls_in(it) == ['Read  path=./main.go → "ok" ×3 · same result']
    assert "×3" in it.line
    it.press("l", "l")
    assert "input parameters" in it.text
    assert len([line for line in it.screen if line.strip().startswith("▸ Read")]) == 2
    it.press("h")
    assert len(calls_in(it)) == 3
    it.press("h")
    assert "×3" in it.line


def test_all_tool_calls_open_apart_and_close_together() -> None:
    it = Reading([message("Q"), *SAME[:3]], width=100, height=60).press("T")
    assert len(calls_in(it)) == 3
    it.press("T", "T")
    assert calls_in(it) == ['Read  path=./main.go → "ok" ×3 · same result']


def test_moves_go_to_each_call_and_to_each_failure() -> None:
    failed = [call(results=("Error: no such file",), seconds=number) for number in range(3)]
    it = Reading([message("Q"), *failed, answer("A")], width=100, height=40)
    assert "✗? Error: no such file ×3 · same result" in it.text
    assert "3 failed?" in it.text
    seen = []
    for _ in range(3):
        it.press("e")
        assert it.reader.viewport is not None
        seen.append(it.reader.viewport.cursor[0])
    assert len(set(seen)) == 3
    assert len(calls_in(it)) == 3
    assert it.press("e").said[-1].startswith("There is no next failed tool call here")
    it = Reading([message("Q"), *SAME, answer("A")], width=100, height=40).press("5}")
    assert it.reader.viewport is not None
    assert it.reader.document is not None
    assert it.reader.viewport.cursor[0] == it.reader.document.places["tool"][4]


def test_a_search_finds_and_shows_each() -> None:
    it = Reading([message("Q"), *SAME[:3], answer("A")], width=100, height=40).press("/").type("main.go")
    it.press("enter")
    assert "1/3" in it.screen[-1]
    it.press("n")
    assert "2/3" in it.screen[-1]
    assert it.reader.json_path == "Read › input_parameters.path"


def test_what_is_unfolded_survives_a_fresh_answer_and_another_start() -> None:
    it = Reading([message("Q"), *SAME[:3]], width=100, height=40).press("}", "enter", "j")
    place = reading_of(it.reader)
    assert place is not None
    it.show([message("Q"), *SAME[:3], answer("A")])
    assert len(calls_in(it)) == 3
    again = Reading([message("Q"), *SAME[:3]], width=100, height=40)
    come_back(again.reader, place)
    assert len(calls_in(again)) == 3
    assert again.row == it.row


def test_values_are_the_same_but_for_the_order_of_their_keys() -> None:
    assert is_same(b'{"a":1,"b":[2]}', b'{"b":[2],"a":1}')
    assert not is_same(b'{"a":1,"b":[2]}', b'{"b":[2],"a":3}')
    assert not is_same(b"[1,2]", b"[2,1]")
    assert is_same(None, None)
    assert not is_same(None, b"null")
    assert not is_same(b'{"a":NaN}', b'{"a":nan}')


@given(histories, st.integers(1, 4), st.integers(20, 100))
def test_what_is_said_again_and_again_has_the_height_of_its_lines(history: list[Any], times: int, width: int) -> None:
    raw = body([element for element in history for _ in range(times)])
    made = Document(conversation(), raw, {}, Modes())
    made.set_width(width)
    while made.grow(1.0):
        pass
    for level in (None, EVERYTHING):
        if level is not None:
            made.set_tools(level)
        heights = [made.height(index) for index in range(len(made.blocks))]
        assert [made.estimate(index) for index in range(len(made.blocks))] == heights
        assert made.total == sum(heights)
    assert document([]).total >= 0
