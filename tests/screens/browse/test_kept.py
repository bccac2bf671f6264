"""A start with facts that an earlier run has kept, and with a sort that it has remembered."""

import threading
from pathlib import Path

import pytest

from tests.screens.browse.test_finding import found, listed, project, with_calls
from tests.screens.browsing import Browsing, browsing
from tests.servers import ScriptedServer, error
from tui.config.settings import FactsSettings
from tui.demo.http import Answer, Request
from tui.store.facts.kept_file import kept_files
from tui.store.facts.sorting import Order
from tui.store.saved.session import Session
from tui.store.saved.state_file import StateFile

WIDE = (180, 36)


@pytest.fixture
def file(tmp_path: Path) -> StateFile:
    return StateFile(tmp_path / "state.json")


async def leave(it: Browsing) -> None:
    """End as the program does: the place is taken note of, and what was read is in the file."""
    it.screen.context.place.save()
    it.screen.session.close(5)
    it.screen.project.facts.close(5)


def old(it: Browsing) -> int:
    """How many are known from the run before only."""
    told = it.screen.project.facts.found
    return told.old if told is not None else 0


def known(it: Browsing) -> int:
    """How many are known."""
    told = it.screen.project.facts.found
    return told.known if told is not None else 0


async def sorted_once(server: ScriptedServer, file: StateFile, folder: Path) -> None:
    """A run that sorts, reads all, and ends."""
    async with browsing(server, size=WIDE, session=Session(file), keeps_in=folder) as it:
        await it.until_seen("Conversations 1/60")
        await it.press("o", "f")
        await it.until_seen("by failed calls ↓", "all read")
        await it.until(lambda: len(listed(it)) == 60)
        await leave(it)


async def test_kept_facts_are_there_at_once_as_of_then_and_what_is_read_again_replaces_them(
    server: ScriptedServer, file: StateFile, tmp_path: Path
) -> None:
    live = project()
    server.answer(live)
    await sorted_once(server, file, tmp_path)
    asked, goes_on = threading.Event(), threading.Event()

    def late(_request: Request, _offset: int, _limit: int) -> Answer | None:
        asked.set()
        goes_on.wait(20)
        return None

    live.on_list = late
    gone = live.rows.pop(9)
    live.rows[3] = with_calls(4, failed=7, calls=9)
    async with browsing(server, size=WIDE, session=Session(file), keeps_in=tmp_path) as it:
        await it.until(asked.is_set)
        await it.until_seen("by failed calls ↓", "60 match in ", " read, ")
        await it.until(lambda: len(listed(it)) == 60 and old(it) >= 59)  # what is read is fetched by itself
        assert listed(it)[0] == gone["name"], "two failed, the newest of those"
        goes_on.set()
        await it.until_seen("all read")
        await it.until(lambda: len(listed(it)) == 59 and listed(it)[0].endswith(" 4"))
        assert gone["name"] not in listed(it)


async def test_a_server_that_does_not_answer_leaves_what_was_kept(
    server: ScriptedServer, file: StateFile, tmp_path: Path
) -> None:
    live = project()
    server.answer(live)
    await sorted_once(server, file, tmp_path)
    live.on_list = lambda _request, _offset, _limit: error(403, "Not you.")
    async with browsing(server, size=WIDE, session=Session(file), keeps_in=tmp_path) as it:
        await it.until_seen("Not you.")
        await it.until(lambda: len(listed(it)) == 60)


async def test_a_remembered_sort_without_kept_facts_says_what_is_read_and_what_is_to_be(
    server: ScriptedServer, file: StateFile
) -> None:
    server.answer(project(300))
    async with browsing(server, size=WIDE, session=Session(file)) as it:
        await it.until_seen("Conversations 1/300")
        await it.press("o", "c", "o", "c", "d")
        await it.until_seen("by calls ↑", "all read")
        await leave(it)
    async with browsing(server, size=WIDE, session=Session(file), facts=FactsSettings(read_on_below=0)) as it:
        await it.until_seen("by calls ↑")
        await it.until_seen("read of 300 · R reads the rest, about")
        assert it.screen.project.facts.order == Order("calls", turned=True)
        assert it.screen.query_one("#heads").display, "the columns are remembered, too"


async def test_a_remembered_term_shows_what_was_kept(server: ScriptedServer, file: StateFile, tmp_path: Path) -> None:
    live = project()
    server.answer(live)
    async with browsing(server, size=WIDE, session=Session(file), keeps_in=tmp_path) as it:
        await it.until_seen("Conversations 1/60")
        await found(it, "failed:>1")
        await it.until_seen("Conversations 1/6 ", "all read")
        await leave(it)
    goes_on = threading.Event()

    def late(_request: Request, _offset: int, _limit: int) -> Answer | None:
        goes_on.wait(20)
        return None

    live.on_list = late
    async with browsing(server, size=WIDE, session=Session(file), keeps_in=tmp_path) as it:
        await it.until_seen("6 match in ", " read, ")
        await it.until(lambda: len(listed(it)) == 6 and old(it) >= 59)
        goes_on.set()
        await it.until_seen("all read")


async def test_what_was_read_is_kept_also_when_it_is_stopped(server: ScriptedServer, tmp_path: Path) -> None:
    live = project(300)
    server.answer(live)
    reached, goes_on = threading.Event(), threading.Event()

    def late(_request: Request, offset: int, _limit: int) -> Answer | None:
        if offset >= 120:
            reached.set()
            goes_on.wait(20)
        return None

    live.on_list = late
    async with browsing(server, size=WIDE, keeps_in=tmp_path) as it:
        it.screen.project._page_size.shrink(40)
        await it.until_seen("Conversations 1/300")
        await it.press("o", "f")
        await it.until(lambda: reached.is_set() and known(it) > 40)
        await it.press("escape")
        await it.until_seen("R reads the rest")
        read = known(it)
        await leave(it)
        goes_on.set()
    async with browsing(server, size=WIDE, keeps_in=tmp_path, facts=FactsSettings(read_on_below=0)) as it:
        live.on_list = None
        await it.until_seen("Conversations 1/300")
        await it.press("o", "f")
        await it.until(lambda: known(it) >= read)


async def test_nothing_is_kept_where_that_was_not_asked_for(server: ScriptedServer, tmp_path: Path) -> None:
    server.answer(project())
    async with browsing(server, size=WIDE) as it:
        await it.until_seen("Conversations 1/60")
        await it.press("o", "f")
        await it.until_seen("all read")
        assert it.screen.project.facts.path is None
    assert kept_files(tmp_path) == []


async def test_a_file_that_cannot_be_used_is_said_and_the_list_works(server: ScriptedServer, tmp_path: Path) -> None:
    (tmp_path / "facts").write_text("a file where a folder should be")
    server.answer(project())
    async with browsing(server, size=WIDE, keeps_in=tmp_path, notices=True) as it:
        await it.until(lambda: "Facts are not kept" in it.text)
        await it.press("o", "f")
        await it.until(lambda: "by failed calls ↓" in it.text and "all read" in it.text)
