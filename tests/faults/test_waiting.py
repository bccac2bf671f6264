"""A server that does not answer, or too much: what is said meanwhile, and that `r` asks anew."""

import json
import re
import threading

import pytest

from tests.faults.table import BODY_LIMIT
from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, Reply, ScriptedServer, conversation, error, page_of
from tui.api import transfer
from tui.demo.http import Answer, Request
from tui.screens.browse import list_control
from tui.views.listing import waiting
from tui.widgets.transcript import history_wait

ROWS = [conversation(number) for number in range(1, 121)]


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's patience lasts."""
    monkeypatch.setattr(transfer, "PATIENCE", 0.0)
    for module in (waiting, list_control, history_wait):
        monkeypatch.setattr(module, "SLOW", 0.01)


def seconds_left(it: Browsing) -> int:
    """The seconds before the repetition, as they are said."""
    said = re.search(r"Trying again in (\d+) s", it.words_of("ConversationList") + it.words_of("Banner"))
    assert said is not None, it.text
    return int(said[1])


def is_idle(it: Browsing) -> bool:
    return it.screen.context.list._clock is None


@pytest.mark.usefixtures("_soon")
@pytest.mark.parametrize("fault", [{"hold": threading.Event()}, {"drip": 1, "pause": 0.05}], ids=["silent", "drips"])
async def test_r_gives_up_an_answer_that_does_not_come(fault: dict[str, object], server: ScriptedServer) -> None:
    slow = page_of(ROWS[:40], count=120)
    server.reply(Reply(200, slow.body, **fault))  # type: ignore[arg-type]  # by name
    async with browsing(server) as it:
        await server.asked(1)
        await it.until_seen("Waiting for the server for", "r asks again")
        server.answer(LiveProject(ROWS))
        await it.press("r")
        await it.until_read("Question 1")
        await it.until_gone("Waiting for")
        await it.until(lambda: is_idle(it))


@pytest.mark.usefixtures("_soon")
async def test_r_gives_up_a_refresh_and_a_history_that_do_not_come(server: ScriptedServer) -> None:
    project, never = LiveProject(ROWS), threading.Event()
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until_quiet()
        project.on_list = lambda _request, offset, limit: page_of(ROWS[offset : offset + limit], hold=never)
        await it.press("r")
        await it.until_seen("Waiting for the server for", "Conversation 2")
        project.on_list = None
        await it.press("r")
        await it.until_gone("Waiting for")
        await it.until_quiet()
        it.screen.project.window._places.drop_history(1)
        server.reply(Reply(hold=never))
        before = len(server.requests)
        await it.press("j")
        await server.asked(before + 1)
        server.answer(project)
        await it.press("r")
        await it.until_read("Question 2 ")


