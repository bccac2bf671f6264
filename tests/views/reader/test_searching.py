"""Keys of a search, and what is read then."""

from typing import Any

import pytest

from tests.views.reader.reading import Reading
from tests.views.reader.test_moves import LONG
from tests.views.transcript.histories import FAILURE, answer, long_history, message, tool
from tui.views.reader import searching

_SLOW = "(a+)+b"


def test_typing_a_search_goes_to_the_first_match_and_esc_comes_back() -> None:
    it = Reading(long_history(30)).press("/").type("answer 17")
    assert "Answer 17" in it.line
    assert "1/1" in it.screen[-1]
    it.press("escape")
    assert it.reader.position == "turn –/30 · 0 %"
    assert it.reader.finder.text == ""
    assert it.asked == []
    assert not it.reader.finder.is_typing


def test_n_goes_from_match_to_match_opening_and_closing_what_hides_them() -> None:
    it = Reading(long_history(30), width=100).press("/").type("hit 1").press("enter")
    assert "1/9" in it.screen[-1]
    assert "hit 1" in it.line
    it.press("n")
    assert "2/9" in it.screen[-1]
    assert "hit 11" in it.line
    assert it.height_of("tool", 0) == 1
    it.press("NN")
    assert "9/9" in it.screen[-1]
    it.press("3n")
    assert "3/9" in it.screen[-1]
    it.press("3N escape")
    assert it.reader.finder.text == ""
    assert it.height_of("tool", 18) == 1
    assert it.press("escape").asked == ["left"]


def test_what_a_search_has_opened_stays_open_once_it_is_folded_by_hand() -> None:
    it = Reading(long_history(30), width=100).press("/").type("hit 1").press("enter")
    index = it.reader.viewport.cursor[0] if it.reader.viewport is not None else 0
    it.press("enter l escape escape")
    assert it.reader.document is not None
    assert it.reader.document.height(index) > 1


@pytest.mark.parametrize("text", ["not told", "you may only read it", "settings 77", "user 4711", "2026 09:00:00"])
def test_all_that_is_seen_of_the_fields_is_found_and_marked(text: str) -> None:
    it = Reading(None, width=100)
    told: dict[str, Any] = {"agent_settings": "77", "created_by": "4711", "created_at": "2026-03-12T09:00:00Z"}
    told["tags"] = []  # or the folded header says "not told" of them, too
    it.show(long_history(3), **told)
    it.press("/").type(text).press("enter")
    assert it.reader.modes.details
    assert text in it.line
    assert "1/1" in it.screen[-1]


def test_fields_that_are_told_for_a_match_only_go_with_it() -> None:
    it = Reading(None, width=100)
    it.show(long_history(30), id="zebra-1")
    it.press("/").type("zebra").press("enter")
    assert it.line.startswith("id ")
    assert it.reader.modes.details
    assert it.reader.finder.shows_details
    it.show(long_history(3), id="zebra-2")
    it.rest()
    assert it.reader.finder.shows_details, "the search goes on there"
    it.press("escape")
    assert not it.reader.modes.details
    it.press("/").type("zebra").press("enter i i escape")
    assert it.reader.modes.details, "asked for meanwhile, they stay"


@pytest.mark.parametrize(
    ("keys", "status"),
    [
        ("n", "2/10"),
        ("nn", "3/10"),
        ("N", "10/10"),
        ("down down up", "2/10"),
        ("2n", "3/10"),
        ("escape", ""),
        ("j n", "2/10"),
    ],
)
def test_steps_from_match_to_match(keys: str, status: str) -> None:
    it = Reading(long_history(5)).press("/").type("answer")
    if "n" in keys.lower().replace("down", ""):
        it.press("enter")
    it.press(keys)
    assert status in it.screen[-1]
    assert bool(it.reader.finder.text) is bool(status)


def test_a_search_given_from_outside_and_a_bad_pattern() -> None:
    it = Reading(long_history(5))
    searching.search(it.reader, "RECEIPT")
    assert "no match" in it.rest().screen[-1]
    searching.search(it.reader, "(", regex=True)
    assert "bad pattern" in it.screen[-1]
    searching.search(it.reader, "answer [23]", regex=True)
    assert "1/2" in it.rest().screen[-1]
    assert not it.reader.finder.is_typing


