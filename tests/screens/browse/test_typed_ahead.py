"""Keys that come in one piece, as over a slow line: each goes where it would have gone had it come later."""

import asyncio
from collections.abc import Iterator
from contextvars import Context

import pytest
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.keys import _character_to_key
from textual.widgets import Input

from tests.screens.browsing import Browsing, WatchedApp, browsing, settings_for
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.demo.server import DemoServer
from tui.screens.dialogs.help import HelpScreen
from tui.store.filter.list_filter import ListFilter
from tui.terminal.adapter.app import TerminalApp
from tui.terminal.adapter.type_ahead import _CALM, TypeAhead
from tui.widgets.inputs.search_input import SearchInput
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.transcript.view import TranscriptView


async def in_one_piece(it: Browsing, *typed: str | events.Event) -> None:
    """Let texts and keys (`<enter>`) be read at once, as the driver does, then wait for what comes of it."""

    def read() -> None:
        for part in typed:
            for event in events_of(part):
                it.app.take_input(event)
        it.app.all_taken()

    Context().run(read)
    await it.worked_through()


def events_of(part: str | events.Event) -> Iterator[events.Event]:
    """The events of a text or of a key."""
    if isinstance(part, events.Event):
        yield part
    elif part.startswith("<"):
        yield events.Key(part.strip("<>"), None)
    else:
        for character in part:
            yield events.Key(_character_to_key(character), character)


def click_at(it: Browsing, words: str) -> list[events.Event]:
    """What a click on these words is reported as."""
    x, y = it.find(words)
    kinds = (events.MouseDown, events.MouseUp)
    return [kind(None, x, y, 0, 0, 1, False, False, False, x, y) for kind in kinds]