@pytest.fixture
def _moving(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits is said at once, and what has begun to come counts as moving."""
    for module in (waiting, list_control, history_wait):
        monkeypatch.setattr(module, "SLOW", 0.01)
    monkeypatch.setattr(transfer, "PATIENCE", 600.0)


@pytest.mark.usefixtures("_moving")
async def test_of_a_page_that_comes_slowly_it_is_said_how_much_is_here_and_r_leaves_it_alone(
    server: ScriptedServer,
) -> None:
    project, gate = LiveProject(ROWS), threading.Event()
    body = page_of(ROWS[:40], count=120).body
    project.on_list = lambda *_: Reply(200, body, hold=gate, held_from=5_000)
    server.answer(project)
    async with browsing(server) as it:
        await it.until_seen("Receiving, 4.9 KB so far.")
        assert not it.has("r asks again")
        await it.press("r", "r")
        await it.until_seen("Receiving, 4.9 KB so far.")
        assert len(server.list_requests) == 1
        gate.set()
        await it.until_read("Question 1")
        await it.until_gone("Receiving")


@pytest.mark.usefixtures("_moving")
async def test_the_reader_says_what_it_waits_for_and_how_much_of_it_is_here(server: ScriptedServer) -> None:
    project, silent, gate = LiveProject(ROWS), threading.Event(), threading.Event()
    body = json.dumps(ROWS[1]).encode()
    histories = [Reply(200, body, hold=silent), Reply(200, body, hold=gate, held_from=400)]
    server.answer(
        lambda request: histories.pop(0) if request.path.rstrip("/").endswith(ROWS[1]["id"]) else project(request)
    )
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until_quiet()
        it.screen.project.window._places.drop_history(1)
        await it.press("j")
        await it.until_read("Waiting for the server for")
        await it.until_read("r asks again.")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(transfer, "PATIENCE", 0.0)
            await it.press("r")
        await it.until_read("Receiving, 400 B so far.")
        await it.press("r")
        gate.set()
        await it.until_read("Question 2 ")
        assert not histories


@pytest.mark.usefixtures("_moving")
async def test_a_conversation_that_is_opened_alone_is_waited_for_with_the_same_words(server: ScriptedServer) -> None:
    project, gate = LiveProject(ROWS), threading.Event()
    body = json.dumps(ROWS[1]).encode()
    server.answer(
        lambda request: (
            Reply(200, body, hold=gate) if request.path.rstrip("/").endswith(ROWS[1]["id"]) else project(request)
        )
    )
    async with browsing(server, open_id=ROWS[1]["id"]) as it:
        await it.until_read("Waiting for the server for")
        await it.until_read("r asks again.")
        gate.set()
        await it.until_read("Question 2 ")


async def test_the_seconds_before_a_repetition_are_counted_down(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_control, "SLOW", 60.0)  # a pause is counted from its first second on
    server.reply(error(429, "Slow down.", ("Retry-After", "29")), page_of(ROWS[:40], count=120))
    async with browsing(server) as it:
        await it.until_seen("r tries now.")
        before = seconds_left(it)
        await it.until(lambda: seconds_left(it) < before)
        await it.press("r")
        await it.until_read("Question 1")
        await it.until(lambda: is_idle(it))


async def test_the_seconds_before_a_history_is_asked_for_again_are_counted_down(server: ScriptedServer) -> None:
    project, gate = LiveProject(ROWS), threading.Event()
    histories = [
        error(429, "Slow down.", ("Retry-After", "29")),
        Reply(200, json.dumps(ROWS[1]).encode(), hold=gate),
    ]
    server.answer(
        lambda request: histories.pop(0) if request.path.rstrip("/").endswith(ROWS[1]["id"]) else project(request)
    )
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until_quiet()
        it.screen.project.window._places.drop_history(1)
        await it.press("j")
        await it.until_seen("(try 2 of 4). r tries now.")
        before = seconds_left(it)
        await it.until(lambda: seconds_left(it) < before)
        await it.press("r")
        await it.until_seen("Trying again now (try 2 of 4).")
        await it.until(lambda: is_idle(it))
        gate.set()
        await it.until_read("Question 2 ")
        await it.until_gone("Trying again")


async def test_an_answer_that_is_too_large_is_asked_for_in_fewer_rows_and_said(server: ScriptedServer) -> None:
    gate, asked = threading.Event(), list[int]()

    def on_list(_request: Request, offset: int, limit: int) -> Answer:
        asked.append(limit)
        if len(asked) == 1:
            return Reply(200, b" " * (BODY_LIMIT + 1))
        return page_of(ROWS[offset : offset + limit], count=120, hold=gate)

    project = LiveProject(ROWS)
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until_quiet()
        project.on_list = on_list
        await it.press("r")
        await it.until_seen("The answer is too large: asking for fewer,", "Conversation 1")
        await it.until(lambda: len(asked) == 2)
        assert asked[1] <= asked[0] // 4
        gate.set()
        await it.until_gone("too large")


async def test_one_conversation_that_is_too_large_is_said_and_the_rest_is_there(server: ScriptedServer) -> None:
    heavy = conversation(3, chat_history=[{"content": "x" * BODY_LIMIT}])
    server.answer(LiveProject([*ROWS[:2], heavy, *ROWS[3:]]))
    async with browsing(server) as it:
        await it.until_seen("row 3 did not come", "Row 3: The answer is too large: more than", "Conversation 1 ")
        await it.until_seen("Conversation 4 ")
        await it.press("j", "j")
        await it.until_read("Row 3 did not come")
        await it.until_read("The answer is too large")
        assert len(server.list_requests) < 30


async def test_a_row_that_cannot_be_read_says_why_and_what_was_sent(server: ScriptedServer) -> None:
    server.reply(page_of([*ROWS[:2], None, {"name": "\x1b[2Jnameless"}, ROWS[0], *ROWS[5:9]]))
    async with browsing(server) as it:
        await it.until_seen("row 3 cannot be read")
        await it.press("j", "j")
        await it.until_read("it is not a JSON object")
        await it.until_read("null")
        await it.press("j")
        await it.until_read("it has no id")
        await it.until_read("nameless")
        await it.press("j")
        await it.until_read("Row 5 was sent twice by the server")
        await it.until_read("It stands in row 1.")
