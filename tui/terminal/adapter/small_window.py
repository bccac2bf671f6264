"""A window that is too small to show anything: keys act on nothing unseen, and nothing is lost until it is enlarged."""

from typing import Any

from textual import events
from textual.app import App
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

SMALLEST_WIDTH, SMALLEST_HEIGHT = 40, 12
"""In columns and lines: nothing can be read in less."""
_ALWAYS = frozenset({"ctrl+q", "ctrl+c", "ctrl+z", "ctrl+l"})
"""Quit, stop, and paint anew."""
_CLASS = "-too-small"


class SizedApp(App[Any]):
    """Hides dialogues where they would be cut to pieces, and takes no keys for them; to be mixed in before another."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._hidden: dict[Screen[Any], Widget | None] | None = None
        """The screens that the window is too small for, each with what had its keys."""

    async def on_event(self, event: events.Event) -> None:
        """Let nothing through that would act on what is not to be seen."""
        if self._hidden is not None and isinstance(event, events.InputEvent | events.Paste) and not self._acts(event):
            return
        await super().on_event(event)

    def _acts(self, event: events.Event) -> bool:
        if not isinstance(event, events.Key):
            return False
        leaving = "escape" if isinstance(self.screen, ModalScreen) else "q"
        return event.key in _ALWAYS or event.key == leaving

    def on_resize(self, event: events.Resize) -> None:
        """Hide, or show again."""
        small = _is_too_small(event.size)
        if small and self._hidden is None:
            self._hidden = {screen: screen.focused for screen in self.screen_stack}
        elif not small and self._hidden is not None:
            hidden, self._hidden = self._hidden, None
            self.call_after_refresh(self._give_back, hidden)
        for screen in self.screen_stack:
            screen.set_class(small and isinstance(screen, ModalScreen), _CLASS)

    def _give_back(self, hidden: dict[Screen[Any], Widget | None]) -> None:
        """Give the keys to what had them; what is hidden loses them."""
        for screen, widget in hidden.items():
            if screen in self.screen_stack and screen.focused is None and widget is not None and widget.is_attached:
                screen.set_focus(widget)


def _is_too_small(size: Size) -> bool:
    return size.width < SMALLEST_WIDTH or size.height < SMALLEST_HEIGHT
