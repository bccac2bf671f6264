"""Looks for garbage among all objects only while nobody presses a key: in a long conversation that takes a while."""

import asyncio
import gc
import time

_QUIET = 1.0
"""Seconds without a new picture after which nobody waits for one."""

_WORTH = 3
"""Collections of younger objects since the last look at all, from which on another look is worth it."""

_AT_LAST = 100
"""As many, from which on it is done although the user presses keys."""

_YOUNG, _MIDDLE, _ = gc.get_threshold()


def begin_collecting() -> None:
    """From now on look for garbage, but not in what was imported until now: that stays.

    Only before the first app is made: what is garbage later, and was set aside here, would keep what it refers to.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class Collector:
    """Takes the look at all objects out of Python's hands; young objects are looked at as ever."""

    def __init__(self) -> None:
        self._touched = 0.0
        self._waiting: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """From now on."""
        gc.set_threshold(_YOUNG, _MIDDLE, _AT_LAST)

    def touch(self) -> None:
        """Something has come to the screen: wait until nothing does."""
        self._touched = time.monotonic()
        if self._waiting is None:
            self._waiting = asyncio.get_running_loop().call_later(_QUIET, self._look)

    def _look(self) -> None:
        self._waiting = None
        left = self._touched + _QUIET - time.monotonic()
        if left > 0:
            self._waiting = asyncio.get_running_loop().call_later(left, self._look)
        elif gc.get_count()[2] >= _WORTH:
            gc.collect()
