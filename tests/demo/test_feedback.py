"""The demo's feedback, agents and tools, as the notes on the API tell them."""

from typing import Any
from urllib.parse import urlencode

import pytest

from tests.demo.client import Client, Got
from tui.demo.server import DemoServer


@pytest.fixture
def client(demo_server: DemoServer) -> Client:
    return Client(demo_server.base_url, demo_server.project_id, demo_server.token)


def ask(client: Client, path: str, *, impersonate: str = "", **parameters: Any) -> Got:
    headers = {"Authorization": f"Bearer {client.token}"} | (
        {"X-Impersonate-Email": impersonate} if impersonate else {}
    )
    return client.ask(f"/projects/{client.project_id}/{path}/?{urlencode(parameters)}", headers=headers)


def all_of(client: Client, path: str, **parameters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        page = ask(client, path, **parameters, limit=50, offset=len(found)).json
        found += page["results"]
        if page["next"] is None:
            assert len(found) == page["count"]
            return found


GROUPS = "feedbacks/grouped_by_conversation"


def test_groups_come_newest_first_and_point_at_turns_that_are_there(client: Client) -> None:
    groups = all_of(client, GROUPS, include_archived="true")
    newest = [group["feedbacks"][0]["created_at"] for group in groups]
    assert newest == sorted(newest, reverse=True)
    assert len({one["id"] for group in groups for one in group["feedbacks"]}) >= len(groups) > 100
    for group in groups[::20]:
        if group["conversation_id"] is None:
            assert len(group["feedbacks"]) == 1
            continue
        conversation = client.one(group["conversation_id"], "include_archived=true").json
        assert group["conversation_title"] == conversation["name"]
        assert group["agent_name"] == conversation["agent_settings_name"]
        turns = {entry["query_id"] for entry in conversation["chat_history"]}
        assert {one["context"]["query_id"] for one in group["feedbacks"]} <= turns
    assert len({one["feedback"] for group in groups for one in group["feedbacks"]}) > 15


def test_status_tells_groups_with_any_open_feedback_from_those_all_reviewed(client: Client) -> None:
    opened, done = (all_of(client, GROUPS, include_archived="true", status=one) for one in ("to_review", "reviewed"))
    assert all(group["to_review_count"] > 0 for group in opened)
    assert all(group["to_review_count"] == 0 < group["reviewed_count"] for group in done)
    counts = ask(client, "feedbacks/counts").json
    assert len(opened) == counts["conversations_to_review"] + counts["ungrouped_to_review"]
    assert len(done) == counts["conversations_reviewed"] + counts["ungrouped_reviewed"]
    assert sum(group["to_review_count"] for group in opened) == counts["to_review"]


def test_archived_conversations_are_asked_for(client: Client) -> None:
    some, more = all_of(client, GROUPS), all_of(client, GROUPS, include_archived="true")
    assert not any(group["conversation_is_archived"] for group in some)
    assert any(group["conversation_is_archived"] for group in more)
    assert len(some) < len(more)


def test_who_asks_as_somebody_sees_what_that_person_gave(client: Client) -> None:
    giver = ask(client, "feedbacks", limit=1).json["results"][0]["given_by"]["email"]
    own = ask(client, "feedbacks", limit=1000, impersonate=giver).json["results"]
    assert {one["given_by"]["email"] for one in own} == {giver}
    everybody = ask(client, "feedbacks", limit=1000, impersonate="nobody@nowhere.example").json
    assert everybody["count"] > len(own)


def test_search_and_opinion_narrow_the_flat_list(client: Client) -> None:
    praised = all_of(client, "feedbacks", is_positive="true")
    assert praised
    assert all(one["is_positive"] is True for one in praised)
    found = all_of(client, "feedbacks", search="QA-REVIEW@")
    assert found
    assert all(one["given_by"]["email"] == "qa-review@acme.example" for one in found)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [(GROUPS, {"status": "open"}), (GROUPS, {"limit": 0}), (GROUPS, {"include_archived": "yes"}),
     ("feedbacks", {"is_positive": "maybe"}), ("agent-settings", {"limit": 1001}), ("tools", {"offset": -1})],
)  # fmt: skip
def test_what_is_asked_wrong_is_refused(client: Client, path: str, wrong: dict[str, Any]) -> None:
    answer = ask(client, path, **wrong)
    assert answer.status == 400
    assert set(answer.json) == set(wrong)


@pytest.mark.parametrize("path", [GROUPS, "feedbacks", "feedbacks/counts", "agent-settings", "tools"])
def test_a_token_is_needed(client: Client, path: str) -> None:
    assert client.ask(f"/projects/{client.project_id}/{path}/", headers={}).status == 401


def test_agents_are_those_of_conversations_but_for_some_that_are_gone(client: Client) -> None:
    agents = all_of(client, "agent-settings")
    updated = [agent["updated_at"] for agent in agents]
    assert updated == sorted(updated, reverse=True)
    known = {agent["id"]: agent["name"] for agent in agents}
    conversations = client.rows()
    asked = {one["agent_settings"]: one["agent_settings_name"] for one in conversations if one["agent_settings"]}
    assert all(known[id_] == name for id_, name in asked.items() if id_ in known)
    assert set(asked) - set(known)
    tools = {tool["id"] for tool in all_of(client, "tools")}
    assert all(set(agent["tools"]) <= tools for agent in agents)


def test_tools_can_be_asked_for_by_type(client: Client) -> None:
    found = all_of(client, "tools", tool_type="retrieval")
    assert len(found) == 2
    assert {tool["tool_type"] for tool in found} == {"retrieval"}
    entries = [entry for one in client.page(limit=50).json["results"] for entry in one["chat_history"]]
    called = {entry["tool_type"] for entry in entries if "tool_type" in entry}
    assert called <= {tool["tool_type"] for tool in all_of(client, "tools")}
