"""A start comes back to where the last one was left, whatever has happened to the list meanwhile."""

import threading
from pathlib import Path

import pytest

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, Reply, ScriptedServer, conversation, error, page_of, reply, uuid_of
from tui.demo.http import Request
from tui.screens.browse.layout import Pane
from tui.store.filter.list_filter import ListFilter
from tui.store.saved.session import Session
from tui.store.saved.state_file import StateFile
from tui.views.reader.place import reading_of


def many(count: int) -> list[dict[str, object]]:
    return [conversation(number) for number in range(1, count + 1)]


@pytest.fixture
def file(tmp_path: Path) -> StateFile:
    return StateFile(tmp_path / "state.json")


@pytest.fixture(autouse=True)
def _rows(server: ScriptedServer) -> None:
    server.answer(LiveProject(many(300)))


async def remembered(it: Browsing, number: int) -> None:
    """Wait until the place in a conversation is taken note of."""
    session = it.screen.session
    await it.until(lambda: session.place is not None and session.place.conversation_id == uuid_of(number))
    it.screen.context.place.save()
    session.close(5)


async def test_filter_row_layout_and_line_come_back(server: ScriptedServer, file: StateFile) -> None:
    async with browsing(server, session=Session(file), archived=True) as it:
        await it.until_read("Question 1")
        await it.press("d", *["down"] * 4, "plus", "enter")
        await it.until_read("Question 5")
        await it.press("R", "]", "down", "down", "l")
        await remembered(it, 5)
        width = it.screen.query_one("#list-pane").region.width
        reading = reading_of(it.transcript.reader)
        lines = it.words_of("TranscriptView")
    async with browsing(server, session=Session(file)) as it:
        await it.until_read("Question 5")
        await it.until(lambda: it.rows.cursor == 4 and reading_of(it.transcript.reader) == reading)
        assert it.screen.project.query == ListFilter(archived=True)
        assert it.transcript.has_focus
        assert it.screen.query_one("#list-pane").region.width == width
        await it.until(lambda: it.words_of("TranscriptView") == lines)


async def test_a_row_far_down_is_found_without_what_is_between(server: ScriptedServer, file: StateFile) -> None:
    async with browsing(server, session=Session(file)) as it:
        await it.until_seen("1/300")
        await it.press("end")
        await it.until_read("Question 300")
        await remembered(it, 300)
    asked = len(server.list_requests)
    async with browsing(server, session=Session(file)) as it:
        await it.until_read("Question 300")
        assert it.rows.cursor == 299
        offsets = [int(request.parameters["offset"][0]) for request in server.list_requests[asked:]]
        assert sorted(offsets)[0] == 0
        assert all(offset == 0 or offset > 150 for offset in offsets)


async def test_a_conversation_that_has_moved_in_the_list_is_found_again(
    server: ScriptedServer, file: StateFile
) -> None:
    async with browsing(server, session=Session(file)) as it:
        await it.until_seen("1/300")
        await it.press("down", "down")
        await it.until_read("Question 3")
        await remembered(it, 3)
    server.answer(LiveProject([conversation(900), conversation(901), *many(300)]))
    async with browsing(server, session=Session(file)) as it:
        await it.until(lambda: it.rows.cursor == 4)
        await it.until_read("Question 3")


async def test_a_conversation_that_has_left_the_list_is_read_all_the_same(
    server: ScriptedServer, file: StateFile
) -> None:
    async with browsing(server, session=Session(file)) as it:
        await it.until_seen("1/300")
        await it.press("down", "down")
        await it.until_read("Question 3")
        await remembered(it, 3)
    project = LiveProject([*many(40), conversation(3)])
    project.rows = [row for row in many(300) if row["id"] != uuid_of(3)]
    alone = LiveProject([conversation(3)])
    server.answer(lambda request: (alone if uuid_of(3) in request.path else project)(request))
    async with browsing(server, session=Session(file)) as it:
        await it.until_read("Question 3")
        assert it.rows.cursor == 2
        await it.press("down")
        await it.until_read("Question 5")


async def test_a_conversation_that_is_gone_is_said_and_reading_goes_on(server: ScriptedServer, file: StateFile) -> None:
    async with browsing(server, session=Session(file)) as it:
        await it.until_seen("1/300")
        await it.press("down", "down")
        await it.until_read("Question 3")
        await remembered(it, 3)
    server.answer(LiveProject([row for row in many(300) if row["id"] != uuid_of(3)]))
    async with browsing(server, session=Session(file)) as it:
        await it.until_seen("The conversation was not found")
        await it.press("up")
        await it.until_read("Question 2")


async def test_an_empty_list_forgets_the_way_back(server: ScriptedServer, file: StateFile) -> None:
    async with browsing(server, session=Session(file)) as it:
        await it.until_read("Question 1")
        await remembered(it, 1)
    project = LiveProject([])
    server.answer(project)
    async with browsing(server, session=Session(file)) as it:
        await it.until_seen("0 conversations")
        project.rows = many(3)
        await it.press("r")
        await it.until_read("Question 1")


async def test_a_start_that_fails_forgets_no_place(server: ScriptedServer, file: StateFile) -> None:
    async with browsing(server, session=Session(file)) as it:
        await it.until_seen("1/300")
        await it.press("end")
        await it.until_read("Question 300")
        await remembered(it, 300)
    rows = LiveProject(many(300))
    rows.on_list = lambda *_: error(403, "not yet")
    server.answer(rows)
    async with browsing(server, session=Session(file)) as it:
        await it.until_seen("No permission")
        it.screen.context.place.save()
        it.screen.session.close(5)
    async with browsing(server, session=Session(file)) as it:
        await it.until_seen("No permission")
        rows.on_list = None
        await it.press("r")
        await it.until_read("Question 300")
        assert it.rows.cursor == 299


