"""Two conversations compared on the screen: takes keys and the mouse, and compares in slices."""

from asyncio import TimerHandle, get_running_loop
from typing import Any, ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.terminal.adapter.straight_keys import tell
from tui.terminal.input.keymap import Command, Keymap
from tui.views.comparing.columns import ADDED, BESIDE, REMOVED
from tui.views.comparing.commands import COMPARER, fold, scroll
from tui.views.comparing.comparer import Comparer, Place
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import crop_line, spread, wrap_spans
from tui.widgets.bindings import bindings_of
from tui.widgets.line_widget import LineWidget
from tui.widgets.scroll_bar import ScrollBar

_SLICE, _PAUSE = 0.008, 0.001
"""Seconds of comparing at once, and between two slices."""

_SIGNS = (REMOVED, ADDED)
_WORDS_SECONDS = 3
_WHEEL_LINES = 3
_EDGES = 2
"""Columns of the cursor and of the scroll bar."""

Ends = tuple[Line, Line]
"""What stands at the left and at the right of a heading."""


class ComparisonView(LineWidget, can_focus=True):
    """Shows a comparison, or in words why there is none yet; what is shown is in its `comparer`."""

    class Moved(Message):
        """The cursor is somewhere else, or more is known."""

        def can_replace(self, message: Message) -> bool:
            """Of several only the last counts."""
            return isinstance(message, ComparisonView.Moved)

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(COMPARER)
    keymap: ClassVar[Keymap[Comparer]] = COMPARER

    def __init__(self) -> None:
        super().__init__()
        self.comparer = Comparer([], [])
        self._names: tuple[Ends, Ends] = (([], []), ([], []))
        self._words: list[Line] = []
        self._rows: list[Place] = []
        self._timer: TimerHandle | None = None

    def show(self, comparer: Comparer, before: Ends, after: Ends) -> None:
        """Compare two histories of these names."""
        self.comparer, self._names, self._words = comparer, (before, after), []
        self._take_size()
        self._go_on()
        self.refresh()

    def show_words(self, words: list[Line]) -> None:
        """Show these lines in place of a comparison."""
        self._words = words
        self.refresh()

    def do(self, command: Command[Any]) -> None:
        """Run a command of the table, and say what it has to say."""
        words = command.run(self.comparer, *command.arguments)
        if isinstance(words, str):
            self.notify(words, timeout=_WORDS_SECONDS, markup=False)
        self._moved()

    def action_do(self, name: str) -> None:
        """Run a command by its name, as bindings and the palette do."""
        self.do(self.keymap[name])

    def _moved(self) -> None:
        self.refresh()
        tell(self, self.Moved())

    # -- comparing -------------------------------------------------------------------------------------------------

    def on_unmount(self) -> None:
        """Compare no further."""
        if self._timer is not None:
            self._timer.cancel()

    def _go_on(self) -> None:
        if self._timer is None and self.is_attached:
            self._timer = get_running_loop().call_later(_PAUSE, self._work)

    def _work(self) -> None:
        self._timer = None
        before = len(self.comparer.blocks)
        if self.comparer.work(_SLICE):
            self._go_on()
        if before < len(self.comparer.blocks) or self.comparer.comparison.is_complete:
            self._moved()

    # -- painting --------------------------------------------------------------------------------------------------

    @property
    def _heads(self) -> list[Line]:
        """The names of the two, over their columns or one below the other."""
        columns = self.comparer.columns
        before, after = ([sign, *spread(*ends, columns.room)] for sign, ends in zip(_SIGNS, self._names, strict=True))
        return [columns.ends(before, after, Span(" "))] if columns.are_beside else [before, after]

    def on_resize(self) -> None:
        """Take the size over."""
        self._take_size()

    def _take_size(self) -> None:
        width, height = self.size
        heads = 1 if width - _EDGES >= BESIDE else 2
        self.comparer.resize(max(1, width - _EDGES), max(1, height - heads))

    def on_focus(self) -> None:
        """The cursor is bright."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor is dim."""
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines that are asked for, as they are in view now."""
        self._rows = [] if self._words else self.comparer.rows()
        return super().render_lines(crop)

    def paint_line(self, y: int) -> Strip:
        """The names, then what is in view, with the cursor at the left and a scroll bar at the right."""
        width, height = self.size
        if self._words:
            lines = [line for words in self._words for line in wrap_spans(words, max(1, width - _EDGES))]
            return self.inks.strip([Span(" "), *lines[y]] if y < len(lines) else [])
        heads = self._heads
        if y < len(heads):
            return self.inks.strip([Span(" "), *crop_line(heads[y], width - _EDGES)])
        row = y - len(heads)
        if row >= len(self._rows):
            said = self._unsaid if row == 0 else ""
            return self.inks.strip([Span(f" {said}", "muted")])
        place = self._rows[row]
        here = place == self.comparer.cursor
        mark = Span("▌", "cursor" if self.has_focus else "rule") if here else Span(" ")
        line = crop_line(self.comparer.lines(place[0])[place[1]], width - _EDGES)
        total, top = self.comparer.extent
        bar = ScrollBar(total, height - len(heads), top).cells()[row]
        cells = self.inks.palette.strip([mark, *line], width - 1, self.inks.base)
        return Strip.join([cells, self.inks.palette.strip([bar], 1, self.inks.base)])

    @property
    def _unsaid(self) -> str:
        """What is said where nothing is shown."""
        if self.comparer.blocks:
            return ""
        return "Both are empty." if self.comparer.comparison.is_complete else "Comparing …"

    # -- the mouse -------------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there; on the first line of something that can be folded, fold it."""
        row = event.y - len(self._heads)
        if not self._words and 0 <= row < len(self._rows):
            place = self._rows[row]
            self.comparer.go(place)
            if place[1] == len(self.comparer.lines(place[0])) - 1 or place[1] == 0:
                fold(self.comparer)
            self._moved()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll on."""
        self._scroll(event, _WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        self._scroll(event, -_WHEEL_LINES)

    def _scroll(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        scroll(self.comparer, by)
        self._moved()
