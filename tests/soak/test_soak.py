"""The short form of the soak, one of them without long conversations; `make soak` is the long one."""

import pytest

from tests.soak.monkey import bound_keys, soak
from tests.soak.torrent import torrent


def test_whatever_a_monkey_does_the_screen_lives_and_tells_the_truth() -> None:
    report = soak(seed=20_260_312, actions=100, check_every=100, long=False)
    assert report.actions == 100
    assert report.checks == 2


@pytest.mark.long
def test_so_it_does_when_the_monkey_goes_on() -> None:
    report = soak(seed=20_260_313, actions=400, check_every=100)
    assert report.actions == 400
    assert report.checks == 5


def test_a_torrent_of_broken_sequences_ends_nothing() -> None:
    report = torrent(seed=20_260_312, megabytes=0.5)
    assert report.characters >= 500_000
    assert report.messages > 1_000


def test_the_monkey_knows_the_keys_of_every_part() -> None:
    keys = bound_keys()
    assert {"j", "G", "/", "r", "}", "T", "escape", "space", "y", ".", "Q"} <= set(keys)
    assert not {"q", "ctrl+q", "ctrl+c", "ctrl+z"} & set(keys)
