"""The command palette: what the focused pane can do, by its words; saved filters and themes by name."""

import re

import pytest
from textual import events
from textual.widgets import Input

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.app import BackgroundTold
from tui.screens.dialogs.command_palette import CommandPalette
from tui.store.filter.list_filter import ListFilter
from tui.store.saved.saved_filters import SavedFilters
from tui.store.saved.session import Session
from tui.widgets.lists.command_list import CommandList


@pytest.fixture(autouse=True)
def _rows(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(number) for number in range(1, 30)]))


async def opened(it: Browsing, *keys: str, by: str = "colon") -> None:
    """The palette, after these keys in the main screen."""
    await it.until_seen("Conversation 1")
    await it.press(*keys, by)
    await it.until(lambda: isinstance(it.app.screen, CommandPalette))


def commands(it: Browsing) -> CommandList:
    return it.app.screen.query_one(CommandList)


def row(it: Browsing, index: int) -> str:
    """A row of the palette that is in view, with its gaps as one space."""
    region = commands(it).region
    return " ".join(it.lines[region.y + index][region.x : region.right].split())


def under_cursor(it: Browsing) -> str:
    region = commands(it).region
    lines = [it.lines[y][region.x : region.right] for y in range(region.y, region.bottom)]
    return next(line for line in lines if line.startswith("▌"))


@pytest.mark.parametrize("by", ["colon", "ctrl+p"])
async def test_an_action_is_found_by_its_words_and_done(server: ScriptedServer, by: str) -> None:
    async with browsing(server) as it:
        await opened(it, by=by)
        await it.type("arch incl")
        await it.until_seen("Include archived conversations, or not a", " 1 of ")
        await it.press("enter")
        await it.until(lambda: it.screen.project.query == ListFilter(archived=True))
        assert it.rows.has_focus


