"""Another token when the one in use is no longer accepted: asked for once, however many requests were refused."""

import asyncio
from collections.abc import Awaitable, Callable

from tui.api.errors import Unauthorized
from tui.config.settings import Connection

Renew = Callable[[Connection, Unauthorized, bool], Awaitable[Connection | None]]
"""Finds another token for the connection that was refused, with the error that said so; None: there is none.

The last argument says whether the refused token has worked before.
"""


class Renewal:
    """Owns the connection as it is now; only its token and scheme ever change."""

    def __init__(self, connection: Connection, renew: Renew | None = None) -> None:
        self.connection = connection
        self._first = connection
        self._renew = renew
        self._asking: asyncio.Task[Connection | None] | None = None
        self._declined: Connection | None = None
        self._worked: Connection | None = None

    @property
    def is_asking(self) -> bool:
        """Whether a token is being looked for, or asked for."""
        return self._asking is not None

    def worked(self, connection: Connection) -> None:
        """Take note that the token was accepted."""
        self._worked = connection

    async def renewed(self, refused: Connection, error: Unauthorized, *, ask: bool = True) -> bool:
        """Whether there is another token by now, so that what was refused can be sent again.

        Without `ask` nobody is asked because of this refusal: it may be for this call alone.
        """
        if self.connection is not refused:
            return True
        if self._renew is None or self._declined is refused:
            return False
        if self._asking is None and not ask:
            return False
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask(self._renew, refused, error), name="renew the token")
        # One request that is given up must not take the question away from the others.
        return await asyncio.shield(self._asking) is not None

    def hope(self) -> None:
        """Ask again for a token that was not given."""
        self._declined = None

    async def _ask(self, renew: Renew, refused: Connection, error: Unauthorized) -> Connection | None:
        found = None
        try:
            found = await renew(refused, error, self._worked is refused)
        finally:
            self._asking = None
            # What was typed wrongly is not kept: the token before may be accepted again.
            self.connection = found or self._worked or self._first
            self._declined = self.connection if found is None else None
        return found
