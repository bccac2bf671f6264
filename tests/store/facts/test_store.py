"""The thread of the facts: what it tells, and when."""

import asyncio
import json
import threading

from tests.servers import conversation
from tui.api.decode import decode_record
from tui.api.page import Record
from tui.store.facts.database import FactsDatabase
from tui.store.facts.question import FactsQuestion
from tui.store.facts.store import FactsStore


def record(number: int) -> Record:
    """A conversation."""
    found = decode_record(json.dumps(conversation(number)).encode())
    assert isinstance(found, Record)
    return found


class Held(FactsDatabase):
    """Takes the last conversation only when it may."""

    reached, goes_on = threading.Event(), threading.Event()

    def take(self, record: Record, text: str = "") -> None:
        if record.id == conversation(2)["id"]:
            self.reached.set()
            self.goes_on.wait(20)
        super().take(record, text)


async def test_the_last_news_is_told_although_a_question_waits_behind_it() -> None:
    told = asyncio.Event()
    store = FactsStore(lambda _: Held(), lambda: told.set() if not store.waiting else None, lambda _: None)
    store.take([record(1), record(2)])
    await asyncio.to_thread(Held.reached.wait, 20)
    asked = asyncio.ensure_future(store.ask(FactsQuestion()))
    await asyncio.sleep(0)
    Held.goes_on.set()
    assert (await asked).known == 2
    await asyncio.wait_for(told.wait(), 20)
    store.close()


async def test_what_is_closed_tells_nothing_any_more() -> None:
    heard: list[str] = []
    store = FactsStore(lambda _: FactsDatabase(), lambda: heard.append("news"), heard.append)
    store.take([record(1)])
    store.close(5)
    await asyncio.sleep(0)
    assert heard == []
