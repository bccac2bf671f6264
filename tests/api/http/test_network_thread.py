"""Work in the thread of the network: what it comes to is brought over; giving up and closing leave nothing behind."""

import asyncio
import gc
import threading
from collections.abc import AsyncIterator

import pytest

from tui.api.http.network_thread import NetworkThread


def network_threads() -> list[threading.Thread]:
    """Those that run."""
    return [thread for thread in threading.enumerate() if thread.name == "network"]


async def until_ended(threads: list[threading.Thread]) -> None:
    """Wait until they run no more."""
    for thread in threads:
        await asyncio.to_thread(thread.join, 10)
        assert not thread.is_alive()


async def nothing() -> None:
    """Do nothing at the end."""


class Gate:
    """Where work waits in the thread of the network; `reached` tells that it does, `open` lets it go on."""

    def __init__(self) -> None:
        self.reached = threading.Event()

    async def passed(self) -> None:
        """Wait until it is opened."""
        self._loop, self._opened = asyncio.get_running_loop(), asyncio.Event()
        self.reached.set()
        await self._opened.wait()

    def open(self) -> None:
        """Let go what waits; from any thread."""
        self._loop.call_soon_threadsafe(self._opened.set)


class Held(Gate):
    """Work that gives something once it is let go, and tells whether it was cancelled before."""

    def __init__(self) -> None:
        super().__init__()
        self.cancelled = threading.Event()

    async def work(self) -> str:
        """Wait, then give something."""
        try:
            await self.passed()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        return "done"


class Stubborn(Held):
    """Work that goes on for a while after it was cancelled, and then ends as it likes."""

    def __init__(self, end: BaseException | None = None) -> None:
        super().__init__()
        self._end = end
        self.gate, self.over = Gate(), threading.Event()

    async def work(self) -> str:
        """Wait to be cancelled, then once more."""
        try:
            await super().work()
        except asyncio.CancelledError:
            await self.gate.passed()
            self.over.set()
            if self._end is not None:
                raise self._end from None
        return "too late"


async def came(event: threading.Event) -> None:
    """Wait for what another thread tells."""
    assert await asyncio.to_thread(event.wait, 10)


@pytest.fixture
async def network() -> AsyncIterator[NetworkThread]:
    """A thread that is closed at the end, and gone then."""
    before = network_threads()
    made = NetworkThread()
    yield made
    await made.close(nothing)
    await until_ended([thread for thread in network_threads() if thread not in before])


async def test_what_work_gives_comes_over_and_all_of_it_ran_in_one_thread(network: NetworkThread) -> None:
    async def where() -> threading.Thread:
        await asyncio.sleep(0)
        return threading.current_thread()

    first, second = await asyncio.gather(network.run(where()), network.run(where()))
    assert first is second
    assert first is not threading.current_thread()
    assert first.daemon


async def test_what_work_raises_is_raised_where_it_is_waited_for_and_others_go_on(network: NetworkThread) -> None:
    held = Held()

    async def fail() -> None:
        raise ZeroDivisionError("inside")

    other = asyncio.create_task(network.run(held.work()))
    with pytest.raises(ZeroDivisionError, match="inside"):
        await network.run(fail())
    await came(held.reached)
    held.open()
    assert await other == "done"


async def test_work_that_is_given_up_is_cancelled_there_and_nobody_waits_for_its_end(network: NetworkThread) -> None:
    stubborn = Stubborn()
    waiting = asyncio.create_task(network.run(stubborn.work()))
    await came(stubborn.reached)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await came(stubborn.gate.reached)
    stubborn.gate.open()
    await came(stubborn.over)


async def test_an_error_that_comes_when_nobody_waits_any_more_is_no_fault(
    network: NetworkThread, caplog: pytest.LogCaptureFixture
) -> None:
    stubborn = Stubborn(ZeroDivisionError("too late"))
    waiting = asyncio.create_task(network.run(stubborn.work()))
    await came(stubborn.reached)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await came(stubborn.gate.reached)
    stubborn.gate.open()
    await came(stubborn.over)
    assert await network.run(asyncio.sleep(0, "here")) == "here"
    gc.collect()
    assert caplog.records == []


def test_the_loop_that_asked_may_be_closed_before_the_work_ends(caplog: pytest.LogCaptureFixture) -> None:
    network, held, stubborn, faults = NetworkThread(), Held(), Stubborn(), list[object]()

    async def ask() -> None:
        tasks = [asyncio.create_task(network.run(work)) for work in (held.work(), stubborn.work())]
        await came(held.reached)
        await came(stubborn.reached)
        assert len(tasks) == 2  # the end of this loop gives them up

    before, threading.excepthook = threading.excepthook, faults.append
    try:
        asyncio.run(ask())
        assert held.cancelled.wait(10)
        assert stubborn.gate.reached.wait(10)
        stubborn.gate.open()
        assert stubborn.over.wait(10)
        threads = network_threads()
        asyncio.run(network.close(nothing))  # from another loop
        asyncio.run(until_ended(threads))
    finally:
        threading.excepthook = before
    assert faults == []
    assert caplog.records == []


async def test_closing_cancels_what_runs_then_does_the_last_thing_and_ends_the_thread() -> None:
    network, held, done = NetworkThread(), Held(), list[bool]()
    waiting = asyncio.create_task(network.run(held.work()))
    await came(held.reached)
    [thread] = [thread for thread in network_threads() if thread.is_alive()]

    async def last() -> None:
        done.append(held.cancelled.is_set() and threading.current_thread() is thread)

    await network.close(last)
    assert done == [True]
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await until_ended([thread])
    await network.close(last)
    assert done == [True]


async def test_after_closing_nothing_begins_any_more() -> None:
    network, held, called = NetworkThread(), Held(), list[int]()
    await network.close(nothing)
    with pytest.raises(asyncio.CancelledError):
        await network.run(held.work())
    network.call(lambda: called.append(1))
    assert not held.reached.is_set()
    assert called == []
    assert network_threads() == []
