"""The demo answers as the API's reference page says."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.demo.client import Client
from tui.demo.server import DemoServer


@pytest.fixture
def client(demo_server: DemoServer) -> Client:
    return Client(demo_server.base_url, demo_server.project_id, demo_server.token)


@pytest.fixture(scope="module")
def everything(demo_server: DemoServer) -> list[dict[str, Any]]:
    client = Client(demo_server.base_url, demo_server.project_id, demo_server.token)
    return client.rows(include_archived="true")


@pytest.fixture(scope="module")
def texts(everything: list[dict[str, Any]]) -> dict[str, str]:
    return {row["id"]: texts_of(row) for row in everything}


def texts_of(row: dict[str, Any]) -> str:
    return "\n".join(
        f"{entry['content']}\n{json.dumps(entry.get('input_parameters'), ensure_ascii=False)}"
        f"\n{json.dumps(entry.get('results'), ensure_ascii=False)}"
        for entry in row["chat_history"]
    ).casefold()


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def test_the_first_page_has_a_hundred_conversations_newest_first(client: Client) -> None:
    page = client.page().json
    created = [row["created_at"] for row in page["results"]]
    assert len(created) == 100
    assert created == sorted(created, reverse=True)
    assert page["previous"] is None
    assert set(page) == {"count", "next", "previous", "results"}


def test_pages_put_together_are_the_whole_list(client: Client) -> None:
    whole = ids(client.rows())
    pieces = [
        found
        for start in range(0, len(whole), 400)
        for found in ids(client.page(limit=400, offset=start).json["results"])
    ]
    assert pieces == whole
    assert len(set(whole)) == len(whole)


def test_next_and_previous_are_absolute_and_keep_the_filter(client: Client) -> None:
    page = client.page("tags=billing&tags=review&", limit=10, offset=10).json
    following, before = urlsplit(page["next"]), urlsplit(page["previous"])
    assert f"{following.scheme}://{following.netloc}" == client.base_url.removesuffix("/api/v1")
    assert following.query == "limit=10&offset=20&tags=billing&tags=review"
    assert before.query == "limit=10&tags=billing&tags=review"


def test_the_last_page_and_what_is_beyond_it(client: Client) -> None:
    count = client.page(limit=1).json["count"]
    last = client.page(limit=10, offset=count - 3).json
    assert (len(last["results"]), last["next"]) == (3, None)
    beyond = client.page(limit=10, offset=count + 50).json
    assert (beyond["results"], beyond["next"], beyond["count"]) == ([], None, count)


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("limit=0", "limit", "Ensure this value is greater than or equal to 1."),
        ("limit=1001", "limit", "Ensure this value is less than or equal to 1000."),
        ("limit=ten", "limit", "A valid integer is required."),
        ("limit=", "limit", "A valid integer is required."),
        ("limit=1.5", "limit", "A valid integer is required."),
        ("offset=-1", "offset", "Ensure this value is greater than or equal to 0."),
        ("offset=x", "offset", "A valid integer is required."),
        ("no_tags=yes", "no_tags", '"yes" is not a valid choice.'),
        ("include_archived=1", "include_archived", '"1" is not a valid choice.'),
        ("text=a%00b", "text", "Null characters are not allowed."),
    ],
)
def test_a_wrong_parameter_is_named_with_what_is_wrong(client: Client, query: str, field: str, words: str) -> None:
    got = client.page(query)
    assert (got.status, got.json) == (400, {field: [words]})


def test_all_wrong_parameters_are_named_at_once(client: Client) -> None:
    assert set(client.page("limit=0&offset=-1&no_tags=x").json) == {"limit", "offset", "no_tags"}


@pytest.mark.parametrize("limit", [1, 1000])
def test_the_bounds_of_limit_are_accepted(client: Client, limit: int) -> None:
    assert len(client.page(limit=limit).json["results"]) == limit


@pytest.mark.parametrize(
    "query",
    ["tags=billing&tags=warranty", "tags=billing,warranty", "tags=billing,%20warranty,", "tags=warranty,billing"],
)
def test_tags_are_joined_by_or(client: Client, everything: list[dict[str, Any]], query: str) -> None:
    expected = [
        row["id"] for row in everything if not row["is_archived"] and {"billing", "warranty"} & set(row["tags"])
    ]
    assert ids(client.rows(query + "&")) == expected
    assert expected


def test_a_tag_that_nobody_uses_finds_nothing(client: Client) -> None:
    assert client.page(tags="nobody-uses-this").json["count"] == 0


def test_no_tags_finds_the_untagged_alone(client: Client, everything: list[dict[str, Any]]) -> None:
    expected = [row["id"] for row in everything if not row["is_archived"] and not row["tags"]]
    assert ids(client.rows(no_tags="true")) == expected
    assert expected
    assert client.page(no_tags="false").json["count"] == client.page().json["count"]


@pytest.mark.parametrize("text", ["e-17", "REFUND", "Währungseffekte", "ПОСЫЛКУ", "破損", "استرداد", "INVALID_QUERY"])
def test_text_is_found_in_the_history_whatever_its_case(client: Client, texts: dict[str, str], text: str) -> None:
    expected = [known for known, said in texts.items() if text.casefold() in said]
    page = client.page(text=text, include_archived="true", limit=50).json
    assert (page["count"], ids(page["results"])) == (len(expected), expected[:50])
    assert 0 < len(expected) < len(texts)


def test_text_is_no_pattern(client: Client) -> None:
    assert client.page(text="refund%window").json["count"] == 0
    assert client.page(text="ref_nd").json["count"] == 0


def test_text_and_tags_are_joined_by_and(
    client: Client, everything: list[dict[str, Any]], texts: dict[str, str]
) -> None:
    expected = [
        row["id"]
        for row in everything
        if not row["is_archived"] and "billing" in row["tags"] and "gift cards" in texts[row["id"]]
    ]
    assert ids(client.rows(tags="billing", text="Gift cards")) == expected
    assert expected


def test_archived_conversations_come_only_when_asked_for(client: Client, everything: list[dict[str, Any]]) -> None:
    assert not any(row["is_archived"] for row in client.rows())
    archived = [row for row in everything if row["is_archived"]]
    assert archived
    assert all(row["archived_at"] >= row["updated_at"] for row in archived)
    assert all(row["archived_at"] is None for row in everything if not row["is_archived"])


def test_one_conversation_is_the_same_object_as_in_the_list(client: Client) -> None:
    row = client.page(limit=1, offset=7).json["results"][0]
    assert client.one(row["id"]).json == row
    assert client.one(row["id"].upper()).json == row


def test_an_archived_conversation_is_not_there_unless_asked_for(
    client: Client, everything: list[dict[str, Any]]
) -> None:
    archived = next(row for row in everything if row["is_archived"])
    assert client.one(archived["id"]).status == 404
    assert client.one(archived["id"], "include_archived=true").json == archived


@pytest.mark.parametrize("unknown", ["00000000-0000-4000-8000-000000000000", "not-an-id"])
def test_an_unknown_conversation_is_not_there(client: Client, unknown: str) -> None:
    got = client.one(unknown)
    assert got.status == 404
    assert "error" in got.json


def test_all_tags_are_sorted_and_counted(client: Client, everything: list[dict[str, Any]]) -> None:
    answer = client.ask(f"/projects/{client.project_id}/playground-conversations/all-tags/").json
    expected = sorted({tag for row in everything for tag in row["tags"]})
    assert answer == {"tags": expected, "count": len(expected)}


def test_people_are_paginated_and_own_the_conversations(client: Client, everything: list[dict[str, Any]]) -> None:
    first = client.ask(f"/projects/{client.project_id}/users/?limit=5").json
    assert len(first["results"]) == 5
    assert first["next"]
    people = client.ask(f"/projects/{client.project_id}/users/").json["results"]
    assert first["count"] == len(people)
    assert {row["created_by"] for row in everything} <= {entry["user"]["id"] for entry in people}
    assert set(people[0]) == {"id", "user", "permissions"}
    assert set(people[0]["user"]) == {"id", "email", "date_joined"}


@pytest.mark.parametrize("path", ["/playground-conversations/", "/playground-conversations/all-tags/", "/users/"])
@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({}, "Authentication credentials were not provided."),
        ({"Authorization": "Bearer wrong"}, "Invalid token."),
        ({"Authorization": "Basic abc"}, "Invalid token."),
    ],
)
def test_nobody_gets_in_without_the_token(client: Client, path: str, headers: dict[str, str], words: str) -> None:
    got = client.ask(f"/projects/{client.project_id}{path}", headers=headers)
    assert (got.status, got.json) == (401, {"error": words})


def test_both_schemes_are_accepted(client: Client) -> None:
    for scheme in ("Bearer", "Token"):
        path = f"/projects/{client.project_id}/playground-conversations/?limit=1"
        assert client.ask(path, scheme=scheme).status == 200


def test_an_unknown_project_is_not_there(client: Client) -> None:
    for project in ("00000000-0000-4000-8000-000000000000", "acme"):
        assert client.ask(f"/projects/{project}/playground-conversations/").status == 404


@pytest.mark.asks_otherwise
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD"])
def test_nothing_but_get_is_allowed(client: Client, method: str) -> None:
    got = client.ask(f"/projects/{client.project_id}/playground-conversations/", method=method)
    assert (got.status, got.headers["allow"]) == (405, "GET")


def test_a_path_without_its_slash_is_redirected_with_its_query(client: Client) -> None:
    got = client.ask(f"/projects/{client.project_id}/playground-conversations?limit=3&tags=a%2Cb")
    assert got.status == 301
    expected = f"/api/v1/projects/{client.project_id}/playground-conversations/?limit=3&tags=a%2Cb"
    assert got.headers["location"] == expected


def test_impersonation_shows_the_conversations_of_that_user_alone(
    client: Client, everything: list[dict[str, Any]]
) -> None:
    people = client.ask(f"/projects/{client.project_id}/users/").json["results"]
    user = people[3]["user"]
    headers = {"Authorization": f"Bearer {client.token}", "X-Impersonate-Email": user["email"].upper()}
    base = f"/projects/{client.project_id}/playground-conversations/"
    theirs = [row for row in everything if row["created_by"] == user["id"]]
    answer = client.ask(f"{base}?limit=1000&include_archived=true", headers=headers).json
    assert ids(answer["results"]) == ids(theirs)
    tags = client.ask(f"{base}all-tags/", headers=headers).json["tags"]
    assert tags == sorted({tag for row in theirs for tag in row["tags"]})


def test_what_others_shared_opens_by_id_and_what_they_did_not_share_does_not(
    client: Client, everything: list[dict[str, Any]]
) -> None:
    email = "guest@customer.example"
    people = client.ask(f"/projects/{client.project_id}/users/").json["results"]
    guest = next(entry["user"]["id"] for entry in people if entry["user"]["email"] == email)
    others = [row for row in everything if row["created_by"] != guest and not row["is_archived"]]
    shared, private = (next(row for row in others if row["is_shared"] is wanted) for wanted in (True, False))
    assert client.one(shared["id"], **{"X-Impersonate-Email": email}).status == 200
    assert client.one(private["id"], **{"X-Impersonate-Email": email}).status == 404


def test_an_unknown_user_to_impersonate_is_silently_ignored(client: Client) -> None:
    headers = {"Authorization": f"Bearer {client.token}", "X-Impersonate-Email": "nobody@example.com"}
    got = client.ask(f"/projects/{client.project_id}/playground-conversations/?limit=1", headers=headers)
    assert got.json["count"] == client.page(limit=1).json["count"]


def test_a_large_answer_is_compressed_for_those_who_can_read_it(client: Client) -> None:
    path = f"/projects/{client.project_id}/playground-conversations/"
    headers = {"Authorization": f"Bearer {client.token}"}
    plain = client.ask(path, headers=headers)
    packed = client.ask(path, headers={**headers, "Accept-Encoding": "gzip, deflate"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.body == plain.body
    assert int(packed.headers["content-length"]) * 3 < len(plain.body)
