"""Back to where one was, and forward again: conversation, line, filter, order and layout, in the running program."""

from datetime import UTC, datetime, timedelta

from tests.screens.browsing import Browsing, browsing
from tests.servers import Json, LiveProject, Reply, ScriptedServer, conversation, message, page_of, uuid_of
from tui.demo.http import Request
from tui.screens.browse.layout import Pane
from tui.views.reader.reader import Reader
from tui.views.transcript.viewport import Place

NEWEST = datetime(2025, 3, 12, tzinfo=UTC)


def project(count: int = 8, *, turns: int = 30) -> LiveProject:
    """Conversations of several screens; every second one has no tag, every third one is about a refund."""
    history = [message("Where is it?") if n % 2 else message("On its way.", role="assistant") for n in range(turns)]

    def made(number: int) -> Json:
        end = [message("refund")] * (number % 3 == 0)
        when = f"{NEWEST - timedelta(hours=number):%Y-%m-%dT%H:%M:%S.000000Z}"
        return conversation(number, chat_history=[*history, *end], tags=["a"] * (number % 2), created_at=when)

    rows = [made(number) for number in range(1, count + 1)]

    def filtered(request: Request, offset: int, limit: int) -> Reply | None:
        found = rows
        if "text" in request.parameters:
            found = [row for row in found if request.parameters["text"][0] in str(row["chat_history"])]
        if "no_tags" in request.parameters:
            found = [row for row in found if not row["tags"]]
        return page_of(found[offset : offset + limit], count=len(found))

    return LiveProject(rows, on_list=filtered)


def reader(it: Browsing) -> Reader:
    return it.transcript.reader


def read_id(it: Browsing) -> str | None:
    document = reader(it).document
    return document.conversation.id if document is not None else None


def line(it: Browsing) -> Place:
    viewport = reader(it).viewport
    assert viewport is not None
    return viewport.cursor


def pane(it: Browsing) -> Pane:
    return it.screen.context.layout.wish.active


async def test_back_and_forward_over_lines_conversations_and_panes(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(130, 36)) as it:
        await it.until_followed()
        await it.press("j", "enter")
        await it.until_followed()
        first = read_id(it)
        await it.press(*"jjjj")
        fourth = line(it)
        await it.press("G")
        last = line(it)
        assert last > fourth
        await it.press(">")
        await it.until(lambda: read_id(it) not in (None, first))
        second = read_id(it)
        await it.press("escape")
        assert pane(it) is Pane.LIST

        await it.press("ctrl+o")
        assert (pane(it), read_id(it)) == (Pane.DETAIL, second)
        await it.press("alt+left")
        await it.until(lambda: (read_id(it), line(it)) == (first, last))
        assert it.rows.cursor == 1
        await it.press("ctrl+o")
        assert (read_id(it), line(it)) == (first, fourth)
        await it.press("ctrl+o")
        assert (pane(it), it.rows.cursor) == (Pane.LIST, 1)

        await it.press("alt+right", "alt+right")
        await it.until(lambda: (pane(it), read_id(it), line(it)) == (Pane.DETAIL, first, last))
        await it.press("alt+right")
        await it.until(lambda: read_id(it) == second)
        await it.press("alt+right")
        assert pane(it) is Pane.LIST


async def test_a_changed_filter_is_undone(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, text="refund", size=(130, 36)) as it:
        await it.until_seen("Conversations 1/2")
        await it.press("j", "c")
        await it.until_seen("Conversations 6/8")
        await it.press("u")
        await it.until_seen("Conversations 3/4", "untagged")
        await it.press("ctrl+o")
        await it.until_seen("Conversations 6/8")
        await it.press("ctrl+o")
        await it.until_seen("Conversations 2/2", '"refund" ×')
        await it.press("alt+right", "alt+right")
        await it.until_seen("Conversations 3/4", "untagged")


async def test_what_is_pressed_while_the_list_is_on_its_way_back_is_a_step_of_its_own(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, text="refund", size=(130, 36)) as it:
        await it.until_seen("Conversations 1/2")
        await it.press("j", "c")
        await it.until_seen("Conversations 6/8")
        await it.press("ctrl+o", "t", "ctrl+o")
        assert (pane(it), it.screen.project.query.text) == (Pane.LIST, "refund")
        await it.until_seen("Conversations 2/2")


async def test_a_wrong_word_is_one_step_however_slowly_it_was_typed(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(130, 36)) as it:
        await it.until_seen("Conversations 1/8")
        await it.press("j", "j", "slash")
        await it.type("ref")
        await it.until(lambda: it.screen.project.query.text == "ref")
        await it.type("uxd")
        await it.until(lambda: it.screen.project.query.text == "refuxd")
        await it.press("enter")
        await it.until_quiet()
        await it.press("ctrl+o")
        await it.until_seen("Conversations 3/8")
        assert pane(it) is Pane.LIST
        await it.press("ctrl+o")
        assert it.screen.project.query.is_empty
        await it.press("alt+right")
        await it.until(lambda: it.screen.project.query.text == "refuxd")


