"""The folders that the program works in."""

from pathlib import Path

import pytest

from tui.config.folders import current_folder


def test_a_folder_that_was_taken_away_is_left_for_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(gone)
    assert current_folder() == gone
    gone.rmdir()
    assert current_folder() == tmp_path
