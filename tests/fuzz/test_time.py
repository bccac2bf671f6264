"""No text takes more than time in proportion to its length, however it is made."""

import time

import pytest

from tests.fuzz.readers import PIECES, READERS

SHORT, LONG = 1_000, 8_000
"""Characters; the long text is eight times the short one."""

_MOST = 30.0
"""Times as long for a text that is eight times as long: in proportion it is 8, by the square it would be 64."""

_NEGLIGIBLE = 0.02
"""Seconds of the processor below which nobody waits, and a ratio says nothing."""


def _seconds(name: str, text: str) -> float:
    begun = time.process_time()
    READERS[name](text)
    return time.process_time() - begun


def _grows_too_fast(name: str, piece: str) -> bool:
    short, long = ((piece * length)[:length] for length in (SHORT, LONG))
    taken = _seconds(name, long)
    if taken < _NEGLIGIBLE:
        return False
    # Only what is slow again and again is slow by itself.
    return min(taken, _seconds(name, long), _seconds(name, long)) > _MOST * max(
        _seconds(name, short), _seconds(name, short), _NEGLIGIBLE / _MOST
    )


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.long) for part in (1, 2))])
def test_time_grows_with_the_length_and_no_faster(name: str, part: int) -> None:
    READERS[name]("")
    assert not [piece for piece in PIECES[part::3] if _grows_too_fast(name, piece)]
