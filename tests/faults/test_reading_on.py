"""Faults of each kind of the table while the list is read on: that ends, says what it lacks, and `R` goes on."""

import itertools
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.faults.table import GROUPS, Fault
from tests.faults.test_screen import told
from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation, error, page_of, tool_call
from tui.demo.http import Answer, Request

_FAILED = [{"error_type": "syntax_error", "error_code": "INVALID_QUERY", "message": "No."}]
ROWS = [
    conversation(number, chat_history=[tool_call(results=[] if number % 3 else _FAILED)]) for number in range(1, 121)
]
_MOST_REQUESTS = 40
"""For one fault: a page is halved down to one row, sent four times, or has but three rows each time."""


@pytest.fixture
def project(server: ScriptedServer) -> LiveProject:
    made = LiveProject(ROWS)
    server.answer(made)
    return made


@asynccontextmanager
async def _begun(server: ScriptedServer) -> AsyncIterator[Browsing]:
    """What 40 of the rows tell is there, and nothing is read by itself."""
    async with browsing(server, size=(150, 30)) as it:
        it.screen.project.facts.read_on_below = 0
        await it.until_seen("Conversations 1/120")
        await it.press("slash", *"failed:>0", "enter")
        await it.until_seen("13 match in 40 read of 120")
        yield it


@pytest.mark.parametrize("group", GROUPS)
async def test_reading_on_meets_it_says_what_it_lacks_and_goes_on_when_it_is_over(
    faults: list[Fault], server: ScriptedServer, project: LiveProject
) -> None:
    for fault in [*faults[::4], *(fault for fault in faults[1:] if fault.leaves_by)]:  # each is a start of its own
        project.on_list = None
        with told(fault):
            async with _begun(server) as it:
                await _meet(it, project, server, fault)


async def _meet(it: Browsing, project: LiveProject, server: ScriptedServer, fault: Fault) -> None:
    project.on_list = fault.respond
    before = len(server.list_requests)
    await it.press("R")
    if fault.leaves_by:
        await it.until_seen(fault.sees[0])
        await it.press(*fault.leaves_by)
    moves = it.rows.at.moves
    await it.press("j")
    assert it.rows.at.moves > moves
    assert it.rows.cursor == 1 or not fault.keeps_rows  # rows that change may come to stand before it
    if any("Trying again in" in words for words in fault.sees):
        await it.until_seen("Trying again in 2")
        await it.press("escape")
        await it.until_seen("R reads the rest")
    elif fault.keeps_rows:
        await it.until_seen("rows did not come", "R tries again")
    reading = it.screen.project.facts.reading
    await it.until(lambda: reading is not None and not reading.is_running)
    assert len(server.list_requests) - before < _MOST_REQUESTS
    assert server.token not in it.text
    assert all(line.isprintable() for line in it.lines)
    project.on_list = None
    await it.press("R")
    await it.until_seen("all read", *(["2/40"] if fault.keeps_rows else []))


@pytest.mark.parametrize(
    ("failure", "said", "whole"),
    [
        (
            error(500, "Why it fails \x1b]0;own\x07 END OF IT"),
            "80 rows did not come: The service has a fault",
            ["Reading on", "Why it fails ^[]0;own^G END OF IT", "R to try again"],
        ),
        (
            error(404, "Moved away."),
            "rows did not come: The project was not found",
            ["Reading on: The project was not found (404)", "Moved away."],
        ),
    ],
    ids=["a fault of the service", "the project is gone"],
)
async def test_what_a_server_says_while_the_list_is_read_on_is_never_lost(
    failure: Answer, said: str, whole: list[str], server: ScriptedServer, project: LiveProject
) -> None:
    async with _begun(server) as it:
        project.on_list = lambda *_: failure
        await it.press("R")
        await it.until_seen(said, "R tries again, ! shows all")
        await it.press("exclamation_mark")
        await it.until_seen(*whole)


async def test_a_list_that_grows_with_each_answer_is_given_up_and_that_is_said(
    server: ScriptedServer, project: LiveProject
) -> None:
    grown = itertools.count(1)

    def growing(_request: Request, offset: int, limit: int) -> Answer:
        rows = [*(conversation(9_000 - number) for number in range(next(grown))), *ROWS]
        return page_of(rows[offset : offset + limit], count=len(rows))

    async with _begun(server) as it:
        project.on_list = growing
        before = len(server.list_requests)
        await it.press("R")
        await it.until_seen("did not come: The list keeps changing", "R tries again")
        assert len(server.list_requests) - before < 16
        project.on_list = None
        await it.press("R")
        await it.until_seen("all read", "1/40")


async def test_resized_left_and_stopped_while_a_page_hangs_it_is_answered_and_goes_on(
    server: ScriptedServer, project: LiveProject
) -> None:
    gate = threading.Event()
    async with _begun(server) as it:
        project.on_list = lambda _request, offset, limit: page_of(ROWS[offset : offset + limit], count=120, hold=gate)
        await it.press("R")
        for size in ((80, 24), (40, 12), (20, 5), (200, 60), (150, 30)):
            await it.pilot.resize_terminal(*size)
            await it.press("j")
        await it.until_seen("13 match so far", "Conversations 5/13")  # where it is too small, keys act on nothing
        await it.press("enter", "escape", "escape")
        await it.until_seen("R reads the rest")
        await it.press("R")
        gate.set()
        await it.until_seen("all read", "5/40")
        del project.rows[:60]
        project.on_list = None
        await it.press("end", "r")
        await it.until_quiet()
        await it.until_seen("all read")
