"""The real program meets every fault of the table, one after the other, and recovers from each without a restart."""

import contextlib
from collections.abc import Iterator

import pytest

from tests.faults.table import GROUPS, LIES, README, ROWS, Fault, readme
from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer

_MOST_REQUESTS = 45
"""For one fault: a page is halved down to one row, or sent four times; nothing is asked for ever."""


@pytest.mark.parametrize("group", GROUPS)
async def test_the_screen_lives_says_what_happened_keeps_its_rows_and_recovers(
    faults: list[Fault], server: ScriptedServer
) -> None:
    project = LiveProject(ROWS)
    server.answer(project)
    async with browsing(server, size=(100, 24)) as it:
        await it.until_seen("Conversation 1", "/120")
        for fault in faults:
            with told(fault):
                await _meet(it, project, server, fault)


async def _meet(it: Browsing, project: LiveProject, server: ScriptedServer, fault: Fault) -> None:
    await it.until_quiet()
    before = len(server.list_requests)
    project.on_list = fault.respond
    await it.press(*fault.keys)
    if not fault.leaves_by:
        await _answers_keys(it)
    await it.until_seen(*fault.sees, *filter(None, [fault.shows]))
    assert len(server.list_requests) - before < _MOST_REQUESTS
    assert server.token not in it.text
    assert all(line.isprintable() for line in it.lines)
    await it.press(*fault.leaves_by)
    if fault.keeps_rows:
        await it.until_seen("Conversation 2")  # the fault is still there: nothing can bring them back
    project.on_list = None
    await it.press("home", "r")
    await it.until_quiet()  # r leaves a request alone that is under way, and that one may still meet the fault
    await it.press("r")
    await it.until(lambda: it.has("Conversation 1 ") and it.has("/120") and not it.screen.query_one("#banner").display)


@pytest.mark.parametrize("group", [group for group in GROUPS if GROUPS[group] is not LIES])
@pytest.mark.parametrize("part", [slice(2), pytest.param(slice(2, None), marks=pytest.mark.long)], ids=["some", "rest"])
async def test_at_the_very_first_request_it_is_said_in_place_of_the_rows_and_r_goes_on(
    faults: list[Fault], part: slice, server: ScriptedServer
) -> None:
    project = LiveProject(ROWS)
    server.answer(project)
    for fault in [fault for fault in faults if fault.keeps_rows][part]:  # each is a start of its own
        project.on_list = fault.respond
        async with browsing(server, size=(100, 24)) as it:
            with told(fault):
                await it.until_seen(fault.sees_at_start)
                await it.press("question_mark")
                await it.until_seen("Everywhere")
                await it.press("escape")
                project.on_list = None
                await it.press("r")
                await it.until_seen("Conversation 1", "/120")


async def _answers_keys(it: Browsing) -> None:
    before = it.rows.cursor
    await it.press("k" if before else "j")
    assert it.rows.cursor != before


@contextlib.contextmanager
def told(fault: Fault) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        error.add_note(f"The fault was: {fault.name}")
        raise


def test_the_table_for_people_is_that_of_the_tests() -> None:
    assert README.read_text() == readme(), "python -m tests.faults writes it anew"
