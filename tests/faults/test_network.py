"""What stands between us and the server: nobody there, a proxy, a bad certificate, calls that are missing."""

import contextlib
import itertools
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.conftest import certificate, other_server, tls_server
from tests.faults.table import BODY_LIMIT
from tests.screens.browsing import Browsing, browsing
from tests.servers import (
    LiveProject,
    Reply,
    ScriptedServer,
    conversation,
    error,
    message,
    page_of,
    refused_base_url,
    reply,
)
from tui.demo.http import Answer, HttpServer, Request, listening_socket
from tui.store.listing import progress

__all__ = ["certificate", "other_server", "tls_server"]

ROWS = [conversation(number) for number in range(1, 121)]


@contextlib.contextmanager
def served_at(base_url: str, project: LiveProject) -> Iterator[None]:
    """A server that comes up at an address where nobody was."""
    port = int(base_url.split(":")[2].split("/")[0])
    server = HttpServer(project, listening_socket(port=port))
    server.start()
    try:
        yield
    finally:
        server.stop()


async def test_refused_at_the_start_and_there_later(server: ScriptedServer) -> None:
    base_url = refused_base_url()
    async with browsing(server, connection={"base_url": base_url}) as it:
        await it.until_seen("The service cannot be reached", "then press r to try again")
        await it.press("tab", "tab", "tab")
        with served_at(base_url, LiveProject(ROWS)):
            await it.press("r")
            await it.until_read("Question 1")
        await it.press("end")
        await it.until_seen("cannot be reached", "r tries again")
        await it.press("home")
        await it.until_seen("Conversation 2")


async def test_a_slow_answer_leaves_the_rows_the_keys_and_the_words_that_it_is_on_its_way(
    server: ScriptedServer,
) -> None:
    project, gate = LiveProject(ROWS), threading.Event()
    server.answer(project)
    async with browsing(server) as it:
        await it.until_seen("Conversation 1")
        await it.until_quiet()
        project.on_list = lambda _request, offset, limit: page_of(ROWS[offset : offset + limit], count=120, hold=gate)
        await it.press("r")
        await it.until_seen("loading…")
        for cursor in (1, 2, 3):
            await it.press("j")
            assert it.rows.cursor == cursor
        await it.until_read("Question 4")
        gate.set()
        await it.until_quiet()
        await it.until_gone("loading…")


async def test_a_bad_certificate_is_said_and_nothing_was_sent(tls_server: ScriptedServer) -> None:
    async with browsing(tls_server) as it:
        await it.until_seen("The server's certificate is not trusted", "SSL_CERT_FILE", "Nothing was sent.")
        await it.press("question_mark")
        await it.until_seen("Everywhere")
        assert tls_server.requests == []


async def test_a_proxy_that_fails_is_quoted_and_one_that_works_is_used(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.origin)
    server.reply(Reply(502, b"<html><title>Proxy: upstream is down</title></html>"))
    async with browsing(server, connection={"base_url": "http://clarifeye.invalid/api/v1"}) as it:
        await it.until_seen("The service has a fault", "502: Proxy: upstream is down")
        server.answer(LiveProject(ROWS))
        await it.press("r")
        await it.until_read("Question 1")
        assert all(request.path.startswith("http://clarifeye.invalid/") for request in server.requests)


