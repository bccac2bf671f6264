"""The connections to the server: one exchange at a time over them, redirects followed; the only place that uses httpx.

All of it happens in the thread of the network.
"""

import asyncio
import ssl
import sys
from collections import Counter
from contextlib import aclosing, suppress
from types import ModuleType
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin, urlsplit

from tui.api.errors import ApiError, RedirectRefused, TimedOut, Unreachable
from tui.api.http.answer import Answer
from tui.api.http.body import ENCODING, Body
from tui.api.http.proxies import bad_proxy
from tui.api.http.translated import translated
from tui.api.http.trust import trust
from tui.api.lenient.quoted import quoted
from tui.api.limits import Limits
from tui.api.query import is_loopback, request_headers
from tui.api.transfer import Transfer
from tui.config.settings import Connection

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import httpx

_REDIRECTS = 3
_CONNECTIONS = 6
_LOCATION = "location"


class Connections:
    """Keeps connections to one origin alive, and never leaves it."""

    def __init__(self, base_url: str, limits: Limits) -> None:
        self._base_url = base_url
        self._limits = limits
        self._client: httpx.AsyncClient | None = None
        self._users: Counter[httpx.AsyncClient] = Counter()
        """How many requests each client has under way."""
        self._closing: set[asyncio.Task[None]] = set()

    async def get(self, url: str, connection: Connection, transfer: Transfer) -> Answer:
        """The answer to a GET, whatever its status; `transfer` is told how much of it has come.

        Raises:
            ApiError: there is none.
        """
        for _ in range(_REDIRECTS + 1):
            answer = await self._send(url, connection, transfer)
            target = answer.headers.get(_LOCATION)
            if answer.status not in {301, 302, 303, 307, 308} or target is None:
                return answer
            url = _followed(url, target, answer.status)
        raise RedirectRefused("it goes round in circles", status=answer.status)

    def warm_up(self) -> None:
        """Make the client before anybody needs it; what is wrong is said to who does."""
        with suppress(ApiError):
            self._current()

    async def close(self) -> None:
        """Close the connections, also those that are no longer asked through."""
        clients = set(self._users)
        if self._client is not None:
            clients.add(self._client)
        await asyncio.gather(*map(_closed, clients), *self._closing)

    async def _send(self, url: str, connection: Connection, transfer: Transfer) -> Answer:
        client = self._current()
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
            pieces = cast("AsyncGenerator[bytes]", response.aiter_raw())
            async with aclosing(pieces):  # or it would be closed when nobody holds the error any more
                async for piece in pieces:
                    transfer.add(len(piece))
                    body.feed(piece)
            return Answer(response.status_code, headers, body.whole())

    def _retire(self, client: "httpx.AsyncClient") -> None:
        """Use another client from now on.

        A request that is given up in the middle may leave its connection in the pool of httpcore 1.0 as one in use, for
        ever; after a few of them no request would ever be sent again.
        """
        if self._client is client:
            self._client = None

    def _leave(self, client: "httpx.AsyncClient") -> None:
        """A request has ended; the last one closes a client that is used no more."""
        self._users[client] -= 1
        if self._users[client]:
            return
        del self._users[client]
        if self._client is not client:
            closing = asyncio.ensure_future(_closed(client))
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    def _current(self) -> "httpx.AsyncClient":
        """The client; importing httpx and reading the trust store for it takes 100 ms, once."""
        if self._client is None:
            try:
                self._client = self._made()
            except (ImportError, OSError, ValueError) as error:  # whatever it was, the next request tries again
                raise Unreachable(quoted(f"the connection cannot be set up: {error}")) from None
        return self._client

    def _made(self) -> "httpx.AsyncClient":
        _leave_out_the_command_of_httpx()
        import httpx

        scheme, host, _ = _origin(self._base_url)
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
