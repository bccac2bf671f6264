"""The tables across conversations in the running program: from the tools to a call, and back."""

import threading
from pathlib import Path

from tests.screens.browsing import Browsing, browsing
from tests.servers import Json, LiveProject, ScriptedServer, conversation, message, tool_call
from tui.demo.http import Answer, Request
from tui.screens.across.screen import AcrossScreen
from tui.screens.browse.layout import Pane
from tui.screens.compare.screen import CompareScreen
from tui.terminal.clipboard import CopyReport

FAILED = [{"error_type": "not_found", "error_code": "NO_SUCH_FLIGHT", "message": "No."}]


def row(number: int) -> Json:
    """A conversation that calls two tools; every third call of `book` fails."""
    history = [
        message(f"Question {number}?"),
        tool_call("book", input_parameters={"seat": number % 4, "place": {"city": "Ulm"}, "note": None},
                  results=FAILED if number % 3 == 0 else [{"ok": True}]),
        tool_call("look", input_parameters={"query": f"q{number}"}, results=f"Error: no flight HAT{number}"),
        tool_call("look", input_parameters={"query": f"q{number}"}, results=[]),
        message("Done.", role="assistant"),
    ]  # fmt: skip
    return conversation(number, chat_history=history, tool_call_count=3)


def project(count: int = 60) -> LiveProject:
    return LiveProject([row(number) for number in range(1, count + 1)])


def tables(it: Browsing) -> AcrossScreen:
    assert isinstance(it.app.screen, AcrossScreen)
    return it.app.screen


async def opened(it: Browsing) -> None:
    """The tables of all conversations, as far as they can be read."""
    await it.until_seen("Conversations 1/60")
    await it.until_quiet()
    await it.press("L")
    await it.until(lambda: isinstance(it.app.screen, AcrossScreen))
    await it.until_seen("all read", "Tools 1/2")


async def calls_of_book(it: Browsing) -> None:
    await opened(it)
    await it.press("slash")
    await it.type("book")
    await it.press("enter")
    await it.until_seen("name of the tool: book")
    await it.press("enter")
    await it.until_seen("Calls 1/60", "Tools › book")


