"""What a key, a paste, a click and every other event of the app goes through, one gate after the other."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Protocol

from textual import events

Forward = Callable[[events.Event], Awaitable[None]]
"""Gives an event to whoever comes next."""


class Gate(Protocol):
    """Forwards an event now, later or never."""

    async def admit(self, event: events.Event, forward: Forward) -> None:
        """Take an event, and forward it where it may go on."""


def in_order(gates: Sequence[Gate], end: Forward) -> Forward:
    """Leads an event through all gates, the first one first, to the end."""
    for gate in reversed(gates):
        end = partial(gate.admit, forward=end)
    return end
