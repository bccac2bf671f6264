"""What the tests of the store share."""

import pytest

from tui.store.listing import visible as sight


@pytest.fixture(autouse=True)
def _no_settling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sight, "_SETTLE", 0.0)
