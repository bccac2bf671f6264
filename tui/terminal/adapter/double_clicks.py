"""A double click where one click would have done: the second one is not meant for what comes to light below."""

from typing import Any
from weakref import ref

from textual import events
from textual.app import App
from textual.geometry import Offset
from textual.screen import Screen

from tui.terminal.adapter.gate import Forward


class DoubleClicks:
    """Drops what continues a click on another screen, which that has closed or covered.

    What is chosen in a dialogue by a click closes it, and the second click would choose something in the list behind.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._last: tuple[ref[Screen[Any]], Offset, float] | None = None
        """On which screen, where and when."""
        self._drops = False

    async def admit(self, event: events.Event, forward: Forward) -> None:
        """Let clicks through, but not those."""
        if isinstance(event, events.MouseDown | events.MouseUp) and not event.is_forwarded:
            if isinstance(event, events.MouseDown):
                self._drops = self._continues_elsewhere(event)
            if self._drops:
                return
            self._last = ref(self._app.screen), event.screen_offset, event.time
        await forward(event)

    def _continues_elsewhere(self, event: events.MouseDown) -> bool:
        if self._last is None:
            return False
        screen, offset, time = self._last
        quick = event.time - time <= self._app.CLICK_CHAIN_TIME_THRESHOLD
        return quick and offset == event.screen_offset and screen() is not self._app.screen
