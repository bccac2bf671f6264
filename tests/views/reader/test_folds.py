"""Keys that fold and that say what is shown of everything, and those for the JSON of a tool call."""

from typing import Any

import pytest

from tests.views.reader.reading import Reading
from tests.views.transcript.histories import long_history, message, tool


@pytest.mark.parametrize("key", ["T", "R", "M", "F", "enter", "o", "l"])
def test_a_fold_or_mode_keeps_the_line_at_the_cursor_on_its_row(key: str) -> None:
    it = Reading(long_history(30)).press("}}}" if key != "F" else "]]J")
    row, line = it.row, it.line
    it.press(key)
    assert it.row == row
    assert it.line.lstrip("▸▾ ") == line.lstrip("▸▾ ")
    it.reader.resize(61, 24)
    assert it.row == row
    assert it.line[:12].lstrip("▸▾ ") == line[:12].lstrip("▸▾ ")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("T", ["All tool calls: parameters"]),
        ("TTT", ["All tool calls: parameters", "All tool calls: everything", "All tool calls: closed"]),
        ("RR", ["Reasoning: shown", "Reasoning: folded"]),
        ("FF", ["Questions and final answers only", "Everything is shown"]),
        ("MM", ["Text: as it was written", "Text: rendered Markdown"]),
        ("*", ["Open a tool call and put the cursor on a value first."]),
    ],
)
def test_a_mode_says_what_is_shown_now(keys: str, said: list[str]) -> None:
    assert Reading(long_history(3)).press(keys).said == said


@pytest.mark.parametrize("opening", ["enter", "o", "l", "right"])
def test_a_tool_call_and_its_values_open_and_close(opening: str) -> None:
    it = Reading([message("Q"), tool([{"score": 0.25, "deep": {"x": 1}}])], height=30).press("}", opening)
    assert "score: 0.25" in it.text
    it.press("jjjj")
    assert it.reader.json_path.startswith("retrieval › results")
    it.press("h")
    assert "score: 0.25" not in it.text
    it.press("left h")
    assert "results  1" not in it.text


def test_the_json_of_a_tool_call_folds_by_depth_and_turns_into_a_table() -> None:
    it = Reading([message("Q"), tool([{"score": number, "name": f"n{number}"} for number in range(8)])], height=40)
    it.press("} enter jjjj")
    assert it.reader.json_path == "retrieval › results"
    it.press("-")
    assert "n3" not in it.text
    it.press("2+")
    assert it.text.count("name: ") == 8
    assert it.reader.json_path == "retrieval › results"
    it.press("|")
    assert any("score" in line and "name" in line for line in it.screen)
    it.press("| - enter j *")
    assert it.text.count("name: ") in (0, 8)
    it.press("g *")
    assert it.said[-1] == "Open a tool call and put the cursor on a value first."


def test_on_a_heading_the_keys_of_json_act_on_the_value_below_it() -> None:
    rows: list[Any] = [{"score": number, "name": f"n{number}"} for number in range(150)]
    history = [message("Q"), tool(rows, input_parameters={"a": {"b": {"c": 1, "d": [{}, {}]}}})]
    it = Reading(history, height=60).press("} enter j")
    assert it.line.startswith("input parameters")
    it.press("-")
    assert "▾ a:" not in it.text
    it.press("+")
    assert "d:" in it.text
    assert it.line.startswith("input parameters")
    while not it.line.startswith("results"):
        it.press("j")
    it.press("|")
    assert any("score" in line and "name" in line for line in it.screen)
    assert it.line.startswith("results")
    it.press("w")
    assert it.height_of("tool", 0) > 150
    it.press("*")
    assert it.height_of("tool", 0) < 30


def test_what_is_no_list_of_flat_objects_is_no_table() -> None:
    it = Reading([message("Q"), tool({"a": {"b": [1]}})]).press("} enter jjjj |")
    assert it.said == ["Only a list of flat objects can be a table."]


def test_a_count_does_not_outlive_a_fold() -> None:
    it = Reading(long_history(30)).press("} 5 enter j")
    assert it.row == Reading(long_history(30)).press("} enter j").row
