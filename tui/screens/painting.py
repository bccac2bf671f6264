"""The colours of a dialogue: those of the theme that is in use, also when that changes while it is open."""

from typing import Any
from weakref import ref

from textual.screen import Screen

from tui.widgets.line_widget import LineWidget
from tui.widgets.lists.cursor_list import CursorList
from tui.widgets.palette import Palette


def paint_parts(screen: Screen[Any]) -> None:
    """Paint what is made of lines in the colours of the theme, now and whenever there is another one."""
    dialogue = ref(screen)  # and at once, not by a message to it: else the signal would keep it after it is closed

    def theme_changed(_theme: object) -> None:
        there = dialogue()
        if there is not None:
            there.call_next(_paint, there)

    screen.app.theme_changed_signal.subscribe(screen, theme_changed, immediate=True)
    _paint(screen)


def _paint(screen: Screen[Any]) -> None:
    palette = Palette(screen.app.theme_variables)
    for widget in screen.query("*").results():
        if isinstance(widget, LineWidget | CursorList):
            widget.set_palette(palette)
