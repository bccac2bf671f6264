"""Keys that are typed before the rows of a table are there: each acts on what it would have found later."""

import pytest

from tests.screens.across.test_tables import calls_of_book, opened, project, tables
from tests.screens.browse.test_typed_ahead import in_one_piece
from tests.screens.browsing import browsing
from tests.servers import ScriptedServer
from tui.screens.across.screen import AcrossScreen
from tui.store.across.call_table import CallsTable


async def test_what_is_typed_with_the_key_of_the_tables_leads_on_through_them(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await it.until_seen("Conversations 1/60")
        await it.until_quiet()
        await in_one_piece(it, "L", "<enter>", "l", "F", "<down>", "<enter>")
        await it.until_seen("Tools › look › values of query › query = ", "Calls 1/2")


async def test_enter_behind_a_long_way_opens_the_row_that_it_leads_to(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await it.until_seen("Conversations 1/60")
        await it.until_quiet()
        await in_one_piece(it, "L", "<enter>", "jj", "<enter>", "<escape>")
        await it.until_seen("Tools › look", "/120", "all read")
        await in_one_piece(it, "G", "<enter>")
        await it.until(lambda: it.app.screen is it.screen)
        await it.until_read("Question 60?")
        await it.press("escape")
        await it.until_seen("Calls 120/120")


async def test_what_is_typed_behind_a_sort_acts_on_the_new_order(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await calls_of_book(it)
        await in_one_piece(it, "jjjl", "oo", "g")
        await it.until_seen("seat ↓", "parameter seat: 3", "Calls 1/60")


async def test_esc_takes_back_what_waits_to_lead_on(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await it.until_seen("Conversations 1/60")
        await it.until_quiet()
        await in_one_piece(it, "L", "<enter>", "<escape>", "j", "<enter>")
        await it.until_seen("Tools › book", "Calls 1/60")
        await it.press("escape")
        await it.until_seen("Tools 2/2")


async def test_nothing_that_waits_outlives_the_tables(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await it.until_seen("Conversations 1/60")
        await it.until_quiet()
        await in_one_piece(it, "L", "jj", "<escape>")
        await it.until(lambda: it.app.screen is it.screen)
        await it.press("j")
        assert it.rows.cursor == 1
        assert not isinstance(it.app.screen, AcrossScreen)


async def test_a_row_that_does_not_come_is_not_waited_for(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await opened(it)
        await it.press("enter")
        await it.until_seen("Calls 1/120")
        table = tables(it).context.part.table
        assert isinstance(table, CallsTable)

        async def look(_first: int, _last: int, _store: object) -> bool:
            return False

        monkeypatch.setattr(table, "look", look)
        table._rows.clear()
        await in_one_piece(it, "<enter>", "o")
        await it.until(lambda: tables(it).context.waiting.is_idle)
        await it.press("j")
        await it.until_seen("Calls 2/120")
        assert not it.has("✗ ↓")
        assert tables(it).context.level.title == "look"
