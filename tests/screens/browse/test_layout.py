"""How the screen uses its room, with keys and with the mouse."""

import os
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation, message, tool_call
from tui.screens.browse.layout import Pane
from tui.widgets.bars.key_bar import KeyBar
from tui.widgets.transcript.view import TranscriptView

ALL = {Pane.FILTER, Pane.LIST, Pane.DETAIL}


@pytest.fixture(autouse=True)
def _rows(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(number) for number in range(1, 301)]))


def shown(it: Browsing) -> set[Pane]:
    """The panes on the screen."""
    return {pane for pane in Pane if it.screen.query_one(f"#{pane.value}").region.area}


def width_of(it: Browsing, pane: Pane) -> int:
    """The columns of a pane."""
    return it.screen.query_one(f"#{pane.value}").region.width


async def settled(it: Browsing) -> None:
    """Rows and the first conversation are on the screen."""
    await it.until_seen("1/300")
    await it.until_quiet()


SIZES: list[tuple[tuple[int, int], set[Pane]]] = [
    ((200, 60), ALL),
    ((130, 40), ALL),
    ((120, 24), ALL),
    ((100, 30), {Pane.LIST, Pane.DETAIL}),
    ((80, 24), {Pane.LIST, Pane.DETAIL}),
    ((130, 20), {Pane.LIST}),
    ((60, 20), {Pane.LIST}),
    ((40, 12), {Pane.LIST}),
]


