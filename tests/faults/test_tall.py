"""More rows on the screen than the first page has."""

from tests.screens.browsing import browsing
from tests.servers import LiveProject, ScriptedServer, conversation

ROWS = [conversation(number, chat_history=[]) for number in range(1, 201)]


async def test_every_row_of_a_tall_screen_comes_also_after_the_filter_was_changed(server: ScriptedServer) -> None:
    server.answer(LiveProject(ROWS))
    async with browsing(server, size=(100, 90)) as it:
        await it.press("d")
        await it.until_seen("Conversation 1 ", "Conversation 80 ")
        for key, words in (("a", "with archived"), ("u", "untagged")):  # the second leaves the list as high as it was
            before = it.screen.project.window
            await it.press(key)
            await it.until(lambda before=before: it.rows.window is not before)  # type: ignore[misc]  # bound at once
            await it.until(lambda: it.screen.project.window.row(79) is not None)
            await it.until_seen(words, "Conversation 1 ", "Conversation 80 ")
