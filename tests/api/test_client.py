"""What the client asks for, whom it tells, and what it makes of plain answers."""

import asyncio
import itertools
import json
import os
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api.conftest import MakeClient, connection
from tests.harness import process
from tests.servers import (
    PROJECT_ID,
    TOKEN,
    LiveProject,
    Reply,
    ScriptedServer,
    conversation,
    error,
    page_of,
    person,
    reply,
    uuid_of,
)
from tui.api.client import Client
from tui.api.decode import Page, Record
from tui.api.errors import ApiError, BadCertificate, BadProxy, Forbidden, NotFound, Unreachable, UnreadableAnswer
from tui.api.limits import Limits
from tui.api.query import ConversationFilter, conversation_url, list_url
from tui.config.secret import Secret
from tui.config.settings import Connection
from tui.demo.http import Answer, Request
from tui.demo.server import DemoServer

ALL = ConversationFilter()
TAGS = ((), ("billing",), ("billing", "review"), ("a,b", "größe & más", "退款 #1"))
TEXTS = ("", "refund", "50% & more = größe?\n退款 😀", "lone \ud800 surrogate")
FILTERS = [
    ConversationFilter(text, tags, untagged, archived)
    for text, tags, untagged, archived in itertools.product(TEXTS, TAGS, (False, True), (False, True))
]


@pytest.fixture
async def demo_client(demo: DemoServer, make_client: MakeClient) -> Client:
    return make_client(demo.base_url, token=demo.token, project_id=demo.project_id)


def ids(page: Page) -> list[str]:
    return [record.id for record in page.records if isinstance(record, Record)]


async def test_every_filter_combination_reaches_the_server(server: ScriptedServer, make_client: MakeClient) -> None:
    client = make_client(server.base_url)
    assert await client.conversations(ConversationFilter(tags=("billing",), untagged=True), 40, 0) == Page(0, ())
    assert not server.requests, "nothing can match that"
    asked = [query for query in FILTERS if not query.matches_nothing]
    for query in asked:
        await client.conversations(query, 40, 80)
    for query, request in zip(asked, server.requests, strict=True):
        expected: dict[str, list[str]] = {"limit": ["40"], "offset": ["80"]}
        if query.text:
            expected["text"] = [query.text.replace("\ud800", "?")]
        if query.tags:
            expected["tags"] = list(query.tags)
        if query.untagged:
            expected["no_tags"] = ["true"]
        if query.archived:
            expected["include_archived"] = ["true"]
        assert request.parameters == expected
        assert request.path == f"/api/v1/projects/{PROJECT_ID}/playground-conversations/"


@given(
    st.builds(
        ConversationFilter, st.text(st.characters()), st.lists(st.text()).map(tuple), st.booleans(), st.booleans()
    )
)
def test_any_text_and_tags_make_an_address_that_holds_them(query: ConversationFilter) -> None:
    address = list_url(connection("http://localhost/api/v1"), query, 1, 0)
    assert address.isascii()
    assert address.isprintable()
    asked = parse_qs(address.partition("?")[2], keep_blank_values=True)
    assert asked.get("tags", []) == list(query.tags)


async def test_the_demo_answers_each_filter_as_asked(demo: DemoServer, demo_client: Client) -> None:
    every = await demo_client.conversations(ALL, 1000, 0)
    archived_too = await demo_client.conversations(ConversationFilter(archived=True), 1, 0)
    untagged = await demo_client.conversations(ConversationFilter(untagged=True), 1000, 0)
    assert every.count is not None
    assert archived_too.count is not None
    assert archived_too.count > every.count
    assert all(isinstance(record, Record) and not record.conversation.tags for record in untagged.records)
    tags = await demo_client.tags()
    one = await demo_client.conversations(ConversationFilter(tags=tags[:1]), 1000, 0)
    either = await demo_client.conversations(ConversationFilter(tags=tags[:2]), 1000, 0)
    assert all(isinstance(record, Record) and tags[0] in (record.conversation.tags or ()) for record in one.records)
    assert one.count is not None
    assert either.count is not None
    assert one.count < either.count
    assert not any(isinstance(record, Record) and record.conversation.notes for record in every.records)


