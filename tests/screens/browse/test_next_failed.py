"""From the last failed tool call of a conversation to the next conversation that has one."""

import threading

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation, error, message, page_of, tool_call, uuid_of


def rows(*failed: int, count: int = 200) -> LiveProject:
    return LiveProject([
        conversation(
            number,
            chat_history=[
                message(f"Question {number}"),
                *[tool_call(results=["fine"])] * 30,
                tool_call(results=["Error: no seat"] if number in failed else ["fine"]),
                message(f"Answer {number}", role="assistant"),
            ],
        )
        for number in range(1, count + 1)
    ])  # fmt: skip


async def told(it: Browsing, words: str) -> None:
    """Wait until something is said."""
    await it.until(lambda: any(words in str(one.message) for one in it.app._notifications))


async def test_e_at_the_end_goes_to_the_next_conversation_that_has_one_and_back(server: ScriptedServer) -> None:
    server.answer(rows(1, 150))
    async with browsing(server, notices=True) as it:
        await it.until_read("Question 1")
        await it.press("enter", "e", "e")
        await told(it, "e again: the next conversation that has one")
        await it.press("e")
        await it.until(lambda: it.rows.cursor == 149)
        await it.until_followed()
        await it.until_seen("150/200")
        await it.until(lambda: "Error: no seat" in it.words_of("TranscriptView"))
        assert it.transcript.has_focus
        await it.until_seen("· retrieval")  # the cursor is on the call
        await it.press("E")
        await told(it, "E again: the previous conversation that has one")
        await it.press("E")
        await it.until(lambda: it.rows.cursor == 0)
        await it.until(lambda: "Error: no seat" in it.words_of("TranscriptView"))


async def test_from_what_was_opened_by_its_id_it_goes_on_there_and_not_at_the_cursor_of_the_list(
    server: ScriptedServer,
) -> None:
    server.answer(rows(2, 20, 30))
    async with browsing(server, open_id=uuid_of(20), notices=True) as it:
        await it.until_read("Question 20")
        await it.until(lambda: it.screen.project.shown.index_of(uuid_of(20)) is not None)
        await it.press("G", "e")
        await told(it, "e again: the next conversation that has one")
        await it.press("e")
        await it.until_read("Question 30")


async def test_where_none_has_one_it_says_how_many_were_looked_through(server: ScriptedServer) -> None:
    server.answer(rows(1))
    async with browsing(server, notices=True) as it:
        await it.until_read("Question 1")
        await it.press("enter", "G", "e", "e")
        await told(it, "None of the 199 conversations after this one has a failed tool call.")
        assert it.rows.cursor == 0


async def test_where_the_list_does_not_come_it_says_so_and_stays(server: ScriptedServer) -> None:
    project = rows(1, count=300)
    project.on_list = lambda _request, offset, _limit: error(500) if offset else None
    server.answer(project)
    async with browsing(server, notices=True) as it:
        await it.until_read("Question 1")
        await it.press("enter", "G", "e", "e")
        await told(it, "without a failed tool call")
        assert it.rows.cursor == 0


async def test_a_search_ends_with_the_list_that_it_looks_through(server: ScriptedServer) -> None:
    gate = threading.Event()
    project = rows(1, 290, count=300)
    project.on_list = lambda request, offset, _limit: (
        None if "text" in request.parameters or not offset else page_of([], count=300, hold=gate)
    )
    server.answer(project)
    async with browsing(server, notices=True) as it:
        await it.until_read("Question 1")
        await it.press("enter", "G", "e", "e")
        await it.until(lambda: server.list_requests[-1].parameters["offset"] != ["0"])
        await it.press("escape", "slash", "x", "enter")
        await it.until_seen('"x" ×')
        gate.set()
        await it.until_quiet()
        asked = [request.parameters["offset"] for request in server.list_requests if "text" in request.parameters]
        assert asked == [["0"]]


async def test_the_place_in_the_list_before_is_not_asked_of_the_list_of_another_filter(server: ScriptedServer) -> None:
    gate = threading.Event()
    project = rows(1, count=300)
    project.on_list = lambda request, offset, limit: (
        page_of(project.rows[offset : offset + limit], count=300, hold=gate) if "text" in request.parameters else None
    )
    server.answer(project)
    async with browsing(server, notices=True) as it:
        await it.until_read("Question 1")
        await it.press("end")
        await it.until_read("Question 300")
        await it.press("slash", "x", "enter")
        await it.until_seen("Filtering…")
        await it.press("pageup", "enter", "G", "e", "e")
        await told(it, "Filtering: the conversation after this one is not known yet.")
        await it.press("escape", "end")
        gate.set()
        await it.until_read("Question 1")
        await it.until_quiet()
        asked = [request.parameters["offset"] for request in server.list_requests if "text" in request.parameters]
        assert asked == [["0"]]
        assert it.rows.cursor == 0
