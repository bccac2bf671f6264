"""The calls beside the list fail, each in its way: the list serves, nothing is asked for ever, and `r` asks again."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.faults.table import BODY_LIMIT
from tests.screens.browsing import browsing
from tests.servers import HTML, LiveProject, Reply, ScriptedServer, conversation, error, person, reply, uuid_of
from tui.api.retry import TRIES
from tui.demo.http import Answer, Request
from tui.screens.browse import extras
from tui.terminal.text.unassigned import not_in_unicode

ROWS = [conversation(number) for number in range(1, 121)]
NEVER = threading.Event()
_GOOD = reply({"tags": ["urgent"], "results": []})


def paths(server: ScriptedServer) -> list[str]:
    """The last part of what was asked for, each time."""
    return [request.path.rstrip("/").rpartition("/")[2] for request in server.requests]


FAULTS = {
    "500": error(500, "boom"),
    "403": error(403, "Not yours."),
    "a web page": Reply(200, b"<title>Sign in</title>", HTML),
    "hangs up": Reply(drop=True),
    "truncated": replace(_GOOD, cut=5),
    "a megabyte of junk": Reply(200, b"\x00\xff[{" * 250_000),
    "more than is taken": Reply(200, b" " * (BODY_LIMIT + 1)),
    "another shape": reply({"tags": {"a": 1}, "results": 7}),
    "elements of other shapes": reply({"tags": [None, 7, [], {}], "results": [None, 7, [], {"user": []}]}),
    "elements without end": reply({"tags": [[]] * 200_000, "results": [[]] * 200_000}),
}
SLOW = {"silent": Reply(hold=NEVER), "drips": replace(_GOOD, drip=1, pause=0.05)}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_the_list_serves_without_tags_and_people(fault: Reply, server: ScriptedServer) -> None:
    await _meet(fault, server)


@pytest.mark.usefixtures("impatience")
@pytest.mark.parametrize("fault", SLOW.values(), ids=SLOW)
async def test_the_list_serves_while_tags_and_people_do_not_come(fault: Reply, server: ScriptedServer) -> None:
    await _meet(fault, server)


async def _meet(fault: Reply, server: ScriptedServer) -> None:
    project = LiveProject(ROWS, tags=("urgent",), people=[person(7, "ines@acme.example")])

    def answer(request: Request) -> Answer:
        return fault if request.path.endswith(("/all-tags/", "/users/")) else project(request)

    server.answer(answer)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until(lambda: any(request.path.endswith("/users/") for request in server.requests))
        await it.press("j")
        await it.until_read("Question 2")
        await it.until_quiet()
        assert it.has("/120")
        assert not it.has("A fault in clarifeye-tui")
        assert len(server.requests) < 20
        assert all(line.isprintable() for line in it.lines)
        server.answer(project)
        await it.press("r")
        await it.until_quiet()
        await it.press("j")
        await it.until_read("Question 3")


async def test_a_people_call_that_fails_is_not_asked_again_with_every_page_and_nothing_is_said_of_it(
    server: ScriptedServer,
) -> None:
    project = LiveProject(ROWS, tags=("urgent",))
    server.answer(lambda request: Reply(drop=True) if request.path.endswith("/users/") else project(request))
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until(lambda: paths(server).count("users") == TRIES)
        await it.until_quiet()
        for key in ("end", "home", "end"):
            await it.press(key)
            await it.until_quiet()
            assert not it.has("The connection was lost")
        assert (paths(server).count("users"), paths(server).count("all-tags")) == (TRIES, 1)
        project.people = [person(7, "ines@acme.example")]
        server.answer(project)
        await it.press("home", "r")
        await it.until_read("ines@acme.example")
        assert paths(server).count("all-tags") == 1


async def test_r_asks_again_for_tags_that_do_not_come(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "PATIENCE", 0.0)
    project = LiveProject(ROWS, tags=("urgent",), people=[person(7, "ines@acme.example")])
    server.answer(lambda request: Reply(hold=NEVER) if request.path.endswith("/all-tags/") else project(request))
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until(lambda: "all-tags" in paths(server))
        server.answer(project)
        await it.press("r")
        await it.until_seen("urgent")
        await it.until_read("ines@acme.example")


async def test_no_tags_is_said_only_when_the_server_has_said_so(server: ScriptedServer) -> None:
    rows, gate = [conversation(number, tags=[]) for number in range(1, 41)], threading.Event()
    project = LiveProject(rows, tags=(), people=[person(7, "ines@acme.example")])
    slow = replace(reply({"tags": [], "count": 0}), hold=gate)
    server.answer(lambda request: slow if request.path.endswith("/all-tags/") else project(request))
    async with browsing(server) as it:
        await it.until_read("ines@acme.example")  # people do not wait for tags
        await it.until_seen("on their way …")
        assert not it.has("no tags")
        gate.set()
        await it.until_seen("no tags")


async def test_why_tags_did_not_come_is_said_with_the_key_that_asks_again(server: ScriptedServer) -> None:
    rows = [conversation(number, tags=[]) for number in range(1, 41)]
    project = LiveProject(rows, tags=None)
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until_seen("Not found (404); r asks again.")
        await it.press("t")
        await it.until_seen("Not found (404); Ctrl-R asks again.")
        await it.press("escape", "exclamation_mark")
        await it.until_seen("The tags of the project: Not found (404)")
        await it.press("escape")
        project.tags = ("urgent",)
        await it.press("r")
        await it.until_seen("[ ] urgent")


async def test_a_page_of_people_that_fails_costs_that_page_alone(server: ScriptedServer) -> None:
    project = LiveProject([conversation(1, created_by=uuid_of(7)), conversation(2, created_by=uuid_of(8))])

    def answer(request: Request) -> Answer:
        if not request.path.endswith("/users/"):
            return project(request)
        pages = {
            "0": reply({"results": [person(7, "ines@acme.example")], "next": "more"}),
            "1": error(500, "boom"),
            "1001": reply({"results": [person(8, "omar@acme.example")], "next": None}),
        }
        return pages[request.parameters["offset"][0]]

    server.answer(answer)
    async with browsing(server) as it:
        await it.until_read("ines@acme.example")
        await it.press("j")
        await it.until_read("omar@acme.example")
        await it.press("exclamation_mark")
        await it.until_seen("The people of the project: The service has a fault (500)", "boom")


async def test_people_that_the_server_does_not_tell_are_asked_for_again_and_why_is_told(server: ScriptedServer) -> None:
    project = LiveProject([conversation(1, created_by=uuid_of(7))], people=[person(7, "ines@acme.example")])
    server.answer(lambda request: error(403, "Not yet.") if request.path.endswith("/users/") else project(request))
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until(lambda: "users" in paths(server))
        await it.until_quiet()
        await it.press("exclamation_mark")
        await it.until_seen("The people of the project: No permission (403)", "Not yet.")
        await it.press("escape")
        server.answer(project)
        await it.press("r")
        await it.until_read("ines@acme.example")


async def test_what_cleans_rare_text_is_ready_before_a_conversation_is_opened(server: ScriptedServer) -> None:
    server.answer(LiveProject(ROWS))
    not_in_unicode.cache_clear()
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until(lambda: not_in_unicode.cache_info().currsize == 1)


class Closing:
    """Answers well, then hangs up every other request on a connection that was kept."""

    def __init__(self) -> None:
        self.project = LiveProject(ROWS)
        self._turns: Iterator[int] = iter(range(1_000))

    def __call__(self, request: Request) -> Answer:
        return Reply(drop=True) if next(self._turns) % 2 else self.project(request)


async def test_a_connection_that_is_closed_between_two_requests_costs_nothing(server: ScriptedServer) -> None:
    server.answer(Closing())
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press("end")
        await it.until_read("Question 120 ")
        await it.until_quiet()
        assert not it.has("The connection was lost")


async def test_a_conversation_that_is_not_there_is_said_to_be_so(server: ScriptedServer) -> None:
    server.answer(LiveProject(ROWS))
    async with browsing(server, open_id=uuid_of(999)) as it:
        await it.until_read("The conversation was not found")
        await it.until_read("archived conversations")
        assert not it.has("project id")
