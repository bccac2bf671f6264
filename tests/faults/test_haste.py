"""Keys and clicks that come faster than the screen changes."""

import pytest
from textual import events
from textual.command import CommandPalette

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation

ROWS = [conversation(number, chat_history=[{"content": f"Question {number} " * number}]) for number in range(1, 30)]


def press_at_once(it: Browsing, *keys: str) -> None:
    for key in keys:
        it.app.post_message(events.Key(key, None))


@pytest.mark.parametrize("opening", ["question_mark", "s", "y", "x", "ctrl+p"])
async def test_closing_a_dialogue_twice_closes_nothing_else(opening: str, server: ScriptedServer) -> None:
    server.answer(LiveProject(ROWS))
    async with browsing(server) as it:
        await it.until_read("Question 1")
        for _ in range(2):
            await it.press(opening)
            await it.until(lambda: it.app.screen is not it.screen)
            press_at_once(it, "escape", "escape", "escape")
            await it.until(lambda: it.app.screen is it.screen)
        await it.press("j")
        await it.until_read("Question 2")


async def test_a_double_click_beside_the_palette_closes_it_once(server: ScriptedServer) -> None:
    server.answer(LiveProject(ROWS))
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press("ctrl+p")
        await it.until(lambda: isinstance(it.app.screen, CommandPalette))
        palette = it.app.screen

        def close() -> None:
            palette.dismiss()

        for _ in range(2):
            palette.call_next(close)
        await it.until(lambda: it.app.screen is it.screen)
        await it.press("j")
        await it.until_read("Question 2")


async def test_a_search_that_is_left_in_another_conversation_leaves_it_where_it_is(server: ScriptedServer) -> None:
    long, short = conversation(1, chat_history=[{"content": f"word {n}"} for n in range(200)]), conversation(2)
    server.answer(LiveProject([long, short]))
    async with browsing(server) as it:
        await it.until_read("word 0")
        await it.press("enter", "G", "slash")
        it.transcript.search("word")
        it.rows.go(1)
        await it.until_read("Question 2")
        await it.press("x", "backspace", "escape", "escape")
        await it.until_read("Question 2")
