"""The command palette: what the focused pane can do, by its words."""

import pytest

from tests.screens.browsing import browsing
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.api.query import ConversationFilter
from tui.store.saved_filters import SavedFilters
from tui.store.session import Session


@pytest.fixture(autouse=True)
def _rows(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(number) for number in range(1, 30)]))


async def test_an_action_is_found_by_its_words_and_done(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await it.until_seen("Conversation 1")
        await it.press("ctrl+p")
        await it.type("archived")
        await it.until(lambda: "Include archived conversations" in it.text)
        await it.press("enter")
        await it.until(lambda: it.screen.project.query == ConversationFilter(archived=True))


async def test_it_offers_what_the_focused_pane_can_do(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press("enter", "ctrl+p")
        await it.type("all reasoning")
        await it.until(lambda: "All reasoning" in it.text)
        await it.press("enter")
        await it.until(lambda: it.transcript.modes.reasoning)


async def test_saved_filters_are_there_by_name_and_brackets_are_no_markup(server: ScriptedServer) -> None:
    session = Session()
    session.change_filters(lambda _: SavedFilters().save("[bold]Old[/] [x", ConversationFilter(archived=True)))
    async with browsing(server, session=session) as it:
        await it.until_seen("Conversation 1")
        await it.press("ctrl+p")
        await it.type("Old")
        await it.until(lambda: "Saved filter: (bold)Old" in it.text)
        await it.press("enter")
        await it.until(lambda: it.screen.project.query.archived)
