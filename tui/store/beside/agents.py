"""The agents and the tools of the project as they are set now: asked for when first looked at, kept for the run."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from tui.api.client import Client
from tui.api.errors import ApiError
from tui.store.load import Failed, Idle, Loading, Ready

if TYPE_CHECKING:
    from tui.api.models import Agent, Tool

Agents = Idle | Loading | Ready[Mapping[str, "Agent"]] | Failed
Tools = Idle | Loading | Ready[Mapping[str, "Tool"]] | Failed
"""By id."""


class ToldAgents:
    """Owns what was told of agents and tools, and knows what a tool call's tool is called."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.agents: Agents = Idle()
        self.tools: Tools = Idle()
        self.missing: ApiError | None = None
        """Why some of the agents did not come, where others did."""
        self.wanted: Callable[[], object] = lambda: None
        """Called when the name of a tool is looked at for the first time; `fetch_names` is to be run then."""
        self._names: dict[tuple[str, str | None], str] = {}

    async def fetch_agents(self) -> None:
        """Fetch the agents; what becomes of it is kept, for the screen to say so."""
        self.agents = Loading()
        try:
            agents, self.missing = await self._client.agents()
        except ApiError as error:
            self.agents = Failed(error)
        else:
            self.agents = Ready({agent.id: agent for agent in agents})
        finally:
            if isinstance(self.agents, Loading):
                self.agents = Idle()  # nobody waits for them any more
        self._names = {}

    async def fetch_tools(self) -> None:
        """Fetch the tools; what becomes of it is kept."""
        self.tools = Loading()
        try:
            tools, _ = await self._client.tools()
        except ApiError as error:
            self.tools = Failed(error)
        else:
            self.tools = Ready({tool.id: tool for tool in tools})
        finally:
            if isinstance(self.tools, Loading):
                self.tools = Idle()
        self._names = {}

    async def fetch_names(self) -> None:
        """Fetch what tool calls are named by: the tools and, where several are of one type, whose they are."""
        await self.fetch_tools()
        if isinstance(self.tools, Ready) and isinstance(self.agents, Idle):
            types = [tool.tool_type for tool in self.tools.value.values()]
            if len(set(types)) < len(types):
                await self.fetch_agents()

    def called(self, tool_type: str, agent_id: str | None) -> str:
        """The name of the one tool that a call of this type can have been; empty where that is not known."""
        if isinstance(self.tools, Idle):
            self.tools = Loading()
            self.wanted()
        if not isinstance(self.tools, Ready) or not tool_type:
            return ""
        name = self._names.get((tool_type, agent_id))
        if name is None:
            name = self._names[tool_type, agent_id] = self._called(tool_type, agent_id, self.tools.value)
        return name

    def _called(self, tool_type: str, agent_id: str | None, tools: Mapping[str, "Tool"]) -> str:
        """The service does not say which tool a call was of: where two could be meant, none is named."""
        agent = self.agents.value.get(agent_id or "") if isinstance(self.agents, Ready) else None
        own = [tools[one] for one in agent.tools if one in tools] if agent is not None else []
        for some in (own, list(tools.values())):
            found = _of_type(tool_type, some)
            if found:
                return (found[0].name or "") if len(found) == 1 else ""
        return ""


def _of_type(tool_type: str, tools: "Iterable[Tool]") -> "list[Tool]":
    """The tools of a type; calls of retrieval may be typed by its mode (`semantic_chunks`) instead."""
    known = list(tools)
    found = [tool for tool in known if tool.tool_type == tool_type]
    mode = tool_type.replace("_", "-")
    return found or [tool for tool in known if tool.retrieval_mode == mode]
