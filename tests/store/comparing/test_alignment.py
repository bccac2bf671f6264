"""The longest common subsequence: against a naive one, bounded, and the same the other way round."""

from collections.abc import Sequence
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from tui.store.comparing.alignment import Alignment, aligned, finished
from tui.store.comparing.questions import ALIKE, aligned_turns, likeness, words_of

SEQUENCES = st.lists(st.integers(0, 4), max_size=14)


def longest(before: Sequence[int], after: Sequence[int]) -> int:
    @cache
    def rest(at: int, to: int) -> int:
        if at == len(before) or to == len(after):
            return 0
        if before[at] == after[to]:
            return 1 + rest(at + 1, to + 1)
        return max(rest(at + 1, to), rest(at, to + 1))

    return rest(0, 0)


def check(found: Alignment, before: Sequence[object], after: Sequence[object]) -> None:
    assert all(before[at] == after[to] for at, to in found.pairs)
    for one, other in zip(found.pairs, found.pairs[1:], strict=False):
        assert one[0] < other[0]
        assert one[1] < other[1]


@given(SEQUENCES, SEQUENCES)
def test_it_is_the_longest_common_subsequence_in_both_directions(before: list[int], after: list[int]) -> None:
    found = finished(aligned(before, after))
    check(found, before, after)
    assert len(found.pairs) == longest(tuple(before), tuple(after))
    assert not found.is_rough
    assert finished(aligned(after, before)) == found.mirrored()


@given(SEQUENCES, SEQUENCES)
def test_where_it_would_take_too_long_it_is_rough_and_still_common(before: list[int], after: list[int]) -> None:
    found = finished(aligned(before, after, most_steps=0))
    check(found, before, after)
    assert finished(aligned(after, before, most_steps=0)) == found.mirrored()
    assert found.is_rough or len(found.pairs) == longest(tuple(before), tuple(after))


def test_what_is_rare_is_aligned_where_the_rest_would_take_too_long() -> None:
    noise = [f"noise {number % 7}" for number in range(3000)]
    before, after = [*noise, "here", *noise[::-1]], [*noise[::-1], "here", *noise]
    found = finished(aligned(before, after))
    assert found.is_rough
    assert (3000, 3000) in found.pairs


def test_what_the_other_one_does_not_have_costs_nothing() -> None:
    steps = list(aligned(range(20_000), range(20_000, 40_000)))
    assert len(steps) < 5


QUESTIONS = st.lists(
    st.sampled_from(["cancel my order", "please cancel my order", "where is it", "where is my order", "thanks", ""]),
    max_size=6,
)


@given(QUESTIONS, QUESTIONS)
def test_turns_are_aligned_alike_in_both_directions(before: list[str], after: list[str]) -> None:
    found = finished(aligned_turns(before, after))
    pairs = [(before[at], after[to]) for at, to in found.pairs]
    assert all(one == other or likeness(words_of(one), words_of(other)) >= ALIKE for one, other in pairs)
    assert finished(aligned_turns(after, before)) == found.mirrored()


def test_like_questions_belong_together_and_the_most_alike_first() -> None:
    before = ["cancel my order 17", "thank you"]
    after = ["good morning", "cancel my order 17 please", "cancel my order", "thank you"]
    assert finished(aligned_turns(before, after)).pairs == [(0, 1), (1, 3)]


def test_ten_thousand_turns_each_are_compared_roughly_in_short_slices() -> None:
    before = [f"question {number} of {number % 13}" for number in range(10_000)]
    after = [f"question {number} of {number % 11}" for number in range(10_000, 0, -1)]
    assert finished(aligned_turns(before, after)).is_rough
