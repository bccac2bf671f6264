"""A project read over real HTTP while others work in it."""

import pytest

from tests.servers import Json, LiveProject, ScriptedServer, conversation, error, person, uuid_of
from tests.store.project_at_work import Reader
from tui.api.errors import Forbidden, NotFound
from tui.demo.http import Answer, Request
from tui.store.filter.list_filter import ListFilter
from tui.store.listing.rows import ListedConversation
from tui.store.load import Failed, Ready

ALL = ListFilter()
REFUNDS = ListFilter(text="refund")


def rows(numbers: range) -> list[Json]:
    return [conversation(number) for number in numbers]


async def test_the_cursor_stays_on_its_conversation_while_rows_come_in_at_the_top(
    server: ScriptedServer, reader: Reader
) -> None:
    live = LiveProject(rows(range(500)))
    server.answer(live)
    window = reader.project.window
    window.look(0, 29)
    await reader.start()
    await reader.until(lambda: window.row(29) is not None)
    cursor = uuid_of(20)
    position = window.index_of(cursor)
    assert position == 20
    for step in range(1, 6):
        live.rows[:0] = rows(range(1_000 * step, 1_000 * step + 2))
        last = (130 * step) % 470 + 29
        window.look(last - 29, last)
        await reader.until_loaded(last)
    window.refresh()
    window.look(0, 39)
    await reader.until(lambda: isinstance(window.row(39), ListedConversation) and window.count == 510)
    shown = [row.conversation.id for i in range(40) if isinstance(row := window.row(i), ListedConversation)]
    assert shown == [row["id"] for row in live.rows[:40]]
    assert window.index_of(cursor) == 30


async def test_another_filter_keeps_the_old_list_until_its_first_answer(server: ScriptedServer, reader: Reader) -> None:
    live = LiveProject(rows(range(100)))
    server.answer(live)
    await reader.start()
    await reader.until(lambda: reader.project.window.count == 100)
    old = reader.project.window

    def refunds(_request: Request, offset: int, limit: int) -> Answer | None:
        live.rows = rows(range(3))
        return None

    live.on_list = refunds
    reader.project.apply(REFUNDS)
    assert reader.project.shown is old
    assert reader.project.is_switching
    await reader.start()
    await reader.until(lambda: reader.project.window.count == 3)
    assert reader.project.shown is reader.project.window
    assert not reader.project.is_switching
    assert server.list_requests[-1].parameters["text"] == ["refund"]


async def test_a_filter_that_fails_keeps_the_old_list(server: ScriptedServer, reader: Reader) -> None:
    live = LiveProject(rows(range(10)))
    server.answer(live)
    await reader.start()
    await reader.until(lambda: reader.project.window.count == 10)
    live.on_list = lambda *_: error(500)
    reader.project.apply(REFUNDS)
    await reader.start()
    await reader.until(lambda: reader.project.window.failure is not None)
    assert reader.project.is_switching
    assert reader.project.shown.count == 10
    live.on_list = None
    reader.project.window.retry()
    await reader.until(lambda: reader.project.window.count == 10)
    assert not reader.project.is_switching


async def test_a_list_that_is_left_gives_up_its_request(server: ScriptedServer, reader: Reader) -> None:
    server.answer(LiveProject(rows(range(10))))
    await reader.start()
    await reader.stop()
    assert not reader.project.window.is_loading


async def test_tags_come_from_the_project_or_from_the_rows(server: ScriptedServer, reader: Reader) -> None:
    live = LiveProject([conversation(1, tags=["a"]), conversation(2, tags=["b", "a"])], tags=None)
    server.answer(live)
    await reader.start()
    await reader.until(lambda: reader.project.window.loaded == 2)
    with pytest.raises(NotFound):
        await reader.project.fetch_tags()
    missing = reader.project.tags
    assert isinstance(missing, Failed)
    assert isinstance(missing.error, NotFound)
    assert reader.project.seen_tags() == ("a", "b")
    live.tags = ("x", "y")
    await reader.project.fetch_tags()
    assert reader.project.tags == Ready(("x", "y"))


async def test_people_turn_ids_into_addresses_where_that_is_allowed(server: ScriptedServer, reader: Reader) -> None:
    live = LiveProject(people=None)
    server.answer(live)
    with pytest.raises(Forbidden):
        await reader.project.fetch_people()
    assert reader.project.people == {}
    live.people = [person(7, "me@example.com")]
    await reader.project.fetch_people()
    assert reader.project.people[uuid_of(7)] == "me@example.com"


async def test_a_history_at_hand_is_not_asked_for(server: ScriptedServer, reader: Reader) -> None:
    server.answer(LiveProject(rows(range(3))))
    await reader.start()
    await reader.until(lambda: reader.project.window.loaded == 3)
    asked = len(server.requests)
    at_hand = await reader.project.conversation(uuid_of(1))
    assert at_hand == reader.project.history_at_hand(uuid_of(1))
    assert len(server.requests) == asked
    row = reader.project.window.row(1)
    assert isinstance(row, ListedConversation)
    row.raw = None
    assert (await reader.project.conversation(uuid_of(1))).conversation == at_hand.conversation
    assert len(server.requests) == asked + 1
