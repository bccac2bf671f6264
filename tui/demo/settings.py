"""The demo's agents and tools as the service tells them: what each agent was told, and what tools are called."""

import json
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from tui.demo.database import SettingRow
from tui.demo.histories.history import DAY, moment
from tui.demo.histories.tools import some_id

_GONE = 2
"""This version of each agent is not there any more; conversations with it are."""

_MODELS = ("gpt-4o", "gpt-4.1", "claude-sonnet-4", "gemini-2.5-pro", "mistral-large")

_TOOLS = (
    ("retrieval", "Search the knowledge base", "Finds passages of documents by their meaning.", "semantic-chunks"),
    ("retrieval", "Product facts", "Finds facts of products in the catalogue.", "semantic-objects"),
    ("document_retrieval", "Open documents", "Opens whole documents by name, tag or id.", None),
    ("math", "Calculator", "Works out an expression to the cent.", None),
    ("data_statistics", "Order statistics", "Asks the tables of orders and invoices in SQL.", None),
    ("websearch", "Web search", "Searches the public web.", None),
    ("book_reservation", "Reservations", "Books a journey and takes the payment.", None),
    ("Bash", "Shell", "Runs a command in the working copy.", None),
    ("sub_agent", "Specialist", "Hands a question over to an agent of another team.", None),
)

_TASKS = {
    "support": "Help customers with orders, returns and invoices.",
    "contracts": "Answer questions about contracts, with the clause.",
    "field": "Help engineers on site to repair machines safely.",
    "finance": "Explain bookings and invoices to colleagues.",
    "people": "Answer questions of employees about rules and leave.",
    "research": "Summarise what is known of a market, with sources.",
    "travel": "Book journeys for members, and change what is booked.",
    "code": "Change code as asked, and run its tests.",
}

_INSTRUCTIONS = (
    "# Role\n\nYou are *{name}*. {task}\n\n## Rules\n\n1. Answer in the language of the question.\n2. Quote the source"
    " of every figure, as in `[document, page]`.\n3. Never promise a date.\n\n| When | Then |\n|---|---|\n"
    "| asked twice for a person | hand over |\n| a tool fails twice | say so, and stop |\n"
)


def settings_of(seed: int, ids: Mapping[tuple[str, int], str], names: Mapping[str, str], now: int) -> list[SettingRow]:
    """All agents and tools; `ids` are those of agents by kind and version, `now` is in milliseconds since 1970."""
    made = _tools(Random(f"settings of {seed}"), now)
    told = _agents(ids, names, [tool["id"] for tool in made], now)
    rows = [SettingRow("agent", "", json.dumps(one)) for one in told]
    return rows + [SettingRow("tool", tool["tool_type"], json.dumps(tool)) for tool in made]


def _tools(random: Random, now: int) -> list[dict[str, Any]]:
    return [
        {
            "id": some_id(random), "name": name, "description": description, "tool_type": tool_type,
            "retrieval_mode": mode, "category": "local" if number else "imported",
            "owner_project_id": some_id(random), "owner_project_name": "Acme support" if number else "Acme shared",
            "readonly": not number, "created_at": moment(now - 600 * DAY), "updated_at": moment(now - number * 9 * DAY),
        }
        for number, (tool_type, name, description, mode) in enumerate(_TOOLS)
    ]  # fmt: skip


def _agents(
    ids: Mapping[tuple[str, int], str], names: Mapping[str, str], tool_ids: list[str], now: int
) -> Iterator[dict[str, Any]]:
    """The agents that are still there, by kind and version, the last updated first."""
    for number, ((kind, version), id_) in enumerate(sorted(ids.items(), key=lambda one: (-one[0][1], one[0][0]))):
        if version == _GONE:
            continue
        updated = now - (5 - version) * 70 * DAY - number * DAY
        name = f"{names[kind]} v{version}"
        yield {
            "id": id_, "name": name, "description": _TASKS[kind], "model": _MODELS[version - 1],
            "agent_mode": "react" if version > 2 else "simple",
            "additional_instructions": _INSTRUCTIONS.format(name=name, task=_TASKS[kind]),
            "project_brief": "Acme sells machines and household goods in nine languages.",
            "agent_conversation_starter": "How can I help?", "knowledge_graph_mode": "off",
            "knowledge_graph_parameters": None, "tags_hierarchies_mode": "all", "tags_hierarchies_parameters": None,
            "selected_workflows_mode": "none", "selected_workflows": [], "tools": _chosen(tool_ids, kind, version),
            "local_documents": [], "readonly": version < 4, "created_by": None,
            "created_at": moment(updated - 20 * DAY), "updated_at": moment(updated),
            "last_conversation_date": moment(updated + 60 * DAY) if version < 5 else moment(now),
        }  # fmt: skip


def _chosen(tool_ids: list[str], kind: str, version: int) -> list[str]:
    """One way of retrieval each, and with every version more of the rest."""
    own = 1 if kind in ("field", "research") else 0
    return [tool_ids[own], *tool_ids[2 : 3 + version]]
