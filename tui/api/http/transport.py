"""One GET from the first try to the good answer: what is repeated, and with which token."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from msgspec.structs import replace

from tui.api.errors import ApiError, Unauthorized, UnreadableAnswer
from tui.api.http.answer import Answer, EarlyAnswer
from tui.api.http.connections import Connections
from tui.api.http.network_thread import NetworkThread
from tui.api.http.renewal import Renew, Renewal
from tui.api.limits import Limits
from tui.api.retry import Retrying, wait_before
from tui.api.transfer import Transfer
from tui.config.settings import Connection

Listener = Callable[[Retrying | None], None]
"""Told before each repetition and when it begins, and with None when a request that was repeated is over."""

Read = TypeVar("Read")
Reader = Callable[[Answer], Awaitable[Read]]
"""Makes something of a good answer, in the thread of the network."""


class Transport:
    """Retries what may be retried; each try, and the reading of its answer, is one piece of work for the network."""

    def __init__(
        self,
        connection: Connection,
        listener: Listener | None = None,
        limits: Limits | None = None,
        renew: Renew | None = None,
    ) -> None:
        self.renewal = Renewal(connection, renew)
        self._listener = listener
        self._network = NetworkThread()
        self._connections = Connections(connection.base_url, limits or Limits())
        self._hurry = asyncio.Event()

    async def get(
        self,
        url: str,
        read: Reader[Read],
        early: EarlyAnswer | None = None,
        transfer: Transfer | None = None,
        *,
        aside: bool = False,
    ) -> Read:
        """What `read` makes of the good answer to a GET.

        `early` is one that came already, and `aside` means that nobody waits for it; `transfer` is told how much of it
        has come.

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
                    work = _exchange(self._connections, url, connection, came, transfer, read)
                    found = await self._network.run(work)
                except ApiError as error:
                    if isinstance(error, Unauthorized) and await self.renewal.renewed(connection, error, ask=not aside):
                        continue
                    seconds = wait_before(attempt + 1, error)
                    if seconds is None:
                        raise
                    attempt += 1
                    said = error.detail if error.status is not None else ""
                    repetition = Retrying(error.title, seconds, attempt, said)
                else:
                    self.renewal.worked(connection)
                    if isinstance(found, UnreadableAnswer):
                        raise found
                    return found
                transfer.pause()
                await self._rest(repetition, aside=aside)
                transfer.begin()
        finally:
            if attempt > 1:
                self._tell(None, aside=aside)

    def hope(self) -> None:
        """The user wants it now: end all waits before a repetition, and ask for a token that was not given."""
        self.renewal.hope()
        self._hurry.set()
        self._hurry = asyncio.Event()

    def warm_up(self) -> None:
        """Prepare for the second request while nobody waits."""
        self._network.call(self._connections.warm_up)

    async def close(self) -> None:
        """Give up what is under way, close the connections and end the thread of the network."""
        await self._network.close(self._connections.close)

    async def _rest(self, repetition: Retrying, *, aside: bool) -> None:
        self._tell(repetition, aside=aside)
        with suppress(TimeoutError):
            async with asyncio.timeout(repetition.seconds):
                await self._hurry.wait()
        self._tell(replace(repetition, seconds=0.0), aside=aside)

    def _tell(self, news: Retrying | None, *, aside: bool) -> None:
        if self._listener is not None and not aside:
            self._listener(news)


async def _exchange(
    connections: Connections,
    url: str,
    connection: Connection,
    came: Answer | None,
    transfer: Transfer,
    read: Reader[Read],
) -> Read | UnreadableAnswer:
    """One try, in the thread of the network: what was read, or that a good answer cannot be read.

    Raises:
        ApiError: no answer came, or one that says no.
    """
    answer = came or await connections.get(url, connection, transfer)
    if not 200 <= answer.status < 300:
        raise answer.error()
    try:
        return await read(answer)
    except UnreadableAnswer as error:
        return error.with_traceback(None)  # the token was good; the frames hold the whole body
