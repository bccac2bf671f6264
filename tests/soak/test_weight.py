"""Memory and descriptors stay bounded however much is paged through, read, and refused."""

import asyncio
import gc
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.harness import process
from tests.screens.browsing import browsing
from tests.servers import LiveProject, Reply, ScriptedServer, conversation, error, message, tool_call
from tests.views.transcript.histories import body, long_history
from tests.views.transcript.histories import conversation as conversation_of
from tests.widgets.transcript.test_view import Host
from tui.api import retry
from tui.api.client import Client
from tui.api.decode import decode_page
from tui.api.errors import ApiError
from tui.api.limits import Limits
from tui.api.page import Page
from tui.api.query import ConversationFilter
from tui.api.transfer import Transfer
from tui.config.secret import Secret
from tui.config.settings import Connection
from tui.store.listing.window import ConversationWindow
from tui.views.reader import folds, moves, searching
from tui.views.reader.reader import Reader
from tui.views.transcript.document import Document

BUDGET = 4_000_000
STEP = 250
"""Rows from one look to the next."""


def descriptors() -> int:
    return process.sample(os.getpid()).descriptors


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class Endless:
    """A server in the same process: 200,000 conversations of 2 KB, made when they are asked for."""

    count = 200_000

    def __init__(self) -> None:
        self.asked = 0
        history = json.dumps(["x" * 2_000])
        self._row = f'{{"id": "c%d", "name": "Conversation %d", "tags": ["a"], "chat_history": {history}}}'

    async def __call__(self, limit: int, offset: int, _: Transfer) -> Page:
        self.asked += 1
        await asyncio.sleep(0)
        rows = ", ".join(self._row % (n, n) for n in range(offset, min(offset + limit, self.count)))
        return decode_page(f'{{"count": {self.count}, "results": [{rows}]}}'.encode())


async def test_paging_through_200_000_conversations_keeps_what_fits_the_budget() -> None:
    server, changed = Endless(), asyncio.Event()
    window = ConversationWindow(server, changed.set, budget=BUDGET)
    worker = asyncio.create_task(window.run())
    middle = 0.0
    try:
        for first in range(0, server.count, STEP):
            window.look(first, first + 40)
            while any(window.row(index) is None for index in range(first, first + 40)):
                changed.clear()
                await asyncio.wait_for(changed.wait(), 10)
            assert window.cost <= 2 * BUDGET
            assert window.loaded < 3_000
            assert window.failure is None
            if first == server.count // 4:
                gc.collect()
                middle = resident_mb()
        gc.collect()
        assert resident_mb() - middle < 16
    finally:
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    assert server.asked < server.count // STEP * 4


def _documents() -> int:
    gc.collect()
    return sum(isinstance(one, Document) for one in gc.get_objects())


HEAVY: list[Any] = [
    message("Show it all", query_id=1),
    tool_call(results=[{"text": "word " * 40, "n": n} for n in range(20_000)]),
]


async def test_500_conversations_read_leave_only_the_last_one_behind() -> None:
    before = _documents()
    small = body(long_history(20))
    large = {100: body(HEAVY), 200: body(long_history(2_500)), 300: body(HEAVY)}
    assert len(large[100]) > 4_000_000
    app = Host(None)
    async with app.run_test(size=(80, 24)) as pilot:
        sizes = []
        for number in range(500):
            app.view.act(Reader.show, conversation_of(id=f"c{number}"), large.get(number, small), {})
            if number in large or number % 50 == 0:
                app.view.act(searching.search, "answer")
                app.view.act(folds.tools)
                app.view.act(moves.last)
                await pilot.pause()
                app.view.act(searching.clear)
            if number % 100 == 50:
                sizes.append(resident_mb())
        await pilot.pause()
        assert _documents() - before <= 2
        assert sizes[-1] - sizes[1] < 60
        app.view.act(Reader.show_nothing, "Nothing to read")
        await pilot.pause()
        assert _documents() - before <= 1


async def test_faults_without_end_leave_no_descriptor_behind(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "FIRST_WAIT", 0.0)
    good = json.dumps({"count": 0, "results": []}).encode()
    faults = [
        Reply(drop=True), Reply(200, good, cut=5), Reply(200, good, cut=5, reset=True), error(500), Reply(200, b"{"),
        Reply(302, b"", (("Location", "http://other.invalid/"),)), Reply(raw=b"nonsense\r\n\r\n"),
        Reply(200, bytes(5000)),
    ]  # fmt: skip
    client = Client(
        Connection(server.base_url, server.project_id, Secret(server.token)), limits=Limits(read=5, body=2_000)
    )
    counts = []
    for number in range(120):
        server.reply(faults[number % len(faults)])
        with pytest.raises(ApiError):
            await client.conversations(ConversationFilter(), 40, 0)
        counts.append(descriptors())
    await client.close()
    # Both ends of each connection are in this process.
    assert max(counts[40:]) <= max(counts[:40]) + 4


async def test_paging_and_reading_in_the_real_program_keeps_its_descriptors(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(number) for number in range(1, 2_001)]))
    async with browsing(server, size=(100, 30)) as it:
        await it.until_read("Question 1")
        await it.press("end")
        await it.until_read("Question 2000")
        before = descriptors()
        for _ in range(6):
            for key, words in (("home", "Conversation 1 "), ("end", "Question 2000")):
                await it.press(key, "r")
                await it.until_read(words)
                await it.until_quiet()
        assert descriptors() <= before + 6
