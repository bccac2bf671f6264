"""Feedback on the screen: fetched behind the list, told in titles, asked for by terms, and never in the way."""

import threading
from typing import Any

import pytest

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation, error, page_of, person, uuid_of
from tui.store.listing.rows import ListedConversation

GROUPS = [
    {
        "conversation_id": uuid_of(1),
        "feedbacks": [
            {
                "id": "f1",
                "status": "to_review",
                "is_positive": False,
                "feedback": "The amount is wrong.",
                "context": {"query_id": 1},
                "given_by": {"id": "u", "email": "ana@acme.example"},
            }
        ],
    },
    {"conversation_id": uuid_of(2), "feedbacks": [{"id": "f2", "status": "reviewed", "is_positive": True}]},
]


def serve(server: ScriptedServer, answer: Any = GROUPS, **fields: Any) -> None:
    rows = [conversation(number) for number in range(4)]
    server.answer(LiveProject(rows, beside={"grouped_by_conversation": answer}, **fields))


def asked_for(server: ScriptedServer) -> int:
    return sum(request.path.endswith("/grouped_by_conversation/") for request in server.requests)


async def test_it_is_told_in_the_titles_and_below_the_answer(server: ScriptedServer) -> None:
    serve(server)
    async with browsing(server) as it:
        await it.until_seen("feedback to review in 1")
        await it.press("down", "enter")
        await it.until_read("The amount is wrong.")
        await it.until_seen("1 to review")
        await it.press("c")
        viewport = it.transcript.reader.viewport
        assert viewport is not None
        assert "Thumbs down" in "".join(span.text for span in viewport.document.line(*viewport.cursor))


async def test_terms_find_it_at_once_and_as_it_is_now(server: ScriptedServer) -> None:
    serve(server)
    async with browsing(server, line="feedback:negative") as it:
        await it.until(lambda: it.rows.count == 1)
        await it.until_seen("Conversation 1")
        more = [{"conversation_id": uuid_of(number), "feedbacks": [{"is_positive": False}]} for number in (2, 3)]
        serve(server, [*GROUPS, *more])
        await it.press("r")
        await it.until(lambda: it.rows.count == 3)


async def test_it_has_a_column_once_there_is_some_and_an_order(server: ScriptedServer) -> None:
    serve(server, [])
    async with browsing(server, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/4")
        await it.press("z", "d")
        await it.until(lambda: "name or question" in it.words_of("#heads"))
        assert "▼▲" not in it.words_of("#heads")
        serve(server)
        await it.press("r")
        await it.until(lambda: "▼▲" in it.words_of("#heads"))
        await it.until(lambda: "▼1*" in it.words_of("ConversationList"))
        await it.press("o", "u")
        await it.until_seen("feedback ↓")
        await it.until(lambda: [row_id(it, at) for at in range(2)] == [uuid_of(1), uuid_of(2)])
        serve(server, [GROUPS[1]])
        await it.press("r")
        await it.until(lambda: row_id(it, 0) == uuid_of(2))
        await it.until(lambda: "▼1*" not in it.words_of("ConversationList"))


def row_id(it: Browsing, at: int) -> str | None:
    """Which conversation stands in a row of the list, where it is there."""
    row = it.rows.window.row(at) if it.rows.window is not None else None
    return row.conversation.id if isinstance(row, ListedConversation) else None


async def test_r_asks_for_it_again_and_what_is_read_stays(server: ScriptedServer) -> None:
    serve(server, [])
    async with browsing(server) as it:
        await it.until_read("Answer 0")
        await it.press("down")
        await it.until_read("Answer 1")
        serve(server)
        await it.press("r")
        await it.until_read("The amount is wrong.")
        assert asked_for(server) == 2


@pytest.mark.parametrize("answer", [error(403, "No."), error(404), error(500)])
async def test_where_it_is_not_told_nothing_is_in_the_way(server: ScriptedServer, answer: Any) -> None:
    serve(server, answer)
    async with browsing(server, notices=True) as it:
        await it.until_read("Answer 0")
        await it.until(lambda: it.screen.project.feedback._fetched_at is not None)
        await it.press("enter", "c")
        await it.until(lambda: "There is no next feedback here." in it.text)
        assert "to review" not in it.text
        assert len(it.app._notifications) == 1


@pytest.mark.parametrize("last", ["users", "grouped_by_conversation"])
async def test_who_is_no_admin_is_told_once_that_it_is_their_own(server: ScriptedServer, last: str) -> None:
    other_is_here = threading.Event()
    beside = {"grouped_by_conversation": page_of(GROUPS, hold=other_is_here if last != "users" else None)}
    project = LiveProject([conversation(0)], beside=beside)
    forbidden = error(403, "No.", hold=other_is_here if last == "users" else None)
    server.answer(lambda request: forbidden if request.path.endswith("/users/") else project(request))
    async with browsing(server, notices=True) as it:
        if last == "users":
            await it.until_seen("feedback to review in 1")
        else:
            await it.until(lambda: any(it.screen.context.list.extras.errors))
        assert told_of_their_own(it) == 0
        other_is_here.set()
        await it.until(lambda: told_of_their_own(it))
        await it.press("r")
        await it.until(lambda: asked_for(server) == 2)
        await it.until_quiet()
        assert told_of_their_own(it) <= 1


def told_of_their_own(it: Browsing) -> int:
    return sum("as no admin" in notice.message for notice in it.app._notifications)


async def test_admins_are_told_nothing_of_that(server: ScriptedServer) -> None:
    serve(server, people=[person(7, "ana@acme.example")])
    async with browsing(server, notices=True) as it:
        await it.until_seen("feedback to review in 1")
        assert not list(it.app._notifications)
