"""A window that comes back to the front: each screen gives the keys to the part that had them, or is to have them."""

from typing import Any

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

from tui.terminal.adapter.private import fits


class FocusMemory:
    """Textual gives the keys back only on a screen that was in front all the time.

    A dialogue that opens meanwhile would have none, and neither would the screen below it, once it is closed.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._left: dict[Screen[Any], Widget | None] = {}
        """What had the keys of each screen when the window lost them."""

    def take_note(self) -> None:
        """The window loses the keys: before Textual takes them away, note who has them."""
        if self._app.app_focus:
            self._left = {screen: screen.focused for screen in self._app.screen_stack}

    def give_back(self) -> None:
        """The window has the keys again."""
        self._app.app_focus = True
        left, self._left = self._left, {}
        for screen in self._app.screen_stack:
            widget = left.get(screen)
            if widget is None and fits():  # it opened meanwhile, or had only just begun to
                screen._update_auto_focus()
            elif screen.focused is None and widget is not None and widget.is_attached:
                screen.set_focus(widget)
