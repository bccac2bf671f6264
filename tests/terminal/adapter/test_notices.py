"""Notices that come one after the other do not pile up over the text, and none pushes a graver one away."""

import pytest
from textual.widgets._toast import Toast, ToastHolder

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.terminal.process.messages import MOST_MESSAGES, Messages


@pytest.fixture(autouse=True)
def _rows(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(number) for number in range(1, 9)]))


def said(it: Browsing) -> list[str]:
    """The notices that are shown, oldest first; a pilot paints none."""
    return [str(one.message) for one in it.app._notifications]


def say(it: Browsing, words: str, severity: str = "information") -> None:
    it.screen.notify(words, severity=severity, markup=False, timeout=60)  # type: ignore[arg-type]


async def until_shown(it: Browsing, words: str) -> None:
    """Wait until this is the only notice that stands on the main screen."""
    await it.until(lambda: [str(one.render()) for one in it.screen.query(Toast)] == [words])


async def test_the_newest_takes_the_place_of_the_one_before(server: ScriptedServer) -> None:
    async with browsing(server, size=(80, 24)) as it:
        await it.until_read("Question 1")
        await it.press("enter", "[")
        await it.until(lambda: said(it) == ["There is no previous turn."])
        await it.press("{")
        await it.until(lambda: said(it) == ["There is no previous tool call."])


async def test_a_trifle_takes_nothing_grave_away(server: ScriptedServer) -> None:
    async with browsing(server, size=(80, 24)) as it:
        await it.until_read("Question 1")
        for number in range(4):
            say(it, f"wrong {number}", "error")
            say(it, f"mind {number}", "warning")
            say(it, f"said {number}")
        await it.until(lambda: said(it) == ["wrong 3", "mind 3", "said 3"])
        say(it, "it broke", "error")
        await it.until(lambda: said(it) == ["it broke"])


async def test_notices_that_are_gone_leave_nothing_on_the_screen(server: ScriptedServer) -> None:
    async with browsing(server, size=(80, 24), notices=True) as it:
        await it.until_read("Question 1")
        for number in range(6):
            say(it, f"said {number}")
            await until_shown(it, f"said {number}")
        await it.until(lambda: len(it.screen.query(ToastHolder)) == 1)
        await it.press("question_mark")
        await it.until(lambda: it.app.screen is not it.screen)
        it.app.screen.notify("said elsewhere", markup=False)
        await it.until(lambda: said(it) == ["said elsewhere"])
        await it.press("escape")
        await until_shown(it, "said elsewhere")
        await it.until(lambda: len(it.screen.query(ToastHolder)) == 1)


async def test_a_short_one_lies_on_the_line_of_keys_and_a_long_one_where_nothing_counts(server: ScriptedServer) -> None:
    async with browsing(server, size=(80, 24), notices=True) as it:
        await it.until_read("Question 1")
        await it.press("enter", "slash", *"answer", "enter")
        await it.until_read("/answer")
        say(it, "said shortly")
        await until_shown(it, "said shortly")
        keys, reader = it.screen.query_one("#keys").region, it.transcript.region
        await it.until(
            lambda: bool(it.screen.query_one(Toast).region) and keys.contains_region(it.screen.query_one(Toast).region)
        )
        assert "/answer" in it.words_of("TranscriptView")
        long = "said at length, " * 8
        say(it, long)
        await until_shown(it, long)
        await it.until(lambda: it.screen.query_one(Toast).region.height == 2)
        toast = it.screen.query_one(Toast).region
        assert reader.y <= toast.y
        assert toast.bottom < reader.bottom - 3
        say(it, "said shortly again")
        await until_shown(it, "said shortly again")
        await it.until(
            lambda: bool(it.screen.query_one(Toast).region) and keys.contains_region(it.screen.query_one(Toast).region)
        )


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_long_one_leaves_the_line_that_is_typed_for_finding(
    server: ScriptedServer, size: tuple[int, int]
) -> None:
    async with browsing(server, size=size, notices=True) as it:
        await it.until_read("Question 1")
        await it.press("slash", *"words fail:>0")
        await it.until_seen("There is no term")
        says, line = it.screen.query_one("#filter-says"), it.screen.query_one("#filter-text")
        long = "said at length, " * 8
        say(it, long)
        await until_shown(it, long)
        await it.until(lambda: 0 < it.screen.query_one(Toast).region.y < it.screen.size.height // 2)
        assert 0 < line.region.y < says.region.y
        assert says.region.bottom <= it.screen.query_one(Toast).region.y


async def test_what_was_said_can_be_read_again_in_the_next_project_too(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await it.until_read("Question 1")
        say(it, "first words")
        say(it, "graver\x1b[31m words", "warning")
        await it.press("colon", *"messages", "enter")
        await it.until(lambda: "graver" in it.text and "first words" in it.text)
        assert it.text.index("graver") < it.text.index("first words")
        assert "\x1b" not in it.text


def test_a_warning_is_given_once_and_the_last_messages_are_kept() -> None:
    messages = Messages()
    assert [messages.is_first("locale"), messages.is_first("locale"), messages.is_first("mouse")] == [True, False, True]
    for number in range(MOST_MESSAGES + 1):
        messages.take(f"said {number}", "information")
    newest = messages.newest_first
    assert (newest[0].words, newest[-1].words, len(newest)) == (f"said {MOST_MESSAGES}", "said 1", MOST_MESSAGES)
