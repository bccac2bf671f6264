"""Chips: one for each part of the filter, taken away one by one, never beyond the edge."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.store.filter.list_filter import ListFilter, filter_of
from tui.views.listing.chips import chip_line, chips_of, filter_words
from tui.views.text.wrap import line_width, plain

TEXTS = st.text(max_size=40)
FILTERS = st.builds(
    ListFilter,
    text=TEXTS,
    tags=st.lists(TEXTS, max_size=6, unique=True).map(tuple),
    untagged=st.booleans(),
    archived=st.booleans(),
)


@given(FILTERS)
def test_each_chip_takes_exactly_its_part_away_and_all_of_them_everything(query: ListFilter) -> None:
    chips = chips_of(query)
    assert len(chips) == bool(query.text) + len(query.tags) + query.untagged + query.archived
    for chip in chips:
        assert len(chips_of(chip.without)) == len(chips) - 1
    while chips := chips_of(query):
        query = chips[-1].without
    assert query.is_empty


@given(FILTERS, st.integers(1, 200))
def test_columns_of_chips_lie_one_after_the_other_and_match_the_line(query: ListFilter, width: int) -> None:
    chips = chips_of(query)
    line, columns = chip_line(chips, width)
    assert len(columns) <= len(chips)
    for before, after in pairwise(columns):
        assert before.stop < after.start
    if len(columns) > 1:
        assert columns[-1].stop <= width
    assert not any(character in plain(line) for character in "\x1b\n\t\u202e")
    if columns:
        assert line_width(line) >= columns[-1].stop


def test_chips_that_do_not_fit_are_counted() -> None:
    chips = chips_of(ListFilter("refund", ("billing", "review"), archived=True))
    assert plain(chip_line(chips, 24)[0]) == '   "refund" ×  +3'
    assert plain(chip_line(chips, 100)[0]).strip().split("  ")[:4] == [
        '"refund" ×',
        "billing ×",
        "review ×",
        "with archived ×",
    ]


def test_where_anything_is_checked_here_the_chips_say_who_checks_what() -> None:
    chips = chips_of(filter_of("refund tag:a failed:>0 tag:b (tag:c | tag:d)"))
    line = plain(chip_line(chips, 100)[0]).strip()
    assert line.split("  ") == ['server "refund" ×', "a ×", "here failed:>0 ×", "tag:b ×", "tag:c | tag:d ×"]
    assert plain(chip_line(chips_of(filter_of("failed:>0")), 100)[0]).strip() == "here failed:>0 ×"


def test_the_filter_in_words_for_a_title() -> None:
    assert filter_words(ListFilter()) == ""
    assert filter_words(ListFilter("x", ("a",), untagged=True)) == '"x", a, untagged'


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("refund", '"refund"'),
        ("foo:bar", 'words "foo:bar"'),
        ("not there: -agnt:x", 'words "not there: -agnt:x"'),
        ("error: at 12:30", '"error: at 12:30"'),
        ("see https://a.example", '"see https://a.example"'),
    ],
)
def test_words_that_look_like_a_term_are_said_to_be_words(text: str, label: str) -> None:
    assert chips_of(ListFilter(text=text))[0].label == label
