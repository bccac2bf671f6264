"""Sends one GET and gives its answer; the only place where httpx sends."""

import asyncio
import ssl
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from tui.api.background import in_thread
from tui.api.errors import ApiError, RedirectRefused, TimedOut, Unauthorized, Unreachable
from tui.api.http.answer import Answer, EarlyAnswer
from tui.api.http.body import ENCODING, Body
from tui.api.http.proxies import bad_proxy
from tui.api.http.quoted import quoted
from tui.api.http.renewal import Renew, Renewal
from tui.api.http.translated import translated
from tui.api.http.trust import trust
from tui.api.limits import Limits
from tui.api.query import is_loopback, request_headers
from tui.api.retry import Retrying, wait_before
from tui.api.transfer import Transfer
from tui.config.settings import Connection

if TYPE_CHECKING:
    import httpx

_REDIRECTS = 3
_CONNECTIONS = 6
_LOCATION = "location"
_PIECE = 8 * 1024
_LONG_PIECE = 1024 * 1024

Listener = Callable[[Retrying | None], None]
"""Told before each repetition and when it begins, and with None when a request that was repeated is over."""


class Transport:
    """Keeps connections alive, retries what may be retried, and never leaves the origin it was made for."""

    def __init__(
        self,
        connection: Connection,
        listener: Listener | None = None,
        limits: Limits | None = None,
        renew: Renew | None = None,
    ) -> None:
        self.renewal = Renewal(connection, renew)
        self._listener = listener
        self._limits = limits or Limits()
        self._making: asyncio.Future[httpx.AsyncClient] | None = None
        self._users: Counter[httpx.AsyncClient] = Counter()
        """How many requests each client has under way."""
        self._closing: set[asyncio.Task[None]] = set()
        self._hurry = asyncio.Event()

    async def get(
        self, url: str, early: EarlyAnswer | None = None, transfer: Transfer | None = None, *, aside: bool = False
    ) -> Answer:
        """The good answer to a GET; `early` is one that came already, and `aside` means that nobody waits for it.

        `transfer` is told how much of it has come.

        Raises:
            ApiError: there is none, after all repetitions; it says why.
        """
        attempt = 1
        transfer = transfer or Transfer()
        try:
            while True:
                connection = self.renewal.connection
                came: Answer | None = None
                if early is not None:  # the token may have become another one since
                    connection, came = early.connection, early.answer
                    early = None
                try:
                    return await self._try(url, connection, came, transfer)
                except ApiError as error:
                    if isinstance(error, Unauthorized) and await self.renewal.renewed(connection, error, ask=not aside):
                        continue
                    seconds = wait_before(attempt + 1, error)
                    if seconds is None:
                        raise
                    attempt += 1
                    repetition = Retrying(error.title, seconds, attempt)
                await self._rest(repetition, aside=aside)
        finally:
            if attempt > 1:
                self._tell(None, aside=aside)

    def hope(self) -> None:
        """Somebody wants it now: end all waits before a repetition, and ask for a token that was not given."""
        self.renewal.hope()
        self._hurry.set()
        self._hurry = asyncio.Event()

    async def _rest(self, repetition: Retrying, *, aside: bool) -> None:
        self._tell(repetition, aside=aside)
        with suppress(TimeoutError):
            async with asyncio.timeout(repetition.seconds):
                await self._hurry.wait()
        self._tell(replace(repetition, seconds=0.0), aside=aside)

    def _tell(self, news: Retrying | None, *, aside: bool) -> None:
        if self._listener is not None and not aside:
            self._listener(news)

    async def _try(self, url: str, connection: Connection, came: Answer | None, transfer: Transfer) -> Answer:
        answer = came or await self._follow(url, connection, transfer)
        if not 200 <= answer.status < 300:
            raise answer.error()
        self.renewal.worked(connection)
        return answer

    async def _follow(self, url: str, connection: Connection, transfer: Transfer) -> Answer:
        for _ in range(_REDIRECTS + 1):
            answer = await self._send(url, connection, transfer)
            target = answer.headers.get(_LOCATION)
            if answer.status not in {301, 302, 303, 307, 308} or target is None:
                return answer
            url = _followed(url, target, answer.status)
        raise RedirectRefused("it goes round in circles", status=answer.status)

    async def _send(self, url: str, connection: Connection, transfer: Transfer) -> Answer:
        client = await self._client()
        self._users[client] += 1
        try:
            return await self._exchange(client, url, connection, transfer)
        except (asyncio.CancelledError, TimedOut):
            self._retire(client)
            raise
        finally:
            self._leave(client)

    async def _exchange(
        self, client: "httpx.AsyncClient", url: str, connection: Connection, transfer: Transfer
    ) -> Answer:
        transfer.begin()
        sending = client.stream("GET", url, headers=request_headers(connection))
        async with translated(url), asyncio.timeout(self._limits.whole), sending as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            headers |= response.extensions.get(_LOCATION, {})
            body = Body(headers.get("content-encoding", ""), self._limits.body)
            async for piece in response.aiter_raw():
                transfer.add(len(piece))
                for start in range(0, len(piece), _PIECE):
                    before = len(body)
                    body.feed(piece[start : start + _PIECE])
                    if len(body) - before > _LONG_PIECE:
                        await asyncio.sleep(0)  # what unpacks to a thousand times its size must not block the keys
            return Answer(response.status_code, headers, body.whole())

    def _retire(self, client: "httpx.AsyncClient") -> None:
        """Use another client from now on.

        A request that is given up in the middle may leave its connection in the pool of httpcore 1.0 as one in use, for
        ever; after a few of them no request would ever be sent again.
        """
        if self._is_current(client):
            self._making = None

    def _is_current(self, client: "httpx.AsyncClient") -> bool:
        made = self._making
        return made is not None and made.done() and not made.exception() and made.result() is client

    def _leave(self, client: "httpx.AsyncClient") -> None:
        """A request has ended; the last one closes a client that is used no more."""
        self._users[client] -= 1
        if self._users[client]:
            return
        del self._users[client]
        if not self._is_current(client):
            closing = asyncio.ensure_future(_closed(client))
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    async def _client(self) -> "httpx.AsyncClient":
        """The client, made once and in a thread: importing httpx and reading the trust store takes 100 ms."""
        self.warm_up()
        assert self._making is not None
        try:
            return await asyncio.shield(self._making)
        except (ApiError, ImportError, OSError, ValueError) as error:
            self._making = None  # whatever it was, the next request tries again
            if isinstance(error, ApiError):
                raise error from None
            raise Unreachable(quoted(f"the connection cannot be set up: {error}")) from None

    def _make(self) -> "httpx.AsyncClient":
        _leave_out_the_command_of_httpx()
        import httpx

        scheme, host, _ = _origin(self.renewal.connection.base_url)
        limits = self._limits
        if not is_loopback(host) and (wrong := bad_proxy((f"{scheme.upper()}_PROXY", "ALL_PROXY"))):
            raise wrong
        try:
            return httpx.AsyncClient(
                headers={"Accept-Encoding": ENCODING},
                verify=trust() if scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
                timeout=httpx.Timeout(limits.read, connect=limits.connect, pool=limits.pool),
                limits=httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS),
                trust_env=not is_loopback(host),  # that is: its proxies, also where they are no addresses at all
                event_hooks={"response": [_keep_the_location]},
                follow_redirects=False,
            )
        except (httpx.InvalidURL, ValueError) as error:
            raise bad_proxy() or Unreachable(quoted(f"the connection cannot be set up: {error}")) from None

    def warm_up(self) -> None:
        """Begin to make the client before anybody needs it."""
        if self._making is None:
            self._making = in_thread(self._make, "http-client")

    async def close(self) -> None:
        """Close the connections, also those that are no longer asked through."""
        clients = set(self._users)
        if self._making is not None and self._making.done() and not self._making.exception():
            clients.add(self._making.result())
        await asyncio.gather(*map(_closed, clients), *self._closing)


