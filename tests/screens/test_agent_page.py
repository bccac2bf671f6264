"""The page of what an agent was told, opened from a conversation, and the names of tools beside their calls."""

from dataclasses import replace
from inspect import isawaitable
from threading import Event
from typing import Any

import pytest

from tests.screens.browsing import browsing
from tests.servers import LiveProject, ScriptedServer, conversation, error, page_of, uuid_of
from tui.screens.agent_page import AgentScreen
from tui.screens.browse.dialog_commands import palette_entries
from tui.store.load import Ready

AGENT = {
    "id": uuid_of(9),
    "name": "Support v3",
    "model": "gpt-4o",
    "additional_instructions": "# Role\n\nAnswer *briefly*.\n\n" + "\n\n".join(f"Rule {n}." for n in range(60)),
    "tools": ["t1"],
}
TOOL = {"id": "t1", "name": "Handbook search", "tool_type": "retrieval"}


def serve(server: ScriptedServer, **beside: Any) -> None:
    told = {"agent-settings": [AGENT], "tools": [TOOL], **{name.replace("_", "-"): one for name, one in beside.items()}}
    server.answer(LiveProject([conversation(number) for number in range(3)], beside=told))


def asked_for(server: ScriptedServer, call: str) -> int:
    return sum(request.path.endswith(f"/{call}/") for request in server.requests)


async def test_the_page_opens_from_the_name_in_the_header_and_goes_back_there(server: ScriptedServer) -> None:
    serve(server)
    async with browsing(server) as it:
        await it.until_read("Question 0")
        await it.press("enter", "i")
        await it.until_read("what it was told")
        before = it.transcript.reader.viewport
        assert before is not None
        await it.press("down", "enter")
        await it.until_seen("What the agent was told · Support v3", "gpt-4o", "Answer briefly.", "Rule 2.")
        await it.press("G")
        await it.until_seen("Handbook search", "retrieval")
        await it.press("g", "M")
        await it.until_seen("Answer *briefly*.", "raw text")
        await it.press("escape")
        assert it.app.screen is it.screen
        assert it.screen.context.reads
        assert it.transcript.reader.modes.details


async def test_it_is_asked_for_once_when_it_is_looked_at_and_again_by_r(server: ScriptedServer) -> None:
    serve(server)
    async with browsing(server) as it:
        await it.until_read("Question 0")
        assert asked_for(server, "agent-settings") == 0
        for _ in range(2):
            await it.press("A")
            await it.until_seen("gpt-4o")
            await it.press("A")
            assert it.app.screen is it.screen
        assert asked_for(server, "agent-settings") == 1
        await it.press("A", "r")
        await it.until(lambda: asked_for(server, "agent-settings") == 2)
        await it.until_seen("gpt-4o")


@pytest.mark.parametrize(
    ("answer", "words"),
    [([], "Support v3 is no longer there."), (error(403, "Admins only."), "Admins only."), (error(404), "not known")],
)
async def test_why_there_is_nothing_is_said_on_the_page(server: ScriptedServer, answer: Any, words: str) -> None:
    serve(server, agent_settings=answer)
    async with browsing(server) as it:
        await it.until_read("Question 0")
        await it.press("A")
        await it.until_seen(words)
        await it.press("question_mark")
        await it.until_seen("On an agent's page")
        await it.press("escape", "q")
        assert it.app.screen is it.screen


async def test_what_comes_when_the_page_is_left_is_told_when_it_is_opened_again(server: ScriptedServer) -> None:
    held = replace(page_of([AGENT]), hold=Event())
    serve(server, agent_settings=held)
    async with browsing(server) as it:
        await it.until_read("Question 0")
        await it.press("A")
        await it.until(lambda: asked_for(server, "agent-settings") == 1)
        await it.press("escape")
        assert held.hold is not None
        held.hold.set()
        await it.until(lambda: isinstance(it.screen.project.agents.agents, Ready))
        await it.press("A")
        await it.until_seen("gpt-4o")
        assert asked_for(server, "agent-settings") == 1


async def test_without_an_agent_it_is_said(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(1, agent_settings=None)]))
    async with browsing(server, notices=True) as it:
        await it.until_read("Question 1")
        await it.press("A")
        await it.until(lambda: "No agent is named here." in it.text)
        await it.press("enter", "i", "down", "enter")
        await it.until(lambda: not it.transcript.reader.modes.details)
        assert not isinstance(it.app.screen, AgentScreen)


async def test_it_is_found_by_its_words(server: ScriptedServer) -> None:
    serve(server)
    async with browsing(server) as it:
        await it.until_read("Question 0")
        entry = next(one for one in palette_entries(it.screen.context) if one.words.startswith("What the agent"))
        assert entry.aside == "A"
        await entry.run()
        await it.until_seen("gpt-4o")


async def test_a_call_tells_the_name_of_its_tool_where_the_service_does(server: ScriptedServer) -> None:
    serve(server)
    async with browsing(server) as it:
        await it.until_read("▸ retrieval query")
        await it.press("enter")
        await it.until_read("retrieval Handbook search query")
        await it.press(">", "z")
        await it.until_read("Question 1")
        await it.until_read("retrieval Handbook search query")
        assert asked_for(server, "tools") == 1


async def test_in_a_narrow_pane_an_unfolded_call_tells_it(server: ScriptedServer) -> None:
    serve(server)
    async with browsing(server, size=(60, 24)) as it:
        await it.press("enter")
        await it.until_read("▸ retrieval query")
        await it.press("}", "enter")
        await it.until_read("▾ retrieval Handbook search")


async def test_without_names_a_call_is_told_by_its_type(server: ScriptedServer) -> None:
    serve(server, tools=error(403))
    async with browsing(server) as it:
        await it.until_read("Question 0")
        await it.until(lambda: asked_for(server, "tools"))
        await it.until_read("▸ retrieval query")
        assert "Forbidden" not in it.text


async def test_opened_over_the_choices_of_a_key_it_has_its_own_keys(server: ScriptedServer) -> None:
    serve(server)
    async with browsing(server) as it:
        await it.until_read("Question 0")
        await it.press("enter", "y")
        await it.until(lambda: it.app.straight_keys.typed.pending)
        page = next(entry for entry in palette_entries(it.screen.context) if entry.aside == "A")
        opening = page.run()
        assert isawaitable(opening)
        await opening
        await it.until(lambda: isinstance(it.app.screen, AgentScreen))
        await it.press("escape")
        assert it.app.screen is it.screen
        assert not it.app.straight_keys.typed.pending
