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


WIDE = {
    "order": {"number": "V81-564127", "state": "on its way", "carrier": "acme", "place": "Gothenburg"},
    "deep": {"a": [{"b": 1}]},
}
"""Its order has room on one line of a wide pane, and none on one of 45 columns."""


def opened(width: int, keys: str = "") -> Reading:
    """A tool call that is laid out for a width, with the cursor on its line."""
    it = Reading([message("Q"), tool([WIDE])], width=width, height=60).press("} enter")
    return it.press(keys) if keys else it


def body(it: Reading) -> list[str]:
    """The rows of JSON, without what is around them."""
    return [line for line in it.screen if ":" in line and "Turn" not in line]


def test_json_is_laid_out_anew_where_there_is_more_room() -> None:
    it = opened(45)
    assert any("▾ order" in line for line in body(it))
    it.reader.resize(120, 60)
    assert any('order: { number: "V81-564127"' in line for line in body(it))
    assert body(it) == body(opened(120))
    it.reader.resize(45, 60)
    assert body(it) == body(opened(45))


def to(it: Reading, words: str) -> Reading:
    """Put the cursor on the first line with these words."""
    it.press("g")
    for _ in range(60):
        if words in it.line:
            return it
        it.press("j")
    raise AssertionError(f"{words} is on no line")


@pytest.mark.parametrize(("narrow", "wide"), [(45, 120), (120, 45)])
def test_what_was_folded_by_hand_stays_so_at_every_width(narrow: int, wide: int) -> None:
    it = to(opened(narrow), "deep").press("h")
    assert any("▸ deep" in line for line in body(it))
    it.reader.resize(wide, 60)
    assert any("▸ deep" in line for line in body(it))
    assert "deep" in it.line
    to(it, "deep").press("l")
    it.reader.resize(narrow, 60)
    assert any("▾ deep" in line for line in body(it))


def test_levels_that_were_asked_for_stay_at_every_width() -> None:
    it = to(opened(45), "results").press("1+")
    assert not any("order" in line and "▾" in line for line in body(it))
    it.reader.resize(120, 60)
    assert it.screen == to(opened(120), "results").press("1+").screen
    it.press("-")
    it.reader.resize(45, 60)
    assert not any("order:" in line and "▾" in line for line in body(it))


def test_folds_by_hand_outlive_the_lines_that_are_given_back() -> None:
    it = to(opened(45), "deep").press("h")
    document = it.reader.document
    assert document is not None
    for block in document.blocks:
        block.drop_lines()
    it.reader.resize(120, 60)
    assert any('order: { number: "V81-564127"' in line for line in body(it))
    assert any("▸ deep" in line for line in body(it))


@pytest.mark.parametrize(
    ("keys", "fold"), [("h", "▸ long"), ("enter", "▸ long"), ("-", "▸ [1]"), ("TTT", "▸ retrieval")]
)
def test_a_fold_that_hides_the_cursor_puts_it_on_the_fold(keys: str, fold: str) -> None:
    history = [message("Q"), tool([{"long": "word " * 200, "after": 1, "more": 2}]), *long_history(2)]
    it = to(Reading(history, width=60, height=60).press("} enter"), "long").press("l jjjj")
    assert it.line.startswith("word")
    assert it.press(keys).line.lstrip("▌").strip().startswith(fold)
