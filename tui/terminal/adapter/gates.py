"""What every event of the app goes through, one gate after the other, before Textual has it."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Protocol
from weakref import ref

from textual import events
from textual.app import App
from textual.errors import NoWidget
from textual.geometry import Offset, Size
from textual.screen import Screen
from textual.widget import Widget

_ALWAYS = frozenset({"ctrl+q", "ctrl+c", "ctrl+z", "ctrl+l"})
"""What a window that is too small takes as well: quit, stop, and paint anew."""
_CLASS = "-too-small"

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


class DoubleClicks:
    """A double click where one would have done: drops what continues a click that has closed or covered what it was in.

    What is chosen in a dialogue or a box by a click closes it, and the second click would choose something behind it.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._last: tuple[ref[Screen[Any]], Offset, float] | None = None
        """On which screen, where and when."""
        self._pressed: ref[Widget] | None = None
        """What the last press was on."""
        self._drops = False

    async def admit(self, event: events.Event, forward: Forward) -> None:
        """Let clicks through, but not those."""
        if isinstance(event, events.MouseDown | events.MouseUp) and not event.is_forwarded:
            if isinstance(event, events.MouseDown):
                self._drops = self._continues_elsewhere(event)
                if not self._drops:
                    self._pressed = self._under(event)
            if self._drops:
                return
            self._last = ref(self._app.screen), event.screen_offset, event.time
        await forward(event)

    def _under(self, event: events.MouseDown) -> ref[Widget] | None:
        with suppress(NoWidget):
            return ref(self._app.screen.get_widget_at(*event.screen_offset)[0])
        return None

    def _continues_elsewhere(self, event: events.MouseDown) -> bool:
        if self._last is None:
            return False
        screen, offset, time = self._last
        quick = event.time - time <= self._app.CLICK_CHAIN_TIME_THRESHOLD
        return quick and offset == event.screen_offset and (screen() is not self._app.screen or self._is_hidden)

    @property
    def _is_hidden(self) -> bool:
        """Whether what was pressed is there no more."""
        pressed = self._pressed() if self._pressed is not None else None
        return pressed is not None and not all(node.display for node in pressed.ancestors_with_self)


class SmallWindow:
    """A window too small to show anything: keys act on nothing unseen, and nothing is lost until it is enlarged."""

    def __init__(self, app: App[Any], smallest: Size) -> None:
        """In less than the smallest size nothing is shown."""
        self._app = app
        self._smallest = smallest
        self._hidden: dict[Screen[Any], Widget | None] | None = None
        """The screens that the window is too small for, each with what had its keys."""

    @property
    def hides(self) -> bool:
        """Whether the window is too small to show anything."""
        return self._hidden is not None

    async def admit(self, event: events.Event, forward: Forward) -> None:
        """Let nothing through that would act on what is not to be seen."""
        if self._hidden is None or not isinstance(event, events.InputEvent | events.Paste) or self._acts(event):
            await forward(event)

    def _acts(self, event: events.Event) -> bool:
        if not isinstance(event, events.Key):
            return False
        leaving = "escape" if self._app.screen.is_modal else "q"
        return event.key in _ALWAYS or event.key == leaving

    def resized(self, size: Size) -> None:
        """Hide, or show again."""
        small = size.width < self._smallest.width or size.height < self._smallest.height
        if small and self._hidden is None:
            self._hidden = {screen: screen.focused for screen in self._app.screen_stack}
        elif not small and self._hidden is not None:
            hidden, self._hidden = self._hidden, None
            self._app.call_after_refresh(self._give_back, hidden)
        for screen in self._app.screen_stack:
            screen.set_class(small and screen.is_modal, _CLASS)

    def _give_back(self, hidden: dict[Screen[Any], Widget | None]) -> None:
        """Give the keys to what had them; what is hidden loses them."""
        for screen, widget in hidden.items():
            there = screen in self._app.screen_stack and screen.focused is None
            if there and widget is not None and widget.is_attached:
                screen.set_focus(widget)
