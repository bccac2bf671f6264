"""Requests over the thread of the network: given up, refused while others wait, and left by a program that ends."""

import asyncio
import gc
import inspect
import os
import pkgutil
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.conftest import MakeClient, connection
from tests.harness import process
from tests.servers import Reply, ScriptedServer, conversation, error, page_of, reply
from tui.api.client import Client
from tui.api.errors import AnswerTooLarge, Unauthorized, UnreadableAnswer
from tui.api.http.answer import Answer
from tui.api.http.connections import Connections
from tui.api.limits import Limits
from tui.api.query import ConversationFilter, list_url
from tui.api.transfer import Transfer
from tui.config.settings import Connection

ALL = ConversationFilter()
GOOD = page_of([conversation(1)])


async def test_a_request_in_flight_is_given_up_at_once_and_its_late_answer_is_nobodys(
    server: ScriptedServer, make_client: MakeClient
) -> None:
    held = threading.Event()
    server.reply(Reply(200, GOOD.body, hold=held), page_of([conversation(2), conversation(3)]))
    client = make_client(server.base_url)
    asking = asyncio.create_task(client.conversations(ALL, 40, 0))
    await server.asked(1)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    following = asyncio.create_task(client.conversations(ALL, 40, 0))
    await server.asked(2)
    held.set()
    assert len((await following).records) == 2


def answers_in_the_middle() -> list[object]:
    """Generators of the libraries that have begun to give an answer and have neither ended nor been closed."""
    begun = [one for one in gc.get_objects() if inspect.isasyncgen(one) and one.ag_frame is not None]
    return [one for one in begun if "/httpcore/" in one.ag_code.co_filename or "/httpx/" in one.ag_code.co_filename]


async def test_an_answer_that_is_refused_in_the_middle_is_closed_before_the_end(
    server: ScriptedServer, make_client: MakeClient
) -> None:
    before = answers_in_the_middle()
    server.reply(Reply(200, b" " * 3_000_001))
    client = make_client(server.base_url, Limits(body=1_000_000))
    with pytest.raises(AnswerTooLarge) as refused:
        await client.conversations(ALL, 40, 0)
    await client.close()
    assert all(one in before for one in answers_in_the_middle())
    assert refused.value.__traceback__ is not None  # whoever holds the error holds what it went through


