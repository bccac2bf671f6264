"""Keys and clicks that come faster than the screen changes."""

import pytest
from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.widgets import Input

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.screens.dialogs.command_palette import CommandPalette
from tui.views.reader import searching

ROWS = [conversation(number, chat_history=[{"content": f"Question {number} " * number}]) for number in range(1, 30)]


def press_at_once(it: Browsing, *keys: str) -> None:
    for key in keys:
        name, character = (_character_to_key(key), key) if len(key) == 1 else (key, key_to_character(key))
        it.app.post_message(events.Key(name, character))


@pytest.mark.parametrize("opening", ["question_mark", "x", "colon"])
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
        it.transcript.act(searching.search, "word")
        it.rows.go(1)
        await it.until_read("Question 2")
        await it.press("x", "backspace", "escape", "escape")
        await it.until_read("Question 2")


async def test_what_is_typed_in_one_go_with_the_key_before_it_is_typed(server: ScriptedServer) -> None:
    project = LiveProject(ROWS)
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until(lambda: it.filter.query("#filter-text"))
        press_at_once(it, "slash", *"refund")
        await it.until(lambda: it.filter.query_one("#filter-text", Input).value == "refund")


async def test_a_command_that_is_typed_in_one_go_is_run(server: ScriptedServer) -> None:
    server.answer(LiveProject(ROWS))
    async with browsing(server) as it:
        await it.until_read("Question 1")
        press_at_once(it, "ctrl+p", *"archived", "enter")
        await it.until(lambda: it.screen.project.query.archived)
        assert it.app.screen is it.screen


async def test_what_is_typed_ahead_of_the_reader_belongs_to_it(server: ScriptedServer) -> None:
    server.answer(LiveProject(ROWS))
    async with browsing(server) as it:
        await it.until_read("Question 1")
        press_at_once(it, "enter", "slash", *"ans")
        await it.until(lambda: it.transcript.reader.finder.text == "ans")
        assert not it.screen.project.query.archived
