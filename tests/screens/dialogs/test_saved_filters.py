"""Saved filters and searched texts: saved, applied by digit, click and list, renamed, deleted, shared."""

from pathlib import Path

import pytest
from textual import events

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.store.filter.list_filter import ListFilter
from tui.store.saved.saved_filters import MOST, SavedFilter, SavedFilters
from tui.store.saved.session import Session
from tui.store.saved.state_file import StateFile

BILLING = ListFilter("refund", ("billing",))
ARCHIVED = ListFilter(archived=True)


@pytest.fixture(autouse=True)
def _rows(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(number) for number in range(1, 30)]))


@pytest.fixture
def session() -> Session:
    session = Session()
    session.change_filters(lambda _: SavedFilters().save("Needs review", BILLING).save("Old ones", ARCHIVED))
    return session


async def told(it: Browsing, words: str) -> None:
    """Wait for a notification."""
    await it.until(lambda: any(words in note.message for note in it.app._notifications))


async def query_is(it: Browsing, query: ListFilter) -> None:
    await it.until(lambda: it.screen.project.query == query)


async def test_a_filter_is_saved_under_a_name_and_applied_by_its_digit(server: ScriptedServer) -> None:
    async with browsing(server, archived=True) as it:
        await it.until_seen("Conversation 1")
        await it.press("s", "s")
        await it.until_seen("Save this filter", "Now: with archived")
        await it.type("Old ones")
        await it.press("enter")
        await it.until_seen("Saved filters: apply one")
        await it.press("r")
        await it.until_seen("Rename a saved filter")
        await it.press("escape", "escape")
        await it.until_seen("1 Old ones")
        await it.press("c")
        await query_is(it, ListFilter())
        await it.press("1")
        await query_is(it, ARCHIVED)


async def test_digits_apply_in_the_list_and_count_in_the_conversation(server: ScriptedServer, session: Session) -> None:
    async with browsing(server, session=session) as it:
        await it.until_read("Question 1")
        await it.press("2")
        await query_is(it, ARCHIVED)
        await it.press("7")
        await told(it, "no saved filter 7")
        await it.press("enter", "1")
        await it.press("escape", "escape", "1")
        await query_is(it, BILLING)


async def test_a_click_in_the_filter_pane_applies_one(server: ScriptedServer, session: Session) -> None:
    async with browsing(server, session=session) as it:
        await it.until_seen("2 Old ones")
        x, y = it.find("Old ones")
        await it.click(x + 2, y)
        await query_is(it, ARCHIVED)


async def test_the_arrows_lead_to_the_saved_filters_of_the_pane(server: ScriptedServer, session: Session) -> None:
    async with browsing(server, session=session) as it:
        await it.until_seen("[ ] include archived", "[ ] billing")
        await it.press("t", "down", "end", "down", "down", "down", "enter")
        await query_is(it, BILLING)


async def test_rename_order_default_and_delete(server: ScriptedServer, session: Session) -> None:
    async with browsing(server, session=session) as it:
        await it.until_seen("Conversation 1")
        await it.press("s", "enter")
        await it.until_seen("1 Needs review")
        await it.press("r", "ctrl+u")
        await it.type("old ONES")
        await it.press("enter")
        await told(it, "There is one called Old ones already")
        await it.press("ctrl+u")
        await it.type("Review")
        await it.press("enter")
        await it.until_seen("1 Review")
        await it.press("J", "asterisk")
        await it.until_seen("1 Old ones", "2 Review · default")
        await it.press("d")
        await told(it, "d again deletes Review")
        assert session.filters.find("Review")
        await it.press("d")
        await it.until(lambda: session.filters == SavedFilters().save("Old ones", ARCHIVED))
        await it.press("enter")
        await query_is(it, ARCHIVED)


async def test_the_same_name_replaces(server: ScriptedServer, session: Session) -> None:
    async with browsing(server, session=session, untagged=True) as it:
        await it.until_seen("Conversation 1")
        await it.press("s", "n")
        await it.type("needs review")
        await it.press("enter")
        await told(it, "Replaced: needs review")
        entry = session.filters.at(1)
        assert entry is not None
        assert entry.query == ListFilter(untagged=True)


