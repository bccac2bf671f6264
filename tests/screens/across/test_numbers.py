"""Numbers as pictures in the running program."""

from tests.screens.across.test_tables import project
from tests.screens.browsing import browsing
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.screens.across.screen import AcrossScreen


async def test_pictures_follow_each_other_and_a_bar_adds_its_term(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(80, 24)) as it:
        await it.until_seen("Conversations 1/60")
        await it.until_quiet()
        await it.press("number_sign")
        await it.until(lambda: isinstance(it.app.screen, AcrossScreen))
        await it.until_seen("per day 1/1", "1 of 6", "2025-03-12", "60", "80", "██")
        keys = it.words_of("#keys")
        assert "Tab other table" in keys
        assert "identical" not in keys, "that leads nowhere from here"
        for words in ("per week 1/", "per month 1/", "Tokens per conversation", "Tools by calls", "Endings 1/4"):
            await it.press("]")
            await it.until_seen(words)
        await it.until_seen("answered 60")
        await it.press("[")
        await it.until_seen("Tools by calls", "look", "120")
        await it.press("down", "enter")
        await it.until(lambda: it.app.screen is it.screen)
        await it.until_seen("tool:book")
        assert it.screen.project.query.line == "tool:book"
        await it.press("number_sign")
        await it.until_seen("of tool:book", "per day")


async def test_where_there_is_room_two_pictures_stand_below_each_other(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/60")
        await it.until_quiet()
        await it.press("number_sign")
        await it.until_seen("per day 1/1", "per week 1/1", "all read")
        await it.press("escape")
        await it.until(lambda: it.app.screen is it.screen)


async def test_days_that_are_too_many_are_the_newest_and_said_to_be(server: ScriptedServer) -> None:
    damaged = conversation(2, created_at="1900-01-02T00:00:00Z")
    server.answer(LiveProject([conversation(1, created_at="2026-01-02T12:00:00Z"), damaged]))
    async with browsing(server, size=(120, 30)) as it:
        await it.until_seen("Conversations 1/2")
        await it.until_quiet()
        await it.press("number_sign")
        await it.until_seen("per day 1/20,000 · the newest", "2026-01-02 Fri 1", "all read")
        await it.press("x")
        await it.until_seen("all 20,000 rows (the newest)")
