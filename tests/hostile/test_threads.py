"""A thread whose result nobody waits for any more is no fault."""

import asyncio
import threading

import pytest

from tui.api.background import in_thread


async def test_work_that_is_no_longer_waited_for_ends_quietly() -> None:
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def make() -> int:
        begun.set()
        go_on.wait(10)
        threading.Timer(0, ended.set).start()
        return 1

    work = in_thread(make, "work")
    await asyncio.to_thread(begun.wait, 10)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    go_on.set()
    await asyncio.to_thread(ended.wait, 10)
    for thread in threading.enumerate():
        if thread.name == "work":
            await asyncio.to_thread(thread.join, 10)
