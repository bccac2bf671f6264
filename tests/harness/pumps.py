"""When an app has dealt with everything: its parts and those of the screen on top wait for the next message."""

import asyncio
import time
from collections.abc import Iterable, Iterator
from typing import Any

from textual._queue import Queue
from textual.app import App
from textual.message_pump import MessagePump
from textual.pilot import Pilot

_PATIENCE = 60.0
"""Seconds after which something that should have happened will not, on the busiest machine."""

_CALM = 8
"""Turns of the event loop without anything to do: tasks and futures hand on in them what is a message next."""


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, each when the one before has been worked through."""
    for key in keys:
        await pilot.press(key)
        await worked_through(pilot.app)


async def worked_through(app: App[Any]) -> None:
    """Wait until the app and all widgets have dealt with the messages that wait now, and with what follows.

    Raises:
        Exception: what has ended the app, if something has.
    """
    calm, deadline = 0, time.monotonic() + _PATIENCE
    while calm < _CALM:
        if app._exception is not None:
            raise app._exception
        assert time.monotonic() < deadline, "it never comes to rest"
        calm += 1
        if (busy := next(filter(_is_busy, _pumps(app)), None)) is not None:
            await _end_of_queue(app, busy)
            calm = 0
        else:
            await asyncio.sleep(0)


def _pumps(app: App[Any]) -> Iterator[MessagePump]:
    yield app
    yield from app.screen.walk_children(with_self=True)


def _is_busy(pump: MessagePump) -> bool:
    """Whether it does anything but wait for the next message."""
    queue: Queue[Any] = pump._message_queue
    waiters: Iterable[asyncio.Future[bool]] = vars(queue.ready_event)["_waiters"]
    waits = not all(waiter.done() for waiter in waiters)
    return not (pump._closing or pump._closed or (queue.empty() and waits))


async def _end_of_queue(app: App[Any], pump: MessagePump) -> None:
    """Wait until it has come to what is put at the end of its queue now, or the app has failed."""
    reached = asyncio.Event()
    if not pump.call_later(reached.set):
        await asyncio.sleep(0)  # it takes no more, and is about to end
        return
    ways = [asyncio.ensure_future(event.wait()) for event in (reached, app._exception_event)]
    done, left = await asyncio.wait(ways, timeout=_PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    for way in left:
        way.cancel()
    assert done, f"{pump} is still at work"
