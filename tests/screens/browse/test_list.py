"""The list on the screen: what it fetches, where the cursor stays, and what it says when a page does not come."""

import threading

import pytest

from tests.screens.browsing import browsing
from tests.servers import LiveProject, ScriptedServer, conversation, error, message, page_of, tool_call
from tui.demo.http import Answer, Request
from tui.demo.server import DemoServer


def offsets(requests: list[Request]) -> list[int]:
    """Where the list calls began."""
    return [int(request.parameters["offset"][0]) for request in requests]


def many(count: int) -> LiveProject:
    """A project of so many conversations."""
    return LiveProject([conversation(number) for number in range(1, count + 1)])


async def test_the_first_rows_come_and_the_detail_shows_the_first(demo: DemoServer) -> None:
    async with browsing(demo) as it:
        await it.until_seen("Conversations 1/2,", "conversations · as of ")
        await it.until_read("Turn 1")
        name = it.lines[2][30:50].strip("▌ ")
        assert name in it.words_of("#detail-pane")


async def test_the_detail_follows_the_cursor_without_a_request(server: ScriptedServer) -> None:
    server.answer(many(20))
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press("down", "down", "j", "k", "down")
        await it.until_read("Question 4")
        await it.press("home")
        await it.until_read("Answer 1")
        assert len(server.list_requests) == 1
        assert not [request for request in server.requests if request.path.rstrip("/")[-12:].isdigit()]


async def test_end_fetches_the_last_page_and_nothing_between(demo: DemoServer) -> None:
    async with browsing(demo) as it:
        await it.until_seen("Conversations 1/2,")
        await it.until_quiet()
        await it.press("end")
        await it.until(lambda: "⋯" not in it.words_of("ConversationList"))
        await it.until_quiet()
        total = it.rows.count
        assert it.rows.cursor == total - 1
        lists = [request for request in demo.requests if request.path.endswith("/playground-conversations/")]
        later = [offset for offset in offsets(lists) if offset >= 100]
        assert len(later) <= 2
        assert min(later) > total - 250


async def test_page_keys_and_half_pages_move_the_view_with_the_cursor(server: ScriptedServer) -> None:
    server.answer(many(300))
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/300")
        await it.press("pagedown")
        paged = it.rows.cursor
        assert paged > 5
        await it.press("ctrl+d")
        assert it.rows.cursor == paged + paged // 2
        await it.press("ctrl+u", "pageup")
        assert it.rows.cursor == 0
        await it.press("G")
        await it.until_seen("Conversations 300/300", "Conversation 300")
        await it.press("g")
        await it.until_seen("Conversations 1/300")


async def test_rows_on_their_way_are_numbered_placeholders(server: ScriptedServer) -> None:
    gate = threading.Event()
    rows = many(500)

    def held_after_the_first(_request: Request, offset: int, limit: int) -> Answer | None:
        page = rows.rows[offset : offset + limit]
        return page_of(page, count=500, hold=gate) if offset >= 300 else None

    rows.on_list = held_after_the_first
    server.answer(rows)
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/500")
        await it.press("end")
        await it.until_seen("⋯ 500", "loading…")
        gate.set()
        await it.until_seen("Conversation 500")
        await it.until_gone("⋯ 5")


async def test_the_cursor_stays_on_its_conversation_when_rows_are_inserted(server: ScriptedServer) -> None:
    project = many(40)
    server.answer(project)
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/40")
        await it.press(*["down"] * 6)
        await it.until_read("Question 7")
        project.rows = [conversation(number) for number in (901, 902, 903)] + project.rows
        await it.press("r")
        await it.until_seen("Conversations 10/43")
        await it.until_quiet()
        assert it.rows.cursor == 9
        assert "Question 7" in it.words_of("TranscriptView")
        marked = [line for line in it.lines if "▌" in line[24:28]]
        assert "Conversation 7 " in marked[0]


async def test_a_changed_total_is_taken_over(server: ScriptedServer) -> None:
    project = many(30)
    server.answer(project)
    async with browsing(server) as it:
        await it.until_seen("30 conversations")
        project.rows = project.rows[:12]
        await it.press("end", "r")
        await it.until_seen("12 conversations", "Conversations 12/12")


