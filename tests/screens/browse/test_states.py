"""The states that people meet, each in plain words and with what to do next."""

import gc
import re
import threading

from textual._styles_cache import StylesCache
from textual.widgets import Static

from tests.screens.browsing import browsing
from tests.servers import LiveProject, Reply, ScriptedServer, conversation, error, page_of, person, refused_base_url
from tui.app import BrowserApp
from tui.demo.http import Answer, Request
from tui.screens.keys import described_keys
from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.inputs.search_input import SearchInput
from tui.widgets.lists.choice_list import ChoiceList
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.transcript.view import TranscriptView


async def test_the_first_load_says_so_before_anything_has_come(server: ScriptedServer) -> None:
    gate = threading.Event()
    server.reply(page_of([conversation(1)], hold=gate))
    async with browsing(server) as it:
        await it.until_seen("Loading conversations…", "loading…", "Nothing to read yet")
        gate.set()
        await it.until_read("Question 1")


async def test_an_empty_project_says_what_to_look_at(server: ScriptedServer) -> None:
    server.answer(LiveProject([]))
    async with browsing(server) as it:
        await it.until_seen("No conversations yet", "Press r to look again", "a to include archived ones")


async def test_a_filter_without_a_match_names_the_filter_and_how_to_clear_it(server: ScriptedServer) -> None:
    server.answer(LiveProject([]))
    async with browsing(server, text="xyzzy") as it:
        await it.until_seen("No conversation matches the filter", '"xyzzy"', "Press c to clear the filter")
        await it.until_seen("Archived conversations are not searched: a includes them.")
        await it.press("a")
        await it.until_gone("Archived conversations are not searched")


async def test_tags_with_untagged_only_is_said_to_match_nothing(server: ScriptedServer) -> None:
    server.answer(LiveProject([]))
    async with browsing(server, tags=("vip",)) as it:
        await it.until_seen("No conversation matches")
        before = len(server.list_requests)
        await it.press("u")
        await it.until_seen("together match nothing", "was not asked")
        await it.press("c", "slash", *"untagged:yes tag:x failed:>0", "enter")
        await it.until_seen("here failed:>0", "together match nothing", "all read")
        assert not [one for one in server.list_requests[before:] if "no_tags" in one.parameters]


async def test_a_start_with_what_nothing_can_match_asks_nothing(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(1)]))
    async with browsing(server, tags=("vip",), untagged=True) as it:
        await it.until_seen("together match nothing", "vip ×")
        assert not server.list_requests


async def test_the_end_of_the_list_is_the_last_row_and_all_is_loaded(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(number) for number in range(1, 31)]))
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/30")
        await it.press("end", "down", "pagedown")
        await it.until_seen("Conversations 30/30", "all loaded")


REFUSALS: list[tuple[Answer, tuple[str, ...]]] = [
    (error(403, "You do not have permission."), ("No permission", "403: You do not have permission.", "Ask an admin")),
    (error(404, "Not found."), ("The project was not found", "404: Not found.", "then the project id")),
    (error(401, "Invalid token."), ("The token is not accepted", "401: Invalid token.", "CLARIFEYE_TOKEN")),
    (error(500, "boom"), ("The service has a fault", "500: boom", "Press r to try again")),
    (error(429, "Slow down."), ("Too many requests", "429: Slow down.", "Wait a moment")),
    (error(400, "text is too long"), ("does not accept the request", "text is too long", "Press r to try again")),
    (Reply(200, b"<html>proxy</html>"), ("The answer cannot be read", "Check that no proxy")),
    (Reply(302, b"", (("Location", "https://elsewhere.example/"),)), ("redirects elsewhere", "elsewhere.example")),
]


async def test_a_refused_first_page_says_why_and_what_to_do(server: ScriptedServer) -> None:
    server.reply(REFUSALS[0][0])
    async with browsing(server) as it:
        for answer, words in REFUSALS:
            server.reply(answer)
            await it.press("r")
            await it.until_seen(*words)
            assert server.token not in it.text
        server.answer(LiveProject([conversation(1)]))
        await it.press("r")
        await it.until_read("Question 1")


async def test_a_filter_that_is_refused_at_the_start_can_be_cleared(server: ScriptedServer) -> None:
    server.reply(error(400, "text is too long"))
    async with browsing(server, text="x" * 9) as it:
        await it.until_seen("does not accept the request", "Change the filter, or clear it with c.")
        server.answer(LiveProject([conversation(1)]))
        await it.press("c")
        await it.until_read("Question 1")


async def test_who_was_asked_for_what_is_said_where_it_may_be_wrong(server: ScriptedServer) -> None:
    server.reply(error(404))
    async with browsing(server) as it:
        await it.until_seen(f"Asked: {server.base_url}, project {server.project_id}")


async def test_offline_says_that_the_service_cannot_be_reached(server: ScriptedServer) -> None:
    async with browsing(server, connection={"base_url": refused_base_url()}) as it:
        await it.until_seen("The service cannot be reached", "Trying again in")
        await it.until_seen("Check the network, VPN or proxy, then press r")


async def test_an_unknown_host_names_the_region_as_a_cause(server: ScriptedServer) -> None:
    async with browsing(server, connection={"base_url": "https://fr.clarifeye.invalid/api/v1"}) as it:
        await it.until_seen("The host name is not known", "Check the region, and the network")


