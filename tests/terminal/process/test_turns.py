"""Whoever has a long turn gives it back."""

import sys
from collections.abc import Iterator

import pytest

from tui.terminal.process.turns import one_long_turn, take_short_turns


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


def test_turns_are_short_again_after_a_long_one_also_where_two_overlap() -> None:
    take_short_turns()
    short = sys.getswitchinterval()
    first, second = one_long_turn(), one_long_turn()
    first.__enter__()
    second.__enter__()
    assert sys.getswitchinterval() > short
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    assert sys.getswitchinterval() == short


def test_a_fault_in_a_long_turn_ends_it() -> None:
    with pytest.raises(ValueError, match="odd"), one_long_turn():
        raise ValueError("odd")
    assert sys.getswitchinterval() < 0.005
