"""What agents were told and what tools are called: asked for when first looked at, and named only where it is sure."""

from typing import Any

import pytest

from tests.servers import LiveProject, ScriptedServer, error, page_of, reply
from tui.api.client import Client
from tui.store.beside.agents import ToldAgents
from tui.store.load import Failed, Idle, Loading, Ready

SEARCH, FACTS, SUMS = (
    {"id": "t1", "name": "Search", "tool_type": "retrieval", "retrieval_mode": "semantic-chunks"},
    {"id": "t2", "name": "Facts", "tool_type": "retrieval", "retrieval_mode": "semantic-objects"},
    {"id": "t3", "name": "Sums", "tool_type": "math"},
)
AGENTS = [{"id": "a1", "tools": ["t1", "t3"]}, {"id": "a2", "tools": ["t1", "t2"]}, {"id": "a3", "tools": ["t9"]}]


@pytest.fixture
def told(server: ScriptedServer, client: Client) -> ToldAgents:
    server.answer(LiveProject(beside={"tools": [SEARCH, FACTS, SUMS], "agent-settings": AGENTS}))
    return ToldAgents(client)


async def test_names_are_wanted_once_when_one_is_looked_at(told: ToldAgents) -> None:
    wanted: list[bool] = []
    told.wanted = lambda: wanted.append(True)
    assert [told.called("math", None) for _ in range(3)] == ["", "", ""]
    assert wanted == [True]
    await told.fetch_names()
    assert told.called("math", None) == "Sums"
    assert wanted == [True]


@pytest.mark.parametrize(
    ("tool_type", "agent", "name"),
    [
        ("math", None, "Sums"),
        ("math", "a2", "Sums"),
        ("retrieval", None, ""),
        ("retrieval", "a1", "Search"),
        ("retrieval", "a2", ""),
        ("retrieval", "a3", ""),
        ("retrieval", "gone", ""),
        ("semantic_objects", None, "Facts"),
        ("semantic-chunks", "a1", "Search"),
        ("other", "a1", ""),
        ("", "a1", ""),
    ],
)
async def test_a_tool_is_named_where_only_one_can_be_meant(
    told: ToldAgents, tool_type: str, agent: str | None, name: str
) -> None:
    await told.fetch_names()
    assert told.called(tool_type, agent) == name


async def test_agents_are_not_asked_for_where_types_tell_enough(server: ScriptedServer, client: Client) -> None:
    server.answer(LiveProject(beside={"tools": [SEARCH, SUMS], "agent-settings": AGENTS}))
    told = ToldAgents(client)
    await told.fetch_names()
    assert told.called("retrieval", "a1") == "Search"
    assert isinstance(told.agents, Idle)
    assert len(server.requests) == 1


@pytest.mark.parametrize("answer", [error(403), error(404), reply([]), reply({"results": {}}), reply("no")])
async def test_what_is_not_told_names_nothing_and_is_not_asked_for_again(
    server: ScriptedServer, client: Client, answer: Any
) -> None:
    server.reply(answer)
    told = ToldAgents(client)
    await told.fetch_names()
    await told.fetch_agents()
    assert isinstance(told.tools, Failed)
    assert isinstance(told.agents, Failed)
    told.wanted = pytest.fail
    assert told.called("math", None) == ""


async def test_a_page_of_agents_that_did_not_come_is_known(server: ScriptedServer, client: Client) -> None:
    first = reply({"results": [{"id": f"a{n}"} for n in range(1000)], "next": "more"})
    server.answer(lambda request: first if request.parameters["offset"] == ["0"] else error(403, "No more."))
    told = ToldAgents(client)
    await told.fetch_agents()
    assert isinstance(told.agents, Ready)
    assert told.missing is not None


async def test_who_is_no_longer_waited_for_can_be_asked_for_again(server: ScriptedServer, told: ToldAgents) -> None:
    server.answer(lambda _: page_of([7]))
    coroutine = told.fetch_agents()
    coroutine.send(None)
    assert isinstance(told.agents, Loading)
    coroutine.close()
    assert isinstance(told.agents, Idle)