async def test_a_failed_page_keeps_the_rows_and_r_recovers(server: ScriptedServer) -> None:
    project = many(400)
    project.on_list = lambda _request, offset, _limit: error(500, "database is locked") if offset >= 200 else None
    server.answer(project)
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/400")
        await it.press("end")
        await it.until_seen("The service has a fault (500): database is locked", "r tries again", "did not come")
        await it.press("home")
        await it.until_seen("Conversation 1 ")
        project.on_list = None
        await it.press("end", "r")
        await it.until_seen("Conversation 400")
        await it.until_gone("The service has a fault")


async def test_a_damaged_conversation_is_a_row_that_says_so(server: ScriptedServer) -> None:
    server.answer(lambda _: page_of([conversation(1), {"name": "no id"}, "not an object", conversation(4)]))
    async with browsing(server) as it:
        await it.until_seen("row 2 cannot be read", "row 3 cannot be read", "Conversation 4")


async def test_one_line_rows_show_more_of_them(server: ScriptedServer) -> None:
    server.answer(many(100))
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/100")
        assert not it.has("Conversation 30 ")
        await it.press("d")
        await it.until_seen("Conversation 30 ")
        await it.press("d")
        await it.until_gone("Conversation 30 ")


async def test_greater_and_less_than_step_through_the_list_while_reading(server: ScriptedServer) -> None:
    server.answer(many(10))
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press("enter", "greater_than_sign", "greater_than_sign")
        await it.until_read("Question 3")
        await it.press("less_than_sign")
        await it.until_read("Question 2")
        assert it.transcript.has_focus
        assert it.rows.cursor == 1


async def test_a_history_that_is_not_at_hand_is_fetched_and_a_failure_is_said_beside_what_is_known(
    server: ScriptedServer,
) -> None:
    project = many(3)
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        row = it.rows.window.row(2) if it.rows.window is not None else None
        assert row is not None
        row.raw = None  # type: ignore[union-attr]  # as after eviction
        server.answer(lambda _: error(500, "history store is down"))
        await it.press("end")
        await it.until_read("history store is down")
        assert "Conversation 3" in it.words_of("TranscriptView")
        server.answer(project)
        await it.press("r")
        await it.until_read("Question 3")


@pytest.mark.parametrize("size", [(130, 40), (70, 20)])
async def test_enter_on_a_row_that_is_on_its_way_shows_no_other_conversation(
    server: ScriptedServer, size: tuple[int, int]
) -> None:
    project, gate = many(300), threading.Event()
    project.on_list = lambda _request, offset, limit: (
        page_of(project.rows[offset : offset + limit], count=300, hold=gate) if offset > 100 else None
    )
    server.answer(project)
    async with browsing(server, size=size) as it:
        await it.until_seen("Conversation 1")
        await it.press("enter")
        await it.until_read("Question 1")
        await it.press("escape", "end", "enter")
        await it.until_read("Row 300 is on its way")
        assert it.screen.context.at_hand is None
        gate.set()
        await it.until_read("Question 300")


async def test_what_is_read_is_brought_up_to_date_by_a_refresh_and_the_place_stays(server: ScriptedServer) -> None:
    project = many(30)
    history = [message(f"Question {number}", query_id=number) for number in range(1, 400)]
    project.rows[0] = conversation(1, chat_history=[tool_call(), *history])
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press("enter", "right_curly_bracket", "enter", "end")
        await it.until_read("Question 399")
        assert it.transcript.reader.viewport is not None
        place = it.transcript.reader.viewport.top, it.transcript.reader.viewport.cursor
        newer = [tool_call(), *history, message("A question more", query_id=400)]
        project.rows[0] = conversation(1, chat_history=newer, updated_at="2025-03-12T15:00:00Z")
        await it.press("r")
        await it.until(
            lambda: it.transcript.reader.viewport is not None and it.transcript.reader.viewport.document.turns[399:]
        )
        assert it.transcript.reader.viewport is not None
        assert (it.transcript.reader.viewport.top, it.transcript.reader.viewport.cursor) == place
        await it.press("end")
        await it.until_read("A question more")
        await it.press("home")
        await it.until_read("top_k: 5")
