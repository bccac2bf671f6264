"""A window that is too small to show anything: keys act on nothing unseen, and nothing is lost until it is enlarged."""

from typing import Any

from textual import events
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui.terminal.adapter.gate import Forward

_ALWAYS = frozenset({"ctrl+q", "ctrl+c", "ctrl+z", "ctrl+l"})
"""Quit, stop, and paint anew."""
_CLASS = "-too-small"


class SmallWindow:
    """Hides dialogues where they would be cut to pieces, and takes no keys for them."""

    def __init__(self, app: App[Any], smallest: Size) -> None:
        """In less than the smallest size nothing is shown."""
        self._app = app
        self._smallest = smallest
        self._hidden: dict[Screen[Any], Widget | None] | None = None
        """The screens that the window is too small for, each with what had its keys."""

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
