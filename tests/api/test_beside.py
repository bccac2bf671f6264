"""What the service tells beside conversations: feedback, agents, tools; each may be missing, forbidden or odd."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api.conftest import MakeClient
from tests.servers import ScriptedServer, error, page_of, reply
from tui.api.client import Client
from tui.api.decode import decode_agents, decode_feedback, decode_tools
from tui.api.errors import Forbidden, NotFound, UnreadableAnswer
from tui.api.query import ConversationFilter
from tui.demo.server import DemoServer


@pytest.fixture
async def demo_client(demo: DemoServer, make_client: MakeClient) -> Client:
    return make_client(demo.base_url, token=demo.token, project_id=demo.project_id)


def body_of(*results: Any) -> bytes:
    return json.dumps({"count": len(results), "next": None, "results": results}).encode()


async def test_the_demo_tells_feedback_of_its_conversations(demo: DemoServer, demo_client: Client) -> None:
    told, why = await demo_client.feedback()
    assert why is None
    assert len(told) > 100
    of_one = next(one for one in told if one.conversation)
    assert of_one.given_by is not None
    assert of_one.created_at is not None
    assert of_one.status in {"to_review", "reviewed"}
    record = await demo_client.conversation(of_one.conversation or "")
    assert record.id == of_one.conversation
    assert any(one.conversation is None for one in told)
    assert {request.parameters["include_archived"][0] for request in demo.requests if "feedbacks" in request.path} == {
        "true"
    }


async def test_the_demo_tells_agents_and_tools(demo_client: Client) -> None:
    (agents, _), (tools, _) = await demo_client.agents(), await demo_client.tools()
    page = await demo_client.conversations(ConversationFilter(), 50, 0)
    asked = {one.conversation.agent_settings for one in page.records if hasattr(one, "conversation")}
    assert asked & {agent.id for agent in agents}
    assert all(agent.additional_instructions and agent.model for agent in agents)
    assert {one for agent in agents for one in agent.tools} <= {tool.id for tool in tools}
    assert all(tool.name and tool.tool_type for tool in tools)


@pytest.mark.parametrize("call", ["feedback", "agents", "tools"])
@pytest.mark.parametrize(
    ("answer", "expected"),
    [(error(403, "No."), Forbidden), (error(404, "No."), NotFound), (reply({"results": 7}), UnreadableAnswer)],
)
async def test_what_is_forbidden_missing_or_of_another_shape_is_said(
    call: str, answer: Any, expected: type[Exception], server: ScriptedServer, make_client: MakeClient
) -> None:
    server.reply(answer)
    with pytest.raises(expected):
        await getattr(make_client(server.base_url), call)()


async def test_five_thousand_of_them_are_read_page_by_page(server: ScriptedServer, make_client: MakeClient) -> None:
    def answer(request: Any) -> Any:
        offset = int(request.parameters["offset"][0])
        groups = [
            {"conversation_id": f"c{n}", "feedbacks": [{"id": f"f{n}"}]}
            for n in range(offset, min(offset + 1_000, 5_000))
        ]
        return (
            page_of(groups, count=5_000)
            if offset >= 4_000
            else reply({"count": 5_000, "next": "more", "results": groups})
        )

    server.answer(answer)
    told, _ = await make_client(server.base_url).feedback()
    assert len(told) == 5_000
    assert len(server.requests) == 5


def test_a_conversation_is_found_wherever_feedback_names_it() -> None:
    found = decode_feedback(
        body_of(
            {"conversation_id": "of-group", "feedbacks": [{"id": "a", "is_positive": None}]},
            {
                "conversation_id": "other",
                "feedbacks": [{"id": "b", "context": {"conversation_id": "of-context", "query_id": "3"}}],
            },
            {"id": "c", "conversation": "own", "is_positive": True, "given_by": {"id": "u", "email": "a@b.example"}},
            {"conversation_id": None, "feedbacks": [{"id": "d", "given_by": {"id": "u"}}, 7, None]},
        )
    ).found
    told = [(one.id, one.conversation, one.query_id, one.is_positive, one.given_by) for one in found.values()]
    assert told == [
        ("a", "of-group", None, None, None),
        ("b", "of-context", 3, None, None),
        ("c", "own", None, True, "a@b.example"),
        ("d", None, None, None, "u"),
    ]


def test_feedback_without_an_id_is_not_lost() -> None:
    assert len(decode_feedback(body_of({"feedback": "one"}, {"feedback": "two"})).found) == 2


names = st.sampled_from(
    ("id", "feedbacks", "conversation_id", "context", "given_by", "email", "tools", "name", "notes")
)
odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
)


@given(odd)
def test_whatever_stands_in_a_page_costs_nothing_else(element: Any) -> None:
    body = json.dumps({"results": [element, {"id": "good", "name": "n", "feedback": "said"}]}).encode()
    for read in (decode_feedback, decode_agents, decode_tools):
        assert "good" in read(body).found


LONG = "be kind\n" * 250_000
DEEP = b"[" * 10_000 + b"]" * 10_000


def test_an_agent_with_long_instructions_is_there_with_all_of_them() -> None:
    told = {"id": "a", "name": "Long", "additional_instructions": LONG, "tools": ["t"], "kept": {"x": LONG}}
    [agent] = decode_agents(body_of(told, {"name": LONG})).found.values()
    assert (agent.name, agent.additional_instructions, agent.tools, agent.notes) == ("Long", LONG, ("t",), ())


def test_a_field_that_is_nested_without_end_costs_itself_alone() -> None:
    body = body_of({"id": "a", "name": "Deep", "project_brief": "X"}, {"id": "b"}).replace(b'"X"', DEEP)
    agents = decode_agents(body).found
    assert list(agents) == ["a", "b"]
    assert agents["a"].name == "Deep"
    assert [note.split(":")[0] for note in agents["a"].notes] == ["project_brief could not be read"]


def test_one_long_group_of_feedback_is_read_whole_but_for_what_is_none() -> None:
    some = [{"id": f"f{number}", "feedback": "words " * 40, "is_positive": False} for number in range(5_000)]
    group: dict[str, Any] = {"conversation_id": "c", "feedbacks": [*some, None, [], {"id": "long", "feedback": LONG}]}
    found = decode_feedback(body_of(group)).found
    assert len(found) == 5_001
    assert {one.conversation for one in found.values()} == {"c"}
    assert found["long"].feedback == LONG


def test_feedback_names_its_conversation_by_an_object_too() -> None:
    [one] = decode_feedback(body_of({"id": "f", "conversation": {"id": "c", "name": "Refund"}})).found.values()
    assert one.conversation == "c"
    [other] = decode_feedback(body_of({"conversation_id": "c", "feedbacks": [{"conversation": []}]})).found.values()
    assert other.conversation == "c"
