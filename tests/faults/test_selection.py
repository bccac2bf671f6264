"""The cursor stays on its conversation, also where the server's first answer tells only that the list is shorter."""

from textual import events

from tests.screens.browsing import browsing
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.widgets.lists.conversation_list import ConversationList


def _wheel_up(rows: ConversationList) -> events.MouseScrollUp:
    return events.MouseScrollUp(rows, 5, 5, 0, -1, 0, shift=False, meta=False, ctrl=False)


ROWS = [conversation(number) for number in range(1, 101)]


async def test_rows_that_went_above_while_small_pages_come_from_the_end_move_no_cursor(server: ScriptedServer) -> None:
    project = LiveProject(list(ROWS))
    server.answer(project)
    async with browsing(server, size=(100, 30)) as it:
        await it.until_read("Question 1")
        await it.press("end")
        await it.until_read("Question 100")
        await it.until_quiet()
        it.screen.project._page_size.shrink(4)  # as with very heavy conversations
        it.rows.post_message(_wheel_up(it.rows))
        await it.until_quiet()
        del project.rows[:5]
        await it.press("r")
        await it.until_seen("/95")
        await it.until_quiet()
        await it.until(lambda: it.rows.cursor == 94)
        assert it.screen.context.reading.wanted_id == ROWS[99]["id"]


async def test_a_conversation_that_is_gone_gives_its_row_to_another_and_is_read_on(server: ScriptedServer) -> None:
    project = LiveProject(list(ROWS))
    server.answer(project)
    async with browsing(server, size=(100, 30)) as it:
        await it.until_read("Question 1")
        await it.press("end")
        await it.until_read("Question 100")
        await it.until_quiet()
        del project.rows[90:]
        await it.press("r")
        await it.until_seen("/90")
        await it.until_seen("no longer in the list")
        assert it.rows.cursor == 89
        assert "Question 100" in it.words_of("TranscriptView")
        await it.press("enter")
        await it.until_read("Question 90 ")
        await it.until_gone("no longer in the list")


async def test_more_new_rows_than_a_page_holds_move_no_cursor_and_no_history(server: ScriptedServer) -> None:
    project = LiveProject(list(ROWS))
    server.answer(project)
    async with browsing(server, size=(100, 30)) as it:
        await it.until_read("Question 1")
        await it.press("end")
        await it.until_read("Question 100")
        await it.until_quiet()
        it.screen.project._page_size.shrink(4)
        project.rows[:0] = [conversation(number) for number in range(200, 240)]
        await it.press("r")
        await it.until_seen("/140")
        await it.until_quiet()
        await it.until(lambda: it.rows.cursor == 139)
        assert it.screen.context.reading.wanted_id == ROWS[99]["id"]
        assert it.screen.context.reading.reading_id == ROWS[99]["id"]
