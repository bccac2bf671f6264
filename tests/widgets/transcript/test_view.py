import gc
from types import FunctionType
from typing import Any
from weakref import ref

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from tests.views.transcript.histories import FAILURE, answer, body, conversation, long_history, message, tool
from tui.resources import STYLES
from tui.views.reader import moves, searching, work
from tui.views.reader.reader import Reader
from tui.views.text.ink import Line
from tui.views.transcript.blocks.block import Block, Look
from tui.widgets.inputs.search_input import SearchInput
from tui.widgets.transcript.painter import bar_cells
from tui.widgets.transcript.view import TranscriptView

PEOPLE = {"u": "me@example.com"}


class Host(App[None]):
    CSS_PATH = STYLES / "transcript.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, history: list[Any] | None) -> None:
        super().__init__()
        self.history = history
        self.heard: list[str] = []
        self.view = TranscriptView()

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        self.view.focus()
        if self.history is not None:
            self.view.act(Reader.show, conversation(created_by="u"), body(self.history), PEOPLE)

    def on_transcript_view_position_changed(self, _event: TranscriptView.PositionChanged) -> None:
        self.heard.append(self.view.reader.position)

    def on_transcript_view_conversation_step(self, event: TranscriptView.ConversationStep) -> None:
        self.heard.append(f"step {event.step}")

    def on_transcript_view_left(self) -> None:
        self.heard.append("left")


def screen(view: TranscriptView) -> list[str]:
    return [strip.text for strip in view.render_lines(view.size.region)]


def cursor_line(view: TranscriptView) -> str:
    assert view.reader.viewport is not None
    row = view.reader.viewport.row_of(view.reader.viewport.cursor)
    assert row is not None
    line = screen(view)[row]
    assert line[0] == "▌"
    return line[1:-1].strip()


async def grown(pilot: Pilot[None], view: TranscriptView) -> None:
    while view.reader.document is not None and view.reader.document.growing:
        await pilot.pause()


async def searched(pilot: Pilot[None], view: TranscriptView) -> None:
    while not view.reader.finder.done:
        await pilot.pause()


async def test_it_opens_with_the_header_and_the_first_turn() -> None:
    app = Host(long_history(3))
    async with app.run_test(size=(80, 24)):
        text = "\n".join(screen(app.view))
        assert "Refund for a damaged item" in text
        assert "me@example.com" in text
        assert "Turn 1" in text
        assert app.view.reader.position == "turn –/3 · 0 %"
        assert all(len(line) == 80 for line in screen(app.view))


async def test_the_keys_of_less_and_vim_move() -> None:
    app = Host(long_history(40))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        await pilot.press("5", "j")
        assert view.reader.viewport is not None
        assert view.reader.viewport.row_of(view.reader.viewport.cursor) == 5
        await pilot.press("right_square_bracket", "right_square_bracket")
        assert cursor_line(view).startswith("Turn 2")
        await pilot.press("J")
        assert cursor_line(view).startswith("▌ You")
        await pilot.press("right_curly_bracket")
        assert "retrieval" in cursor_line(view)
        await pilot.press("e")
        assert "✗ INVALID_QUERY" in cursor_line(view)
        assert view.reader.position.startswith("turn 5/40")
        await pilot.press("2", "e", "E")
        assert view.reader.position.startswith("turn 10/40")
        await pilot.press("G")
        assert view.reader.position == "turn 40/40 · 100 %"
        await pilot.press("7", "G")
        assert cursor_line(view).startswith("Turn 7")
        await pilot.press("g")
        assert view.reader.position == "turn –/40 · 0 %"
        assert app.heard[-1] == view.reader.position


async def test_moving_inside_the_view_paints_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Host(long_history(10))
    async with app.run_test(size=(80, 24)) as pilot:
        await grown(pilot, app.view)
        screen(app.view)
        painted: list[tuple[Region, ...]] = []
        refresh = TranscriptView.refresh

        def noted(self: TranscriptView, *regions: Region, **options: bool) -> TranscriptView:
            painted.append(regions)
            return refresh(self, *regions, **options)

        monkeypatch.setattr(TranscriptView, "refresh", noted)
        await pilot.press("j")
        assert [region.height for regions in painted for region in regions] == [1, 1]


