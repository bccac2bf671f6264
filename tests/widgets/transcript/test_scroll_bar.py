from hypothesis import given
from hypothesis import strategies as st

from tui.views.text.ink import Span
from tui.widgets.scroll_bar import ScrollBar


@given(st.integers(0, 10**6), st.integers(1, 200), st.floats(0, 1))
def test_the_thumb_is_inside_and_at_an_end_only_when_the_document_is(total: int, height: int, share: float) -> None:
    travel = max(0, total - height)
    top = round(travel * share)
    bar = ScrollBar(total, height, top)
    if not bar.needed:
        assert not bar.thumb
        return
    thumb = bar.thumb
    assert len(thumb) >= 1
    assert thumb.start >= 0
    assert thumb.stop <= height
    if height - len(thumb) > 1:
        assert (thumb.start == 0) == (top == 0)
        assert (thumb.stop == height) == (top == travel)


@given(st.integers(50, 10**6), st.integers(4, 49), st.integers(0, 60))
def test_dragging_reaches_both_ends(total: int, height: int, row: int) -> None:
    bar = ScrollBar(total, height, 0)
    assert bar.top_for_drag(0, 0) == 0
    assert bar.top_for_drag(height, 0) == total - height
    assert 0 <= bar.top_for_drag(row, 1) <= total - height
    assert bar.row_of(bar.line_at(min(row, height - 1))) <= min(row, height - 1)


def test_marks_stand_on_the_bar() -> None:
    cells = ScrollBar(100, 10, 0).cells({0: Span("?"), 3: Span("!", "failed"), 99: Span("?")})
    assert cells[0].text == "┃"
    assert cells[3] == Span("!", "failed")
    assert len(cells) == 10
    assert ScrollBar(5, 10, 0).cells() == [Span(" ")] * 10