async def test_whoever_leaves_the_tables_is_back_where_they_were_opened(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await opened(it)
        await it.press("tab", "enter")
        await it.until_seen("Calls 1/60")
        for _ in range(2):
            await it.press("down", "enter")
            await it.until(lambda: it.app.screen is it.screen)
            await it.until_read("Turn 1")
            await it.press("escape")
            await it.until(lambda: isinstance(it.app.screen, AcrossScreen))
        await it.press("q", "q")
        await it.until(lambda: it.app.screen is it.screen and it.rows.has_focus)
        await it.until_seen("Conversations 1/60")


async def test_what_is_read_on_for_tables_is_told_and_stopped_in_the_list(server: ScriptedServer) -> None:
    live, goes_on = project(300), threading.Event()

    def late(_request: Request, offset: int, _limit: int) -> Answer | None:
        if offset >= 120:
            goes_on.wait(60)
        return None

    live.on_list = late
    server.answer(live)
    async with browsing(server, size=(80, 24)) as it:
        it.screen.project._page_size.shrink(40)
        await it.until_seen("Conversations 1/300")
        await it.until_quiet()
        await it.press("L")
        await it.until(lambda: isinstance(it.app.screen, AcrossScreen))
        await it.until_seen("read 120/300", "Esc in the list stops, R goes on")
        await it.press("escape")
        await it.until(lambda: it.app.screen is it.screen)
        await it.until_seen("read 120/300")
        await it.press("escape")
        await it.until_seen("Conversations 1/300")
        assert "read 120/300" not in it.text
        goes_on.set()


async def test_the_way_back_leads_over_the_tables(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await opened(it)
        await it.press("tab", "enter")
        await it.until_seen("Calls 1/60")
        for number in (2, 3):
            await it.press("down", "enter")
            await it.until(lambda: it.app.screen is it.screen)
            await it.until_read("Turn 1")
            read = it.screen.context.reading.reading_id
            await it.press("G", "ctrl+o")
            assert it.app.screen is it.screen
            await it.press("ctrl+o")
            await it.until(lambda: isinstance(it.app.screen, AcrossScreen))
            await it.until_seen(f"Calls {number}/60")
        await it.press("ctrl+o")
        await it.until_seen("Tools 1/2")
        await it.press("ctrl+o")
        await it.until(lambda: it.app.screen is it.screen and it.rows.has_focus)
        await it.until_seen("Conversations 1/60")
        await it.press("alt+right")
        await it.until(lambda: it.screen.context.reading.shown_id == read)
        assert it.screen.context.layout.wish.active is Pane.DETAIL


async def test_tools_and_failures_lead_to_calls_and_these_to_where_they_were_made(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await opened(it)
        assert it.has("look 120 60 60", "book 60 20 –"), it.text
        assert it.has("no flight # look 60", "NO_SUCH_FLIGHT book 20")
        await it.press("tab", "down", "enter")
        await it.until_seen("Tools › “NO_SUCH_FLIGHT”", "Calls 1/20")
        await it.press("down", "l", "o")
        await it.until_seen("seat ↑")
        await it.until(lambda: tables(it).context.waiting.is_idle)
        here = tables(it).context.part.sheet
        place, column = here.row, here.column
        await it.press("enter")
        await it.until(lambda: it.app.screen is it.screen)
        await it.until_read("NO_SUCH_FLIGHT")
        viewport = it.transcript.reader.viewport
        assert viewport is not None
        assert viewport.document.blocks[viewport.cursor[0]].kind == "tool"
        await it.press("escape")
        await it.until_seen("Tools › “NO_SUCH_FLIGHT”", "seat ↑")
        again = tables(it).context.part.sheet
        assert (again.row, again.column) == (place, column)
        await it.press("escape", "escape")
        await it.until(lambda: it.app.screen is it.screen)


async def test_values_of_a_column_narrow_the_calls(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await calls_of_book(it)
        await it.press("l", "F")
        await it.until_seen("values of seat", "15 25.0 %")
        await it.press("enter")
        await it.until_seen("seat = ", "Calls 1/15")
        await it.press("escape", "escape", "l", "l", "F")
        await it.until_seen("values of note", "null 60 100 %")


async def test_what_is_inside_of_an_object_has_a_column_by_its_path(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await calls_of_book(it)
        assert it.has("place.city", "Ulm", "null")


async def test_identical_calls_open_as_a_group(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await opened(it)
        await it.press("equals_sign")
        await it.until_seen("identical calls of look", "Identical calls 1/60")
        await it.press("enter")
        await it.until_seen("Calls 1/2")
        await it.press("equals_sign")
        await it.until_seen("identical › identical", "Calls 1/2")


async def test_l_on_a_tool_call_that_is_read_shows_it_among_all_calls_of_its_tool(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await it.until_seen("Conversations 1/60")
        await it.until_followed()
        await it.press("down", "down", "enter")
        await it.until_read("Question 3?")
        await it.press("}", "}", "L")
        await it.until_seen("Tools › look", "Calls ", "/120")
        screen = tables(it)
        await it.until(lambda: screen.context.part.sheet.value_here is not None and screen.context.coverage.is_complete)
        part = screen.context.part
        call = part.table.call_at(part.sheet.row)  # type: ignore[union-attr]  # it is one of calls
        assert call is not None
        assert (call.conversation, call.message) == (it.screen.context.reading.reading_id, 2)
        await it.press("escape")
        await it.until_seen("Tools 1/2")


async def test_only_what_the_filter_shows_is_told_of_and_said_at_the_top(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await it.until_seen("Conversations 1/60")
        await it.press("slash")
        await it.type("stated:>0")
        await it.press("enter")
        await it.until_seen("Conversations 1/20", "all read")
        await it.press("escape", "L")
        await it.until_seen("of stated:>0", "book 20 20 –", "look 40 20")


async def test_a_partial_answer_says_so_and_r_reads_on(server: ScriptedServer) -> None:
    from tui.config.settings import FactsSettings

    server.answer(project(400))
    async with browsing(server, size=(140, 36), facts=FactsSettings(read_on_below=0)) as it:
        await it.until_seen("Conversations 1/400")
        await it.until_quiet()
        await it.press("L")
        await it.until_seen("read of 400 · R reads the rest")
        assert not tables(it).context.coverage.is_complete
        await it.press("R")
        await it.until_seen("all read", "look 800")


async def test_what_is_found_is_gone_to_and_marks_stay(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await opened(it)
        await it.press("enter")
        await it.until_seen("Calls 1/120")
        await it.press("slash")
        await it.type("q17")
        await it.press("enter")
        await it.until_seen("query: q17")
        await it.press("space", "n")
        await it.until_seen("query: q17", "1 marked")
        await it.press("slash")
        await it.type("not there")
        await it.press("enter")
        await it.until_seen("query: q17")
        await it.press("U")
        await it.until_gone("marked")


async def test_cell_row_and_table_are_copied_as_tsv(server: ScriptedServer, monkeypatch: object) -> None:
    server.answer(project())
    copied: list[str] = []

    def deliver(text: str, _where: object) -> tuple[CopyReport, None, str]:
        copied.append(text)
        return CopyReport("none", 0), None, ""

    monkeypatch.setattr("tui.screens.delivery._deliver", deliver)  # type: ignore[attr-defined]
    async with browsing(server, size=(140, 36)) as it:
        await calls_of_book(it)
        await it.press("l", "y", "c")
        await it.until(lambda: len(copied) == 1)
        await it.press("y", "t")
        await it.until(lambda: len(copied) == 2)
    assert copied[0] in "0123"
    heads, *rows = copied[1].splitlines()
    assert heads.split("\t")[:4] == ["✗", "seat", "place.city", "note"]
    assert len(rows) == 60
    assert rows[0].split("\t")[0] == "failed"
    assert rows[0].split("\t")[2:4] == ["Ulm", "null"]


async def test_a_file_has_every_row_and_says_what_it_covers(server: ScriptedServer, tmp_path: Path) -> None:
    from tui.config.settings import FactsSettings

    server.answer(project(400))
    async with browsing(server, size=(140, 36), facts=FactsSettings(read_on_below=0)) as it:
        await it.until_seen("Conversations 1/400")
        await it.until_quiet()
        await it.press("L")
        await it.until_seen("R reads the rest")
        await it.press("x")
        await it.until_seen("CSV, for spreadsheets", "partial: of ")
        it.app.screen.query_one("#export-folder").value = str(tmp_path)  # type: ignore[attr-defined]
        await it.press("enter")
        await it.until(lambda: list(tmp_path.glob("*.csv")))
    covers, heads, *rows = written(tmp_path).splitlines()
    assert covers.startswith("# partial: of ")
    assert heads.startswith("tool,calls,✗")
    assert len(rows) == 2


def written(folder: Path) -> str:
    """The only file there."""
    (path,) = folder.glob("*.csv")
    return path.read_text(encoding="utf-8")


async def test_esc_in_the_middle_and_a_conversation_that_is_gone_lose_nothing(server: ScriptedServer) -> None:
    live = project()
    server.answer(live)
    async with browsing(server, size=(80, 24)) as it:
        await opened(it)
        await it.press("F")
        await it.press("escape")
        await it.until(lambda: it.app.screen is it.screen)
        await it.press("L", "enter")
        await it.until_seen("Tools › look")
        await it.press("q", "q")
        await it.until(lambda: it.app.screen is it.screen)


async def test_two_marked_calls_are_compared_and_the_table_is_as_it_was(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36), notices=True) as it:
        await opened(it)
        await it.press("D")
        await it.until(lambda: "Enter on a tool shows its calls" in it.text)
        await it.press("slash", *"book", "enter", "enter")
        await it.until_seen("Calls 1/60", "Tools › book")
        await it.press("D")
        await it.until(lambda: "mark one with Space" in it.text)
        await it.press("space", "G", "D")
        await it.until(lambda: isinstance(it.app.screen, CompareScreen))
        await it.until_seen("difference 1/1", "~ ▸ book")
        await it.press("escape")
        await it.until_seen("Calls 60/60", "1 marked")