async def test_a_conversation_opens_by_id_archived_or_not(demo: DemoServer, demo_client: Client) -> None:
    page = await demo_client.conversations(ConversationFilter(archived=True), 1000, 0)
    archived = next(r for r in page.records if isinstance(r, Record) and r.conversation.is_archived)
    assert (await demo_client.conversation(archived.id)).conversation == archived.conversation
    with pytest.raises(NotFound):
        await demo_client.conversation("0" * 8)


async def test_people_are_found_by_the_ids_that_conversations_carry(demo: DemoServer, demo_client: Client) -> None:
    people = {one.id: one.email for one in (await demo_client.people())[0]}
    page = await demo_client.conversations(ALL, 10, 0)
    assert all(isinstance(r, Record) and r.conversation.created_by in people for r in page.records)


def test_an_id_cannot_lead_to_another_path() -> None:
    assert conversation_url(connection("http://h/api/v1"), "../x?y#z/").endswith(
        "/playground-conversations/..%2Fx%3Fy%23z%2F/?include_archived=true"
    )


async def test_people_end_when_a_page_brings_nobody_new(server: ScriptedServer, make_client: MakeClient) -> None:
    shape = {"count": 9_999_999, "next": "more", "results": [person(1, "a@example.com")]}
    server.reply(reply(shape))
    people, _ = await make_client(server.base_url).people()
    assert {one.email for one in people} == {"a@example.com"}
    assert len(server.requests) == 2


async def test_people_go_on_where_a_page_of_them_fails_or_is_shorter_than_asked(
    server: ScriptedServer, make_client: MakeClient
) -> None:
    asked: list[int] = []

    def answer(request: Request) -> Answer:
        offset = int(request.parameters["offset"][0])
        asked.append(offset)
        if offset == 2:
            return error(500, "boom")
        more = {0: 2, 1_002: 1}.get(offset, 0)
        people = [person(offset + number, f"{offset + number}@example.com") for number in range(more)]
        return reply({"count": 1_003, "next": "more" if offset == 0 else None, "results": people})

    server.answer(answer)
    people, why = await make_client(server.base_url).people()
    assert asked == [0, 2, 1_002]
    assert {one.email for one in people} == {"0@example.com", "1@example.com", "1002@example.com"}
    assert why is not None
    assert why.detail == "boom"


@pytest.mark.parametrize("odd", [None, 7, [], {}, {"user": None}, {"user": {"id": []}, "id": {}}, {"user": {"id": ""}}])
async def test_an_odd_person_costs_nobody_else(odd: Any, server: ScriptedServer, make_client: MakeClient) -> None:
    server.reply(page_of([odd, person(1, "a@example.com")]))
    people, _ = await make_client(server.base_url).people()
    assert {one.email for one in people} == {"a@example.com"}


@pytest.mark.parametrize("shape", [{}, {"tags": None}, {"tags": "billing"}, {"results": 1}])
async def test_answers_of_another_shape_are_said(shape: Any, server: ScriptedServer, make_client: MakeClient) -> None:
    server.reply(reply(shape))
    client = make_client(server.base_url)
    for call in (client.tags, client.people):
        with pytest.raises(UnreadableAnswer):
            await call()


async def test_tags_missing_and_people_forbidden_have_their_own_errors(
    server: ScriptedServer, make_client: MakeClient
) -> None:
    server.answer(LiveProject(tags=None, people=None))
    client = make_client(server.base_url)
    with pytest.raises(NotFound):
        await client.tags()
    with pytest.raises(Forbidden):
        await client.people()


