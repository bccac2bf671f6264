"""Keys that move, and what is read then."""

import pytest

from tests.views.reader.reading import Reading
from tests.views.transcript.histories import FAILURE, answer, conversation, long_history, message, tool
from tui.views.reader import moves

LONG = [message(f"word {number}", number) for number in range(2_000)]
"""More messages than are laid out at once."""


@pytest.mark.parametrize(
    ("keys", "line", "position"),
    [
        ("", "Refund for a damaged item", "turn –/40 · 0 %"),
        ("5j", "", "turn 1/40 · 0 %"),
        ("]]", "Turn 2", "turn 2/40"),
        ("shift+down shift+down", "Turn 2", "turn 2/40"),
        ("3] shift+up", "Turn 2", "turn 2/40"),
        ("]] J", "▌ You", "turn 2/40"),
        ("]] 2J", "│ Agent", "turn 2/40"),
        ("]] 2J K", "▌ You", "turn 2/40"),
        ("]] J }", "▸ retrieval", "turn 2/40"),
        (";;", "▸ retrieval", "turn 2/40"),
        (";;,", "▸ retrieval", "turn 1/40"),
        ("}} {", "▸ retrieval", "turn 1/40"),
        ("e", "▸ retrieval", "turn 5/40"),
        ("e 2eE", "▸ retrieval", "turn 10/40"),
        ("e E", "▸ retrieval", "turn 5/40"),
        ("G", "", "turn 40/40 · 100 %"),
        ("end", "", "turn 40/40 · 100 %"),
        ("7G", "Turn 7", "turn 7/40"),
        ("99G", "Turn 40", "turn 40/40"),
        ("7g", "Turn 7", "turn 7/40"),
        ("G g", "Refund for a damaged item", "turn –/40 · 0 %"),
        ("G home", "Refund for a damaged item", "turn –/40 · 0 %"),
    ],
)
def test_the_keys_of_less_and_vim_move(keys: str, line: str, position: str) -> None:
    it = Reading(long_history(40)).press(keys)
    assert it.line.startswith(line)
    assert it.reader.position.startswith(position)


@pytest.mark.parametrize(
    ("keys", "same"),
    [
        ("5j", "jjjjj"),
        ("5j 2k", "3j"),
        ("down down up", "j"),
        ("space", "pagedown"),
        ("space space b", "pagedown"),
        ("2 space pageup", "space"),
        ("ctrl+d ctrl+d ctrl+u", "ctrl+d"),
        ("2 ctrl+d", "ctrl+d ctrl+d"),
        ("12j escape 3j", "15j"),
        ("0j", "j"),
        ("3 escape j", "j"),
        ("123456j", "12345j"),
    ],
)
def test_keys_that_lead_to_the_same_place(keys: str, same: str) -> None:
    keys = keys.replace("2 ctrl+d", "2 ctrl+d").replace("2space", "2 space")
    one, other = Reading(long_history(40)).press(keys), Reading(long_history(40)).press(same)
    assert (one.row, one.screen) == (other.row, other.screen)


def test_it_opens_with_the_header_and_the_first_turn() -> None:
    it = Reading(long_history(3))
    assert "Refund for a damaged item" in it.text
    assert "me@example.com" in it.text
    assert "Turn 1" in it.text
    assert it.reader.position == "turn –/3 · 0 %"


def test_a_move_inside_the_window_changes_two_rows() -> None:
    it = Reading(long_history(10))
    it.press("j").reader.go(lambda viewport: viewport.move(1))
    news = it.take_news()
    assert (news.rows, news.window, news.everything) == ({1, 2}, False, False)
    it.reader.go(lambda viewport: viewport.page(22))
    news = it.take_news()
    assert news.window
    assert not news.everything


