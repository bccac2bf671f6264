"""Eight walks of people, each in no more keys than they are allowed."""

from pathlib import Path

import pytest

from tests.e2e.walks import HAS_TMUX, MOST_KEYS, WALKS


@pytest.mark.parametrize("name", WALKS)
def test_a_walk(name: str, tmp_path: Path) -> None:
    if "tmux" in name and not HAS_TMUX:
        pytest.skip("there is no tmux here")
    assert 0 < WALKS[name](tmp_path) <= MOST_KEYS[name]
