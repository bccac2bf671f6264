"""The page of an agent: everything that is told, or why nothing is, and no line wider than it may be."""

from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile.payloads import HOSTILE
from tests.hostile.wire import findings
from tui.api.errors import Forbidden, NotFound
from tui.api.models import Agent, Tool
from tui.store.beside.agents import Agents, Tools
from tui.store.load import Failed, Idle, Loading, Ready
from tui.views.beside.agent_lines import AskedAgent, agent_lines, raw_text
from tui.views.text.pages import ONE_PAGE
from tui.views.text.wrap import line_width, plain
from tui.views.transcript.modes import Look

NOW = datetime(2026, 3, 12, tzinfo=UTC)
AGENT = Agent.model_validate(
    {
        "id": "a",
        "name": "Support v4",
        "model": "gpt-4o",
        "additional_instructions": "# Role\n\n- be *brief*",
        "project_brief": "We sell soap.",
        "tools": ["t", "gone"],
        "updated_at": NOW.isoformat(),
    }
)
TOOLS: Tools = Ready(
    MappingProxyType({"t": Tool(id="t", name="Search", tool_type="retrieval", retrieval_mode="semantic-chunks")})
)


def told(agents: Agents, tools: Tools = TOOLS, *, name: str = "Support v4", **fields: object) -> str:
    asked = AskedAgent("a", name, agents, None, tools)._replace(**fields)  # type: ignore[arg-type]  # by name
    return "\n".join(plain(line) for line in agent_lines(asked, Look(100)))


def test_everything_is_told() -> None:
    text = told(Ready({"a": AGENT}))
    for words in ("gpt-4o", "be brief", "We sell soap.", "Search", "retrieval · semantic-chunks", "gone is no longer"):
        assert words in text
    assert "now called" not in text
    assert "now called  Support v4" in told(Ready({"a": AGENT}), name="Support v3")


def test_what_was_changed_since_the_conversation_is_said() -> None:
    assert "changed after" in told(Ready({"a": AGENT}), began=NOW.replace(year=2025))
    assert "changed after" not in told(Ready({"a": AGENT}), began=NOW.replace(year=2027))


def test_an_agent_that_is_gone_is_said_to_be() -> None:
    assert "Support v4 is no longer there." in told(Ready({}))
    assert "Not all agents came" not in told(Ready({}))
    assert "Not all agents came" in told(Ready({}), missing=Forbidden("No."))


@pytest.mark.parametrize("state", [Idle(), Loading()])
def test_what_is_not_here_yet_is_on_its_way(state: Agents) -> None:
    assert "on its way" in told(state)


def test_why_nothing_is_told_is_told() -> None:
    assert "Only for admins" in told(Failed(Forbidden("Only for admins")))
    assert "names are not known" in told(Ready({"a": AGENT}), Failed(NotFound("none")))


def test_a_text_without_end_is_cut_on_the_page_and_whole_in_a_copy() -> None:
    agent = AGENT.model_copy(update={"additional_instructions": "word " * 300_000})
    assert f"{1_500_000 - ONE_PAGE - 1:,} more characters" in told(Ready({"a": agent}))
    assert len(raw_text(agent)) > 1_400_000


@given(st.sampled_from(HOSTILE), st.integers(1, 130))
def test_no_line_is_too_wide_or_acts(payload: object, width: int) -> None:
    text = getattr(payload, "text", "")
    fields = dict.fromkeys(("name", "model", "agent_mode", "additional_instructions", "description"), text)
    agent = Agent.model_validate({"id": "a", "tools": ["t", text], **fields})
    tool = Tool(id="t", name=text, tool_type=text, description=text, category="imported", owner_project_name=text)
    lines = agent_lines(AskedAgent("a", "n", Ready({"a": agent}), None, Ready({"t": tool})), Look(width))
    assert max(map(line_width, lines)) <= width
    assert findings("\n".join(map(plain, lines)).encode()) == []