async def test_a_key_behind_a_click_waits_for_what_the_click_does(demo: DemoServer) -> None:
    async with browsing(demo, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/")
        await it.press("y")
        await in_one_piece(it, *click_at(it, "conversation id"), "j")
        assert it.app.screen is it.screen
        assert it.rows.cursor == 1
        await in_one_piece(it, *click_at(it, "/ find"), "refund", "<enter>", "j")
        await it.until_seen('"refund" ×')
        assert isinstance(it.app.focused, ConversationList)


async def test_a_click_waits_for_what_was_typed_and_clicked_before_it(demo: DemoServer) -> None:
    async with browsing(demo, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/", "[ ] billing")
        one, other = (click_at(it, f"[ ] {tag}") for tag in ("billing", "refund"))
        await in_one_piece(it, "/invoice", *one, *other)
        query = it.screen.project.query
        assert (query.text, set(query.tags)) == ("invoice", {"billing", "refund"})


async def test_what_is_typed_before_the_filter_is_built_waits_for_it(demo: DemoServer) -> None:
    app = WatchedApp(settings_for(demo))
    try:
        async with app.run_test(size=(120, 36)) as pilot:
            it = Browsing(app, pilot)
            await in_one_piece(it, "/refund", "<enter>")
            await it.until_seen('"refund" ×', "Conversations 1/7")
            assert it.screen.project.query == ListFilter(text="refund")
    finally:
        await app.close_connections()


async def test_what_is_typed_after_a_filter_goes_to_the_list(demo: DemoServer) -> None:
    async with browsing(demo, size=(120, 36)) as it:
        await it.until_seen("Conversations 1")
        await in_one_piece(it, "/refund", "<enter>", "jj")
        await it.until_seen("/7", '"refund" ×')
        assert isinstance(it.app.focused, ConversationList)
        assert it.screen.project.query.text == "refund"


async def test_a_line_is_emptied_before_the_next_letter_comes(demo: DemoServer) -> None:
    async with browsing(demo, size=(120, 36)) as it:
        await it.until_seen("Conversations 1")
        await in_one_piece(it, "/refund", "<ctrl+u>", "invoice", "<home>", "no ", "<enter>")
        await it.until_seen('"no invoice" ×')


async def test_each_down_in_the_filter_leads_to_the_next_field(demo: DemoServer) -> None:
    keys = ("slash", "down", "down", "down", "space")
    async with browsing(demo, size=(120, 36)) as it:
        await it.until_seen("Conversations 1", "billing")
        await it.press(*keys)
        expected = it.screen.project.query
        assert expected.tags
    async with browsing(demo, size=(120, 36)) as it:
        await it.until_seen("Conversations 1", "billing")
        await in_one_piece(it, *(f"<{key}>" for key in keys))
        assert it.screen.project.query == expected


async def test_a_command_is_run_and_the_next_keys_go_on_from_there(demo: DemoServer) -> None:
    async with browsing(demo, size=(120, 36)) as it:
        await it.until_seen("Conversations 1")
        await in_one_piece(it, ":untagged only", "<enter>", "<enter>")
        await it.until(lambda: it.screen.project.query.untagged)
        assert isinstance(it.app.focused, TranscriptView)


async def test_a_dialogue_gets_what_is_typed_behind_the_key_that_opens_it(demo: DemoServer) -> None:
    async with browsing(demo, size=(120, 36)) as it:
        await it.until_seen("Conversations 1")
        await in_one_piece(it, "?", "/", "archived")
        assert isinstance(it.app.screen, HelpScreen)
        assert it.app.screen.query_one(Input).value == "archived"
        await in_one_piece(it, "<escape>", "<escape>", "j")
        await it.until_seen("Conversations 2/")


async def test_a_search_is_typed_confirmed_and_stepped_through(demo: DemoServer) -> None:
    async with browsing(demo, size=(120, 36)) as it:
        await it.until_seen("Conversations 1")
        await in_one_piece(it, "<enter>", "/the", "<enter>", "n", "N", "n")
        await it.until_seen("/the 2/")


async def test_counts_and_copies_act_in_the_place_that_was_opened_before_them(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr("tui.screens.out.copying.copy_out", lambda _screen, words, _make: copied.append(words))
    async with browsing(demo, size=(120, 36)) as it:
        await it.until_seen("Conversations 1", "Turn 1")
        viewport = it.transcript.reader.viewport
        assert viewport is not None
        await it.press("enter", *"12j2kJ")
        expected = viewport.cursor
        await it.press("g", "escape")
        await in_one_piece(it, "<enter>", "12j2kJ", "yy", "<escape>", "j")
        assert viewport.cursor == expected
        assert (copied, it.rows.cursor) == (["question"], 1)


@pytest.mark.parametrize(
    ("keys", "text", "tag"),
    [
        ("f /", "x", ""),
        ("f f /", "x", ""),
        ("t /", "", "/x"),
        ("/ a enter /", "a x", ""),
        ("/ down /", "", "/x"),
        ("t b i enter /", "tag:billing", "/x"),
        ("t down enter /", "tag:billing x", ""),
    ],
)
async def test_a_slash_is_typed_or_leads_to_the_find_line_and_never_both(
    server: ScriptedServer, keys: str, text: str, tag: str
) -> None:
    server.answer(LiveProject([conversation(number) for number in range(30)]))
    for at_once in (False, True):
        async with browsing(server, size=(120, 36)) as it:
            await it.until_seen("Conversation 1")
            if at_once:
                await in_one_piece(it, *(f"<{key}>" if len(key) > 1 else key for key in keys.split()), "x")
            else:
                await it.press(*keys.split(), "x")
            lines = (it.filter.query_one(name, Input).value for name in ("#filter-text", "#tag-search"))
            assert tuple(lines) == (text, tag)


async def test_a_paste_waits_for_the_line_it_goes_to(demo: DemoServer) -> None:
    async with browsing(demo, size=(120, 36)) as it:
        await it.until_seen("Conversations 1")
        await in_one_piece(it, "/", events.Paste("refund"), "<enter>")
        await it.until_seen('"refund" ×')


class Line(Input):
    """Tells when a word has been typed."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = asyncio.Event()

    def watch_value(self, value: str) -> None:
        if value == "refund":
            self.typed.set()


class Busy(Vertical):
    """Deals with the first change of its line until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = asyncio.Event()

    def compose(self) -> ComposeResult:
        yield Line()

    async def on_input_changed(self) -> None:
        await self.let_go.wait()


class Slow(TerminalApp[None]):
    """A part of it takes its time."""

    def compose(self) -> ComposeResult:
        yield Busy()


async def test_a_part_that_takes_its_time_does_not_keep_keys_for_ever() -> None:
    app = Slow()
    async with app.run_test() as pilot:
        for character in "refund":
            app.post_message(events.Key(character, character))
        await asyncio.wait_for(app.query_one(Line).typed.wait(), 20)
        app.query_one(Busy).let_go.set()
        await pilot.pause()


async def test_nothing_waits_for_the_effect_of_a_key_once_the_app_has_ended(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[TypeAhead] = []

    async def turns(ahead: TypeAhead) -> None:
        begun.append(ahead)

    async with browsing(demo, size=(120, 36)) as it:
        await it.until_seen("Conversations 1")
        monkeypatch.setattr(TypeAhead, "_one_after_the_other", turns)
        await it.press("slash")
    before = len(begun)
    await asyncio.sleep(_CALM)  # the loop comes to what was to be looked at after this time first
    assert len(begun) == before


async def test_keys_of_the_list_and_of_the_reader_do_not_wait_and_those_of_a_line_do(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, settle = [], TypeAhead._settle

    async def settling(ahead: TypeAhead) -> None:
        waits.append(it.app.focused)
        await settle(ahead)

    async with browsing(demo, size=(120, 36)) as it:
        await it.until_seen("Conversations 1")
        monkeypatch.setattr(TypeAhead, "_settle", settling)
        await in_one_piece(it, *["<down>"] * 20, "<enter>", "jk]")
        assert (it.rows.cursor, it.app.focused) == (20, it.transcript)
        assert not waits
        await in_one_piece(it, "/refund")
        line = it.screen.query_one(SearchInput)
        assert line.value == "refund"
        assert set(waits) == {line}
