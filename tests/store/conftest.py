"""What the tests of the store share."""

from collections.abc import AsyncIterator

import pytest

from tests.servers import ScriptedServer
from tests.store.project_at_work import Reader
from tui.store.listing import progress, visible


@pytest.fixture(autouse=True)
def _no_settling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visible, "_SETTLE", 0.0)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that keeps changing is asked at once: what is counted here are requests, not seconds."""
    monkeypatch.setattr(progress, "_LEAST_PAUSE", 0.0)


@pytest.fixture
async def reader(server: ScriptedServer) -> AsyncIterator[Reader]:
    reading = Reader(server)
    yield reading
    await reading.stop()
    await reading.project.close()
