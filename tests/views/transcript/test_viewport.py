from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.transcript.histories import answer, document, histories, long_history, message, tool
from tui.views.text.wrap import plain
from tui.views.transcript.document import Document
from tui.views.transcript.viewport import Place, Viewport


def every_place(made: Document) -> list[Place]:
    return [(index, line) for index in range(len(made.blocks)) for line in range(made.height(index))]


def viewport(turns: int = 30, height: int = 20, width: int = 80) -> Viewport:
    return Viewport(document(long_history(turns), width=width), height)


def cursor_text(view: Viewport) -> str:
    return plain(view.document.line(*view.cursor))


_moves: dict[str, Callable[[Viewport], None]] = {
    "down": lambda view: view.move(1), "up": lambda view: view.move(-1), "far": lambda view: view.move(37),
    "page": lambda view: view.page(view.height - 2), "back": lambda view: view.page(2 - view.height),
    "wheel": lambda view: view.scroll(3), "wheel back": lambda view: view.scroll(-3),
    "end": Viewport.to_last, "begin": Viewport.to_first,
    "drag": lambda view: view.scroll_to_line(view.document.total // 2),
}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(histories, st.integers(1, 30), st.lists(st.sampled_from(sorted(_moves)), max_size=12))
def test_the_cursor_is_always_on_a_line_that_is_seen(history: list[Any], height: int, moves: list[str]) -> None:
    view = Viewport(document(history), height)
    places = every_place(view.document)
    for name in moves:
        _moves[name](view)
        rows = view.rows()
        assert view.cursor in rows
        assert view.row_of(view.cursor) == rows.index(view.cursor) or rows.index(view.cursor) < view.first_row == 0
        start = places.index(view.top)
        assert rows == places[start : start + height]
        assert len(rows) == min(height, len(places))


@settings(max_examples=60, deadline=None)
@given(histories, st.integers(0, 60), st.integers(-60, 60))
def test_steps_agree_with_a_plain_list_of_lines(history: list[Any], start: int, steps: int) -> None:
    view = Viewport(document(history), 20)
    places = every_place(view.document)
    begin = min(start, len(places) - 1)
    wanted = max(0, min(len(places) - 1, begin + steps))
    assert view.step(places[begin], steps) == places[wanted]
    assert view.at_line(begin) == places[begin]


def test_a_page_keeps_the_cursor_on_its_row_and_the_ends_take_it() -> None:
    view = viewport()
    view.move(5)
    view.page(18)
    assert view.row_of(view.cursor) == 5
    view.to_last()
    view.move(-3)
    view.page(18)
    assert view.cursor == view.last()
    view.to_first()
    view.move(3)
    view.page(-18)
    assert view.cursor == view.first()


def test_the_line_of_the_turn_stays_while_its_turn_is_read() -> None:
    view = viewport()
    view.to_block(view.document.turns[4].blocks[0], 0)
    assert view.sticky is None
    assert cursor_text(view).startswith("Turn 5")
    view.scroll(4)
    assert view.sticky == view.document.turns[4].blocks[0]
    assert view.row_of(view.top) is None
    assert view.row_of(view.cursor) == 1


@pytest.mark.parametrize("width", [30, 50, 79, 140, 200])
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_another_width_keeps_the_words_at_the_cursor_on_their_row(width: int, data: st.DataObject) -> None:
    words = [f"w{number}" for number in range(400)]
    history = [*long_history(6), message(" ".join(words), 7, 999), *long_history(6)]
    view = Viewport(document(history, width=80), 20)
    view.to_block(view.document.turns[6].blocks[0] + 1, 4)
    view.move(data.draw(st.integers(0, 20)))
    row = view.row_of(view.cursor)
    first = next((word for word in cursor_text(view).split() if word.startswith("w")), None)
    with view.held():
        view.document.set_width(width)
    assert view.row_of(view.cursor) == row
    if first is not None:
        assert first in cursor_text(view).split()


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.set_tools(2), lambda made: made.set_tools(1), lambda made: made.set_reasoning(True),
        lambda made: made.set_markdown(False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lines", [12, 40, 77, 130])
def test_folds_and_modes_keep_the_line_at_the_cursor_on_its_row(change: Callable[[Document], None], lines: int) -> None:
    view = viewport()
    view.move(lines)
    row, kind, index = view.row_of(view.cursor), view.document.blocks[view.cursor[0]].kind, view.cursor[0]
    with view.held():
        change(view.document)
    assert view.cursor[0] == index
    assert view.document.blocks[index].kind == kind
    assert view.row_of(view.cursor) == row


def test_focused_reading_goes_to_what_is_left_at_the_cursor() -> None:
    view = viewport()
    view.to_block(view.document.places["tool"][8], 7)
    with view.held():
        view.document.set_focused(True)
    assert view.row_of(view.cursor) == 7
    assert view.document.blocks[view.cursor[0]].kind == "message"


def test_folding_a_node_at_the_cursor_leaves_it_there() -> None:
    made = document([tool([{"a": {"b": [1, 2, 3]}, "c": "d"}] * 6), *long_history(10)], width=100)
    made.set_tools(2)
    view = Viewport(made, 20)
    index = made.places["tool"][0]
    line = next(number for number in range(made.height(index)) if "[6]" in plain(made.line(index, number)))
    view.to((index, line), 5)
    with view.held():
        assert made.blocks[index].toggle(line, made.look)
        made.changed(index)
    assert view.row_of(view.cursor) == 5
    assert "[6]" in cursor_text(view)
    assert made.blocks[index].path_at(line, made.look) == "$.results"


def test_a_growing_document_moves_nothing_that_is_seen() -> None:
    made = document(long_history(200), grown=False)
    made.grow(1.0, lines=60)
    view = Viewport(made, 20)
    view.move(25)
    # The line of a turn says with dots that its sums still grow.
    rows = [place for place in view.rows() if made.blocks[place[0]].kind != "turn"]
    before = [plain(made.line(*place)) for place in rows]
    while made.grow(0.0):
        assert view.row_of(view.cursor) is not None
    after = [plain(made.line(*place)) for place in rows]
    assert [place for place in view.rows() if made.blocks[place[0]].kind != "turn"] == rows
    assert after == before


def test_the_position_is_said_in_turns_and_per_cent() -> None:
    view = viewport()
    assert view.position() == "turn –/30 · 0 %"
    view.to_last()
    assert view.position() == "turn 30/30 · 100 %"


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 200), st.lists(st.sampled_from(["raw", "narrow", "wide"]), min_size=2, max_size=8))
def test_changes_one_after_the_other_do_not_move_the_place(start: int, changes: list[str]) -> None:
    text = "# Head\n\nSome **bold** words, a [link](https://example.com/a).\n\n- one `x`\n- *two*\n\nIMPORTANT:\n\n1. a"
    view = Viewport(document([message("Question"), *[answer(text, 1, n) for n in range(1, 20)]]), 20)
    view.move(start)
    made = view.document
    before, row = view.cursor, view.row_of(view.cursor)
    for change in changes:
        with view.held():
            if change == "raw":
                made.set_markdown(not made.look.markdown)
            else:
                made.set_width(60 if change == "narrow" else 100)
    with view.held():
        made.set_markdown(True)
        made.set_width(80)
    assert view.cursor == before
    assert view.row_of(view.cursor) == row


def test_the_next_turn_after_a_silence_is_the_turn_and_not_the_divider() -> None:
    view = Viewport(document([message("One", 1, 0), message("Two", 2, 90_000), answer("x\n\n" * 30, 2, 90_001)]), 20)
    turn = view.document.places["turn"][1]
    view.to_block(turn, 0)
    assert cursor_text(view).startswith("Turn 2")
    rows = [plain(view.document.line(*place)).strip() for place in view.rows()]
    assert "1 d 1 h later" in rows