async def _closed(client: "httpx.AsyncClient") -> None:
    with suppress(OSError, RuntimeError):  # a connection that is lost is closed, too
        await client.aclose()


async def _keep_the_location(response: "httpx.Response") -> None:
    """Take the Location from httpx, which would fail at one that is no address, without saying that it redirects."""
    if (location := response.headers.pop(_LOCATION, None)) is not None:
        response.extensions[_LOCATION] = {_LOCATION: location}


def _leave_out_the_command_of_httpx() -> None:
    """Where click is installed httpx imports its own command line: 3 MB and a quarter of its import time, unused."""

    def main() -> None:
        """Stand in for the command, which `httpx` wants to name its own."""

    stub = ModuleType("httpx._main")
    stub.__dict__["main"] = main
    sys.modules.setdefault("httpx._main", stub)


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", parts.port or default


def _followed(url: str, target: str, status: int) -> str:
    """Where a redirect leads.

    Raises:
        RedirectRefused: to another origin, with a name to log in by, or to something that is no address.
    """
    try:
        following = urljoin(url, target)
        named = "@" in urlsplit(following).netloc  # httpx would send that name in the place of the token
        stays = _origin(following) == _origin(url) and following.isprintable() and not named
    except ValueError:
        following, stays = target, False
    if not stays:
        raise RedirectRefused(f"to {quoted(following)}", status=status)
    return following