def test_a_text_is_read_as_a_regular_expression_and_back() -> None:
    it = Reading(long_history(5)).press("/").type("answer [23]")
    assert "no match" in it.screen[-1]
    it.press("ctrl+r").rest()
    assert it.screen[-1].rstrip().endswith("1/2 regex")
    it.press("ctrl+r").rest()
    assert "no match" in it.screen[-1]


def test_a_fresh_answer_while_a_search_is_on_moves_nothing() -> None:
    it = Reading(long_history(30)).press("/").type("answer").press("enter nnJJ")
    before = it.line
    it.show([*long_history(30), answer("an answer more", 31, 9999)])
    assert it.line == before
    assert "61" in it.screen[-1]


def test_a_search_and_a_move_wait_for_the_end_side_by_side() -> None:
    it = Reading(LONG, grown=False)
    searching.search(it.reader, "word 17")
    it.press("G").rest()
    assert "/word 17  111" in it.screen[-1]
    assert it.reader.position.endswith("100 %")


def test_a_search_that_is_begun_after_a_move_to_come_goes_from_where_that_leads() -> None:
    it = Reading(LONG, grown=False).press("G / ").type("word 1999")
    assert "word 1999" in it.line


def test_who_moves_on_before_a_match_is_found_is_not_taken_to_it() -> None:
    it = Reading(LONG, grown=False)
    searching.search(it.reader, "word 1999")
    assert it.press("3j").rest().row == 3
    assert "word 1999" in it.press("n").line


def test_a_search_in_what_is_on_its_way_begins_when_it_comes() -> None:
    it = Reading(None).press("/").type("answer 3")
    it.show(long_history(5))
    assert "1/1" in it.screen[-1]
    assert "Answer 3" in it.line


def test_a_match_that_focused_reading_hides_is_shown() -> None:
    history = [message("Question"), tool(FAILURE, 1, 1), answer("Answer", 1, 2)]
    it = Reading(history, width=100).press("F /").type("unexpected")
    assert not it.reader.modes.focused
    assert it.said[-1] == "Everything is shown: the match is not in a question or final answer."
    assert "unexpected" in it.line


def test_a_pattern_that_takes_for_ever_ends_with_a_sentence() -> None:
    history = [message("it was a cab"), message("a" * 200_000, 2), *long_history(5)]
    it = Reading(history).press("/ ctrl+r").type(_SLOW)
    assert "this pattern takes too long here" in it.text
    assert "1/1+" in it.screen[-1]
    it.press("enter n")
    assert "it was a cab" in it.text


@pytest.mark.parametrize("width", [45, 80, 120])
def test_the_reason_why_a_pattern_is_bad_can_be_read(width: int) -> None:
    it = Reading(long_history(5), width=width).press("/ ctrl+r").type("retrieval (?P<x>a)(?<=a+)")
    assert "bad pattern: look-behind requires fixed-width pattern" in " ".join(it.text.split())
    assert it.screen[-1].rstrip().endswith("bad pattern regex")
    assert searching.status_room(it.reader) < width - 9
    assert len(it.screen) == 24


@pytest.mark.parametrize("size", [(20, 5), (12, 2), (30, 1)])
def test_a_reason_leaves_room_for_the_text_and_the_input(size: tuple[int, int]) -> None:
    it = Reading(long_history(2), width=size[0], height=size[1]).press("/ ctrl+r").type("(?P<" + "x" * 80)
    assert len(it.screen) == max(2, size[1])
    assert it.reader.width - searching.status_room(it.reader) >= min(9, size[0] - 3)


def test_without_a_conversation_a_search_finds_nothing_and_says_nothing() -> None:
    it = Reading(None)
    it.reader.show_nothing("Nothing to read")
    it.press("/").type("abc")
    assert "…" not in it.screen[-1]
    it.press("enter n")
    assert it.said == ["There is no search: / begins one."]