async def test_as_many_panes_as_fit_and_all_of_the_screen_is_used(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        for size, panes in SIZES:
            await it.pilot.resize_terminal(*size)
            await it.until(lambda size=size, panes=panes: shown(it) == panes and it.screen.size == size)  # type: ignore[misc]
            await it.until_seen("Conversation 1")
            assert sum(width_of(it, pane) for pane in panes) == size[0]
            assert len(it.lines) == size[1]
            assert "help" in it.lines[-1]


async def test_one_pane_at_a_time_goes_in_and_out_like_a_mail_reader(server: ScriptedServer) -> None:
    async with browsing(server, size=(60, 20)) as it:
        await it.until_seen("Conversation 1")
        await it.press("down", "enter")
        await it.until_read("Question 2")
        assert shown(it) == {Pane.DETAIL}
        await it.press("escape")
        await it.until_seen("Conversation 3")
        assert shown(it) == {Pane.LIST}
        assert it.rows.cursor == 1
        await it.press("slash")
        await it.until(lambda: shown(it) == {Pane.FILTER})
        await it.press("escape")
        await it.until(lambda: shown(it) == {Pane.LIST})


async def test_too_small_says_so_and_recovers(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        await it.press("down", "down")
        await it.until_read("Question 3")
        for width, height in [(1, 1), (39, 30), (100, 11), (30, 8)]:
            await it.pilot.resize_terminal(width, height)
            await it.until(lambda: not shown(it))
        await it.until_seen("30×8 is too small: 40×12 at least")
        await it.pilot.resize_terminal(130, 40)
        await it.until(lambda: shown(it) == ALL)
        await it.until_read("Question 3")
        assert it.rows.cursor == 2
        await it.until(lambda: it.rows.has_focus)


async def test_where_nothing_is_to_be_seen_keys_act_on_nothing(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        await it.pilot.resize_terminal(30, 8)
        await it.until_seen("too small")
        await it.press("down", "space", "x", "slash", "z", "escape")
        assert it.app.screen is it.screen
        await it.pilot.resize_terminal(130, 40)
        await it.until(lambda: it.rows.has_focus)
        assert it.rows.cursor == 0
        assert not it.screen.project.marks
        assert shown(it) == ALL


async def test_a_dialogue_waits_until_the_window_is_large_again(
    server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with browsing(server) as it:
        await settled(it)
        await it.press("x", "tab", "tab")
        await it.until(lambda: isinstance(it.app.focused, Input))
        field = it.app.focused
        assert isinstance(field, Input)
        before = field.value
        await it.pilot.resize_terminal(30, 8)
        await it.until_seen("too small")
        assert "Export" not in it.text
        await it.type("abc")
        await it.press("enter")
        await it.pilot.resize_terminal(130, 40)
        await it.until_seen("Markdown", "Enter exports")
        await it.until(lambda: it.app.focused is field)
        assert field.value == before
        assert not os.listdir(tmp_path)
        await it.pilot.resize_terminal(30, 8)
        await it.until_seen("too small")
        await it.press("escape", "escape")
        await it.until(lambda: it.app.screen is it.screen)
        await it.pilot.resize_terminal(130, 40)
        await it.until(lambda: it.rows.has_focus)


async def test_the_line_of_keys_begins_with_what_is_used_most_and_drops_its_end(server: ScriptedServer) -> None:
    async with browsing(server, size=(80, 24)) as it:
        await settled(it)
        await it.press("enter")
        await it.until(
            lambda: it.words_of("KeyBar").startswith("Esc back > next ] turn e failed / search y copy v pager")
        )
        await it.pilot.resize_terminal(40, 12)
        await it.until(lambda: it.words_of("KeyBar") == "Esc back > next ] turn ? help")


async def test_what_is_not_shown_as_usual_is_said_as_long_as_it_is_so(server: ScriptedServer) -> None:
    async with browsing(server, size=(80, 24)) as it:
        await settled(it)
        await it.until_read("Question 1")
        await it.press("enter", "F")
        await it.until(lambda: "focused · " in it.words_of("#detail-edge"))
        await it.press("M", "greater_than_sign")
        await it.until_read("Question 2")
        assert "━ focused · raw text" in it.words_of("#detail-edge")
        await it.press("F", "M")
        await it.until(lambda: "focused" not in it.words_of("#detail-edge"))


async def test_the_drawer_takes_the_place_of_the_list_and_gives_it_back(server: ScriptedServer) -> None:
    async with browsing(server, size=(80, 24)) as it:
        await settled(it)
        await it.press("f")
        await it.until(lambda: shown(it) == {Pane.FILTER, Pane.DETAIL})
        assert not isinstance(it.app.focused, Input)
        await it.press("escape")
        await it.until(lambda: shown(it) == {Pane.LIST, Pane.DETAIL})
        assert it.rows.has_focus


@pytest.mark.parametrize("size", [(80, 24), (130, 40)])
async def test_the_key_that_shows_the_filter_hides_it_again_and_is_never_typed(
    server: ScriptedServer, size: tuple[int, int]
) -> None:
    async with browsing(server, size=size) as it:
        await settled(it)
        before = shown(it)
        for _ in range(3):
            await it.press("f")
            await it.until(lambda: shown(it) != before)
            await it.press("f")
            await it.until(lambda: shown(it) == before)
        assert it.filter.query_one("#filter-text", Input).value == ""


async def test_the_filter_can_be_hidden_on_a_wide_screen_and_comes_back(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        await it.press("f")
        await it.until(lambda: shown(it) == {Pane.LIST, Pane.DETAIL})
        await it.press("f")
        await it.until(lambda: shown(it) == ALL)


@pytest.mark.parametrize("size", [(130, 40), (80, 24)])
async def test_zoom_gives_the_pane_in_use_the_screen(server: ScriptedServer, size: tuple[int, int]) -> None:
    async with browsing(server, size=size) as it:
        await settled(it)
        before = shown(it)
        await it.press("z")
        await it.until(lambda: shown(it) == {Pane.LIST})
        await it.press("z")
        await it.until(lambda: shown(it) == before)
        await it.press("z", "escape")
        await it.until(lambda: shown(it) == before)


async def test_reading_takes_the_screen_beside_a_rail_and_leads_back_to_what_was_read(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        await it.press("enter")
        await it.until(lambda: shown(it) == {Pane.LIST, Pane.DETAIL})
        assert width_of(it, Pane.LIST) == 23
        assert it.words_of("#list-edge").startswith("── 1/300 ─")
        assert it.words_of("ConversationList").startswith("▌ Conversation 1 ┃ Conversation 2")
        await it.press("greater_than_sign")
        await it.until_read("Question 2")
        await it.press("z")
        await it.until(lambda: shown(it) == {Pane.DETAIL})
        await it.press("escape")
        await it.until(lambda: shown(it) == ALL)
        assert it.rows.has_focus
        assert it.rows.cursor == 1
        await it.press("enter")
        await it.until(lambda: shown(it) == {Pane.DETAIL})
        await it.press("f")
        await it.until(lambda: shown(it) == ALL)


async def test_without_room_for_a_rail_there_is_nothing_to_zoom(server: ScriptedServer) -> None:
    async with browsing(server, size=(124, 40), notices=True) as it:
        await settled(it)
        assert " zoom " in it.words_of("#keys")
        await it.press("enter")
        await it.until(lambda: shown(it) == {Pane.DETAIL})
        await it.until(lambda: " zoom " not in it.words_of("#keys"))
        await it.press("z")
        await it.until(lambda: "This pane has the whole screen" in it.text)
        await it.press("escape")
        await it.until(lambda: shown(it) == ALL)
        assert it.rows.has_focus


async def test_a_click_on_the_rail_reads_another_one_and_leaves_the_keys(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        await it.press("enter")
        await it.until(lambda: shown(it) == {Pane.LIST, Pane.DETAIL})
        x, y = it.find("Conversation 5")
        await it.click(x, y)
        await it.until_read("Question 5")
        assert it.transcript.has_focus
        assert shown(it) == {Pane.LIST, Pane.DETAIL}


async def test_a_click_beside_the_list_moves_nothing_under_the_pointer(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        region = it.transcript.region
        await it.click(region.x + 3, region.y + 2)
        await it.until(lambda: it.transcript.has_focus)
        assert shown(it) == ALL
        await it.press("escape")
        await it.until(lambda: it.rows.has_focus)


async def test_the_rail_shows_what_failed_and_what_is_marked(server: ScriptedServer) -> None:
    history = [message("Question"), tool_call(results={"error": "INVALID_QUERY"})]
    rows = [conversation(1), conversation(2, chat_history=history), conversation(3, is_archived=True)]
    server.answer(LiveProject(rows))
    async with browsing(server) as it:
        await it.until_seen("1/3")
        await it.press("space", "end", "enter")
        await it.until(lambda: shown(it) == {Pane.LIST, Pane.DETAIL})
        await it.until(lambda: it.words_of("ConversationList") == "▣ Conversation 1 ✗ Conversation 2 ▌▤ Conversation 3")


async def test_the_list_comes_back_with_what_was_in_view(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        await it.press("end", *["up"] * 5)
        await it.until_seen("Conversation 300")
        await it.until_quiet()
        before = it.rows.in_view
        await it.press("enter")
        await it.until(lambda: it.rows.in_view != before)
        await it.press("escape")
        await it.until(lambda: it.rows.in_view == before)


async def test_the_conversation_beside_the_list_scrolls_by_keys_of_the_list(server: ScriptedServer) -> None:
    history = [message("\n".join(f"line {number} " for number in range(100)))]
    server.answer(LiveProject([conversation(1, chat_history=history)]))
    async with browsing(server) as it:
        await it.until_read("line 1 ")
        await it.press("J", "J")
        await it.until(lambda: "line 1 " not in it.words_of("TranscriptView"))
        await it.press("K", "K")
        await it.until_read("line 1 ")
        assert it.rows.has_focus


async def test_widths_set_for_browsing_and_for_reading_are_two(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        usual = width_of(it, Pane.LIST)
        await it.press("plus", "enter")
        await it.until(lambda: width_of(it, Pane.LIST) == 23)
        x = it.screen.query_one("#detail-pane").region.x
        await it.pilot.mouse_down(offset=(x, 10))
        await it.pilot.hover(offset=(x + 7, 10))
        await it.pilot.mouse_up(offset=(x + 7, 10))
        await it.until(lambda: width_of(it, Pane.LIST) == 30)
        await it.press("escape")
        await it.until(lambda: width_of(it, Pane.LIST) == usual + 4)
        await it.press("enter")
        await it.until(lambda: width_of(it, Pane.LIST) == 30)


async def test_widths_follow_plus_and_minus_and_stop_at_the_edges(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        usual = width_of(it, Pane.LIST)
        await it.press("plus")
        await it.until(lambda: width_of(it, Pane.LIST) == usual + 4)
        await it.press("minus", "minus")
        await it.until(lambda: width_of(it, Pane.LIST) == usual - 4)
        await it.press(*["minus"] * 12)
        await it.until(lambda: 20 <= width_of(it, Pane.LIST) < usual - 10)
        await it.press(*["plus"] * 40)
        await it.until(lambda: 20 <= width_of(it, Pane.DETAIL) < 40)


async def test_the_line_between_list_and_detail_is_dragged(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        usual = width_of(it, Pane.LIST)
        x = it.screen.query_one("#detail-pane").region.x
        await it.pilot.mouse_down(offset=(x, 10))
        await it.pilot.hover(offset=(x + 7, 10))
        await it.pilot.mouse_up(offset=(x + 7, 10))
        await it.until(lambda: width_of(it, Pane.LIST) == usual + 7)


async def test_tab_goes_through_the_panes(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        await it.press("tab")
        await it.until(lambda: it.transcript.has_focus)
        await it.press("tab")
        await it.until(lambda: isinstance(it.app.focused, Input))
        await it.press("shift+tab")
        await it.until(lambda: it.transcript.has_focus)
        await it.press("shift+tab")
        await it.until(lambda: it.rows.has_focus)


async def test_the_line_of_keys_is_that_of_the_focused_pane(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        await it.until(lambda: "Enter read" in it.words_of("KeyBar"))
        await it.press("enter")
        await it.until(lambda: "R reasoning" in it.words_of("KeyBar"))
        assert "Enter read" not in it.words_of("KeyBar")
        await it.press("q", "t")
        await it.until(lambda: it.words_of("KeyBar").startswith("↓ next field Enter apply Esc back"))
        assert "? help" not in it.words_of("KeyBar"), "a ? would be typed into the line"
        await it.press("down")
        await it.until(lambda: it.words_of("KeyBar").startswith("Space switch Esc back f filter / find"))


async def test_the_line_of_keys_never_cuts_a_key_and_always_has_help(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        known = {f"{key.shown} {key.word}" for key in it.screen.query_one(KeyBar)._keys}
        for width in (40, 60, 80, 100, 130):
            await it.pilot.resize_terminal(width, 24)
            await it.until(lambda width=width: it.screen.query_one(KeyBar).region.width == width)  # type: ignore[misc]
            await it.until(lambda: it.words_of("KeyBar").endswith("? help"))
            shown_keys = it.lines[-1].strip().split("  ")
            assert set(shown_keys) <= known


async def test_a_click_on_a_key_presses_it(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        x, y = it.find("z zoom")
        await it.click(x + 1, y)
        await it.until(lambda: shown(it) == {Pane.LIST})
        x, y = it.find("? help")
        await it.click(x, y)
        await it.until_seen("Esc closes this")


async def test_a_click_puts_the_cursor_on_a_row_and_a_double_click_reads_it(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        x, y = it.find("Conversation 5 ")
        await it.click(x, y + 1)
        await it.until(lambda: it.rows.cursor == 4)
        await it.until_read("Question 5")
        assert it.rows.has_focus
        await it.click(x, y, times=2)
        await it.until(lambda: it.transcript.has_focus)


async def test_a_double_click_on_a_row_that_is_cut_off_reads_that_one(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        region = it.rows.region
        assert region.height % it.rows.row_height
        row = it.rows.row_at(region.height - 1)
        await it.click(region.x + 5, region.bottom - 1, times=2)
        await it.until(lambda: it.transcript.has_focus)
        assert it.rows.cursor == row


async def test_the_wheel_scrolls_the_list_and_leaves_the_cursor(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        x, y = it.find("Conversation 5 ")
        for _ in range(5):
            await it.pilot._post_mouse_events([_wheel_event()], offset=(x, y), button=0)
        await it.until_gone("Conversation 5 ")
        assert it.rows.cursor == 0


def _wheel_event() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


async def test_the_scroll_bar_is_dragged_to_the_end_and_only_rows_there_are_fetched(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        before = len(server.list_requests)
        region = it.rows.region
        x = region.right - 1
        await it.pilot.mouse_down(offset=(x, region.y))
        await it.pilot.hover(offset=(x, region.bottom - 1))
        await it.pilot.mouse_up(offset=(x, region.bottom - 1))
        await it.until_seen("Conversation 300")
        await it.until_quiet()
        asked = [int(request.parameters["offset"][0]) for request in server.list_requests[before:]]
        assert all(offset >= 200 for offset in asked[-1:])
        assert it.rows.cursor == 0


@pytest.mark.parametrize("held", ["scroll bar", "line between the panes"])
async def test_a_dialogue_that_opens_takes_what_is_held_out_of_the_hand(server: ScriptedServer, held: str) -> None:
    async with browsing(server) as it:
        await settled(it)
        rows, detail = it.rows.region, it.screen.query_one("#detail-pane").region
        x, y = (rows.right - 1, rows.y) if held == "scroll bar" else (detail.x, detail.y + 5)
        await it.pilot.mouse_down(offset=(x, y))
        await it.press("question_mark")
        await it.until_seen("Esc closes this")
        await it.pilot.mouse_up(offset=(x, y))
        await it.press("escape")
        await it.until(lambda: it.app.screen is it.screen)
        await it.pilot.mouse_down(offset=(rows.x + 5, rows.y))
        x, y = rows.x + 9, rows.y + 20
        it.app.post_message(events.MouseMove(None, x, y, 0, 0, 1, False, False, False, x, y))
        await it.worked_through()
        assert (it.rows.region, it.rows._at.top) == (rows, 0)


async def test_a_click_gives_a_pane_the_keys(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        await it.until_read("Question 1")
        x, y = it.find("Answer 1")
        await it.click(x, y)
        await it.until(lambda: isinstance(it.app.focused, TranscriptView))
        x, y = it.find("words tag:x failed")
        await it.click(x, y)
        await it.until(lambda: isinstance(it.app.focused, Input))


async def test_a_click_on_a_tag_switches_it(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        await it.until_seen("[ ] review")
        x, y = it.find("[ ] review")
        await it.click(x + 5, y)
        await it.until_seen("[x] review", "review ×")
        x, y = it.find("[ ] include archived")
        await it.click(x + 1, y)
        await it.until_seen("[x] include archived")


async def test_a_resize_keeps_what_is_read_and_the_cursor(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await settled(it)
        await it.press(*["down"] * 20)
        await it.until_read("Question 21")
        for size in [(80, 24), (60, 20), (40, 12), (200, 60), (130, 40)]:
            await it.pilot.resize_terminal(*size)
            await it.until_seen("Conversation 21")
            assert it.rows.cursor == 20
        await it.until_read("Question 21")


async def test_no_frame_shows_the_conversation_at_a_width_that_it_had_before(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    widths: list[tuple[int, int]] = []
    render = TranscriptView.render_lines

    def recorded(self: TranscriptView, crop: Region) -> list[Strip]:
        strips = render(self, crop)
        widths.append((self.size.width, self.reader.width))
        return strips

    monkeypatch.setattr(TranscriptView, "render_lines", recorded)
    async with browsing(server, size=(130, 40)) as it:
        await settled(it)
        await it.until_followed()
        narrower, wider = ("left_parenthesis", 61), ("right_parenthesis", 57)
        read = ("enter", 106), ("z", 130), ("z", 106), ("escape", 71)
        for keys, width in (("f", 71), *read, ("f escape", 57), narrower, wider, ("enter", 106)):
            before = len(widths)
            await it.press(*keys.split())
            await it.until(lambda width=width, before=before: any(shown == width for shown, _ in widths[before:]))  # type: ignore[misc]
    assert [pair for pair in widths if pair[0] != pair[1]] == []
