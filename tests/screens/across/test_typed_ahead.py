"""Keys that are typed before the rows of a table are there: each acts on what it would have found later."""

from collections.abc import AsyncIterator

import pytest

from tests.screens.across.test_tables import calls_of_book, opened, project, tables
from tests.screens.browse.test_typed_ahead import in_one_piece
from tests.screens.browsing import Browsing, browsing
from tests.servers import ScriptedServer
from tui.screens.across.screen import AcrossScreen
from tui.store.across.call_table import CallsTable


@pytest.fixture
async def it(server: ScriptedServer) -> AsyncIterator[Browsing]:
    """The program on a list whose first page is there."""
    server.answer(project())
    async with browsing(server, size=(140, 36)) as browser:
        await browser.until_seen("Conversations 1/60")
        await browser.until_quiet()
        yield browser


async def test_what_is_typed_with_the_key_of_the_tables_leads_on_through_them(it: Browsing) -> None:
    await in_one_piece(it, "L", "<enter>", "l", "F", "<down>", "<enter>")
    await it.until_seen("Tools › look › values of query › query = ", "Calls 1/2")


async def test_enter_behind_a_long_way_opens_the_row_that_it_leads_to(it: Browsing) -> None:
    await in_one_piece(it, "L", "<enter>", "jj", "<enter>", "<escape>")
    await it.until_seen("Tools › look", "/120", "all read")
    await in_one_piece(it, "G", "<enter>")
    await it.until(lambda: it.app.screen is it.screen)
    await it.until_read("Question 60?")
    await it.press("escape")
    await it.until_seen("Calls 120/120")


async def test_what_is_typed_behind_a_sort_acts_on_the_new_order(it: Browsing) -> None:
    await calls_of_book(it)
    await in_one_piece(it, "jjjl", "oo", "g")
    await it.until_seen("seat ↓", "parameter seat: 3", "Calls 1/60")


async def test_a_key_behind_enter_that_no_table_has_acts_where_it_leads(it: Browsing) -> None:
    await calls_of_book(it)
    await in_one_piece(it, "<end>", "<enter>", "z")
    await it.until(lambda: it.app.screen is it.screen)
    await it.until_read("Question 59?")
    await it.until_gone("Conversation 2")


async def test_esc_takes_back_what_waits_to_lead_on(it: Browsing) -> None:
    await in_one_piece(it, "L", "<enter>", "<escape>", "j", "<enter>")
    await it.until_seen("Tools › book", "Calls 1/60")
    await it.press("escape")
    await it.until_seen("Tools 2/2")


async def test_nothing_that_waits_outlives_the_tables(it: Browsing) -> None:
    await in_one_piece(it, "L", "jj", "<escape>")
    await it.until(lambda: it.app.screen is it.screen)
    await it.press("j")
    assert it.rows.cursor == 1
    assert not isinstance(it.app.screen, AcrossScreen)


async def test_a_row_that_does_not_come_is_not_waited_for(it: Browsing, monkeypatch: pytest.MonkeyPatch) -> None:
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


async def test_esc_behind_comparing_takes_that_back_and_nothing_else(it: Browsing) -> None:
    await calls_of_book(it)
    await it.press("space")
    await in_one_piece(it, "<end>", "D", "<escape>")
    await it.until(lambda: tables(it).context.waiting.is_idle)
    await it.until_seen("Tools › book", "Calls 60/60 · 1 marked")
    await in_one_piece(it, "D", "?")
    await it.until_seen("How it is compared")
