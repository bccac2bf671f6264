"""Scrolling in a page: it stays within its lines, and what arrives below what is read moves nothing."""

from hypothesis import given
from hypothesis import strategies as st

from tui.views.beside.page import TextPageView
from tui.views.text.ink import Span


@given(st.lists(st.integers(-50, 50) | st.tuples(st.integers(1, 90), st.integers(1, 40)), max_size=20))
def test_the_window_stays_within_the_lines(moves: list[int | tuple[int, int]]) -> None:
    page = TextPageView(lambda look: [[Span("x")]] * (4_000 // look.width))
    page.resize(80, 24)
    for move in moves:
        if isinstance(move, int):
            page.scroll(move)
        else:
            page.resize(*move)
        assert 0 <= page.top <= max(0, len(page.lines) - page.height)


def test_what_comes_below_moves_nothing() -> None:
    lines = [[Span(f"line {number}")] for number in range(100)]
    page = TextPageView(lambda _look: list(lines))
    page.resize(80, 20)
    page.scroll(40)
    lines.extend(lines)
    page.compose()
    assert page.top == 40
