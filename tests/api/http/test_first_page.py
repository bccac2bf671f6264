"""The request that leaves before anything else: it is used once, it never raises, and it decides nothing."""

import asyncio
import gzip
import threading

import pytest

from tests.api.conftest import connection
from tests.servers import (
    HTML,
    JSON,
    TOKEN,
    Reply,
    ScriptedServer,
    conversation,
    error,
    page_of,
    redirect,
    refused_base_url,
)
from tui.api.client import Client
from tui.api.errors import ApiError, ServerFault, TimedOut, Unauthorized
from tui.api.http.first_page import FirstPage, Outcome, ReadPage
from tui.api.limits import Limits
from tui.api.query import FIRST_LIMIT, ConversationFilter
from tui.api.retry import Retrying
from tui.api.transfer import Transfer
from tui.config.settings import Connection

ALL = ConversationFilter()
BILLING = ConversationFilter(tags=("billing",))
LIMITS = Limits(connect=5, read=0.15, whole=0.4, body=1_000_000)
GOOD = page_of([conversation(1)])


def outcome_of(base_url: str, limits: Limits = LIMITS) -> Outcome:
    """What one first page comes to, waited for in this thread."""
    told: list[Outcome] = []
    known = threading.Event()

    def listen(outcome: Outcome) -> None:
        told.append(outcome)
        known.set()

    FirstPage(connection(base_url), ALL, limits).start().take(listen)
    assert known.wait(10)
    assert len(told) == 1
    return told[0]


async def ask(first: FirstPage, server: ScriptedServer, query: ConversationFilter = ALL) -> Client:
    client = Client(connection(server.base_url), first_page=first, limits=LIMITS)
    page = await client.conversations(query, FIRST_LIMIT, 0)
    assert len(page.records) == 1
    return client


async def test_it_serves_the_first_call_and_only_that(server: ScriptedServer) -> None:
    server.reply(GOOD)
    client = await ask(FirstPage(connection(server.base_url), ALL).start(), server)
    assert len(server.requests) == 1
    assert server.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    await client.conversations(ALL, FIRST_LIMIT, 0)
    assert len(server.requests) == 2
    assert server.requests[0].query == server.requests[1].query
    await client.close()


async def test_another_filter_does_not_get_it(server: ScriptedServer) -> None:
    server.reply(GOOD)
    first = FirstPage(connection(server.base_url), ALL).start()
    client = await ask(first, server, BILLING)
    await client.conversations(ALL, FIRST_LIMIT, 0)
    assert [request.parameters.get("tags") for request in server.wait_for(3)].count(None) == 2
    await client.close()


async def test_it_is_waited_for_and_may_be_given_up(server: ScriptedServer) -> None:
    held = threading.Event()
    server.reply(Reply(200, GOOD.body, hold=held))
    client = Client(connection(server.base_url), first_page=FirstPage(connection(server.base_url), ALL).start())
    waiting = asyncio.create_task(client.conversations(ALL, FIRST_LIMIT, 0))
    await server.asked(1)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    held.set()
    assert len((await client.conversations(ALL, FIRST_LIMIT, 0)).records) == 1
    await client.close()