def test_the_line_of_the_turn_stays_on_the_first_row() -> None:
    it = Reading([message("Q"), answer("\n\n".join(f"line {number}" for number in range(60)))]).press("space")
    assert it.screen[0].startswith("Turn 1")
    assert any("line" in line for line in it.screen[1:3])


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("[", "There is no previous turn."),
        ("G ]", "There is no next turn."),
        ("{", "There is no previous tool call."),
        ("G J", "There is no next message."),
        ("n", "There is no search: / begins one."),
    ],
)
def test_where_there_is_no_further_one_it_is_said(keys: str, said: str) -> None:
    assert Reading(long_history(6)).press(keys).said == [said]


@pytest.mark.parametrize("keys", ["]", "}", "J", "e", "ee", "3g", "c"])
def test_of_a_history_that_is_on_its_way_nobody_says_what_is_in_it(keys: str) -> None:
    it = Reading(None)
    it.reader.show(conversation(), None, {})
    it.press(keys)
    assert set(it.said) == {"The history is not here yet."}
    assert it.asked == []


def test_neighbours_and_leaving_are_asked_for() -> None:
    it = Reading(long_history(1)).press("> 3< 4 escape escape")
    assert it.asked == ["step 1", "step -3", "left"]


def test_who_goes_elsewhere_while_the_end_is_waited_for_is_not_taken_there() -> None:
    it = Reading(LONG, grown=False)
    it.press("G 3j")
    assert it.reader.document is not None
    assert it.reader.document.growing
    assert it.rest().row == 3
    assert it.press("G").reader.position.endswith("100 %")


def test_every_move_that_waits_for_the_end_is_made() -> None:
    it = Reading([*LONG, *long_history(20)], grown=False).press("eee").rest()
    assert it.reader.document is not None
    assert it.reader.viewport is not None
    assert it.reader.viewport.cursor[0] == it.reader.document.places["failed"][2]


def test_the_next_conversation_begins_at_its_top() -> None:
    it = Reading(long_history(30)).press("G")
    it.show(long_history(2), id="c2")
    assert it.reader.position == "turn –/2 · 0 %"


def test_going_to_a_tool_call_shows_what_focused_reading_hides() -> None:
    it = Reading([message("Question"), tool(FAILURE, 1, 1), answer("Answer", 1, 2)], width=100).press("F")
    assert "retrieval" not in it.text
    it.press("e")
    assert "✗ INVALID_QUERY" in it.line
    assert not it.reader.modes.focused
    assert it.said[-1] == "Everything is shown: tool calls were hidden."


def test_behind_the_last_failed_tool_call_e_says_so_and_e_again_goes_on_in_another_conversation() -> None:
    it = Reading([message("Question"), tool(FAILURE, 1, 1), tool(["Error: no seat"], 1, 2), answer("Answer", 1, 3)])
    it.press("ee")
    assert "✗? Error: no seat" in it.line
    assert not it.said
    it.press("e")
    assert it.said == ["There is no next failed tool call here; e again: the next conversation that has one."]
    assert not it.asked
    it.press("k", "j", "e").press("e")
    assert it.asked == ["failed 1"]
    it.press("g", "E").press("E")
    assert it.said[-1].startswith("There is no previous failed tool call here; E again")
    assert it.asked == ["failed 1", "failed -1"]


def test_the_first_and_the_last_failed_tool_call_are_gone_to_once_all_are_known() -> None:
    for step, which in ((1, 0), (-1, -1)):
        it = Reading([*LONG, *long_history(20)], grown=False).press("F")
        moves.end_failed(it.reader, step)
        it.rest()
        assert it.reader.document is not None
        assert it.reader.viewport is not None
        assert it.reader.viewport.cursor[0] == it.reader.document.places["failed"][which]
        assert "✗ INVALID_QUERY" in it.line
    moves.end_failed(it.reader, 1)
    it.show([message("No calls")])
    moves.end_failed(it.reader, 1)
    assert it.reader.position.startswith("turn")


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (10, 2), (200, 60), (3, 1)])
def test_any_size_works(size: tuple[int, int]) -> None:
    it = Reading(long_history(3), width=size[0], height=size[1]).press("jJ } enter space G / ")
    it.type("e").press("enter n g")
    assert len(it.screen) <= max(2, size[1])
