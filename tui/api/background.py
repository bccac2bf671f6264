"""Work that must not hold up the event loop, in threads that the end of the program does not wait for."""

import asyncio
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from importlib import import_module
from typing import TypeVar

Made = TypeVar("Made")


def in_thread(make: Callable[[], Made], name: str) -> "asyncio.Future[Made]":
    """What `make` gives, worked out in a daemon thread; the default executor would be waited for on exit."""
    made: Future[Made] = Future()

    def run() -> None:
        # From here on it cannot be cancelled: whoever no longer waits just does not get it.
        if not made.set_running_or_notify_cancel():
            return
        try:
            made.set_result(make())
        except Exception as error:  # noqa: BLE001 - handed over whole: who waits must learn of it, whatever it is
            made.set_exception(error)

    threading.Thread(target=run, name=name, daemon=True).start()
    return asyncio.wrap_future(made)


async def models_imported() -> None:
    """Wait until what decodes answers is imported: it takes as long as some frames, so keys go on meanwhile."""
    if "tui.api.decode" not in sys.modules:
        await in_thread(_get_ready, "models")


def _get_ready() -> None:
    """Before the first large answer is taken apart."""
    from tui.api.memory import give_back_what_is_freed

    give_back_what_is_freed()
    import_module("tui.api.decode")
