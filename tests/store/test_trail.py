"""The way back: each walk as a line of steps, and what holds in all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.store.trail import MOST_PLACES, Trail

WALKS = {
    "nowhere yet": "a <- <>-",
    "back and forward": "a b c <b <a <- >b >c >-",
    "going elsewhere gives up what was ahead": "a b c <b d >- <b <a <-",
    "a step that led nowhere is none": "a b b <a >b >-",
    "a place that is passed twice is two places": "a b a <b <a <- >b >a",
    "back in the middle, forward, and on": "a b c d <c <b >c e <c <b <a <- >b",
}
"""`b`: on to b; `<b`: back leads to b; `>b`: forward does; `-`: there is none."""


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_walks(walk: str) -> None:
    trail, (here, *steps) = Trail[str](), walk.split()
    for number, step in enumerate(steps, 1):
        if step[0] in "<>":
            found = (trail.back if step[0] == "<" else trail.forward)(here)
            assert (found or "-") == step[-1], f"step {number}: {step}"
            here = found or here
        else:
            trail.leave(here)
            here = step


def test_a_hundred_places_are_gone_back_to_and_forward_again() -> None:
    trail = Trail[int]()
    for place in range(100):
        trail.leave(place)
    assert [trail.back(place + 1) for place in reversed(range(100))] == [*reversed(range(100))]
    assert trail.back(0) is None
    assert [trail.forward(place) for place in range(100)] == [*range(1, 101)]


def test_what_is_furthest_away_is_forgotten_first() -> None:
    trail = Trail[int](most=3)
    for place in range(10):
        trail.leave(place)
    assert [trail.back(10), trail.back(9), trail.back(8), trail.back(7)] == [9, 8, 7, None]
    assert MOST_PLACES >= 100


STEPS = st.lists(st.tuples(st.sampled_from(["leave", "back", "forward"]), st.integers(0, 3)), max_size=60)


@given(STEPS)
def test_back_and_forward_undo_each_other(steps: list[tuple[str, int]]) -> None:
    trail, here = Trail[int](most=8), 0
    for step, place in steps:
        if step == "leave":
            trail.leave(here)
            here = place
            if (before := trail.back(here)) is not None:
                assert trail.forward(before) == here
            assert trail.forward(here) is None, "what was ahead is given up"
        else:
            there, again = (trail.back, trail.forward) if step == "back" else (trail.forward, trail.back)
            found = there(here)
            if found is not None:
                assert found != here, "no two neighbours are equal"
                assert again(found) == here
                assert there(here) == found
                here = found
