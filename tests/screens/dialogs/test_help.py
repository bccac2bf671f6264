"""The help: every key of every table is in it, and it scrolls as a pager does."""

from typing import Any

import pytest
from textual.containers import VerticalScroll

from tests.screens.browsing import browsing
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.screens.agent_page import AGENT
from tui.screens.browse.commands import BROWSE
from tui.screens.browse.finding import FINDING
from tui.screens.dialogs.help import HelpScreen
from tui.screens.keys import second_keys
from tui.terminal.input.keymap import Keymap, key_label
from tui.views.reader.commands import READER, SEARCH
from tui.widgets.lists.list_commands import LIST


@pytest.fixture(autouse=True)
def _rows(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(number) for number in range(1, 30)]))


@pytest.mark.parametrize("keymap", [BROWSE, FINDING, LIST, READER, SEARCH, AGENT], ids=lambda keymap: keymap.context)
async def test_every_command_is_listed_with_its_keys(server: ScriptedServer, keymap: Keymap[Any]) -> None:
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press("question_mark")
        assert isinstance(it.app.screen, HelpScreen)
        rows = [(keys, words.casefold()) for section in it.app.screen._sections for keys, words in section.rows]
        for command in keymap.commands:
            told = " ".join(keys for keys, words in rows if words == command.help.casefold())
            missing = {key_label(key) for key in command.key_names} - set(told.split())
            assert not missing or "–" in told, command.name


def test_digits_behind_a_key_are_said_as_a_range() -> None:
    told = {words: keys for _, rows in second_keys(FINDING) for keys, words in rows}
    assert told["Apply a saved filter"] == "1–9"


async def test_its_scroll_bar_is_as_thin_as_that_of_the_list(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(1)]))
    async with browsing(server, size=(80, 24)) as it:
        await it.until_read("Question 1")
        await it.press("question_mark")
        await it.until_seen("┃ │")
        assert not set("▁▂▃▄▅▆") & set(it.text)


async def test_it_scrolls_with_the_keys_of_a_pager(server: ScriptedServer) -> None:
    async with browsing(server, size=(100, 24)) as it:
        await it.until_read("Question 1")
        await it.press("question_mark")
        text = it.app.screen.query_one("#help", VerticalScroll)
        await it.until(lambda: text.max_scroll_y > 60)
        page = text.size.height - 1
        places = []
        for keys in ("j j j k", "space", "d", "u", "b", "G", "g", "ctrl+f", "ctrl+d", "ctrl+u", "ctrl+b"):
            await it.press(*keys.split())
            places.append(text.scroll_y)
        half = page // 2
        assert places == [
            2, 2 + page, 2 + page + half, 2 + page, 2, text.max_scroll_y, 0, page, page + half, page, 0,
        ]  # fmt: skip