@pytest.mark.parametrize(
    "reply",
    [
        Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{}"),
        Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}"),
        redirect("/"),
        Reply(204, b""),
        Reply(drop=True),
        Reply(200, GOOD.body, cut=100),
        Reply(200, GOOD.body, cut=100, reset=True),
        Reply(200, GOOD.body, announced=len(GOOD.body) + 5),
        Reply(raw=b"SSH-2.0-OpenSSH_9.6\r\n"),
        Reply(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n{"),
        Reply(200, GOOD.body, (*JSON, ("Content-Encoding", "gzip"))),
        Reply(200, gzip.compress(GOOD.body)[:-9], (*JSON, ("Content-Encoding", "gzip"))),
        Reply(200, gzip.compress(bytes(20_000_000)), (*JSON, ("Content-Encoding", "gzip"))),
        Reply(200, GOOD.body, (*JSON, ("Content-Encoding", "br"))),
        Reply(200, b" " * 1_000_001),
    ],
    ids=range(15),
)
def test_whatever_is_no_plain_answer_is_left_to_the_client(reply: Reply, server: ScriptedServer) -> None:
    server.reply(reply)
    assert outcome_of(server.base_url) is None


async def test_the_client_says_what_was_wrong(server: ScriptedServer) -> None:
    server.reply(error(401, "Token expired."))
    where = connection(server.base_url)
    client = Client(where, first_page=FirstPage(where, ALL).start())
    with pytest.raises(Unauthorized) as caught:
        await client.conversations(ALL, FIRST_LIMIT, 0)
    assert caught.value.detail == "Token expired."
    assert len(server.requests) == 1
    await client.close()


async def test_a_server_that_asks_for_a_pause_at_the_first_request_is_given_it(server: ScriptedServer) -> None:
    server.reply(error(429, "Slow down.", ("Retry-After", "25")), GOOD)
    news: list[Retrying | None] = []
    paused = asyncio.Event()

    def listen(told: Retrying | None) -> None:
        news.append(told)
        paused.set()

    first = FirstPage(connection(server.base_url), ALL).start()
    client = Client(connection(server.base_url), listen, first_page=first)
    asking = asyncio.create_task(client.conversations(ALL, FIRST_LIMIT, 0))
    await paused.wait()
    assert news == [Retrying("Too many requests", 25.0, 2, "Slow down.")]
    assert len(server.requests) == 1
    client.hope()
    assert len((await asking).records) == 1
    assert len(server.requests) == 2
    await client.close()


class Renewals(list[tuple[str, bool]]):
    """The tokens that another one was asked for, each with whether it is said to have worked; the first gets one."""

    async def renew(self, refused: Connection, _error: Unauthorized, worked: bool) -> Connection | None:
        self.append((refused.token.reveal(), worked))
        return connection(refused.base_url, "another-token") if len(self) == 1 else None


async def test_a_late_refusal_of_the_token_before_is_none_of_the_present_one(server: ScriptedServer) -> None:
    held, renewals, where = threading.Event(), Renewals(), connection(server.base_url)
    server.reply(error(401, hold=held), error(401), GOOD)
    client = Client(where, first_page=FirstPage(where, ALL).start(), renew=renewals.renew)
    await server.asked(1)
    early = asyncio.create_task(client.conversations(ALL, FIRST_LIMIT, 0))
    await asyncio.create_task(client.conversations(BILLING, FIRST_LIMIT, 0))
    held.set()
    assert len((await early).records) == 1
    assert renewals == [(TOKEN, False)]
    assert server.requests[-1].headers["authorization"] == "Bearer another-token"
    await client.close()


async def test_a_late_page_for_the_token_before_does_not_say_that_the_present_one_works(server: ScriptedServer) -> None:
    held, renewals, where = threading.Event(), Renewals(), connection(server.base_url)
    server.reply(Reply(200, GOOD.body, hold=held), error(401), error(500), error(401))
    client = Client(where, first_page=FirstPage(where, ALL).start(), renew=renewals.renew)
    await server.asked(1)
    early = asyncio.create_task(client.conversations(ALL, FIRST_LIMIT, 0))
    with pytest.raises(ServerFault):
        await asyncio.create_task(client.conversations(BILLING, FIRST_LIMIT, 0))
    held.set()
    assert len((await early).records) == 1
    with pytest.raises(Unauthorized):
        await client.conversations(ALL, FIRST_LIMIT, 0)
    assert renewals == [(TOKEN, False), ("another-token", False)]
    await client.close()


class Watched(Transfer):
    """Tells when so many bytes have come."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.came = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._wanted = size

    def add(self, size: int) -> None:
        super().add(size)
        if self.size >= self._wanted:
            self._loop.call_soon_threadsafe(self.came.set)


async def test_how_much_has_come_is_known_whoever_asks_first(server: ScriptedServer) -> None:
    gate, where = threading.Event(), connection(server.base_url)
    server.reply(Reply(200, GOOD.body, hold=gate, held_from=20))
    first, transfer = FirstPage(where, ALL).start(), Watched(20)
    client = Client(where, first_page=first)
    await server.asked(1)
    page = asyncio.create_task(client.conversations(ALL, FIRST_LIMIT, 0, transfer))
    await transfer.came.wait()
    assert transfer.is_moving
    gate.set()
    assert len((await page).records) == 1
    assert transfer.size == len(GOOD.body)
    other = Transfer()
    await client.conversations(ALL, FIRST_LIMIT, 0, other)
    assert other.size == len(GOOD.body)
    await client.close()


@pytest.mark.parametrize("reply", [Reply(hold=threading.Event()), Reply(200, GOOD.body, drip=1, pause=0.02)])
async def test_a_silence_is_not_waited_for_twice(reply: Reply, server: ScriptedServer) -> None:
    server.reply(reply)
    first = FirstPage(connection(server.base_url), ALL, LIMITS).start()
    client = Client(connection(server.base_url), first_page=first, limits=LIMITS)
    with pytest.raises(TimedOut):
        await client.conversations(ALL, FIRST_LIMIT, 0)
    assert len(server.requests) == 1
    await client.close()


@pytest.mark.parametrize(
    "base_url", ["http://nobody.invalid/api/v1", "http://127.0.0.1:abc/api/v1", "http://[/api/v1", "ftp://x/api/v1"]
)
def test_no_address_makes_it_raise(base_url: str) -> None:
    assert outcome_of(base_url) is None


def test_nobody_listens() -> None:
    assert outcome_of(refused_base_url()) is None


def test_a_token_that_no_header_can_hold_does_not_make_it_raise(server: ScriptedServer) -> None:
    told: list[Outcome] = []
    first = FirstPage(connection(server.base_url, token="退款"), ALL)
    first._run()
    first.take(told.append)
    assert told == [None]


@pytest.mark.parametrize("name", ["HTTP_PROXY", "all_proxy"])
def test_a_proxy_is_left_to_the_client(name: str, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, server.origin)
    assert outcome_of("http://clarifeye.invalid/api/v1") is None
    assert server.requests == []


async def test_it_speaks_to_loopback_whatever_the_proxy(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:3128")
    server.reply(GOOD)
    client = await ask(FirstPage(connection(server.base_url), ALL).start(), server)
    assert len(server.requests) == 1
    await client.close()


@pytest.mark.parametrize("compress", [False, True])
async def test_it_reads_plain_gzip_chunked_and_odd_types(compress: bool, server: ScriptedServer) -> None:
    server.reply(Reply(200, GOOD.body, HTML, compress=compress))
    client = await ask(FirstPage(connection(server.base_url), ALL).start(), server)
    chunk = b"%x\r\n%s\r\n0\r\n\r\n" % (len(GOOD.body), GOOD.body)
    server.reply(Reply(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk))
    again = await ask(FirstPage(connection(server.base_url), ALL).start(), server)
    assert len(server.requests) == 2
    await client.close()
    await again.close()


def test_nothing_keeps_the_token(server: ScriptedServer) -> None:
    server.reply(GOOD)
    first = FirstPage(connection(server.base_url), ALL)
    known = threading.Event()
    first.take(lambda _: known.set())
    first.start()
    assert known.wait(10)
    assert TOKEN not in repr(vars(first))


async def test_a_loop_that_has_ended_is_not_disturbed(server: ScriptedServer) -> None:
    held = threading.Event()
    server.reply(Reply(200, GOOD.body, hold=held))
    first = FirstPage(connection(server.base_url), ALL)

    def short_life() -> None:
        async def give_up() -> None:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.conversations(ALL, FIRST_LIMIT, 0), 0.01)

        client = Client(connection(server.base_url), first_page=first)
        asyncio.run(give_up())

    first.start()
    await server.asked(1)
    await asyncio.to_thread(short_life)
    held.set()
    for thread in threading.enumerate():
        if thread.name == "first-page":
            await asyncio.to_thread(thread.join)


async def test_the_first_answer_may_be_unreadable(server: ScriptedServer) -> None:
    server.reply(Reply(200, b"<html>"), GOOD)
    first = FirstPage(connection(server.base_url), ALL).start()
    client = Client(connection(server.base_url), first_page=first)
    with pytest.raises(ApiError):
        await client.conversations(ALL, FIRST_LIMIT, 0)
    assert len((await client.conversations(ALL, FIRST_LIMIT, 0)).records) == 1
    await client.close()


async def test_a_page_is_read_and_told_before_anybody_asks(server: ScriptedServer) -> None:
    server.reply(GOOD)
    told: list[ReadPage] = []
    come = threading.Event()
    first = FirstPage(connection(server.base_url), ALL)

    def take(read: ReadPage) -> None:
        told.append(read)
        come.set()

    first.tell(take)
    first.start()
    assert come.wait(10)
    client = Client(connection(server.base_url), first_page=first)
    assert client.take_first(BILLING, 0) is None
    assert client.take_first(ALL, 7) is None
    assert client.take_first(ALL, 0) is told[0]
    assert len(told[0].page.records) == 1
    assert client.take_first(ALL, 0) is None
    await client.conversations(ALL, FIRST_LIMIT, 0)
    assert len(server.requests) == 2
    await client.close()


@pytest.mark.parametrize(
    "reply",
    [error(500), error(401), Reply(200, b"<html>"), Reply(200, b"{}"), Reply(200, GOOD.body, cut=9), Reply(drop=True)],
    ids=["fault", "refused", "web page", "no list", "cut short", "dropped"],
)
def test_what_is_no_page_is_not_told(server: ScriptedServer, reply: Reply) -> None:
    server.reply(reply)
    first = FirstPage(connection(server.base_url), ALL, LIMITS)
    first.tell(lambda read: pytest.fail(f"told {read}"))
    first._run()
    assert first.take_read() is None


def test_a_fault_of_who_is_told_is_raised_by_who_takes_it(server: ScriptedServer) -> None:
    server.reply(GOOD)
    first = FirstPage(connection(server.base_url), ALL, LIMITS)

    def fail(_read: ReadPage) -> None:
        raise ZeroDivisionError

    first.tell(fail)
    first._run()
    with pytest.raises(ZeroDivisionError):
        first.take_read()
