"""Pages make up the whole text, whatever is in it; what is found is told by its page."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.terminal.text.clean import clean
from tui.views.text.pages import PAGE, found_in, is_large, page_count, page_numbered, page_with
from tui.views.text.pattern import Pattern

PIECES = (
    "word ",
    "x" * 3_000,
    "\n",
    "\r\n",
    "日本語",
    "👩\u200d👩\u200d👧",
    "👍🏽",
    "e\u0301",
    "\x1b[31m",
    "\t",
    "a\n" * 500,
)
LARGE = st.tuples(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), st.integers(1, 4)).map(
    lambda made: (text := "".join(made[0])) * (1 + made[1] * 30_000 // len(text))
)


@settings(max_examples=80, deadline=None)
@given(LARGE, st.data())
def test_pages_make_up_the_text(text: str, data: st.DataObject) -> None:
    pages = [page_numbered(text, number) for number in range(page_count(text))]
    assert "".join(text[page.start : page.end] for page in pages) == text
    assert [page.number for page in pages] == list(range(len(pages)))
    assert all(page.start < page.end for page in pages)
    assert (len(pages) > 1) == is_large(text)
    if is_large(text):
        assert all(page.end - page.start < 2 * PAGE for page in pages)
    place = data.draw(st.integers(0, len(text) - 1))
    page = page_with(text, place)
    assert page.start <= place < page.end
    assert page_numbered(text, len(pages) + 3) == pages[-1]


@settings(max_examples=40, deadline=None)
@given(LARGE, st.sampled_from(["word", "x", "日本語日", "a\na", "👩"]))
def test_what_is_found_stands_on_its_page(text: str, word: str) -> None:
    pattern = Pattern(re.compile(re.escape(word)))
    found = [match for match in found_in(text, clean, pattern.slices) if match is not None]
    places = [page_numbered(text, number) for number in range(page_count(text))]
    pages = [clean(text[page.start : page.end]) for page in places]
    assert len(found) == len(re.findall(re.escape(word), "".join(pages)))
    for match in found[:50]:
        assert "".join(pages[match.page :])[match.start : match.end] == word
        assert match.start < len(pages[match.page])


def test_a_match_across_what_is_looked_through_at_one_go_is_found_once() -> None:
    text = "a" * (256 * 1024 - 3) + "needle" + "b" * 300_000 + "needle"
    found = list(filter(None, Pattern(re.compile("needle")).in_composed(text)))
    assert found == [(256 * 1024 - 3, 256 * 1024 + 3), (len(text) - 6, len(text))]
