"""An answer on its way: how much of it has come, and since when nothing has."""

import time

PATIENCE = 2.0
"""Seconds without a byte after which an answer is given up when the user asks again."""


class Transfer:
    """Filled by whatever receives the answer, also in a thread; read by whoever waits for it."""

    def __init__(self) -> None:
        self._begun = self._moved = time.monotonic()
        self.size = 0
        """Bytes that have come, as they were sent: packed."""
        self.pauses = False
        """Whether it is to be sent again after a pause."""

    @property
    def waited(self) -> float:
        """Seconds since it was asked for, repetitions included."""
        return time.monotonic() - self._begun

    @property
    def is_stuck(self) -> bool:
        """Whether nothing has come for so long that it is better asked for anew."""
        return not self.pauses and time.monotonic() - self._moved >= PATIENCE

    @property
    def is_moving(self) -> bool:
        """Whether its bytes are coming in."""
        return self.size > 0 and not self.is_stuck

    def begin(self) -> None:
        """It is asked for, once more perhaps: what came before does not count."""
        self.size, self._moved, self.pauses = 0, time.monotonic(), False

    def pause(self) -> None:
        """It did not come, and is to be sent again after a pause."""
        self.size, self.pauses = 0, True

    def add(self, size: int) -> None:
        """So many more bytes have come."""
        self.size, self._moved = self.size + size, time.monotonic()
