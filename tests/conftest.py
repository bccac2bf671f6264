"""What all tests share: the demo project, served once per run, and a server whose answers a test scripts."""

import socket
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.harness.garbage import set_aside
from tests.harness.sheets import read_once
from tests.servers import ScriptedServer
from tui.config import secret
from tui.demo.http import HttpServer, Request
from tui.demo.project import build_database
from tui.demo.server import DemoServer

_SETTINGS = "_hypothesis_internal_use_settings"
"""Where hypothesis keeps those of a test."""


def pytest_configure(config: pytest.Config) -> None:
    """Name the one marker of ours, say how properties are tried, and have style sheets read once.

    No example has to be over in some time on a busy machine. A change is judged by the same examples wherever it is
    tried; `make properties` looks for others.
    """
    seeded = config.getoption("--hypothesis-seed") is not None
    settings.register_profile("suite", deadline=None, derandomize=not seeded)
    settings.load_profile("suite")
    read_once()
    config.addinivalue_line(
        "markers", "asks_otherwise: what comes in is no GET: the test itself sends it, or plays a proxy"
    )


_SHORT = 3
"""The part of its examples that a property is tried by where the long tests are left out."""
_FEWEST = 25


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`make test` tries properties by fewer examples, of the same kind; `make check` by all."""
    if config.getoption("markexpr") != "not long":
        return
    tests = {getattr(item, "function", None) for item in items}
    for test in filter(is_hypothesis_test, tests):
        tried: settings = getattr(test, _SETTINGS, None) or settings()
        fewer = max(_FEWEST, tried.max_examples // _SHORT)
        setattr(test, _SETTINGS, settings(tried, max_examples=min(fewer, tried.max_examples)))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is to be done once, and at no single test's expense.

    Hypothesis' table of characters takes seconds in a fresh checkout: the first test that draws a text would fail for
    being slow. And the modules and items of all tests are no garbage: each look for some would go through them.
    """
    if any(is_hypothesis_test(getattr(item, "function", None)) for item in session.items):
        from hypothesis import strategies as st

        st.text().validate()
    set_aside()


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
def demo_environ(demo: DemoServer) -> Mapping[str, str]:
    """What leads a program to the demo project that is served already: with `--demo` each start writes its own."""
    return {"CLARIFEYE_BASE_URL": demo.base_url, "CLARIFEYE_PROJECT": demo.project_id, "CLARIFEYE_TOKEN": demo.token}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """A server whose answers the test scripts; all that comes in must be GET."""
    scripted = ScriptedServer()
    scripted.start()
    yield scripted
    scripted.stop()
    scripted.assert_only_reads()


_TLS = b"\x16\x03"
"""How a client begins that expects TLS; it asks for nothing before it has got it."""


@pytest.fixture(autouse=True)
def _nothing_but_get_comes_in(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever server a test starts in this process: all that it is sent must be GET, without a body.

    Only a test that speaks to a server by itself, or that plays a proxy which is asked to CONNECT, may be marked with
    `asks_otherwise`.
    """
    others: list[str] = []
    exchange = HttpServer.exchange

    def watched(server: HttpServer, connection: socket.socket, came: Request | None, line: bytes) -> bool:
        if came is None and not line.startswith(_TLS):
            others.append(f"no HTTP: {line!r}")
        if came is not None and (came.method != "GET" or came.body):
            others.append(f"{came.method} {came.path} {came.body!r}")
        return exchange(server, connection, came, line)

    monkeypatch.setattr(HttpServer, "exchange", watched)
    yield
    assert not others or request.node.get_closest_marker("asks_otherwise"), f"not only GET: {others}"


@pytest.fixture(autouse=True)
def _only_this_test_has_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test held secret may be an ordinary word in another."""
    monkeypatch.setattr(secret, "_REMEMBERED", set())