async def test_it_offers_what_the_focused_pane_can_do_and_acts_on_it(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await opened(it, "enter")
        await it.type("all reasoning")
        await it.until_seen("All reasoning: folded or open R ")
        await it.press("enter")
        await it.until(lambda: it.transcript.reader.modes.reasoning)
        assert it.transcript.has_focus


async def test_it_offers_what_the_other_panes_can_do_and_goes_there(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await opened(it)
        await it.type("no such command")
        await it.until_seen("Nothing matches.", "0 of ")
        await it.press("enter")
        assert isinstance(it.app.screen, CommandPalette)
        await it.press("ctrl+u")
        await it.type("all reasoning")
        await it.until_seen("All reasoning: folded or open R in the conversation")
        await it.press("enter")
        await it.until(lambda: it.transcript.reader.modes.reasoning)
        assert it.transcript.has_focus
        await opened(it)
        await it.type("untagged")
        await it.until_seen("Untagged only u in the list and the filter")
        await it.press("enter")
        await it.until(lambda: it.screen.project.query.untagged)
        assert it.rows.has_focus


@pytest.mark.parametrize("keys", [(), ("enter",), ("t",)], ids=["list", "reader", "filter"])
async def test_commands_are_found_by_the_words_that_people_use(server: ScriptedServer, keys: tuple[str, ...]) -> None:
    wanted = {
        "sort": "Sort by tokens", "tokens": "Sort by tokens", "order": "Sort the list", "date": "Go to a day",
        "search": "Search in the conversation", "query": "Find: words", "next": "Next conversation",
        "wide": "Wider pane", "expand": "Fold or unfold", "clipboard": "Copy: a letter", "undo": "Back to where",
        "full screen": "Give the pane the whole screen", "error": "Next failed tool call", "reset": "Clear the filter",
        "bug": "Copy the bug block", "shortcuts": "These keys", "columns": "Columns, or several lines a row",
    }  # fmt: skip
    async with browsing(server, size=(130, 60)) as it:
        await it.until_read("Question 1")
        await opened(it, *keys, by="ctrl+p")
        for words, command in wanted.items():
            await it.press("ctrl+u")
            await it.type(words)
            await it.until_seen(command)


async def test_a_number_is_a_row_of_the_list(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await opened(it)
        await it.type("20")
        await it.until_seen("Go to row 20 of the list")
        await it.press("enter")
        await it.until(lambda: it.rows.cursor == 19)
        await opened(it, "enter")
        await it.press(*"1000", "enter")
        said = "There is no row 1,000: the list has 29."
        await it.until(lambda: said in [note.message for note in it.app._notifications])
        assert it.rows.cursor == 19
        assert it.screen.project.query == ListFilter()


async def test_where_something_is_typed_it_offers_the_rest_of_the_screen(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await it.until(lambda: it.filter.query("#tag-search"))
        await opened(it, "t", by="ctrl+p")
        await it.type("untagged")
        await it.until_seen("Untagged only u")
        await it.press("ctrl+u")
        await it.type("delete word")
        await it.until_seen("Nothing matches.")
        await it.press("escape")
        await it.until(lambda: it.filter.query_one("#tag-search").has_focus)


async def test_saved_filters_are_there_by_name_and_what_they_are_called_is_no_markup(server: ScriptedServer) -> None:
    session = Session()
    session.change_filters(lambda _: SavedFilters().save("[bold]Old[/] [x\x1b[31m", ListFilter(archived=True)))
    async with browsing(server, session=session) as it:
        await opened(it)
        await it.type("saved old")
        await it.until_seen("Saved filter: [bold]Old[/] [x", "with archived")
        assert "\x1b" not in it.text
        await it.press("enter")
        await it.until(lambda: it.screen.project.query.archived)


async def test_a_theme_is_there_by_name_and_on_at_once(server: ScriptedServer) -> None:
    async with browsing(server, theme="clarifeye-dark") as it:
        await opened(it)
        await it.type("theme")
        await it.until_seen("Theme: clarifeye-dark in use", "6 of ")
        dark = it.rows.inks.palette
        await it.type(" light")
        await it.press("enter")
        await it.until(lambda: it.app.theme == "clarifeye-light")
        await it.until(lambda: it.rows.inks.palette is not dark)


async def test_an_answer_of_the_terminal_that_comes_late_does_not_undo_a_chosen_theme(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await opened(it)
        guessed = it.app.theme
        await it.type("contrast")
        await it.press("enter")
        await it.until(lambda: it.app.theme == "clarifeye-contrast")
        it.app.post_message(BackgroundTold("light", guessed))
        await it.worked_through()
        assert it.app.theme == "clarifeye-contrast"


async def test_nothing_is_offered_twice_and_what_makes_no_sense_here_is_not(server: ScriptedServer) -> None:
    async with browsing(server, size=(100, 80)) as it:
        await opened(it)
        for words, found in {"quit": "Quit q Ctrl-Q Ctrl-C", "screenshot": "", "palette": "", "maximize": ""}.items():
            await it.press("ctrl+u")
            await it.type(words)
            await it.until_seen(found or "Nothing matches.", "1 of " if found else "0 of ")


async def test_what_the_restricted_mode_forbids_is_not_offered(server: ScriptedServer) -> None:
    async with browsing(server, restricted=True) as it:
        await opened(it)
        for words in ("export", "pager", "editor", "fg in the shell", "stop"):
            await it.press("ctrl+u")
            await it.type(words)
            await it.until_seen("Nothing matches.")
        await it.press("ctrl+u")
        await it.type("copy")
        await it.until_seen("Copy: a letter says what")


async def test_the_keys_move_in_the_list_while_something_is_typed(server: ScriptedServer) -> None:
    async with browsing(server, size=(80, 24)) as it:
        await opened(it)
        last, page = commands(it).row_count - 1, commands(it).size.height - 1
        for key, place in {
            "down": 1, "ctrl+n": 2, "up": 1, "ctrl+p": 0, "pagedown": page, "end": last, "pageup": last - page,
            "home": 0,
        }.items():  # fmt: skip
            await it.press(key)
            assert commands(it).cursor == place
        await it.press("end")
        assert "Theme: clarifeye-ansi" in under_cursor(it)
        await it.type("re")
        assert commands(it).cursor == 0
        assert "Read the conversation" in under_cursor(it)
        assert isinstance(it.app.focused, Input)


async def test_words_that_begin_with_what_was_typed_come_first_and_it_is_marked(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await opened(it)
        await it.type("re")
        await it.until(lambda: row(it, 0) == "▌Read the conversation Enter l →")
        region = commands(it).region
        begin = [bool(re.search(r"\bre", row(it, index), re.IGNORECASE)) for index in range(region.height)]
        assert begin == sorted(begin, reverse=True)
        marked = [
            segment.text
            for segment in it.strips[region.y].crop(region.x, region.right)
            if segment.style is not None and segment.style.underline
        ]
        assert marked == ["Re"]


async def test_a_click_runs_and_the_wheel_scrolls(server: ScriptedServer) -> None:
    async with browsing(server, size=(80, 24)) as it:
        await opened(it)
        region = commands(it).region
        first = row(it, 0)
        it.app.post_message(events.MouseScrollDown(None, region.x + 2, region.y + 1, 0, 1, 0, False, False, False))
        await it.until(lambda: row(it, 0) != first)
        assert commands(it).cursor == 0
        x, y = it.find("Include archived conversations")
        await it.click(x, y)
        await it.until(lambda: it.screen.project.query.archived)


async def test_the_keys_at_the_bottom_can_be_clicked(server: ScriptedServer) -> None:
    async with browsing(server, size=(60, 20)) as it:
        await opened(it)
        x, y = it.find("Esc close")
        await it.click(x, y)
        await it.until(lambda: it.app.screen is it.screen)


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (120, 36)])
async def test_it_fits(server: ScriptedServer, size: tuple[int, int]) -> None:
    async with browsing(server, size=size) as it:
        await opened(it)
        await it.until_seen("Commands", "Read the conversation", "Enter run Esc close")
        assert commands(it).size.height >= 5


async def test_a_list_that_is_not_laid_out_yet_takes_every_key(server: ScriptedServer) -> None:
    rows = CommandList()
    for move in (1, -1):
        rows.action_page(move)
        rows.action_end(move)
        rows.move(move)
    assert rows.cursor == 0
