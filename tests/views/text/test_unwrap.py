"""Wrapped lines joined to what they were."""

from hypothesis import given
from hypothesis import strategies as st

from tui.views.text.ink import Span
from tui.views.text.unwrap import unwrapped
from tui.views.text.wrap import plain, wrap_spans

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=40, unique=True)


@given(WORDS, st.integers(12, 60))
def test_a_wrapped_paragraph_comes_back(words: list[str], width: int) -> None:
    source = " ".join(words)
    assert unwrapped([plain(line) for line in wrap_spans([Span(source)], width)], source) == source


def test_breaks_of_the_source_stay() -> None:
    assert unwrapped(["first line", "second line"], "first line\nsecond line") == "first line\nsecond line"


def test_a_word_that_was_broken_is_whole_again() -> None:
    assert unwrapped(["https://example.org/a-long", "-address"], "https://example.org/a-long-address") == (
        "https://example.org/a-long-address"
    )