async def test_one_for_which_there_is_no_room_is_not_said_to_be_saved(server: ScriptedServer) -> None:
    session = Session()
    entries = tuple(SavedFilter(f"filter {number}", ListFilter(text=str(number))) for number in range(MOST))
    session.change_filters(lambda _: SavedFilters(entries))
    async with browsing(server, session=session, untagged=True) as it:
        await it.until_seen("Conversation 1")
        await it.press("s", "s", *"one more", "enter")
        await told(it, "Not saved: 100 are the most that there can be.")
        assert len(session.filters.entries) == MOST


async def test_a_default_that_another_program_has_chosen_meanwhile_is_not_undone_by_choosing_it_too(
    server: ScriptedServer, tmp_path: Path
) -> None:
    file = StateFile(tmp_path / "state.json")
    first = Session(file)
    first.change_filters(lambda filters: filters.save("Old ones", ARCHIVED))
    first.close()
    session = Session(file)
    first.change_filters(lambda filters: filters.start_with("Old ones"))
    first.close()
    async with browsing(server, session=session) as it:
        await it.until_seen("Conversation 1")
        await it.press("s", "asterisk")
        await it.until_seen("Old ones · default")
        session.close()
        assert Session(file).filters.default == "Old ones"


async def test_the_flags_of_a_filter_can_be_shared(server: ScriptedServer, session: Session) -> None:
    async with browsing(server, session=session) as it:
        await it.until_seen("Conversation 1")
        await it.press("s", "enter")
        await it.until_seen("--text refund --tag billing")
        await it.press("down")
        await it.until_seen("--archived")


async def test_the_default_filter_is_that_of_a_first_start(server: ScriptedServer, session: Session) -> None:
    session.change_filters(lambda filters: filters.start_with("Old ones"))
    async with browsing(server, session=session) as it:
        await it.until_seen("with archived ×")


async def test_searched_texts_come_back_with_the_arrows(server: ScriptedServer, session: Session) -> None:
    async with browsing(server, session=session) as it:
        await it.until_seen("Conversation 1")
        for text in ("first", "second"):
            await it.press("slash", "ctrl+u", *text, "enter")
            await query_is(it, ListFilter(text))
        assert session.texts == ("first", "second")
        await it.press("slash", "ctrl+u", *"draft")
        field = it.filter.query_one("#filter-text")

        def shows(text: str) -> bool:
            return bool(field.value == text)  # type: ignore[attr-defined]  # an input

        await it.press("up")
        assert shows("second")
        await it.press("up", "up")
        assert shows("first")
        await it.press("down", "down")
        assert shows("draft")
        await it.press("down")
        await it.until(lambda: not field.has_focus)


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_the_screen_of_saved_filters_fits(
    server: ScriptedServer, session: Session, size: tuple[int, int]
) -> None:
    async with browsing(server, session=session, size=size) as it:
        await it.until_seen("Conversation 1")
        await it.press("s", "enter")
        await it.until_seen("1 Needs review", "2 Old ones", "Esc close")


async def test_the_keys_at_the_bottom_of_the_screen_can_be_clicked(server: ScriptedServer, session: Session) -> None:
    async with browsing(server, session=session, size=(80, 24)) as it:
        await it.until_seen("Conversation 1")
        await it.press("s", "enter")
        await it.until_seen("Esc close")
        await it.click(*it.find("Esc close"))
        await it.until(lambda: it.app.screen is it.screen)


async def test_more_than_fit_scroll_by_page_and_wheel(server: ScriptedServer) -> None:
    session, full = Session(), SavedFilters()
    for number in range(20):
        full = full.save(f"Number {number}", ListFilter(f"text {number}"))
    session.change_filters(lambda _: full)
    async with browsing(server, session=session, size=(80, 24)) as it:
        await it.until_seen("Conversation 1")
        await it.press("s", "enter")
        await it.until_seen("Number 0", "6 more ↓")
        await it.press("pagedown")
        await it.until_seen("--text 'text 13'")
        x, y = it.find("Number 5")
        it.app.post_message(events.MouseScrollDown(None, x, y, 0, 1, 0, False, False, False))
        await it.until_seen("Number 15", "4 more ↓")
        assert "--text 'text 13'" in it.text
