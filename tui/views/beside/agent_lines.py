"""What an agent was told, as lines: its settings, its instructions as Markdown, its tools by name and type."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from tui.api.errors import ApiError
from tui.store.beside.agents import Agents, Tools
from tui.store.load import Failed, Ready
from tui.terminal.text.clean import clean_line
from tui.views.text import format as fmt
from tui.views.text.ink import Line, Span
from tui.views.text.pages import ONE_PAGE
from tui.views.text.wrap import cell_width, crop_line, wrap_spans
from tui.views.transcript.blocks.prose import prose_of
from tui.views.transcript.modes import Look

if TYPE_CHECKING:
    from tui.api.models import Agent

_LABEL = 12
"""Cells of the name of a setting."""

_INSET = 2

_MOST_TOOLS = 500
"""Tools of an agent that are shown."""


class AskedAgent(NamedTuple):
    """Whose settings are looked at, as a conversation names it, and what is known of them."""

    id: str
    name: str
    """As the conversation has it; cleaned."""
    agents: Agents
    missing: ApiError | None
    """Why some agents did not come, where others did."""
    tools: Tools
    began: datetime | None = None
    """When the conversation did; what is told is how the agent is set now."""

    @property
    def agent(self) -> "Agent | None":
        """Its settings; None where they are not here, or not there."""
        return self.agents.value.get(self.id) if isinstance(self.agents, Ready) else None


def agent_lines(asked: AskedAgent, look: Look) -> list[Line]:
    """Everything that is told of an agent, or why nothing is; no line is wider than the look."""
    agent = asked.agent
    lines: list[Line] = []
    if agent is None:
        for span in _without(asked):
            lines += [[], *wrap_spans([span], look.prose - _INSET)]
    else:
        lines += [[], *_settings(agent, asked, look)]
        for title, text in _texts(agent):
            lines += [[], *_told(title, text, look)]
        lines += [[], *_tools(agent, asked.tools, look)]
    return [crop_line([Span(" " * _INSET), *line] if line else [], look.width) for line in lines]


def _without(asked: AskedAgent) -> Iterator[Span]:
    """Why there is nothing to read."""
    match asked.agents:
        case Ready():
            yield Span(f"{asked.name} is no longer there.", "warning")
            yield Span(f"The project tells of no agent with the settings {clean_line(asked.id)}.", "muted")
            if asked.missing is not None:
                yield Span(f"Not all agents came: {_words(asked.missing)}", "warning")
        case Failed(error):
            yield Span("What the agent was told is not known here.", "warning")
            yield Span(_words(error), "muted")
        case _:
            yield Span("What the agent was told is on its way …", "muted")


def _words(error: ApiError) -> str:
    said = f" ({error.detail})" if error.detail else ""
    return clean_line(f"{error.title}{said}. {error.advice}", 600)


def _settings(agent: "Agent", asked: AskedAgent, look: Look) -> Iterator[Line]:
    times = [fmt.exact_time(moment) if moment else "" for moment in (agent.updated_at, agent.created_at)]
    known = clean_line(agent.name or "").strip()
    is_later = agent.updated_at is not None and asked.began is not None and agent.updated_at > asked.began
    rows = (
        ("as of now", "It was changed after this conversation began." if is_later else "", "warning"),
        ("now called", known if known != asked.name else "", "text"),
        ("model", agent.model, "strong"),
        ("mode", agent.agent_mode, "text"),
        ("knowledge", agent.knowledge_graph_mode, "text"),
        ("tag trees", agent.tags_hierarchies_mode, "text"),
        ("workflows", agent.selected_workflows_mode, "text"),
        ("updated", times[0], "text"),
        ("created", times[1], "text"),
        ("settings", agent.id, "muted"),
        *(("note", note, "warning") for note in agent.notes),
    )
    for label, words, ink in rows:
        if words:
            lead = [Span(f"{label:<{_LABEL}}", "muted")]
            yield from wrap_spans([Span(clean_line(words), ink)], look.width - _INSET, lead, [Span(" " * _LABEL)])


def _texts(agent: "Agent") -> Iterator[tuple[str, str]]:
    told = (
        ("Description", agent.description),
        ("Instructions", agent.additional_instructions),
        ("Project brief", agent.project_brief),
        ("Opens with", agent.agent_conversation_starter),
    )
    for title, text in told:
        if text and text.strip():
            yield title, text.strip()


def _told(title: str, text: str, look: Look) -> Iterator[Line]:
    yield _section(title, fmt.lines(text), look)
    yield from prose_of(text[:ONE_PAGE], look, 2 * _INSET, markdown=look.markdown).lines
    if len(text) > ONE_PAGE:
        yield [Span(f"… {fmt.thousands(len(text) - ONE_PAGE)} more characters, which a copy has", "muted")]


def _section(title: str, aside: str, look: Look) -> Line:
    """The line above a part, as above a turn."""
    room = look.prose - _INSET - cell_width(title) - cell_width(aside) - 2
    return [Span(f"{title} ", "title"), Span("─" * max(1, room), "rule"), Span(f" {aside}", "muted")]


def _tools(agent: "Agent", tools: Tools, look: Look) -> Iterator[Line]:
    """The tools that the agent has, by name and type; those that are not told of by their ids."""
    yield _section("Tools", fmt.thousands(len(agent.tools)), look)
    known: Mapping[str, object] = tools.value if isinstance(tools, Ready) else {}
    if isinstance(tools, Failed):
        yield from wrap_spans([Span(f"Their names are not known: {_words(tools.error)}", "muted")], look.prose - _INSET)
    for id_ in agent.tools[:_MOST_TOOLS]:
        tool = tools.value.get(id_) if isinstance(tools, Ready) else None
        if tool is None:
            gone = " is no longer there" if known else ""
            yield [Span(clean_line(id_, 80)), Span(gone, "muted")]
            continue
        kind = " · ".join(clean_line(one, 60) for one in (tool.tool_type, tool.retrieval_mode) if one)
        whose = f" · from {clean_line(tool.owner_project_name or 'another project', 60)}"
        told = f"{kind}{whose if tool.category == 'imported' else ''}"
        yield [Span(clean_line(tool.name or "", 80).strip() or "unnamed", "tool"), Span(f"  {told}", "muted")]
        if tool.description:
            hang = [Span("  ")]
            yield from wrap_spans([Span(clean_line(tool.description, 600), "text")], look.prose - _INSET, hang, hang)
    if len(agent.tools) > _MOST_TOOLS:
        yield [Span(f"… and {fmt.thousands(len(agent.tools) - _MOST_TOOLS)} more", "muted")]


def raw_text(agent: "Agent") -> str:
    """What the agent was told as it was written, each text under its name."""
    return "\n\n".join(f"# {title}\n\n{text}" for title, text in _texts(agent))
