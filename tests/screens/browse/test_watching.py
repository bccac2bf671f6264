"""--watch: one small request now and then; what is new is said, and nothing moves."""

import threading

import pytest

from tests.screens.browsing import browsing
from tests.servers import LiveProject, ScriptedServer, conversation, error, page_of
from tui.demo.http import Request


@pytest.fixture
def project(server: ScriptedServer) -> LiveProject:
    project = LiveProject([conversation(number) for number in range(1, 51)])
    server.answer(project)
    return project


def looks(server: ScriptedServer) -> list[Request]:
    """The requests that only look how many there are."""
    return [one for one in server.list_requests if one.parameters["limit"] == ["1"]]


async def test_new_ones_are_said_and_nothing_moves_until_a_refresh(
    server: ScriptedServer, project: LiveProject
) -> None:
    async with browsing(server, watch=0.05) as it:
        await it.until_seen("1/50")
        await it.press("down", "down")
        await it.until_read("Question 3")
        project.rows = [*[conversation(number) for number in (101, 102, 103)], *project.rows]
        await it.until_seen("3 new · r to load")
        assert it.rows.cursor == 2
        assert not it.has("Conversation 103")
        await it.press("r")
        await it.until_gone("3 new · r to load")
        await it.until(lambda: it.rows.cursor == 5)
        await it.until_read("Question 3")


async def test_what_a_look_was_told_is_forgotten_with_the_next_answer_of_the_list(
    server: ScriptedServer, project: LiveProject
) -> None:
    project.rows = [conversation(number) for number in range(1, 301)]
    gate = threading.Event()
    project.on_list = lambda _request, _offset, limit: page_of([], count=303, hold=gate) if limit == 1 else None
    async with browsing(server, watch=0.05) as it:
        await it.until_seen("1/300")
        await it.until(lambda: looks(server))
        gate.set()
        await it.until_seen("3 new · r to load")
        gate.clear()
        project.rows = [*[conversation(number) for number in range(1_001, 1_006)], *project.rows]
        await it.press("end")
        await it.until_seen("300/305", "Conversation 295")
        await it.until_quiet()
        assert not it.has("fewer now")
        gate.set()


@pytest.mark.parametrize(("listed", "looked"), [(300, 10**12), (300, -5), (10, 10), (300, 300), (10**12, 10**12)])
async def test_a_total_that_nobody_told_is_not_compared_with_one_that_was(
    listed: int, looked: int, server: ScriptedServer, project: LiveProject
) -> None:
    """Where rows end earlier, or go on further, than the server counts."""
    rows = project.rows
    project.on_list = lambda _request, offset, limit: (
        page_of([], count=looked) if limit == 1 else page_of(rows[offset : offset + limit], count=listed)
    )
    async with browsing(server, watch=0.05) as it:
        await it.until_seen("Conversation 1 ")
        await it.press("end")
        await it.until_quiet()
        before = len(looks(server))
        await it.until(lambda: len(looks(server)) > before + 1)
        assert not it.has("new · r")
        assert not it.has("fewer now")


async def test_each_look_is_one_request_of_one_row_with_the_present_filter(
    server: ScriptedServer, project: LiveProject
) -> None:
    async with browsing(server, watch=0.05, untagged=True) as it:
        await it.until_seen("1/50")
        await it.until(lambda: len(looks(server)) >= 3)
        assert all(one.parameters["no_tags"] == ["true"] for one in looks(server))
        assert not it.has("r to load")


async def test_a_look_that_fails_is_said_and_forgotten_with_the_next(
    server: ScriptedServer, project: LiveProject
) -> None:
    async with browsing(server, watch=0.05) as it:
        await it.until_seen("1/50")
        project.on_list = lambda _request, _offset, limit: error(403, "no") if limit == 1 else None
        await it.until_seen("The last look for new ones failed: No permission")
        project.on_list = None
        await it.until_gone("The last look")


async def test_without_the_flag_nobody_looks(server: ScriptedServer, project: LiveProject) -> None:
    async with browsing(server) as it:
        await it.until_seen("1/50")
        await it.until_quiet()
        assert not looks(server)
