"""Texts by words: both are whole in what is found, and what is the same shows nothing."""

from hypothesis import given
from hypothesis import strategies as st

from tui.store.comparing.alignment import finished
from tui.store.comparing.words import LONG, Segment, WordDifference, compared_words

TEXTS = st.lists(st.sampled_from(["the", "refund", "is", "on", "its", "way", " ", " ", "\n", ", ", ".", "退款"])).map(
    "".join
)


def compared(before: str, after: str) -> WordDifference:
    return finished(compared_words(before, after))


@given(TEXTS, TEXTS)
def test_each_text_is_whole_and_the_other_way_round_is_the_mirror(before: str, after: str) -> None:
    found = compared(before, after)
    assert "".join(one.before for one in found.segments) == before
    assert "".join(one.after for one in found.segments) == after
    assert [Segment(one.after, one.before) for one in compared(after, before).segments] == found.segments


@given(TEXTS)
def test_the_same_text_shows_no_difference(text: str) -> None:
    assert all(one.is_same for one in compared(text, text).segments)


def test_words_that_differ_stand_between_those_that_do_not() -> None:
    assert compared("Your refund is on its way.", "Your money is on its way!").segments == [
        Segment("Your ", "Your "),
        Segment("refund", "money"),
        Segment(" is on its way", " is on its way"),
        Segment(".", "!"),
    ]


def test_a_blank_alone_is_not_what_two_texts_have_in_common() -> None:
    (segment,) = [
        one for one in compared("see the red car there", "see the blue bus there").segments if not one.is_same
    ]
    assert segment == Segment("red car", "blue bus")


def test_texts_with_hardly_a_word_in_common_are_told_whole() -> None:
    before, after = "No flight was found for that day.", "I have booked a seat, and the bill for it comes by mail soon."
    assert compared(before, after).segments == [Segment(before, after)]


def test_long_texts_are_compared_by_lines() -> None:
    lines = [f"line {number}\n" for number in range(LONG // 8)]
    found = compared("".join(lines), "".join([*lines[:500], "another\n", *lines[501:]]))
    assert found.is_rough
    assert [one for one in found.segments if not one.is_same] == [Segment("line 500\n", "another\n")]