async def test_the_line_of_the_turn_stays_on_the_first_row() -> None:
    app = Host([message("Q"), answer("\n\n".join(f"line {number}" for number in range(60)))])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        assert screen(app.view)[0].strip().startswith("Turn 1")
        assert any("line" in line for line in screen(app.view)[1:3])


@pytest.mark.parametrize("key", ["T", "R", "M", "enter"])
async def test_a_fold_or_mode_keeps_the_line_at_the_cursor_on_its_row(key: str) -> None:
    app = Host(long_history(30))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        await pilot.press("right_curly_bracket", "right_curly_bracket", "right_curly_bracket")
        assert view.reader.viewport is not None
        row, line = view.reader.viewport.row_of(view.reader.viewport.cursor), cursor_line(view)
        await pilot.press(key)
        assert view.reader.viewport.row_of(view.reader.viewport.cursor) == row
        assert cursor_line(view).lstrip("▸▾ ") == line.lstrip("▸▾ ")
        await pilot.resize_terminal(61, 24)
        await pilot.pause()
        assert view.reader.viewport.row_of(view.reader.viewport.cursor) == row
        assert "retrieval" in cursor_line(view)


async def test_enter_opens_a_tool_call_and_its_nodes() -> None:
    app = Host([message("Q"), tool([{"score": 0.25, "deep": {"x": 1}}])])
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("right_curly_bracket", "enter")
        assert any("score: 0.25" in line for line in screen(app.view))
        await pilot.press("j", "j", "j", "j")
        assert app.view.reader.json_path.startswith("$")
        await pilot.press("h")
        assert not any("score: 0.25" in line for line in screen(app.view))
        await pilot.press("h", "h")
        assert not any("results  1" in line for line in screen(app.view))


async def test_the_json_of_a_tool_call_folds_by_depth_and_turns_into_a_table() -> None:
    app = Host([message("Q"), tool([{"score": number, "name": f"n{number}"} for number in range(8)])])
    async with app.run_test(size=(80, 40)) as pilot:
        view = app.view
        await pilot.press("right_curly_bracket", "enter", *"jjjj")
        assert view.reader.json_path == "$.results"
        await pilot.press("minus")
        assert not any("n3" in line for line in screen(view))
        await pilot.press("2", "plus")
        assert sum("name: " in line for line in screen(view)) == 8
        assert view.reader.json_path == "$.results"
        await pilot.press("vertical_line")
        assert any("score" in line and "name" in line for line in screen(view))
        await pilot.press("vertical_line", "minus", "enter", "j", "asterisk")
        assert sum("name: " in line for line in screen(view)) in (0, 8)
        await pilot.press("g", "asterisk")


async def test_on_a_heading_the_keys_of_json_act_on_the_value_below_it() -> None:
    rows: list[Any] = [{"score": number, "name": f"n{number}"} for number in range(150)]
    app = Host([message("Q"), tool(rows, input_parameters={"a": {"b": {"c": 1, "d": [{}, {}]}}})])
    async with app.run_test(size=(80, 60)) as pilot:
        view = app.view
        await pilot.press("right_curly_bracket", "enter", "j")
        assert cursor_line(view).startswith("input parameters")
        await pilot.press("minus")
        assert not any("▾ a:" in line for line in screen(view))
        await pilot.press("plus")
        assert any("d:" in line for line in screen(view))
        assert cursor_line(view).startswith("input parameters")
        while not cursor_line(view).startswith("results"):
            await pilot.press("j")
        await pilot.press("vertical_line")
        assert any("score" in line and "name" in line for line in screen(view))
        assert cursor_line(view).startswith("results")
        await pilot.press("w")
        document = view.reader.document
        assert document is not None
        assert document.height(document.places["tool"][0]) > 150
        await pilot.press("asterisk")
        assert document.height(document.places["tool"][0]) < 30


async def test_a_history_that_arrives_later_fills_in_below() -> None:
    app = Host(None)
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.act(Reader.show, conversation(), None, {})
        assert any("on its way" in line for line in screen(app.view))
        await pilot.press("j", "j")
        app.view.act(Reader.show, conversation(), body(long_history(2)), PEOPLE)
        assert any("Turn 1" in line for line in screen(app.view))
        assert app.view.reader.viewport is not None
        assert app.view.reader.viewport.row_of(app.view.reader.viewport.cursor) == 2


