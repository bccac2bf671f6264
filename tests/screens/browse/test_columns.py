"""The list as columns: which there are, what stands before a row, and where a click on a number leads."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation, message, tool_call
from tui.screens.browse.layout import Pane
from tui.store.saved.session import Session
from tui.store.saved.state_file import StateFile
from tui.widgets.lists.choice_box import ChoiceBox

FAILED = {"error_code": "INVALID_QUERY", "message": "No."}


@pytest.fixture(autouse=True)
def _rows(server: ScriptedServer) -> None:
    fine = [message("Question"), *[tool_call(results=["fine"])] * 40]
    broken = [*fine, tool_call(results={"error": FAILED}), message("Sorry.", role="assistant")]
    server.answer(LiveProject([conversation(n, chat_history=broken if n == 2 else fine) for n in range(1, 30)]))


def heads(it: Browsing) -> list[str]:
    return it.words_of("#heads").split()


async def in_columns(it: Browsing) -> None:
    await it.until_seen("1/29")
    await it.press("z", "d")
    await it.until_seen("retrieval: INVALID_QUERY")


async def test_columns_are_chosen_and_come_back_at_the_next_start(server: ScriptedServer, tmp_path: Path) -> None:
    file = StateFile(tmp_path / "state.json")
    async with browsing(server, size=(160, 36), session=Session(file)) as it:
        await it.until_seen("1/29")
        await it.press("z", "C")
        await it.until(lambda: {"date", "✗", "calls", "turns", "agent"} <= set(heads(it)))
        await it.press("c", "T", "a", "a")
        await it.until(lambda: {"calls", "turns"} & set(heads(it)) == set())
        assert {"date", "✗", "agent"} <= set(heads(it))
        assert it.screen.query_one(ChoiceBox).display, "several are chosen one after the other"
        await it.press("escape")
        assert not it.screen.query_one(ChoiceBox).display
        await it.until(lambda: "…" not in it.words_of("ConversationList"))  # all facts are there
        shown = it.words_of("#heads", "ConversationList")
        it.screen.context.place.save()
        it.screen.session.close(5)
    async with browsing(server, size=(160, 36), session=Session(file)) as it:
        await it.until(lambda: it.words_of("#heads", "ConversationList") == shown)
        await it.press("C", "C")
        await it.until(lambda: {"date", "✗", "calls", "turns", "agent"} <= set(heads(it)))


async def test_a_column_without_room_says_so(server: ScriptedServer) -> None:
    async with browsing(server, size=(80, 24)) as it:
        await it.until_seen("1/29")
        await it.press("z", "C")
        await it.until(lambda: "first failure in words no room" in " ".join(it.text.split()))


async def test_marked_and_unseen_stand_before_a_row(server: ScriptedServer) -> None:
    async with browsing(server, size=(160, 36)) as it:
        await in_columns(it)
        await it.press("space", "enter")
        await it.until(lambda: it.screen.context.layout.wish.reading)
        await it.until(lambda: len(it.screen.project.seen) == 1)
        await it.press("escape")
        rows = it.rows.region
        await it.until(lambda: [it.lines[y][1:3] for y in range(rows.y, rows.y + 3)] == ["▣•", "  ", " •"])


@pytest.mark.parametrize("pointed", ["1 ", "retrieval: INV"])
async def test_a_click_on_what_failed_goes_to_the_first_failed_call(server: ScriptedServer, pointed: str) -> None:
    async with browsing(server, size=(160, 36)) as it:
        await in_columns(it)
        y = next(y for y, line in enumerate(it.lines) if "INVALID_QUERY" in line)
        x = cell_len(it.lines[y][: it.lines[y].index(pointed, 10)])
        await it.click(x, y - 1)
        assert not it.screen.context.layout.wish.reading, "where nothing failed there is nothing to go to"
        await it.click(x, y)
        await it.until(lambda: it.screen.context.layout.wish.active is Pane.DETAIL)
        await it.until(lambda: "INVALID_QUERY" in it.words_of("TranscriptView"))


async def test_a_click_on_a_number_goes_to_what_it_counts(server: ScriptedServer) -> None:
    async with browsing(server, size=(160, 36)) as it:
        await in_columns(it)
        y = next(y for y, line in enumerate(it.lines) if "INVALID_QUERY" in line)
        x = cell_len(it.lines[y - 1][: it.lines[y - 1].index("40", 10)])
        await it.click(x, y - 1)
        await it.until(lambda: it.screen.context.layout.wish.active is Pane.DETAIL)
        await it.until(lambda: "· retrieval" in it.words_of("#detail-edge"))


async def test_e_in_the_list_reads_from_the_first_failed_call_on(server: ScriptedServer) -> None:
    async with browsing(server, size=(100, 24), notices=True) as it:
        await it.until_seen("1/29")
        await it.press("down", "e")
        await it.until(lambda: "INVALID_QUERY" in it.words_of("TranscriptView"))
        assert it.transcript.has_focus
        await it.press("escape", "up", "e")
        await it.until(lambda: "There is no failed tool call here" in it.text)


async def test_the_help_tells_what_the_signs_of_the_list_mean(server: ScriptedServer) -> None:
    async with browsing(server, size=(120, 60)) as it:
        await it.until_seen("1/29")
        await it.press("question_mark", "slash")
        await it.type("before a row")
        await it.until(lambda: "▣ Before a row: marked" in " ".join(it.text.split()))


async def test_what_the_rows_are_sorted_by_stays_where_there_is_no_room_for_more(server: ScriptedServer) -> None:
    async with browsing(server, size=(80, 24)) as it:
        await it.until_seen("1/29")
        await it.press("d")
        await it.until(lambda: heads(it) == ["date", "name", "or", "question"])
        await it.press("o", "t")
        await it.until(lambda: heads(it) == ["tokens", "name", "or", "question"])
        await it.press("o", "o")
        await it.until(lambda: heads(it) == ["date", "name", "or", "question"])