async def test_who_moves_on_meanwhile_is_not_pulled_back(server: ScriptedServer, file: StateFile) -> None:
    async with browsing(server, session=Session(file)) as it:
        await it.until_seen("1/300")
        await it.press("end")
        await it.until_read("Question 300")
        await remembered(it, 300)
    rows = LiveProject(many(300))
    rows.on_list = lambda _request, offset, _limit: error(503, "later") if offset > 100 else None
    server.answer(rows)
    async with browsing(server, session=Session(file)) as it:
        await it.until_seen("300/300")
        await it.press("home")
        await it.until_read("Question 1")
        assert it.rows.cursor == 0


async def test_who_moves_on_while_the_row_is_on_its_way_reads_where_they_are(
    server: ScriptedServer, file: StateFile
) -> None:
    async with browsing(server, session=Session(file)) as it:
        await it.until_seen("1/300")
        await it.press("end")
        await it.until_read("Question 300")
        await remembered(it, 300)
    project, gate = LiveProject(many(300)), threading.Event()
    first = [error(404, "no such page")]

    def answer(_request: Request, offset: int, limit: int) -> Reply | None:
        """The rows around the remembered one are refused, the first ones come, then those others are on their way."""
        if offset <= 100:
            return None
        return first.pop() if first else page_of(project.rows[offset : offset + limit], count=300, hold=gate)

    project.on_list = answer
    server.answer(project)
    async with browsing(server, session=Session(file)) as it:
        await it.until_seen("300/300")
        await it.press("home")
        await it.until_read("Question 1")
        await it.press("down")
        await it.until_read("Question 2")
        gate.set()
        await it.until_quiet()
        assert it.rows.cursor == 1


async def test_a_fresh_start_shows_everything_from_the_top(server: ScriptedServer, file: StateFile) -> None:
    async with browsing(server, session=Session(file), untagged=True) as it:
        await it.until_seen("1/300")
        await it.press("z", "down", "down", "enter")
        await it.until_read("Question 3")
        await remembered(it, 3)
    async with browsing(server, session=Session(file), fresh=True) as it:
        await it.until_read("Question 1")
        assert it.screen.project.query == ListFilter()
        assert it.rows.has_focus
        assert it.screen.query_one(f"#{Pane.DETAIL.value}").region.area


async def test_one_conversation_opens_by_its_id_at_a_turn(server: ScriptedServer) -> None:
    async with browsing(server, open_id=uuid_of(250), open_turn=1) as it:
        await it.until_read("Question 250")
        await it.until(lambda: any("▌Turn 1" in line for line in it.lines))
        assert it.transcript.has_focus
        assert it.rows.cursor == 0
        await it.press("escape", "down")
        await it.until_read("Question 2")


async def test_a_search_typed_before_the_conversation_is_there_is_made_when_it_comes(server: ScriptedServer) -> None:
    project, gate = LiveProject(many(300)), threading.Event()
    server.answer(
        lambda request: reply(conversation(250), hold=gate) if uuid_of(250) in request.path else project(request)
    )
    async with browsing(server, open_id=uuid_of(250)) as it:
        await it.until_read("The conversation is on its way")
        await it.press("slash", *"answer")
        assert "answer" in it.words_of("TranscriptView")
        await it.press("enter")
        gate.set()
        await it.until_read("Question 250")
        await it.until_read("/answer 1/1")
        assert it.screen.project.query == ListFilter()


async def test_enter_on_the_row_under_the_cursor_leaves_the_opened_one(server: ScriptedServer) -> None:
    async with browsing(server, open_id=uuid_of(250)) as it:
        await it.until_read("Question 250")
        await it.press("escape", "enter")
        await it.until_read("Question 1")


async def test_a_state_that_cannot_be_kept_is_said_once_and_all_works(server: ScriptedServer, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    session = Session(StateFile(tmp_path / "taken" / "state.json"))
    async with browsing(server, session=session) as it:
        await it.until_read("Question 1")
        await it.press("down")
        await it.until(lambda: any("not kept" in note.message for note in it.app._notifications))
        await it.until_read("Question 2")


async def test_a_damaged_state_is_said_and_set_aside(server: ScriptedServer, file: StateFile) -> None:
    file.path.write_text("{ damaged")
    async with browsing(server, session=Session(file)) as it:
        await it.until(lambda: any("set aside" in note.message for note in it.app._notifications))
        await it.until_read("Question 1")


async def test_a_slow_line_shows_one_pane_and_the_next_start_all_again(server: ScriptedServer, file: StateFile) -> None:
    for keys, zoomed in (((), False), (("z",), False), (("z", "z"), True), ((), True)):
        async with browsing(server, session=Session(file), low_bandwidth=True) as it:
            await it.until_seen("Conversation 1")
            assert not it.screen.query_one("#detail-pane").display
            await it.press(*keys)
            await it.until_quiet()
            it.screen.context.place.save()
            it.screen.session.close(5)
        async with browsing(server, session=Session(file)) as it:
            await it.until_seen("Conversation 1")
            assert it.screen.query_one("#detail-pane").display is not zoomed, keys
