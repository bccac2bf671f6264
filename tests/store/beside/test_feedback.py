"""Feedback of a project: by conversation, fetched again when it is looked at later, kept where it cannot be had."""

from typing import Any

import pytest

from tests.servers import LiveProject, ScriptedServer, error, page_of, reply
from tui.api.client import Client
from tui.api.errors import ApiError, MoreThanRead
from tui.store.beside.feedback import ToldFeedback
from tui.store.told_beside import NO_THUMBS, Thumbs

GROUPS = [
    {
        "conversation_id": "C1",
        "feedbacks": [
            {"id": "f1", "status": "to_review", "is_positive": False, "given_by": {"email": "a@b.example"}},
            {"id": "f2", "status": "reviewed", "is_positive": True},
        ],
    },
    {"conversation_id": "c2", "feedbacks": [{"id": "f3", "status": "reviewed", "is_positive": None}]},
    {"conversation_id": None, "feedbacks": [{"id": "f4", "status": "to_review"}]},
]


def serve(server: ScriptedServer, answer: Any = GROUPS) -> None:
    server.answer(LiveProject(beside={"grouped_by_conversation": answer}))


async def test_it_is_known_by_conversation_and_by_words(server: ScriptedServer, client: Client) -> None:
    serve(server)
    told = ToldFeedback(client)
    await told.fetch()
    assert [one.id for one in told.of("c1")] == ["f1", "f2"]
    assert told.of("elsewhere") == ()
    assert told.to_review == 1
    assert told.givers == {"a@b.example"}
    assert [told.thumbs(id_) for id_ in ("c1", "c2", "elsewhere")] == [
        Thumbs(1, 1, 0, waits=True), Thumbs(neither=1), NO_THUMBS
    ]  # fmt: skip
    assert told.rows() == {
        "C1": (("negative",), ("positive",), ("reviewed",), ("to_review",)),
        "c2": (("reviewed",),),
    }


async def test_what_was_taken_back_is_told_to_be_nothing(server: ScriptedServer, client: Client) -> None:
    serve(server)
    told = ToldFeedback(client)
    await told.fetch()
    serve(server, GROUPS[1:])
    await told.fetch()
    assert told.rows() == {"C1": (), "c2": (("reviewed",),)}
    assert told.to_review == 0


async def test_what_is_looked_at_after_ten_minutes_is_due_once(server: ScriptedServer, client: Client) -> None:
    serve(server)
    now, due = [0.0], []
    told = ToldFeedback(client, lambda: now[0])
    told.due = lambda: due.append(now[0])
    told.of("c1")
    await told.fetch()
    for now[0] in (1.0, 599.0, 601.0, 602.0, 1200.0, 1202.0):
        told.of("c1")
    assert due == [601.0, 1202.0]


@pytest.mark.parametrize("answer", [error(403), error(404), reply({"results": 1}), reply(7)])
async def test_what_came_before_stays_where_it_does_not_come_again(
    server: ScriptedServer, client: Client, answer: Any
) -> None:
    serve(server)
    told = ToldFeedback(client)
    await told.fetch()
    serve(server, answer)
    with pytest.raises(ApiError):
        await told.fetch()
    assert [one.id for one in told.of("c1")] == ["f1", "f2"]


async def test_a_page_that_fails_costs_that_page_alone(server: ScriptedServer, client: Client) -> None:
    first = reply({"next": "more", "results": [{"conversation_id": f"c{n}", "feedbacks": [{}]} for n in range(1000)]})
    server.answer(lambda request: first if request.parameters["offset"] == ["0"] else error(403))
    told = ToldFeedback(client)
    with pytest.raises(ApiError):
        await told.fetch()
    assert len(told.of("c999")) == 1


async def test_five_thousand_are_bounded_pages(server: ScriptedServer, client: Client) -> None:
    def answer(request: Any) -> Any:
        offset, limit = int(request.parameters["offset"][0]), int(request.parameters["limit"][0])
        groups = [
            {"conversation_id": f"c{n % 9}", "feedbacks": [{"id": f"f{n}"}]} for n in range(offset, offset + limit)
        ]
        return page_of(groups, count=5_000) if offset + limit >= 5_000 else reply({"next": "more", "results": groups})

    server.answer(answer)
    told = ToldFeedback(client)
    await told.fetch()
    assert sum(len(told.of(f"c{n}")) for n in range(9)) == 5_000
    assert len(server.requests) == 5


async def test_pages_without_end_are_read_once_and_then_the_newest_alone(
    server: ScriptedServer, client: Client
) -> None:
    def answer(request: Any) -> Any:
        offset = int(request.parameters["offset"][0])
        return reply(
            {"next": "more", "results": [{"conversation_id": f"c{offset}", "feedbacks": [{"id": f"f{offset}"}]}]}
        )

    server.answer(answer)
    told = ToldFeedback(client)
    for asked in (20, 21, 22):
        with pytest.raises(MoreThanRead, match="more than is read"):
            await told.fetch()
        assert len(server.requests) == asked
        assert told.of("c0")
        assert told.of("c19")
    serve(server)
    await told.fetch()
    assert told.of("c1")
    assert not told.of("c19")
