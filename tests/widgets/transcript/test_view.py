import gc
from types import FunctionType
from typing import Any
from weakref import ref

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from tests.harness.pumps import press
from tests.views.transcript.histories import FAILURE, answer, body, conversation, long_history, message, tool
from tui.resources import STYLES
from tui.views.reader import work
from tui.views.reader.reader import Reader
from tui.views.text.ink import Line
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.modes import Look
from tui.views.transcript.overview import overview_marks
from tui.widgets.transcript.painter import bar_of
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
        await press(pilot, "5", "j")
        assert view.reader.viewport is not None
        assert view.reader.viewport.row_of(view.reader.viewport.cursor) == 5
        await press(pilot, "right_square_bracket")
        assert cursor_line(view).startswith("Turn 2")
        await press(pilot, "J")
        assert cursor_line(view).startswith("▌ You")
        await press(pilot, "right_curly_bracket")
        assert "retrieval" in cursor_line(view)
        await press(pilot, "e")
        assert "✗ INVALID_QUERY" in cursor_line(view)
        assert view.reader.position.startswith("turn 5/40")
        await press(pilot, "2", "e", "E")
        assert view.reader.position.startswith("turn 10/40")
        await press(pilot, "G")
        assert view.reader.position == "turn 40/40 · 100 %"
        await press(pilot, "7", "G")
        assert cursor_line(view).startswith("Turn 7")
        await press(pilot, "g")
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
        await press(pilot, "j")
        assert [region.height for regions in painted for region in regions] == [1, 1]


async def test_the_line_of_the_turn_stays_on_the_first_row() -> None:
    app = Host([message("Q"), answer("\n\n".join(f"line {number}" for number in range(60)))])
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "space")
        assert screen(app.view)[0].strip().startswith("Turn 1")
        assert any("line" in line for line in screen(app.view)[1:3])


@pytest.mark.parametrize("key", ["M", "enter"])
async def test_a_fold_or_mode_keeps_the_line_at_the_cursor_on_its_row(key: str) -> None:
    app = Host(long_history(30))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        await press(pilot, "right_curly_bracket", "right_curly_bracket", "right_curly_bracket")
        assert view.reader.viewport is not None
        row, line = view.reader.viewport.row_of(view.reader.viewport.cursor), cursor_line(view)
        await press(pilot, key)
        assert view.reader.viewport.row_of(view.reader.viewport.cursor) == row
        assert cursor_line(view).lstrip("▸▾ ") == line.lstrip("▸▾ ")
        await pilot.resize_terminal(61, 24)
        await pilot.pause()
        assert view.reader.viewport.row_of(view.reader.viewport.cursor) == row
        assert "retrieval" in cursor_line(view)


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
        await press(pilot, "slash", *"answer 17")
        await searched(pilot, view)
        assert "Answer 17" in cursor_line(view)
        assert "1/1" in screen(view)[-1]
        await press(pilot, "escape")
        assert view.has_focus
        assert view.reader.position == "turn –/30 · 0 %"
        assert not view.reader.finder.text
        assert "left" not in app.heard


async def test_the_mouse_scrolls_folds_and_jumps() -> None:
    app = Host([*long_history(20), tool(FAILURE, 20, 9000)])
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        await pilot.click(TranscriptView, offset=(79, 23))
        assert view.reader.position.startswith("turn 20/20")
        await press(pilot, "g", "right_curly_bracket")
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
        await press(pilot, "greater_than_sign", "3", "less_than_sign", "4", "escape", "escape")
        await pilot.pause()
        assert [text for text in app.heard if not text.startswith("turn")] == ["step 1", "step -3", "left"]


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (10, 2), (200, 60)])
async def test_any_size_works(size: tuple[int, int]) -> None:
    app = Host(long_history(3))
    async with app.run_test(size=size) as pilot:
        await press(pilot, "j", "J", "right_curly_bracket", "enter", "space", "G", "slash", "e", "enter", "n", "g")
        assert len(screen(app.view)) == size[1]
        assert all(strip.cell_length == size[0] for strip in app.view.render_lines(app.view.size.region))


async def test_a_hostile_text_reaches_the_screen_as_words() -> None:
    app = Host([message("\x1b]0;owned\x07 [bold red]x[/] \u202egnp.exe \x9b31m")])
    async with app.run_test(size=(80, 24)):
        text = "\n".join(screen(app.view))
        assert "[bold red]x[/]" in text
        assert not any(character in text for character in "\x1b\x07\x9b\u202e")


@pytest.mark.parametrize("key", ["space", "e"])
async def test_what_is_read_next_is_ready_before_it_is_asked_for(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Host(long_history(60))
    async with app.run_test(size=(80, 24)) as pilot:
        await grown(pilot, app.view)
        await press(pilot, "space", "space", "space")
        await rested(pilot, app.view)
        composed: list[Block] = []
        compose = Block._composed

        def noted(self: Block, look: Look) -> list[Line]:
            composed.append(self)
            return compose(self, look)

        monkeypatch.setattr(Block, "_composed", noted)
        monkeypatch.setattr(work.Work, "step", lambda self, reader: None)
        before = screen(app.view)
        await press(pilot, key)
        assert screen(app.view) != before
        assert not composed


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
        last = [span.text for span in bar_of(viewport).cells(overview_marks(document, viewport.height, []))]
        assert [strip.text[-1] for strip in app.view.render_lines(app.view.size.region)] == last
        assert document.total == sum(document.height(index) for index in range(len(document.blocks)))


def test_the_widget_stays_thin() -> None:
    own = {name for name, value in vars(TranscriptView).items() if isinstance(value, FunctionType)}
    assert len(own) <= 30
    assert len(vars(TranscriptView()).keys() - vars(Widget()).keys()) <= 8