async def test_what_is_unpacked_and_read_takes_no_turn_of_the_loop_that_asks(
    server: ScriptedServer, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = set[str]()
    for name in ("tui.api.http.body.Body.feed", "tui.api.http.body.Body.whole", "tui.api.decode.decode_record"):
        _tell_the_thread(monkeypatch, name, where)
    server.reply(Reply(200, GOOD.body, compress=True))
    assert len((await make_client(server.base_url).conversations(ALL, 40, 0)).records) == 1
    assert where == {"network"}


def _tell_the_thread(monkeypatch: pytest.MonkeyPatch, name: str, where: set[str]) -> None:
    before = pkgutil.resolve_name(name)

    def told(*arguments: object) -> object:
        where.add(threading.current_thread().name)
        return before(*arguments)

    monkeypatch.setattr(name, told)


class Finder:
    """Gives another token when it is let go, and notes by which thread it was asked, and for what."""

    def __init__(self) -> None:
        self.asked: list[tuple[threading.Thread, bool]] = []
        self.is_asked, self.go_on = asyncio.Event(), asyncio.Event()

    async def renew(self, refused: Connection, _error: Unauthorized, worked: bool) -> Connection | None:
        self.asked.append((threading.current_thread(), worked))
        self.is_asked.set()
        await self.go_on.wait()
        return connection(refused.base_url, "fresh")


async def test_a_token_is_asked_for_once_here_while_all_that_were_refused_wait(server: ScriptedServer) -> None:
    server.answer(lambda request: GOOD if "fresh" in request.headers["authorization"] else error(401))
    finder = Finder()
    client = Client(connection(server.base_url), renew=finder.renew)
    asking = [asyncio.create_task(client.conversations(ALL, 40, offset)) for offset in range(4)]
    await server.asked(4)
    await finder.is_asked.wait()
    assert client.seeks_token
    asking[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking[0]
    finder.go_on.set()
    assert [len(page.records) for page in await asyncio.gather(*asking[1:])] == [1, 1, 1]
    assert finder.asked == [(threading.current_thread(), False)]
    assert len(server.requests) == 7
    await client.close()


async def test_a_good_answer_that_cannot_be_read_says_all_the_same_that_the_token_works(
    server: ScriptedServer,
) -> None:
    server.reply(reply({"odd": 1}), error(401), GOOD)
    finder = Finder()
    finder.go_on.set()
    client = Client(connection(server.base_url), renew=finder.renew)
    with pytest.raises(UnreadableAnswer):
        await client.conversations(ALL, 40, 0)
    await client.conversations(ALL, 40, 0)
    assert finder.asked == [(threading.current_thread(), True)]
    await client.close()


async def test_closing_gives_up_what_is_under_way(server: ScriptedServer) -> None:
    server.reply(Reply(200, GOOD.body, hold=threading.Event()))
    client = Client(connection(server.base_url))
    asking = asyncio.create_task(client.conversations(ALL, 40, 0))
    await server.asked(1)
    await asyncio.wait_for(client.close(), 10)
    with pytest.raises(asyncio.CancelledError):
        await asking


_ENDS = """
    import asyncio, sys, threading
    from tests.api.conftest import connection
    from tui.api.client import Client
    from tui.api.query import ConversationFilter

    async def main():
        client = Client(connection(sys.argv[1]))
        asking = asyncio.create_task(client.conversations(ConversationFilter(), 40, 0))
        await asyncio.to_thread(sys.stdin.readline)
        {leave}

    asyncio.run(main())
    print("ended", *(thread.name for thread in threading.enumerate() if not thread.daemon))
"""


@pytest.mark.parametrize("leave", ["return", "asking.cancel()", "await client.close()"])
def test_a_program_that_ends_does_not_wait_for_an_answer_and_says_nothing(leave: str, server: ScriptedServer) -> None:
    """Not closed by anybody, either: the thread of the network is no reason to stay."""
    server.reply(Reply(200, GOOD.body, hold=threading.Event()))
    script = textwrap.dedent(_ENDS).replace("{leave}", leave)
    run = subprocess.Popen(
        [sys.executable, "-c", script, server.base_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    server.wait_for(1)
    begun = time.monotonic()
    said, complained = run.communicate("\n", timeout=20)
    assert (said, complained) == ("ended MainThread\n", "")
    assert time.monotonic() - begun < 15


@settings(max_examples=100, deadline=None)
@given(turns=st.lists(st.integers(0, 60), min_size=1, max_size=4), given_up=st.integers(0, 15))
def test_whenever_requests_are_given_up_the_connections_serve_those_that_follow(
    many: ScriptedServer, turns: list[int], given_up: int
) -> None:
    """A pool that counts their connections as in use is soon full."""
    where = connection(many.base_url)

    async def ask(connections: Connections) -> Answer:
        return await connections.get(list_url(where, ALL, 40, 0), where, Transfer())

    async def run() -> None:
        connections = Connections(where.base_url, Limits(pool=5))
        asked = []
        for number, wait in enumerate(turns):
            asked.append(asyncio.create_task(ask(connections)))
            for _ in range(wait):
                await asyncio.sleep(0)
            if given_up & 1 << number:
                asked[number].cancel()
        await asyncio.gather(*asked, return_exceptions=True)
        assert (await ask(connections)).status == 200
        await connections.close()

    asyncio.run(run())


@pytest.fixture(scope="module")
def many() -> Iterator[ScriptedServer]:
    """A server for all examples of a property; at the end it is held against it what is still open."""
    server = ScriptedServer()
    server.start()
    server.reply(GOOD)
    before = process.sample(os.getpid()).descriptors
    yield server
    assert process.sample(os.getpid()).descriptors <= before + 8
    server.stop()
