"""The facts of a project over real HTTP: what counts as read, and what of an earlier run goes."""

import asyncio
import json
import threading
from pathlib import Path

import pytest

from tests.servers import PROJECT_ID, TOKEN, LiveProject, ScriptedServer, conversation, uuid_of
from tests.store.project_at_work import Reader
from tui.api.client import Client
from tui.api.decode import decode_record
from tui.api.http.first_page import FirstPage
from tui.api.page import Record
from tui.config.secret import Secret
from tui.config.settings import Connection
from tui.store.facts.database import FactsDatabase
from tui.store.facts.question import FactsAnswer, FactsQuestion
from tui.store.facts.sorting import Order
from tui.store.filter.list_filter import ListFilter, filter_of
from tui.store.project import Project


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A file in which an earlier run has kept a conversation that the server has no more."""
    path = tmp_path / "kept.facts"
    database = FactsDatabase(path)
    record = decode_record(json.dumps(conversation(99)).encode())
    assert isinstance(record, Record)
    database.take(record)
    database.flush()
    database.close()
    return path


async def known(reader: Reader) -> FactsAnswer:
    """What the facts know once they are through with what came."""
    store = reader.project.facts.use()
    await store.caught_up()
    return await store.ask(FactsQuestion())


async def test_what_was_kept_goes_once_all_that_is_listed_has_passed_by(
    server: ScriptedServer, reader: Reader, kept: Path
) -> None:
    server.answer(LiveProject([conversation(number) for number in range(20)]))
    await reader.start()
    await reader.until_loaded(19)
    reader.project.facts.path = kept
    assert (await known(reader)).known == 20, "all were in memory, and none of them is the kept one"
    reader.project.facts.close(5)


async def test_what_was_kept_stays_while_not_all_has_passed_by(
    server: ScriptedServer, reader: Reader, kept: Path
) -> None:
    server.answer(LiveProject([conversation(number) for number in range(300)]))
    await reader.start()
    await reader.until_loaded(0)
    reader.project.facts.path = kept
    answer = await known(reader)
    assert (answer.known, answer.old) == (answer.known, 1)
    assert answer.known < 300
    reader.project.facts.close(5)


async def test_what_was_read_for_one_question_covers_no_other(server: ScriptedServer, reader: Reader) -> None:
    server.answer(LiveProject([conversation(number) for number in range(30)]))
    facts = reader.project.facts
    await reader.start()
    await reader.until_loaded(29)
    reader.project.sort(Order("failed"))
    assert facts.coverage is not None
    assert facts.coverage.is_complete
    reader.project.apply(ListFilter(text="refund"))
    assert facts.coverage.total is None
    assert facts.found is not None
    assert not facts.found.is_complete
    reader.project.apply(ListFilter())
    assert facts.coverage.is_complete


async def test_a_page_that_came_before_the_window_counts_as_read_for_a_sort_that_was_left(
    server: ScriptedServer,
) -> None:
    server.answer(LiveProject([conversation(number) for number in range(20)]))
    asked, come = Connection(server.base_url, PROJECT_ID, Secret(TOKEN)), threading.Event()
    first = FirstPage(asked, ListFilter().server)
    first.tell(lambda read: come.set())
    first.start()
    assert await asyncio.to_thread(come.wait, 10)
    project = Project(Client(asked, first_page=first), ListFilter(), lambda: None)
    project.sort(Order("failed"))
    assert project.take_first()
    assert project.facts.coverage is not None
    assert project.facts.coverage.is_complete
    await project.close()


async def test_refreshed_all_is_to_be_read_again_and_what_is_gone_goes(server: ScriptedServer, reader: Reader) -> None:
    live = LiveProject([conversation(number) for number in range(20)])
    server.answer(live)
    facts, project = reader.project.facts, reader.project
    await reader.start()
    await reader.until_loaded(19)
    assert (await known(reader)).known == 20
    live.rows.pop()
    facts.start_anew()
    await project.fetch(project.query.server, 40, 0)
    assert (await known(reader)).known == 19


async def test_what_left_another_question_stays_known(server: ScriptedServer, reader: Reader) -> None:
    live = LiveProject([conversation(number, tags=["billing"]) for number in range(20)])
    server.answer(live)
    await reader.start()
    await reader.until_loaded(19)
    assert (await known(reader)).known == 20
    live.rows.pop()
    await reader.project.fetch(ListFilter(tags=("billing",)).server, 40, 0)
    assert (await known(reader)).known == 20


async def read_on(reader: Reader) -> set[str]:
    """The conversations of the list of facts, once all that is needed for them was read."""
    facts = reader.project.facts
    assert facts.reading is not None
    assert facts.derived is not None
    await facts.reading.run()
    await facts.use().caught_up()
    running = asyncio.create_task(facts.derived.run())
    await reader.until(lambda: facts.found is not None and facts.found.is_complete)
    running.cancel()
    await asyncio.wait([running])
    return set(await facts.found_ids())


def asked_for(server: ScriptedServer, number: int) -> int:
    return sum(request.path.rstrip("/").endswith(uuid_of(number)) for request in server.requests)


async def test_what_is_told_beside_names_what_is_read_and_no_page_of_the_list_is(
    server: ScriptedServer, reader: Reader
) -> None:
    server.answer(LiveProject([conversation(number) for number in range(3_000)]))
    facts = reader.project.facts
    await reader.start()
    await reader.until_loaded(10)
    await reader.stop()
    waits, reviewed = ("to_review",), ("reviewed",)
    told = {5: [waits], 2_000: [waits, reviewed], 2_500: [reviewed], 9_999: [waits]}
    facts.beside.put("feedback", {uuid_of(number): rows for number, rows in told.items()})
    reader.project.apply(filter_of("feedback:to_review"))
    assert await read_on(reader) == {uuid_of(5), uuid_of(2_000)}, "one that is there no more is not waited for"
    assert [asked_for(server, number) for number in told] == [0, 1, 0, 1]
    assert facts.coverage is not None
    assert facts.coverage.unread > 2_000
    assert facts.found is not None
    assert (facts.found.known, facts.found.total, facts.partial_words) == (3, 3, "")


async def test_what_is_told_later_is_read_too_and_nothing_twice(server: ScriptedServer, reader: Reader) -> None:
    server.answer(LiveProject([conversation(number) for number in range(3_000)]))
    facts = reader.project.facts
    await reader.start()
    await reader.until_loaded(10)
    await reader.stop()
    facts.beside.put("opinions", {uuid_of(2_000): [(None, "fail", "", 0, "ana")]})
    reader.project.apply(filter_of("verdict:fail flagged:no"))
    assert await read_on(reader) == {uuid_of(2_000)}
    facts.beside.put("opinions", {uuid_of(2_100): [(None, "fail", "", 0, "ana")]})
    await facts.use().caught_up()
    await reader.until(lambda: facts.found is not None and facts.found.total == 2)
    assert await read_on(reader) == {uuid_of(2_000), uuid_of(2_100)}
    assert asked_for(server, 2_000) == asked_for(server, 2_100) == 1
    facts.start_anew()
    assert await read_on(reader) == {uuid_of(2_000), uuid_of(2_100)}
    assert asked_for(server, 2_000) == 2


async def test_where_words_are_searched_the_list_is_read(server: ScriptedServer, reader: Reader) -> None:
    server.answer(LiveProject([conversation(number) for number in range(30)]))
    reader.project.facts.beside.put("feedback", {uuid_of(5): [("negative",)]})
    for line in ("refund feedback:negative", "-feedback:negative", "feedback:negative | failed:>0", "reviewed:yes"):
        reader.project.apply(filter_of(line))
        assert reader.project.facts.reading is not None
        assert reader.project.facts.reading.named is None
    reader.project.apply(filter_of("(feedback:neg* | feedback:positive) failed:>0"))
    assert reader.project.facts.reading is not None
    assert reader.project.facts.reading.named == (uuid_of(5),)