async def test_retries_are_counted_on_the_screen(server: ScriptedServer) -> None:
    gate = threading.Event()
    server.reply(
        error(503, "Busy.", ("Retry-After", "0")),
        error(503, "Busy.", ("Retry-After", "0")),
        page_of([conversation(1)], hold=gate),
    )
    async with browsing(server) as it:
        await it.until_seen("Trying again now (try 3 of 4).")
        gate.set()
        await it.until_read("Question 1")
        await it.until_gone("Trying again")


async def test_a_filter_that_fails_keeps_the_rows_and_says_that_it_was_not_applied(server: ScriptedServer) -> None:
    project = LiveProject([conversation(1), conversation(2)])
    project.on_list = lambda request, _offset, _limit: error(500, "oops") if "text" in request.parameters else None
    server.answer(project)
    async with browsing(server) as it:
        await it.until_seen("Conversation 2", "all loaded")
        await it.press("slash", "x", "enter")
        await it.until_seen("The filter was not applied", "oops", "r tries again", "Conversation 2")
        project.on_list = lambda request, _offset, _limit: page_of([conversation(8)])
        await it.press("r")
        await it.until_read("Question 8")


async def test_people_by_address_or_by_short_id_where_they_may_not_be_asked(server: ScriptedServer) -> None:
    project = LiveProject([conversation(1)], people=[person(7, "ines@acme.example")])
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("ines@acme.example")
    project.people = None
    async with browsing(server) as it:
        await it.until_read("00000000 ·")
        assert not it.has("Forbidden")
        assert not it.has("No permission")


async def test_what_the_server_wrote_is_text_and_nothing_else(server: ScriptedServer) -> None:
    evil = "[bold]x[/bold] \x1b[31mred\x1b]0;owned\x07 \u202egnp.exe [@click=app.quit]here[/]"
    row = conversation(1, name=evil, tags=[evil], agent_settings_name=evil)
    server.answer(LiveProject([row], tags=[evil], people=[person(7, evil)]))
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until_seen("[bold]x[/bold]")
        assert all(line.isprintable() for line in it.lines)
        assert "\u202e" not in it.text
        server.reply(error(500, evil))
        await it.press("slash", "x", "enter")
        await it.until_seen("The filter was not applied")
        assert all(line.isprintable() for line in it.lines)


async def test_help_lists_every_binding_of_each_pane_and_scrolls_to_the_last(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(1)]))
    async with browsing(server, size=(100, 30)) as it:
        await it.until_seen("all loaded")
        await it.press("question_mark")
        await it.until_seen("Everywhere")
        said = " ".join(str(it.app.screen.query_one("#help-text", Static).content).split())
        for node in (type(it.screen), BrowserApp, ConversationList, TranscriptView, ChoiceList, FilterInput):
            for names, words in described_keys(node):
                assert f"{names} {words}" in said
        for sign, words in (("•", "a question"), ("-", "a tool call"), ("!", "a failed"), ("=", "something found")):
            assert re.search(rf"{sign} On the map[^.:]*: {words}", said)
        await it.press("j")
        await it.until_gone("A reader")
        await it.press("end")
        await it.until_seen("Within tool( )", "the value of an input parameter")
        await it.press("escape")
        await it.until(lambda: it.app.screen is it.screen)
        assert it.rows.has_focus


def _request_count(server: ScriptedServer) -> int:
    return len([request for request in server.requests if _is_list(request)])


def _is_list(request: Request) -> bool:
    return request.path.endswith("/playground-conversations/")


async def test_an_idle_screen_asks_for_nothing(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(number) for number in range(1, 200)]))
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/199")
        await it.until_quiet()
        before = _request_count(server)
        for _ in range(20):
            await it.worked_through()
        assert _request_count(server) == before


async def test_help_finds_a_key_by_a_word_and_begins_with_the_focused_pane(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(1)]))
    async with browsing(server, size=(100, 40)) as it:
        await it.until_seen("all loaded")
        await it.press("question_mark")
        await it.until_seen("In the list")
        assert it.text.index("In the list") < it.text.index("Everywhere")
        await it.press("slash", *"archived")
        await it.until_gone("Next pane")
        assert "Include archived conversations" in it.text
        await it.type("xyz")
        await it.until_seen("nothing found")
        await it.press("escape")
        await it.until_seen("Everywhere")
        await it.press("escape")
        await it.until(lambda: it.app.screen is it.screen)


async def test_where_there_is_nothing_to_read_no_search_seems_to_be_under_way(server: ScriptedServer) -> None:
    server.answer(LiveProject([]))
    async with browsing(server, size=(100, 24)) as it:
        await it.until_read("so there is none to read.")
        await it.press("z", "tab", "slash", *"abc")
        await it.until_read("so there is none to read.")
        assert isinstance(it.app.focused, SearchInput)
        assert "…" not in it.words_of("TranscriptView")


async def test_dialogues_that_were_closed_leave_nothing_behind(server: ScriptedServer) -> None:
    def drawn() -> int:
        gc.collect()
        return sum(isinstance(one, StylesCache) for one in gc.get_objects())

    server.answer(LiveProject([conversation(number) for number in range(30)]))
    async with browsing(server) as it:
        await it.until_read("Question 0")
        before = drawn()
        openings = ("x", "question_mark", "colon") * 4
        for opening in openings:
            await it.press(opening)
            await it.until(lambda: it.app.screen is not it.screen)
            await it.press("escape")
            await it.until(lambda: it.app.screen is it.screen)
        # Each has five parts and more; those of the last ones are held by timers that run out later.
        await it.until(lambda: drawn() < before + 2 * len(openings))