async def test_the_headers_say_who_asks_and_for_whom(server: ScriptedServer) -> None:
    asking = Connection(server.base_url, PROJECT_ID, Secret(TOKEN), "Token", "someone@example.com")
    client = Client(asking)
    try:
        await client.conversations(ALL, 1, 0)
    finally:
        await client.close()
    headers = server.requests[0].headers
    assert headers["authorization"] == f"Token {TOKEN}"
    assert headers["x-impersonate-email"] == "someone@example.com"
    assert headers["accept-encoding"] == "gzip"


async def test_a_token_that_expires_is_said_and_another_client_goes_on(
    server: ScriptedServer, make_client: MakeClient
) -> None:
    server.answer(
        lambda request: page_of([conversation(1)]) if "fresh" in request.headers["authorization"] else error(401)
    )
    with pytest.raises(ApiError, match="token is not accepted"):
        await make_client(server.base_url).conversations(ALL, 1, 0)
    assert (await make_client(server.base_url, token="fresh").conversations(ALL, 1, 0)).count == 1


# -- proxies and certificates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["http_proxy", "ALL_PROXY"])
async def test_a_proxy_of_the_environment_is_used(
    name: str, server: ScriptedServer, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, server.origin)
    server.reply(page_of([conversation(1)]))
    page = await make_client("http://clarifeye.invalid/api/v1").conversations(ALL, 1, 0)
    assert page.count == 1
    assert server.requests[0].path.startswith("http://clarifeye.invalid/api/v1/projects/")


