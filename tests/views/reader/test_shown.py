"""What is shown while answers come, are late, are refreshed, or do not come."""

import pytest

from tests.views.reader.reading import PEOPLE, Reading
from tests.views.reader.test_moves import LONG
from tests.views.transcript.histories import body, conversation, long_history, message
from tui.views.reader import reader as module


def test_a_history_that_arrives_later_fills_in_below() -> None:
    it = Reading(None)
    it.reader.show(conversation(), None, {})
    assert "on its way" in it.text
    it.press("jj").show(long_history(2))
    assert "Turn 1" in it.text
    assert it.row == 2


def test_a_refreshed_conversation_keeps_its_place_and_folds() -> None:
    it = Reading(long_history(20)).press("8} enter")
    before = it.screen
    it.show([*long_history(20), message("more", 21, 9999)], message_count=81)
    assert it.screen == before


def test_its_place_is_kept_when_it_is_laid_out_little_by_little(monkeypatch: pytest.MonkeyPatch) -> None:
    for slice_of_time in ("FIRST_SLICE", "HURRY"):
        monkeypatch.setattr(module, slice_of_time, 0.0)
    for keys in ("19]", "18} enter", "21] {", "G kkkk"):
        it = Reading(long_history(30), height=30).press(keys)
        before = it.screen
        it.show([*long_history(30), message("more", 9999)], message_count=1)
        assert it.screen == before


def test_the_same_answer_again_changes_nothing() -> None:
    it = Reading(long_history(20))
    document = it.reader.document
    it.show(long_history(20))
    assert it.reader.document is document


@pytest.mark.parametrize(("keys", "comes_back"), [("", True), ("j", False)])
def test_a_place_far_down_a_refreshed_conversation_is_gone_to_once_it_is_laid_out(
    keys: str, comes_back: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_REACH", 0.0)
    it = Reading(LONG).press("G")
    before = it.line
    it.show([*LONG, message("more", 9999)], grown=False, message_count=1)
    it.press(keys).rest()
    assert (it.line == before) is comes_back


def test_what_went_wrong_is_said_below_what_is_known() -> None:
    it = Reading(None)
    it.reader.show(conversation(), None, {})
    it.reader.fail("The service cannot be reached", "Press r to try again.", "connection refused [bold]")
    assert "Refund for a damaged item" in it.text
    assert "The service cannot be reached" in it.text
    assert "connection refused [bold]" in it.text
    assert "Press r to try again." in it.text
    it.reader.show(conversation(), None, {})
    assert "on its way" in it.text
    assert "The service cannot be reached" not in it.text
    it.reader.show_nothing("Choose a conversation.")
    assert "Choose a conversation." in it.text
    assert it.reader.position == ""
    assert it.press("j } enter G / escape").asked == []


def test_where_nothing_is_shown_what_went_wrong_is_said_alone() -> None:
    it = Reading(None)
    it.reader.fail("The service cannot be reached", "Press r to try again.", "refused")
    assert "The service cannot be reached" in it.text


def test_names_come_in_for_ids_without_moving_anything() -> None:
    it = Reading(None)
    it.reader.show(conversation(created_by="u"), body(long_history(20)), {})
    it.rest().press("]]J")
    before = it.screen
    it.reader.refresh_people(PEOPLE)
    assert it.screen == before
    assert "me@example.com" in it.press("g").text


def test_another_width_is_taken_over_to_the_end_of_a_long_conversation() -> None:
    it = Reading(long_history(400)).press("50j")
    line = it.line
    it.reader.resize(60, 24)
    document = it.reader.document
    assert document is not None
    assert document.look.width < 60
    assert it.line[:20] == line[:20]
    assert it.rest().line[:20] == line[:20]
    index = len(document.blocks) // 2  # nobody has looked there
    assert document.heights[index] == document.blocks[index].estimate(document.look)


def test_a_hostile_text_is_shown_as_words() -> None:
    it = Reading([message("\x1b]0;owned\x07 [bold red]x[/] \u202egnp.exe \x9b31m")])
    assert "[bold red]x[/]" in it.text
    assert not any(character in it.text for character in "\x1b\x07\x9b\u202e")
