"""The surroundings of the tests of faults: short waits, a small limit, a plain terminal."""

import pytest

from tests.faults.table import BODY_LIMIT, GROUPS, TOO_LATE, Fault
from tests.screens.conftest import _plain_environment
from tui.api import retry
from tui.api.http import transport
from tui.api.limits import Limits

__all__ = ["_plain_environment"]


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(transport, "Limits", lambda: Limits(body=BODY_LIMIT))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer may take a second or two; good ones take milliseconds."""
    monkeypatch.setattr(transport, "Limits", lambda: Limits(connect=5, read=1.0, whole=2.0))


@pytest.fixture
def faults(group: str, request: pytest.FixtureRequest) -> list[Fault]:
    """The faults of a group of the table; those that are no answer in time are met with little patience."""
    if GROUPS[group] is TOO_LATE:
        request.getfixturevalue("impatience")
    return GROUPS[group]
