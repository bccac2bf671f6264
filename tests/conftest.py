"""What all tests share: the demo project, served once per run, and a server whose answers a test scripts."""

from collections.abc import Iterator

import pytest

from tests.servers import ScriptedServer
from tui.config import secret
from tui.demo.project import build_database
from tui.demo.server import DemoServer


def pytest_collection_finish(session: pytest.Session) -> None:
    """Work out Hypothesis' table of characters, which takes seconds in a fresh checkout, at nobody's expense.

    The first test that draws a text would pay for it, and fail for being slow.
    """
    if any(getattr(getattr(item, "function", None), "is_hypothesis_test", False) for item in session.items):
        from hypothesis import strategies as st

        st.text().validate()


@pytest.fixture(scope="session")
def demo_server() -> Iterator[DemoServer]:
    """The standard demo project; use `demo` in tests."""
    database = build_database()
    server = DemoServer(database, token="demo-token-that-nobody-may-see")
    server.start()
    yield server
    server.stop()
    database.close()


@pytest.fixture
def demo(demo_server: DemoServer) -> Iterator[DemoServer]:
    """The standard demo project with an empty list of requests; all that comes in must be GET."""
    demo_server.forget()
    yield demo_server
    others = [request for request in demo_server.requests if request.method != "GET"]
    assert not others, f"not only GET: {others}"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """A server whose answers the test scripts; all that comes in must be GET."""
    scripted = ScriptedServer()
    scripted.start()
    yield scripted
    scripted.stop()
    scripted.assert_only_reads()


@pytest.fixture(autouse=True)
def _only_this_test_has_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test held secret may be an ordinary word in another."""
    monkeypatch.setattr(secret, "_REMEMBERED", set())