async def test_out_of_the_line_of_the_filter(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(130, 36)) as it:
        await it.until_followed()
        await it.press("enter", "G")
        await it.until(lambda: line(it) > (5, 0))
        here = line(it)
        await it.press("z", "escape", "escape", "t", "ctrl+o")
        assert pane(it) is Pane.LIST
        await it.press("t", "alt+left", "ctrl+o")
        await it.until(lambda: (pane(it), line(it)) == (Pane.DETAIL, here))


async def test_a_line_is_come_back_to_in_the_width_in_which_it_was_read(server: ScriptedServer) -> None:
    long = " ".join(f"word{n}" for n in range(2_000))
    server.answer(LiveProject([conversation(1, chat_history=[message(long), message("And then?")])]))
    async with browsing(server, size=(100, 36)) as it:
        await it.until_followed()
        await it.press("enter", *["pagedown"] * 4)
        here, words = line(it), it.words_of("TranscriptView")
        await it.press("escape", "J")
        await it.until(lambda: line(it) != here)
        await it.press("ctrl+o")
        assert (line(it), it.words_of("TranscriptView")) == (here, words)


async def test_keys_that_change_how_all_looks_are_undone(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(130, 36)) as it:
        await it.until_followed()
        context = it.screen.context
        wish, painter, modes = context.layout.wish, it.rows.painter, reader(it).modes
        looks = [(wish.zoomed, painter.density, wish.filter_hidden, modes.focused, modes.tools)]
        for key in ("d", "z", "z", "f", "enter", "F", "T", "T"):
            await it.press(key)
        assert looks[0] != (wish.zoomed, painter.density, wish.filter_hidden, modes.focused, modes.tools)
        for _ in range(8):
            await it.press("ctrl+o")
        assert looks[0] == (wish.zoomed, painter.density, wish.filter_hidden, modes.focused, modes.tools)
        assert pane(it) is Pane.LIST


async def test_an_order_is_undone(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(130, 36)) as it:
        await it.until_seen("Conversations 1/8")
        await it.press("o", "n")
        await it.until_seen("by name")
        await it.press("ctrl+o")
        await it.until_gone("by name")
        await it.press("alt+right")
        await it.until_seen("by name")


async def test_a_search_is_there_again_and_gone_again(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(130, 36)) as it:
        await it.until_followed()
        await it.press("enter", *"jj")
        here = line(it)
        await it.press("slash")
        await it.type("way")
        await it.press("enter")
        await it.until(lambda: line(it) > here)
        found = line(it)
        await it.press("ctrl+o")
        assert (line(it), reader(it).finder.text) == (here, "")
        await it.press("alt+right")
        assert (line(it), reader(it).finder.text) == (found, "way")


async def test_a_hundred_conversations_are_gone_back_over(server: ScriptedServer) -> None:
    server.answer(project(110, turns=2))
    async with browsing(server, size=(130, 36)) as it:
        await it.until_followed()
        await it.press("enter", *[">"] * 100)
        assert it.rows.cursor == 100
        await it.press(*["ctrl+o"] * 100)
        assert (it.rows.cursor, pane(it)) == (0, Pane.DETAIL)
        await it.press(*["alt+right"] * 100)
        assert it.rows.cursor == 100


async def test_at_the_begin_and_at_the_end_it_is_said(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, notices=True) as it:
        await it.until_followed()
        await it.press("ctrl+o")
        await it.until(lambda: "no earlier place" in it.text)
        await it.press("alt+right")
        await it.until(lambda: "no later place" in it.text)


async def test_what_was_opened_by_its_id_is_gone_to_in_the_list(server: ScriptedServer) -> None:
    server.answer(project(400, turns=2))
    async with browsing(server, open_id=uuid_of(250)) as it:
        await it.until_followed()
        assert (read_id(it), pane(it)) == (uuid_of(250), Pane.DETAIL)
        assert len(server.list_requests) < 15
        await it.press(">")
        await it.until(lambda: read_id(it) not in (None, uuid_of(250)))
        await it.press("<")
        await it.until(lambda: read_id(it) == uuid_of(250))


async def test_what_is_in_no_list_is_said_and_come_back_to(server: ScriptedServer) -> None:
    live, alone = project(), project(300)
    server.answer(lambda request: (alone if uuid_of(200) in request.path else live)(request))
    async with browsing(server, open_id=uuid_of(200)) as it:
        await it.until(lambda: "not in this list" in it.words_of("#detail-edge"))
        await it.press("G")
        last = line(it)
        await it.press(">")
        await it.until_followed()
        assert it.rows.cursor == 0
        await it.press(">")
        await it.until_followed()
        assert it.rows.cursor == 1
        await it.press("<", "<")
        await it.until(lambda: reader(it).viewport is not None and (read_id(it), line(it)) == (uuid_of(200), last))
        await it.until_seen("not in this list")


async def test_what_was_read_is_marked_as_seen(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(130, 36)) as it:
        await it.until_followed()
        await it.press("enter")
        await it.until(lambda: uuid_of(1) in it.screen.project.seen)
        await it.press("escape")
        await it.until(lambda: "seen" in it.words_of("ConversationList"))
        await it.press("j", "j", "d")
        await it.until_followed()
        await it.until(lambda: it.words_of("ConversationList").count("•") == 7)