async def test_a_refreshed_conversation_keeps_its_place_and_folds() -> None:
    app = Host(long_history(20))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        await pilot.press("8", "right_curly_bracket", "enter")
        before = screen(view)
        view.act(
            Reader.show,
            conversation(created_by="u", message_count=81),
            body([*long_history(20), message("more", 21, 9999)]),
            PEOPLE,
        )
        await grown(pilot, view)
        assert [line[:-1] for line in screen(view)] == [line[:-1] for line in before]


async def test_a_place_far_down_a_refreshed_conversation_is_gone_to_once_it_is_laid_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.views.reader.reader._REACH", 0.0)
    app = Host(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await pilot.press("G")
        await grown(pilot, view)
        before = cursor_line(view)
        for lines in (0, 3):
            view.act(
                Reader.show,
                conversation(created_by="u", message_count=lines),
                body([*LONG, message("more", 9999)]),
                PEOPLE,
            )
            view.act(moves.line, lines)
            await grown(pilot, view)
            await pilot.pause()
            assert (cursor_line(view) == before) is (lines == 0)


async def test_what_went_wrong_is_said_below_what_is_known() -> None:
    app = Host(None)
    async with app.run_test(size=(80, 24)):
        app.view.act(Reader.show, conversation(), None, {})
        app.view.act(Reader.fail, "The service cannot be reached", "Press r to try again.", "connection refused [bold]")
        text = "\n".join(screen(app.view))
        assert "Refund for a damaged item" in text
        assert "The service cannot be reached" in text
        assert "connection refused [bold]" in text
        assert "Press r to try again." in text
        app.view.act(Reader.show, conversation(), None, {})
        text = "\n".join(screen(app.view))
        assert "on its way" in text
        assert "The service cannot be reached" not in text
        app.view.act(Reader.show_nothing, "Choose a conversation.")
        assert "Choose a conversation." in screen(app.view)[1]
        assert app.view.reader.position == ""


async def test_typing_a_search_goes_to_the_first_match_and_esc_comes_back() -> None:
    app = Host(long_history(30))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        await pilot.press("slash", *"answer 17")
        await searched(pilot, view)
        assert "Answer 17" in cursor_line(view)
        assert "1/1" in screen(view)[-1]
        await pilot.press("escape")
        assert view.has_focus
        assert view.reader.position == "turn –/30 · 0 %"
        assert not view.reader.finder.text
        assert "left" not in app.heard


async def test_n_goes_from_match_to_match_opening_and_closing_what_hides_them() -> None:
    app = Host(long_history(30))
    async with app.run_test(size=(100, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        await pilot.press("slash", *"hit 1", "enter")
        await searched(pilot, view)
        assert "1/9" in screen(view)[-1]
        assert "hit 1" in cursor_line(view)
        await pilot.press("n")
        assert "2/9" in screen(view)[-1]
        assert "hit 11" in cursor_line(view)
        document = view.reader.document
        assert document is not None
        assert document.height(document.places["tool"][0]) == 1
        await pilot.press("N", "N")
        assert "9/9" in screen(view)[-1]
        await pilot.press("escape")
        assert not view.reader.finder.text
        assert document.height(document.places["tool"][18]) == 1
        await pilot.press("escape")
        assert app.heard[-1] == "left"


async def test_a_search_given_from_outside_and_a_bad_pattern() -> None:
    app = Host(long_history(5))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        view.act(searching.search, "RECEIPT")
        await searched(pilot, view)
        assert "no match" in screen(view)[-1]
        view.act(searching.search, "(", regex=True)
        assert "bad pattern" in screen(view)[-1]
        view.act(searching.search, "answer [23]", regex=True)
        await searched(pilot, view)
        assert "1/2" in screen(view)[-1]
        assert not view.query_one(SearchInput).has_focus


async def test_the_mouse_scrolls_folds_and_jumps() -> None:
    app = Host([*long_history(20), tool(FAILURE, 20, 9000)])
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        await pilot.click(TranscriptView, offset=(79, 23))
        assert view.reader.position.startswith("turn 20/20")
        await pilot.press("g", "right_curly_bracket")
        assert view.reader.viewport is not None
        row = view.reader.viewport.row_of(view.reader.viewport.cursor)
        assert row is not None
        await pilot.click(TranscriptView, offset=(2, row))
        assert "▾ retrieval" in cursor_line(view)
        await pilot.click(TranscriptView, offset=(30, row + 1))
        assert "input parameters" in cursor_line(view)


async def test_neighbours_and_leaving_are_asked_for() -> None:
    app = Host(long_history(1))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("greater_than_sign", "3", "less_than_sign", "4", "escape", "escape")
        await pilot.pause()
        assert [text for text in app.heard if not text.startswith("turn")] == ["step 1", "step -3", "left"]


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (10, 2), (200, 60)])
async def test_any_size_works(size: tuple[int, int]) -> None:
    app = Host(long_history(3))
    async with app.run_test(size=size) as pilot:
        await pilot.press("j", "J", "right_curly_bracket", "enter", "space", "G", "slash", "e", "enter", "n", "g")
        assert len(screen(app.view)) == size[1]
        assert all(strip.cell_length == size[0] for strip in app.view.render_lines(app.view.size.region))


async def test_a_hostile_text_reaches_the_screen_as_words() -> None:
    app = Host([message("\x1b]0;owned\x07 [bold red]x[/] \u202egnp.exe \x9b31m")])
    async with app.run_test(size=(80, 24)):
        text = "\n".join(screen(app.view))
        assert "[bold red]x[/]" in text
        assert not any(character in text for character in "\x1b\x07\x9b\u202e")


async def test_a_fresh_answer_while_a_search_is_on_moves_nothing() -> None:
    app = Host(long_history(30))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        await pilot.press("slash", *"answer", "enter")
        await searched(pilot, view)
        await pilot.press("n", "n", "J", "J")
        before = cursor_line(view)
        view.act(
            Reader.show,
            conversation(created_by="u"),
            body([*long_history(30), answer("an answer more", 31, 9999)]),
            PEOPLE,
        )
        await searched(pilot, view)
        await pilot.pause()
        assert cursor_line(view) == before
        assert "61" in screen(view)[-1]


LONG = [message(f"word {number}", number) for number in range(2_000)]
"""More messages than are laid out at once."""


async def test_who_goes_elsewhere_while_the_end_is_waited_for_is_not_taken_there() -> None:
    app = Host(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        view.act(Reader.show, conversation(id="other"), body(LONG), PEOPLE)
        view.act(moves.last)
        view.act(moves.line, 3)
        assert view.reader.document is not None
        assert view.reader.document.growing
        await grown(pilot, view)
        assert view.reader.viewport is not None
        assert view.reader.viewport.row_of(view.reader.viewport.cursor) == 3
        await pilot.press("G")
        assert view.reader.position.endswith("100 %")


async def test_every_move_that_waits_for_the_end_is_made() -> None:
    history = [*LONG, *long_history(20)]
    app = Host(history)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        view.act(Reader.show, conversation(id="other"), body(history), PEOPLE)
        for _ in range(3):
            view.act(moves.following, "failed", 1)
        await grown(pilot, view)
        assert view.reader.document is not None
        assert view.reader.viewport is not None
        assert view.reader.viewport.cursor[0] == view.reader.document.places["failed"][2]


async def test_a_search_and_a_move_wait_for_the_end_side_by_side() -> None:
    app = Host(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        view.act(Reader.show, conversation(id="other"), body(LONG), PEOPLE)
        view.act(searching.search, "word 17")
        view.act(moves.last)
        await grown(pilot, view)
        await searched(pilot, view)
        assert "/word 17  111" in screen(view)[-1]
        assert view.reader.position.endswith("100 %")


async def test_who_moves_on_before_a_match_is_found_is_not_taken_to_it() -> None:
    app = Host(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        view.act(Reader.show, conversation(id="other"), body(LONG), PEOPLE)
        view.act(searching.search, "word 1999")
        view.act(moves.line, 3)
        await grown(pilot, view)
        await searched(pilot, view)
        assert view.reader.viewport is not None
        assert view.reader.viewport.row_of(view.reader.viewport.cursor) == 3
        await pilot.press("n")
        assert "word 1999" in cursor_line(view)


async def test_the_next_conversation_begins_at_its_top() -> None:
    app = Host(long_history(30))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("G")
        app.view.act(Reader.show, conversation(id="c2"), body(long_history(2)), PEOPLE)
        await pilot.pause()
        assert app.view.reader.position == "turn –/2 · 0 %"


async def test_going_to_a_tool_call_shows_what_focused_reading_hides() -> None:
    app = Host([message("Question"), tool(FAILURE, 1, 1), answer("Answer", 1, 2)])
    async with app.run_test(size=(100, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        await pilot.press("F")
        assert not any("retrieval" in line for line in screen(view))
        await pilot.press("e")
        assert "✗ INVALID_QUERY" in cursor_line(view)
        assert view.reader.document is not None
        assert not view.reader.document.modes.focused


@pytest.mark.parametrize("key", ["space", "right_square_bracket", "e", "b"])
async def test_what_is_read_next_is_ready_before_it_is_asked_for(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Host(long_history(60))
    async with app.run_test(size=(80, 24)) as pilot:
        await grown(pilot, app.view)
        await pilot.press("space", "space", "space")
        await rested(pilot, app.view)
        composed: list[Block] = []
        compose = Block._composed

        def noted(self: Block, look: Look) -> list[Line]:
            composed.append(self)
            return compose(self, look)

        monkeypatch.setattr(Block, "_composed", noted)
        monkeypatch.setattr(work.Work, "step", lambda self, reader: None)
        before = screen(app.view)
        await pilot.press(key)
        assert screen(app.view) != before
        assert not composed


async def test_another_conversation_ends_what_was_prepared_of_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "SLICE", 0.0)
    monkeypatch.setattr(work, "_GRACE", 0.0)
    app = Host(long_history(60))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        await pilot.press("G")
        view.act(Reader.repaint)
        screen(view)
        view._work()
        view.act(Reader.show, conversation(id="another"), body([message("Q")]), {})
        assert view.reader.document is not None
        view.reader.document.grow(1.0)
        view._work()  # before there is a picture of it
        await rested(pilot, view)
        assert "Q" in "\n".join(screen(view))


async def test_nothing_of_a_conversation_stays_when_it_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "SLICE", 0.0)
    monkeypatch.setattr(work, "_GRACE", 0.0)
    app = Host(long_history(60))
    async with app.run_test(size=(80, 24)) as pilot:
        await grown(pilot, app.view)
        app.view.act(Reader.repaint)
        screen(app.view)
        app.view._work()
        left = ref(app.view.reader.document)
        app.view.display = False
        app.view.act(Reader.show_nothing, "Nothing to read")
        gc.collect()
        assert left() is None


async def test_looking_ahead_uses_nothing_up_of_the_time_for_a_regular_expression() -> None:
    history = [message("Q"), *[answer("a" * 3_000 + f" {number}") for number in range(8)], answer("ab")]
    app = Host(history)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        view.act(searching.search, "(a+)+b", regex=True, go=False)
        screen(view)
        marks = view.reader.finder.marks
        assert marks is not None
        before = marks._too_slow
        await rested(pilot, view)
        assert marks._too_slow == before


async def rested(pilot: Pilot[None], view: TranscriptView) -> None:
    screen(view)
    while view.work.looks_ahead:
        await pilot.pause()


async def test_the_map_is_true_once_the_reader_has_rested() -> None:
    app = Host([message("Q"), *[answer("word " * 60, seconds=number) for number in range(6)]])
    async with app.run_test(size=(80, 24)) as pilot:
        await grown(pilot, app.view)
        await rested(pilot, app.view)
        document, viewport = app.view.reader.document, app.view.reader.viewport
        assert document is not None
        assert viewport is not None
        last = [span.text for span in bar_cells(app.view.reader, viewport)]
        assert [strip.text[-1] for strip in app.view.render_lines(app.view.size.region)] == last
        assert document.total == sum(document.height(index) for index in range(len(document.blocks)))


async def test_another_width_is_taken_over_to_the_end_of_a_long_conversation() -> None:
    app = Host(long_history(400))
    async with app.run_test(size=(80, 24)) as pilot:
        await grown(pilot, app.view)
        await pilot.press("5", "0", "j")
        line = cursor_line(app.view)
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        document = app.view.reader.document
        assert document is not None
        assert document.look.width < 60
        assert cursor_line(app.view)[:20] == line[:20]
        while document.estimating:
            await pilot.pause()
        assert cursor_line(app.view)[:20] == line[:20]
        index = len(document.blocks) // 2  # nobody has looked there
        assert document.heights[index] == document.blocks[index].estimate(document.look)


def test_the_widget_stays_thin() -> None:
    own = {name for name, value in vars(TranscriptView).items() if isinstance(value, FunctionType)}
    assert len(own) <= 30
    assert len(vars(TranscriptView()).keys() - vars(Widget()).keys()) <= 8
