"""The line of keys at the bottom: what the focused pane understands, from its real bindings."""

from msgspec import Struct
from textual import events
from textual.strip import Strip

from tui.views.text.ink import Line, Span
from tui.views.text.wrap import cell_width
from tui.widgets.line_widget import LineWidget


class Key(Struct, frozen=True):
    """One key as it is shown, its word, and the key that a click presses."""

    shown: str
    word: str
    press: str


class KeyBar(LineWidget):
    """Shows keys side by side, as many as fit; a click presses one."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._keys: tuple[Key, ...] = ()
        self._columns: list[range] = []

    def show_keys(self, keys: tuple[Key, ...]) -> None:
        """Show these keys."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        for key, columns in zip(self._keys, self._columns, strict=False):
            if event.x in columns:
                self.app.call_later(self.app.simulate_key, key.press)  # sent by a widget it would not reach the app

    def paint_line(self, y: int) -> Strip:
        """The keys from left to right, those at the end dropped; the last one, help, always has its place."""
        line: Line = [Span(" ")]
        self._columns = []
        at = 1
        room = self.size.width - 2
        tail = self._keys[-1] if self._keys else None
        reserved = cell_width(f"{tail.shown} {tail.word}") if tail is not None else 0
        full = False
        for key in self._keys:
            cells = cell_width(f"{key.shown} {key.word}")
            is_tail = key is tail
            full = full or at + cells + (0 if is_tail else reserved + 2) > room
            if full and not is_tail:
                self._columns.append(range(0))
                continue
            line += [Span(key.shown, "accent strong"), Span(f" {key.word}" if is_tail else f" {key.word}  ", "muted")]
            self._columns.append(range(at, at + cells))
            at += cells + 2
        return self.inks.strip(line)
