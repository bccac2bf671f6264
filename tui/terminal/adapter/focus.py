"""A window that comes back to the front: each screen gives the keys to the part that had them, or is to have them."""

from typing import Any

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget


class AwayApp(App[Any]):
    """Textual gives the keys back only on a screen that was in front all the time; to be mixed in before another app.

    A dialogue that opens meanwhile would have none, and neither would the screen below it, once it is closed.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._left: dict[Screen[Any], Widget | None] = {}
        """What had the keys of each screen when the window lost them."""

    def on_app_blur(self) -> None:
        """Take note, before Textual takes the keys away."""
        if self.app_focus:
            self._left = {screen: screen.focused for screen in self.screen_stack}

    def on_app_focus(self) -> None:
        """Give them back."""
        self.app_focus = True
        left, self._left = self._left, {}
        for screen in self.screen_stack:
            widget = left.get(screen)
            if screen not in left:
                screen._update_auto_focus()
            elif screen.focused is None and widget is not None and widget.is_attached:
                screen.set_focus(widget)
