"""A double click where one click would have done: the second one is not meant for what comes to light below."""

from typing import Any
from weakref import ref

from textual import events
from textual.app import App
from textual.geometry import Offset
from textual.screen import Screen


class ClicksApp(App[Any]):
    """Drops what continues a click on another screen, which that has closed or covered; to be mixed in before another.

    What is chosen in a dialogue by a click closes it, and the second click would choose something in the list behind.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._last_click: tuple[ref[Screen[Any]], Offset, float] | None = None
        """On which screen, where and when."""
        self._drops_click = False

    async def on_event(self, event: events.Event) -> None:
        """Let clicks through, but not those."""
        if isinstance(event, events.MouseDown | events.MouseUp) and not event.is_forwarded:
            if isinstance(event, events.MouseDown):
                self._drops_click = self._continues_elsewhere(event)
            if self._drops_click:
                return
            self._last_click = ref(self.screen), event.screen_offset, event.time
        await super().on_event(event)

    def _continues_elsewhere(self, event: events.MouseDown) -> bool:
        if self._last_click is None:
            return False
        screen, offset, time = self._last_click
        quick = event.time - time <= self.CLICK_CHAIN_TIME_THRESHOLD
        return quick and offset == event.screen_offset and screen() is not self.screen
