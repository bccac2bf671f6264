"""What is read is never swapped for something else, whatever becomes of its row in the list."""

import pytest

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation, error, message, uuid_of


def many(count: int) -> list[dict[str, object]]:
    return [conversation(number) for number in range(1, count + 1)]


def long(number: int, turns: int = 79) -> dict[str, object]:
    """A conversation of more lines than a screen has, always updated at the same time."""
    history = [message(f"Question {number}-{place}", query_id=place) for place in range(1, turns + 1)]
    return conversation(number, chat_history=history)


def place_in(it: Browsing) -> object:
    viewport = it.transcript.reader.viewport
    return (viewport.document.conversation.id, viewport.top, viewport.cursor) if viewport is not None else None


async def test_all_rows_go_and_come_back_and_the_line_is_kept(server: ScriptedServer) -> None:
    project = LiveProject([*many(2), long(3)])
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press("end")
        await it.until_read("Question 3-1")
        await it.press("enter", "end", "up", "up")
        place = place_in(it)
        rows, project.rows = project.rows, []
        await it.press("r")
        await it.until_seen("0 conversations", "no longer in the list")
        assert place_in(it) == place
        project.rows = rows
        await it.press("r")
        await it.until_seen("─ 3/3 ─")
        await it.until_gone("no longer in the list")
        assert place_in(it) == place


async def test_where_nothing_matches_the_line_comes_back_with_the_conversation(server: ScriptedServer) -> None:
    project = LiveProject([*many(2), long(3)])
    project.on_list = lambda request, *_: LiveProject([])(request) if "text" in request.parameters else None
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press("end")
        await it.until_read("Question 3-1")
        await it.press("enter", "end", "up", "up")
        place = place_in(it)
        await it.press("escape", "slash", *"nonsense", "enter")
        await it.until_read("so there is none to read")
        await it.press("c")
        await it.until_seen("Conversations 3/3")
        await it.until(lambda: place_in(it) == place)


async def test_a_row_that_is_found_after_all_is_not_said_to_be_missing(server: ScriptedServer) -> None:
    everything = many(300)
    project = LiveProject(everything)
    project.on_list = lambda request, *_: (
        LiveProject([everything[1], everything[200]])(request) if "text" in request.parameters else None
    )
    server.answer(project)
    async with browsing(server, text="zzz") as it:
        await it.until(lambda: it.rows.count)
        await it.press("down")
        await it.until_read("Question 201")
        await it.press("c")
        await it.until_seen("row not found · turn", "Conversations 1/300")
        await it.until_quiet()
        it.rows.scroll_to_row(195)
        await it.until_seen("Conversations 201/300")
        await it.until_gone("row not found")
        assert "Question 201" in it.words_of("TranscriptView")


@pytest.mark.parametrize("in_list", [True, False])
async def test_r_brings_what_is_new_though_it_was_updated_at_the_same_time(
    server: ScriptedServer, in_list: bool
) -> None:
    project, alone = LiveProject([*many(2), long(3)]), LiveProject([long(3)])
    shown = project if in_list else LiveProject(many(2))
    server.answer(lambda request: (alone if uuid_of(3) in request.path else shown)(request))
    async with browsing(server, open_id=None if in_list else uuid_of(3)) as it:
        await it.until_seen("─ 1/" if not in_list else "Conversations 1/")
        if in_list:
            await it.press("end", "enter")
        await it.until_read("Question 3-1")
        await it.press("end", "up", "up")
        place = place_in(it)
        project.rows[2] = alone.rows[0] = long(3, turns=80)
        await it.press("r")
        await it.until(
            lambda: it.transcript.reader.document is not None and len(it.transcript.reader.document.turns) == 80
        )
        assert place_in(it) == place
        await it.press("end")
        await it.until_read("Question 3-80")


async def test_r_says_when_what_was_opened_alone_is_gone_and_keeps_it(server: ScriptedServer) -> None:
    alone, project = LiveProject([long(3)]), LiveProject(many(2))
    server.answer(lambda request: (alone if uuid_of(3) in request.path else project)(request))
    async with browsing(server, open_id=uuid_of(3), notices=True) as it:
        await it.until_read("Question 3-1")
        await it.until_seen("─ 1/2 ─")
        answer, alone.rows = alone.rows, []
        await it.press("r")
        await it.until_seen("no longer on the server")
        assert "Question 3-1" in it.words_of("TranscriptView")
        await it.press("exclamation_mark")
        await it.until_seen("The conversation: The conversation was not found (404)")
        await it.press("escape")
        alone.rows = answer
        await it.press("r")
        await it.until_seen("no longer in the list")


async def test_r_keeps_what_is_read_where_it_does_not_come(server: ScriptedServer) -> None:
    project = LiveProject(many(2))
    history = [long(3)]
    server.answer(
        lambda request: (
            (LiveProject(history) if history else lambda _: error(500, "[b]broken[/b]"))(request)
            if uuid_of(3) in request.path
            else project(request)
        )
    )
    async with browsing(server, open_id=uuid_of(3)) as it:
        await it.until_read("Question 3-1")
        history.clear()
        await it.press("r")
        await it.until(lambda: any("[b]broken[/b]" in note.message for note in it.app._notifications))
        assert "Question 3-1" in it.words_of("TranscriptView")
