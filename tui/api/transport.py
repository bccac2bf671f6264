"""Sends one GET and gives its answer; the only place where httpx is used and where its errors become ours."""

import asyncio
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from tui.api.answer import BODY_LIMIT, Answer
from tui.api.errors import (
    AnswerTooLarge,
    ApiError,
    BadCertificate,
    RedirectRefused,
    TimedOut,
    UnknownHost,
    Unreachable,
    UnreadableAnswer,
)
from tui.api.query import request_headers
from tui.api.retry import Retrying, wait_before
from tui.config.settings import Connection
from tui.terminal.clean import clean_line

if TYPE_CHECKING:
    import httpx

_CONNECT, _READ, _POOL = 10.0, 30.0, 60.0
"""Seconds to connect, between two pieces of an answer, and to wait for a free connection."""

_WHOLE = 180.0
"""Seconds for one answer as a whole: a server that drips is given up."""

_REDIRECTS = 3
_CONNECTIONS = 6

Listener = Callable[[Retrying | None], None]
"""Told before each repetition, and with None when a request that was repeated is over."""


class Transport:
    """Keeps connections alive, retries what may be retried, and never leaves the origin it was made for."""

    def __init__(self, connection: Connection, listener: Listener | None = None) -> None:
        self._connection = connection
        self._listener = listener
        self._making: asyncio.Future[httpx.AsyncClient] | None = None

    async def get(self, url: str) -> Answer:
        """The good answer to a GET.

        Raises:
            ApiError: there is none, after all repetitions; it says why.
        """
        attempt = 1
        try:
            while True:
                try:
                    return await self._try(url)
                except ApiError as error:
                    attempt += 1
                    seconds = wait_before(attempt, error)
                    if seconds is None:
                        raise
                    self._tell(Retrying(error.title, seconds, attempt))
                    await asyncio.sleep(seconds)
        finally:
            if attempt > 1:
                self._tell(None)

    def _tell(self, news: Retrying | None) -> None:
        if self._listener is not None:
            self._listener(news)

    async def _try(self, url: str) -> Answer:
        answer = await self._follow(url)
        if not 200 <= answer.status < 300:
            raise answer.error()
        return answer

    async def _follow(self, url: str) -> Answer:
        for _ in range(_REDIRECTS + 1):
            answer = await self._send(url)
            target = answer.headers.get("location")
            if answer.status not in {301, 302, 303, 307, 308} or target is None:
                return answer
            following = urljoin(url, target)
            if _origin(following) != _origin(url):
                raise RedirectRefused(f"to {clean_line(following, 200)}", status=answer.status)
            url = following
        raise RedirectRefused("it goes round in circles", status=answer.status)

    async def _send(self, url: str) -> Answer:
        client = await self._client()
        async with _translated(), asyncio.timeout(_WHOLE), client.stream("GET", url) as response:
            body = bytearray()
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > BODY_LIMIT:
                    raise AnswerTooLarge(f"more than {BODY_LIMIT // 1024 // 1024} MB")
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, bytes(body))

    async def _client(self) -> "httpx.AsyncClient":
        """The client, made once and in a thread: importing httpx and reading the trust store takes 100 ms."""
        if self._making is None:
            self._making = _in_thread(self._make)
        return await asyncio.shield(self._making)

    def _make(self) -> "httpx.AsyncClient":
        import httpx

        return httpx.AsyncClient(
            headers=request_headers(self._connection),
            timeout=httpx.Timeout(_READ, connect=_CONNECT, pool=_POOL),
            limits=httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS),
            follow_redirects=False,
        )

    def warm_up(self) -> None:
        """Begin to make the client before anybody needs it."""
        if self._making is None:
            self._making = _in_thread(self._make)

    async def close(self) -> None:
        """Close the connections."""
        if self._making is not None and self._making.done() and not self._making.exception():
            await self._making.result().aclose()


def _in_thread(make: "Callable[[], httpx.AsyncClient]") -> "asyncio.Future[httpx.AsyncClient]":
    """Run in a daemon thread: the end of the program waits for the default executor, but not for this."""
    made: Future[httpx.AsyncClient] = Future()

    def run() -> None:
        try:
            made.set_result(make())
        except (ImportError, OSError, ValueError) as error:
            made.set_exception(error)

    threading.Thread(target=run, name="http-client", daemon=True).start()
    return asyncio.wrap_future(made)


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", parts.port or default


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    """Turns the errors of httpx into ours."""
    import httpx

    try:
        yield
    except (TimeoutError, httpx.TimeoutException) as error:
        raise TimedOut(clean_line(str(error), 200)) from error
    except httpx.DecodingError as error:
        raise UnreadableAnswer(clean_line(str(error), 200)) from error
    except (httpx.TransportError, httpx.InvalidURL) as error:
        raise _unreachable(error) from error


def _unreachable(error: Exception) -> Unreachable:
    said = clean_line(str(error), 200)
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return UnknownHost(said)
        if isinstance(cause, ssl.SSLError):
            return BadCertificate(said)
        cause = cause.__cause__ or cause.__context__
    return Unreachable(said)
