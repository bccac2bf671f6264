"""The thread of the network: an event loop of its own, so that what is received and read takes no turn of the screen's.

Nothing is shared: what runs there owns the connections, what runs in the loop of the screen owns everything else. What
a piece of work came to is brought over in one call, and only to whoever still waits.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

Made = TypeVar("Made")

_CALM = 3
"""Turns of the loop without a task: one is made in the turn after it was asked for."""


class NetworkThread:
    """Runs coroutines in a daemon thread, begun with the first of them; the end of the program does not wait for it."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_closed = False
        self._under_way: set[asyncio.Task[Any]] = set()
        """Known in the thread alone."""

    async def run(self, work: Coroutine[Any, Any, Made]) -> Made:
        """What a coroutine gives or raises there; it is cancelled there when the waiting is, and not waited for.

        Raises:
            CancelledError: the thread has been closed.
        """
        if self._is_closed:
            work.close()
            raise asyncio.CancelledError
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._watched(work), self._begun()))

    def call(self, function: Callable[[], None]) -> None:
        """Call a function there soon."""
        if not self._is_closed:
            self._begun().call_soon_threadsafe(function)

    async def close(self, last: Callable[[], Awaitable[None]]) -> None:
        """Cancel what runs, wait for one last thing to be done there, and end the thread."""
        self._is_closed = True
        loop, self._loop = self._loop, None
        if loop is None:
            return
        try:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._wound_up(last), loop))
        finally:
            loop.call_soon_threadsafe(loop.stop)

    def _begun(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            loop = asyncio.new_event_loop()
            threading.Thread(target=_run, args=(loop,), name="network", daemon=True).start()
            self._loop = loop
        return self._loop

    async def _watched(self, work: Coroutine[Any, Any, Made]) -> Made:
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        task.add_done_callback(self._done)
        return await work

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # seen: one that comes when nobody waits any more is no fault

    async def _wound_up(self, last: Callable[[], Awaitable[None]]) -> None:
        for task in self._under_way:
            task.cancel()
        if self._under_way:
            await asyncio.wait(self._under_way)
        await last()
        await _generators_closed()


async def _generators_closed() -> None:
    """Wait for the tasks that close what was left in the middle: each layer of an answer lets go of the next one."""
    calm = 0
    while calm < _CALM:
        closing = asyncio.all_tasks() - {asyncio.current_task()}
        calm = 0 if closing else calm + 1
        await (asyncio.wait(closing) if closing else asyncio.sleep(0))


def _run(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        loop.close()
