"""A small app to run in a pseudo-terminal: `python -m tests.terminal.probe_app [stock|painted|threads|skeleton]`."""

import os
import select
import sys
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Footer, Header, Input, Static

from tui.terminal.adapter import tty
from tui.terminal.adapter.app import TerminalApp
from tui.terminal.paint.skeleton import paint_skeleton

WORDS = ["invoice", "refund", "日本語", "window", "damaged", "item", "naïve", "status", "retry", "│", "│", "😀", "done"]


class Lines(ScrollView, can_focus=True):
    """Two hundred styled lines with a cursor row."""

    BINDINGS: ClassVar = [("down", "move(1)"), ("up", "move(-1)"), ("pagedown", "move(9)"), ("pageup", "move(-9)")]

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.seed = seed
        self.row = 0
        self.virtual_size = Size(50, 200)

    def action_move(self, step: int) -> None:
        self.row = min(max(self.row + step, 0), 199)
        self.refresh()
        self.scroll_to(y=max(self.row - 5, 0), animate=False)

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        if row >= 200:
            return Strip.blank(self.size.width)
        back = Style.parse("on #334455") if row == self.row else Style.parse("on #101010")
        segments = [Segment("▌" if row == self.row else " ", back), Segment(f"{row:4} ", back + Style(bold=True))]
        for n in range(row * self.seed % 7):
            word = WORDS[(row * 3 + n * self.seed) % len(WORDS)]
            segments.append(Segment(word + " ", back + Style.parse(["red", "italic", "#00ff00", "dim"][n % 4])))
        return Strip(segments).adjust_cell_length(self.size.width, back)


KEYS: list[Binding | tuple[str, str] | tuple[str, str, str]] = [
    ("q", "quit"),
    ("t", "toast"),
    ("h", "hide"),
    ("ctrl+l", "repaint"),
    ("escape", "escaped"),
    ("f", "fence"),
    ("l", "lend"),
]


class Content:
    """What both apps show."""

    CSS = "Lines { border: round white; } Static { height: 2; } #quiet { width: 20; height: 1fr; }"
    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield Header()
        with Horizontal():
            yield Static("a [b]quiet[/b] pane", id="quiet")
            yield Lines(3)
            yield Lines(5)
        yield Input()
        yield Footer()

    def action_toast(self) -> None:
        self.notify("a toast", timeout=600)  # type: ignore[attr-defined]

    def action_fence(self) -> None:
        """Something to wait for: all keys before it have been handled."""
        self.fences = getattr(self, "fences", 0) + 1
        self.sub_title = f"fence {self.fences}"

    def action_hide(self) -> None:
        quiet = self.query_one("#quiet")  # type: ignore[attr-defined]
        quiet.display = not quiet.display

    def action_escaped(self) -> None:
        self.sub_title = "escaped"

    def on_paste(self, event: events.Paste) -> None:
        self.sub_title = f"pasted {event.text}"

    def on_click(self, event: events.Click) -> None:
        self.sub_title = f"clicked {event.screen_x},{event.screen_y}"

    def on_mount(self) -> None:
        self.query(Lines).first().focus()  # type: ignore[attr-defined]


class Stock(Content, App[None]):
    """As Textual paints it."""

    BINDINGS: ClassVar = KEYS


class Painted(Content, TerminalApp[None]):
    """As we paint it."""

    BINDINGS: ClassVar = KEYS

    def action_lend(self) -> None:
        """Lend the terminal to somebody who takes one character of what comes meanwhile."""
        os.write(2, b"\x1b]2;lending\x07")
        select.select([0], [], [], 20)
        with self.suspend():
            taken = os.read(0, 1)
        self.sub_title = f"lent {taken!r}"


if __name__ == "__main__":
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    kind = sys.argv[1]
    if kind == "stock":
        app: App[None] = Stock()
    else:
        if kind == "threads":  # as where the terminal cannot be opened anew
            vars(tty)["open_anew"] = lambda _descriptor, _flags: None
        app = Painted(skeleton=paint_skeleton("probe") if kind == "skeleton" else None)
    app.animation_level = "none"
    app.run()
    print(f"left with {app.return_code}", flush=True)
