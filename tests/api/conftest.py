"""What the tests of the client share."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from tests.servers import PROJECT_ID, TOKEN, ScriptedServer
from tui.api import retry
from tui.api.client import Client
from tui.api.http import trust
from tui.api.limits import Limits
from tui.api.retry import Retrying
from tui.config.secret import Secret
from tui.config.settings import Connection
from tui.demo.http import listening_socket

MakeClient = Callable[..., Client]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_WAIT", 0.001)


@pytest.fixture
def other_server() -> Iterator[ScriptedServer]:
    """A second origin, which nothing may be sent to."""
    scripted = ScriptedServer()
    scripted.start()
    yield scripted
    scripted.stop()


def connection(base_url: str, token: str = TOKEN, project_id: str = PROJECT_ID) -> Connection:
    """Where the scripted server is."""
    return Connection(base_url=base_url, project_id=project_id, token=Secret(token))


class News(list[Retrying | None]):
    """What the listener of a client was told."""

    def __init__(self) -> None:
        super().__init__()
        self.came = asyncio.Event()

    def append(self, news: Retrying | None) -> None:
        super().append(news)
        self.came.set()


@pytest.fixture
def news() -> News:
    """What the client under test tells about its repetitions."""
    return News()


@pytest.fixture
async def make_client(news: News) -> AsyncIterator[MakeClient]:
    """Makes clients, and closes them at the end."""
    made: list[Client] = []

    def make(base_url: str, limits: Limits | None = None, **fields: str) -> Client:
        made.append(Client(connection(base_url, **fields), news.append, limits=limits))
        return made[-1]

    yield make
    for client in made:
        await client.close()


class TlsServer(ScriptedServer):
    """A scripted server that speaks TLS with a certificate for 127.0.0.1 that it signed itself."""

    def __init__(self, certificate: Path, key: Path) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        super().__init__(context.wrap_socket(listening_socket(), server_side=True, do_handshake_on_connect=False))

    @property
    def base_url(self) -> str:
        return super().base_url.replace("http:", "https:")


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate for 127.0.0.1 beside its key; the test may still say that it is trusted."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is needed to make a certificate")
    monkeypatch.setattr(trust, "_made", [])
    made = tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(made.with_name("key"))]
    subprocess.run(["openssl", "req", "-x509", *key, *subject, "-out", str(made)], check=True, capture_output=True)
    return made


@pytest.fixture
def tls_server(certificate: Path) -> Iterator[ScriptedServer]:
    """A server that speaks TLS with that certificate."""
    scripted = TlsServer(certificate, certificate.with_name("key"))
    scripted.start()
    yield scripted
    scripted.stop()