async def test_a_loopback_server_is_asked_without_the_proxy(
    server: ScriptedServer, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:3128")
    server.reply(page_of([conversation(1)]))
    assert (await make_client(server.base_url).conversations(ALL, 1, 0)).count == 1


async def test_the_proxy_is_asked_about_for_an_error_only_and_never_before_keys(
    server: ScriptedServer, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On macOS the question whether a proxy is to be gone round looks up the server's name, which may take seconds."""
    asked = list[threading.Thread]()

    def proxy_bypass(_host: str) -> bool:
        asked.append(threading.current_thread())
        return False

    monkeypatch.setattr(urllib.request, "proxy_bypass", proxy_bypass)
    monkeypatch.setenv("http_proxy", server.origin)
    server.reply(page_of([conversation(1)]))
    client = make_client("http://clarifeye.invalid/api/v1")
    await client.conversations(ALL, 1, 0)
    assert asked == []
    server.reply(Reply(drop=True))
    with pytest.raises(Unreachable) as caught:
        await client.conversations(ALL, 1, 0)
    assert "through the proxy 127.0.0.1:" in caught.value.detail
    assert asked
    assert threading.main_thread() not in asked


async def test_a_proxy_that_is_not_there_is_said(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with pytest.raises(Unreachable):
        await make_client("http://clarifeye.invalid/api/v1").conversations(ALL, 1, 0)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("gopher://proxy.invalid", "http_proxy is gopher://proxy.invalid"),
        ("http://127.0.0.1:abc", "http_proxy is http://127.0.0.1:abc: Invalid port"),
        ("http://127.0.0.1:99999", "http_proxy is http://127.0.0.1:99999: "),
        ("http://[::1", "http_proxy is http://[::1: "),
        ("\x1b[31m", "http_proxy is ^[[31m: "),
        ("http://me:hunter2@proxy.invalid:x", "http_proxy is http://…@proxy.invalid:x: it is no address"),
        ("http://me:hunter2#@proxy.invalid", "http_proxy is http://…@proxy.invalid: it is no address"),
    ],
)
async def test_a_proxy_address_that_is_none_is_said_and_asked_about_again(
    address: str, told: str, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, server: ScriptedServer
) -> None:
    monkeypatch.setenv("http_proxy", address)
    client = make_client("http://clarifeye.invalid/api/v1")
    for _ in range(2):
        with pytest.raises(BadProxy) as caught:
            await client.conversations(ALL, 1, 0)
        assert caught.value.detail.startswith(told)
        assert "hunter2" not in f"{caught.value!r} {caught.value} {caught.value.__cause__!r}"
    monkeypatch.setenv("http_proxy", server.origin)
    server.reply(page_of([conversation(1)]))
    assert (await client.conversations(ALL, 1, 0)).count == 1


async def test_a_proxy_address_that_is_none_does_not_matter_on_loopback(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, server: ScriptedServer
) -> None:
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:abc")
    server.reply(page_of([conversation(1)]))
    assert (await make_client(server.base_url).conversations(ALL, 1, 0)).count == 1


async def test_a_token_that_no_header_can_hold_is_not_told(make_client: MakeClient) -> None:
    with pytest.raises(Unreachable) as caught:
        await make_client("http://127.0.0.1:9/api/v1", token="tökén-secret").conversations(ALL, 1, 0)
    assert "secret" not in f"{caught.value!r} {caught.value} {caught.value.__cause__!r}"


def test_an_error_leads_to_no_frame_that_holds_the_token() -> None:
    """Textual prints local variables of the whole chain when it crashes: the chain must end with us."""
    script = (
        "import asyncio, traceback\n"
        "from tests.api.conftest import connection\n"
        "from tui.api.client import Client\n"
        "try:\n"
        "    asyncio.run(Client(connection('http://nobody.invalid/api/v1')).tags())\n"
        "except Exception as error:\n"
        "    print(error.__suppress_context__, error.__cause__)\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "True None\n"


@pytest.mark.parametrize("trusted", [False, True])
async def test_only_a_trusted_certificate_is_spoken_to(
    trusted: bool,
    tls_server: ScriptedServer,
    certificate: Path,
    make_client: MakeClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = make_client(tls_server.base_url)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert (await client.conversations(ALL, 1, 0)).count == 0
        return
    with pytest.raises(BadCertificate):
        await client.conversations(ALL, 1, 0)
    assert tls_server.requests == []


async def test_plain_http_where_tls_is_expected_is_no_matter_of_certificates(
    server: ScriptedServer, make_client: MakeClient
) -> None:
    with pytest.raises(ApiError) as caught:
        await make_client(server.base_url.replace("http:", "https:"), Limits(connect=2)).conversations(ALL, 1, 0)
    assert isinstance(caught.value, Unreachable)
    assert not isinstance(caught.value, BadCertificate)


def test_the_client_can_be_imported_without_httpx_and_without_plug_ins() -> None:
    script = "import sys, os, tui.api.client; print('httpx' in sys.modules, os.environ['PYDANTIC_DISABLE_PLUGINS'])"
    environment = {name: value for name, value in os.environ.items() if name != "PYDANTIC_DISABLE_PLUGINS"}
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert ran.stdout == "False __all__\n"


async def test_requests_that_are_given_up_leave_room_for_those_that_follow(server: ScriptedServer) -> None:
    """Wherever in the middle they are given up: a pool that counts their connections as in use is soon full."""
    server.answer(lambda _request: Reply(200, json.dumps({"count": 0, "results": []}).encode()))
    client = Client(Connection(server.base_url, server.project_id, Secret(server.token)))
    before = process.sample(os.getpid()).descriptors
    for turns in range(200):
        asked = [asyncio.create_task(client.conversations(ConversationFilter(), 40, 0)) for _ in range(1 + turns % 3)]
        for _ in range(turns % 40):
            await asyncio.sleep(0)
        for one in asked[turns % 2 :]:
            one.cancel()
        await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), 20)
    page = await asyncio.wait_for(client.conversations(ConversationFilter(), 40, 0), 20)
    assert page.count == 0
    await client.close()
    assert process.sample(os.getpid()).descriptors <= before + 8


async def test_another_conversation_than_the_one_asked_for_is_not_taken_for_it(
    server: ScriptedServer, make_client: MakeClient
) -> None:
    client = make_client(server.base_url)
    server.answer(lambda _: reply(conversation(2)))
    with pytest.raises(UnreadableAnswer) as raised:
        await client.conversation(uuid_of(1))
    assert uuid_of(2) in raised.value.detail
    assert (await client.conversation(uuid_of(2).upper())).id == uuid_of(2)