async def test_a_proxy_that_is_not_there_is_said(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", refused_base_url().removesuffix("/api/v1"))
    async with browsing(server, connection={"base_url": "http://clarifeye.invalid/api/v1"}) as it:
        await it.until_seen("The service cannot be reached", "refused (through the proxy 127.0.0.1:")


@pytest.mark.asks_otherwise
async def test_a_proxy_that_says_no_to_a_tunnel_is_quoted_without_its_password(
    other_server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", other_server.origin.replace("//", "//me:hidden-word@"))
    other_server.reply(Reply(407, b""))
    async with browsing(other_server, connection={"base_url": "https://clarifeye.invalid/api/v1"}) as it:
        await it.until_seen(f"the proxy …@{other_server.origin.removeprefix('http://')} answers 407")
        assert not it.has("hidden-word")
        assert len(other_server.requests) == 1
        other_server.reply(Reply(503, b""))
        await it.press("r")
        await it.until_seen("answers 503")
        assert len(other_server.requests) > 2


async def test_a_proxy_whose_name_is_not_known_is_what_is_named(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:3128")
    async with browsing(server, connection={"base_url": "http://clarifeye.example/api/v1"}) as it:
        await it.until_seen("The service cannot be reached", "the name of the proxy proxy.invalid:3128 is not known")
        assert not it.has("The host name is not known")


async def test_a_proxy_variable_that_is_no_address_is_named_and_r_asks_again(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:abc")
    async with browsing(server, connection={"base_url": "http://clarifeye.invalid/api/v1"}) as it:
        await it.until_seen("The proxy setting cannot be used", "http_proxy is http://127.0.0.1:abc")
        monkeypatch.setenv("http_proxy", server.origin)
        server.answer(LiveProject(ROWS))
        await it.press("r")
        await it.until_read("Question 1")


async def test_without_the_calls_of_tags_and_people_the_list_serves(server: ScriptedServer) -> None:
    project = LiveProject(ROWS, tags=None, people=None)
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until_seen("of loaded rows", "billing")
        await it.until_quiet()
        assert not it.has("Forbidden")
        assert not it.has("Not found")
        project.tags = ("urgent",)
        await it.press("r")
        await it.until_seen("urgent")


async def test_a_list_that_has_become_shorter_than_the_page_that_is_asked_for(server: ScriptedServer) -> None:
    project = LiveProject(list(ROWS))

    def on_list(_request: Request, offset: int, _limit: int) -> Answer | None:
        return error(404, "Invalid page.") if offset >= len(project.rows) else None

    project.on_list = on_list
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press("end")
        await it.until_read("Question 120 ")
        await it.until_quiet()
        del project.rows[20:]
        await it.press("r")
        await it.until_seen("Conversations 20/20", "20 conversations")
        await it.until_gone("Not found")


async def test_a_server_that_counts_conversations_and_sends_none_is_not_taken_for_an_empty_project(
    server: ScriptedServer,
) -> None:
    project = LiveProject(ROWS, on_list=lambda *_: page_of([], count=1_000))
    server.answer(project)
    async with browsing(server) as it:
        await it.until_seen("The server sent no conversation", "It counts 1,000 conversations")
        await it.until_read("No conversation came")
        assert not it.has("No conversations yet")
        project.on_list = lambda *_: page_of([])
        await it.press("r")
        await it.until_seen("No conversations yet")
        project.on_list = lambda *_: page_of([], count=1_000)
        await it.press("r")
        await it.until_seen("The server sent no conversation")
        project.on_list = None
        await it.press("r")
        await it.until_seen("Conversations 1/120")


async def test_a_total_that_was_never_told_truly_is_said_to_be_a_least_one(server: ScriptedServer) -> None:
    server.answer(LiveProject(ROWS, count=-1))
    async with browsing(server) as it:
        await it.until_seen("at least 40 conversations", "Conversations 1/40+")
        await it.press("x")
        await it.until_seen("all under the filter: at least 40 conversations")
        await it.press("escape")
        for _ in range(4):
            await it.press("end")
            await it.until_quiet()
        await it.until_seen("120 conversations", "Conversations 120/120")
        assert not it.has("at least")


async def test_a_server_that_counts_nothing_and_sends_short_pages_is_read_to_its_end(server: ScriptedServer) -> None:
    def on_list(_request: Request, offset: int, limit: int) -> Answer:
        rows = ROWS[offset : offset + min(25, limit)]
        following = "https://other.invalid/" if offset + len(rows) < len(ROWS) else None
        return reply({"next": following, "previous": None, "results": rows})

    server.answer(LiveProject(ROWS, on_list=on_list))
    async with browsing(server) as it:
        await it.until_seen("at least ", "+")
        for _ in range(6):
            await it.press("end")
            await it.until_quiet()
        await it.until_seen("Conversations 120/120", "120 conversations")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 36)], ids=str)
async def test_however_much_a_server_says_the_keys_that_help_are_not_cut_off(
    size: tuple[int, int], server: ScriptedServer
) -> None:
    project = LiveProject(ROWS)
    server.answer(project)
    async with browsing(server, size=size) as it:
        await it.until_seen("Conversation 2")
        await it.until_quiet()
        project.on_list = lambda *_: error(400, "There is much to be said about this " * 9)
        await it.press("r")
        await it.until_seen("(400): There is", "… · r tries again")
        await it.press("u")
        await it.until_seen("The filter was not applied", "… · r tries again, c clears the filter")


LONG = "There is much to be said about this, to the very end. " * 12 + "END OF IT"


async def test_what_a_server_says_is_never_lost(server: ScriptedServer) -> None:
    project = LiveProject(ROWS)
    server.answer(project)
    async with browsing(server, notices=True) as it:
        await it.until_read("Question 1")
        await it.until_quiet()
        await it.press("exclamation_mark")
        await it.until_seen("Nothing has gone wrong.")
        assert it.app.screen is it.screen, "there is nothing to show in a box"
        project.on_list = lambda *_: error(500, LONG)
        await it.press("r")
        await it.until_seen("(500): There is much", "r tries again, ! shows all")
        assert not it.has("END OF IT")
        await it.press("exclamation_mark")
        await it.until_seen(": The service has a fault (500)", "END OF IT", "Press r to try again.")
        await it.press("exclamation_mark")
        await it.until(lambda: it.app.screen is it.screen)
        server.reply(error(403, LONG))
        it.screen.project.window._places.drop_history(1)
        await it.press("j")
        await it.until_read("No permission")
        await it.until_read("! shows all of it.")
        await it.press("enter", "exclamation_mark")
        await it.until_seen("The conversation: No permission (403)", "END OF IT")


async def test_while_a_line_has_the_keys_the_key_that_works_there_is_named(server: ScriptedServer) -> None:
    project = LiveProject(ROWS)
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until_quiet()
        project.on_list = lambda *_: error(500, "boom")
        await it.press("r")
        await it.until_seen("· r tries again")
        await it.press("slash")
        await it.until_seen("· Ctrl-R tries again")
        project.on_list = None
        await it.press("ctrl+r")
        await it.until_gone("tries again")
        project.on_list = lambda *_: error(500, "boom")
        await it.press("ctrl+r")
        await it.until_seen("· Ctrl-R tries again")
        await it.press("escape")
        await it.until_seen("· r tries again")
        await it.until(lambda: not it.filter.has_focus_within)
        await it.press("enter", "slash")
        await it.until_seen("· Esc, then r tries again")


async def test_a_conversation_that_nobody_named_is_not_said_to_be_named_wrongly(server: ScriptedServer) -> None:
    project = LiveProject(ROWS)
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until_quiet()
        it.screen.project.window._places.drop_history(1)
        server.reply(error(404, "Not found."))
        await it.press("j")
        await it.until_read("The conversation was not found")
        await it.until_read("It may have been deleted, or is no longer shared.")
        assert not it.has("Check its id")


async def test_where_r_is_no_key_it_is_not_named(server: ScriptedServer, tmp_path: Path) -> None:
    project = LiveProject(ROWS)
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until_quiet()
        it.screen.context.exported_to = tmp_path
        project.on_list = lambda *_: error(500, "boom")
        await it.press("x", "2", "enter")
        await it.until_seen("The service has a fault (boom). Nothing was left behind; Enter tries again.")
        project.on_list = None
        await it.press("enter")
        await it.until(lambda: it.app.screen is it.screen)
        assert [name[-3:] for name in os.listdir(tmp_path)] == [".md"]


async def test_one_conversation_that_is_too_large_is_not_blamed_on_the_filter(server: ScriptedServer) -> None:
    heavy = conversation(500, chat_history=[message("x" * BODY_LIMIT)])
    project = LiveProject(ROWS)
    server.answer(lambda request: reply(heavy) if request.path.endswith(f"{heavy['id']}/") else project(request))
    async with browsing(server, open_id=heavy["id"]) as it:
        await it.until_read("This conversation alone has more than can be loaded.")
        assert not it.has("filter may help")


HISTORY_FAULTS = [
    (error(500, "boom"), "The service has a fault"),
    (error(404, "Not found."), "Not found"),
    (Reply(drop=True), "The connection was lost"),
    (Reply(200, b"<html><title>Sign in</title>"), "The answer cannot be read"),
    (error(429, "Slow."), "Too many requests"),
]


async def test_a_history_that_does_not_come_is_said_in_its_place_and_comes_later(server: ScriptedServer) -> None:
    project = LiveProject(ROWS)
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until_quiet()
        for number, (answer, words) in enumerate(HISTORY_FAULTS, 2):
            for row in range(len(ROWS)):
                it.screen.project.window._places.drop_history(row)  # as when memory runs short
            server.reply(answer)
            await it.press("j")
            await it.until_read(words)
            assert it.rows.cursor == number - 1
            assert it.has(f"Conversation {number} ")
            server.answer(project)
            await it.press("r")
            await it.until_read(f"Question {number} ")
            await it.until_quiet()


async def test_rows_come_and_go_while_somebody_pages(server: ScriptedServer) -> None:
    project = LiveProject(list(ROWS))
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press("pagedown", "pagedown", "pagedown")
        await it.until_quiet()
        name = it.rows.cursor + 1
        await it.until_read(f"Question {name} ")
        project.rows[:0] = [conversation(number, name=f"New {number}") for number in range(900, 907)]
        await it.press("r")
        await it.until_seen("/127")
        await it.until(lambda: it.rows.cursor == name + 6)
        del project.rows[:10]
        await it.press("r")
        await it.until_seen("/117")
        await it.until(lambda: it.rows.cursor == name - 4)
        await it.until_read(f"Question {name} ")


class Shifting:
    """Rows come in, go, or change their places with each page that does not begin at the top, until it is to rest."""

    def __init__(self) -> None:
        self.project = LiveProject(list(ROWS), on_list=self._shift)
        self.rests = False
        self._made = itertools.count(900)

    def _shift(self, _request: Request, offset: int, limit: int) -> Answer:
        rows = self.project.rows
        page = page_of(rows[offset : offset + limit], count=len(rows))
        if offset and not self.rests:
            made = next(self._made)
            rows[10:10] = [conversation(made * 10 + number, name=f"New {made}") for number in range(made % 5)]
            rows.insert(30, rows.pop(made % 60 + 40))
            del rows[60 : 60 + made % 3]
        return page


async def test_a_list_that_keeps_changing_is_said_to_be_one_and_stays_usable(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_LEAST_PAUSE", 0.02)
    table = Shifting()
    server.answer(table.project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until_quiet()
        it.screen.project._page_size.shrink(8)
        before = len(server.list_requests)
        await it.press("pagedown", "pagedown", "pagedown", "pagedown", "j")
        await it.until_seen("The list keeps changing · r looks again")
        await it.until(lambda: reads_the_row(it))
        await it.press("k")
        await it.until(lambda: reads_the_row(it))
        assert len(server.list_requests) - before < 40
        table.rests = True
        await it.until_quiet()  # what was asked before it rested has been answered
        await it.press("r")
        await it.until_gone("keeps changing")
        await it.until_quiet()
        await it.until(lambda: reads_the_row(it))


def reads_the_row(it: Browsing) -> bool:
    """Whether the conversation of the row under the cursor is read, or it is said that what is read is not in it."""
    document, at_cursor = it.transcript.reader.document, it.rows.at.conversation
    same = document is not None and at_cursor is not None and document.conversation.id == at_cursor.id
    return same or it.has("no longer in the list")
