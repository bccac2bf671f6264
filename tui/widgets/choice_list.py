"""A list of things that are switched on and off one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.terminal.clean import clean_line
from tui.views.ink import Line, Span
from tui.views.wrap import crop_line
from tui.widgets.line_widget import LineWidget

_LABEL_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: the value as it is sent, the words for it, and whether it is on."""

    value: str
    label: str
    on: bool


class ChoiceList(LineWidget, can_focus=True):
    """Shows choices with `[x]` and `[ ]`; a cursor moves over them, and leaves at either end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("pagedown", "step(10)", "Ten down", show=False),
        Binding("pageup", "step(-10)", "Ten up", show=False),
        Binding("home", "step(-100000)", "First", show=False),
        Binding("end", "step(100000)", "Last", show=False),
        Binding("space,enter,x", "switch", "switch", key_display="space"),
    ]

    @dataclass
    class Toggled(Message):
        """Somebody switched a choice on or off."""

        choices: "ChoiceList"
        value: str
        on: bool

        @property
        def control(self) -> "ChoiceList":
            """Where it was."""
            return self.choices

    @dataclass
    class Left(Message):
        """The cursor moves on beyond the last choice (1) or the first (-1)."""

        choices: "ChoiceList"
        direction: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._choices: list[Choice] = []
        self._empty = ""
        self._cursor = 0
        self._top = 0

    @property
    def choices(self) -> Sequence[Choice]:
        """What can be chosen now."""
        return self._choices

    def show_choices(self, choices: Sequence[Choice], empty: str = "") -> None:
        """Show these, or the word `empty` where there are none; the cursor stays on its choice."""
        before = self._choices[self._cursor].value if self._cursor < len(self._choices) else None
        self._choices, self._empty = list(choices), empty
        same = (index for index, choice in enumerate(self._choices) if choice.value == before)
        self._cursor = next(same, max(0, min(self._cursor, len(self._choices) - 1)))
        self._keep_in_view()
        self.refresh()

    def on_resize(self) -> None:
        """The cursor stays in view, and what is above it comes back where there is room again."""
        if self._cursor < self.size.height:
            self._top = 0
        self._keep_in_view()

    def watch_has_focus(self, _focused: bool) -> None:
        """Only a focused list shows its cursor."""
        self.refresh()

    def paint_line(self, y: int) -> Strip:
        """One choice."""
        index = self._top + y
        line: Line = []
        if index < len(self._choices):
            choice = self._choices[index]
            here = index == self._cursor and self.has_focus
            mark = Span("[x] ", "accent strong") if choice.on else Span("[ ] ", "muted")
            label = Span(clean_line(choice.label, _LABEL_LIMIT), "text strong" if choice.on else "text")
            line = [Span("▌", "cursor") if here else Span(" "), mark, label]
            if y == self.size.height - 1 and index + 1 < len(self._choices):
                more = f" ↓{len(self._choices) - index - 1}"
                line = [*crop_line(line, max(4, self.size.width - len(more))), Span(more, "muted")]
        elif y == 0 and self._empty:
            line = [Span(" "), Span(self._empty, "muted")]
        return self.palette.strip(crop_line(line, self.size.width), self.size.width, self.base)

    def action_step(self, by: int) -> None:
        """Move the cursor; a single step beyond an end leaves."""
        target = self._cursor + by
        if abs(by) == 1 and not 0 <= target < len(self._choices):
            self.post_message(self.Left(self, by))
            return
        self._go(target)

    def action_switch(self) -> None:
        """Switch what is under the cursor."""
        if self._cursor < len(self._choices):
            choice = self._choices[self._cursor]
            self.post_message(self.Toggled(self, choice.value, not choice.on))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll without moving the cursor."""
        self._scroll(event, 2)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll without moving the cursor."""
        self._scroll(event, -2)

    def _scroll(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        self._top = max(0, min(self._top + by, len(self._choices) - self.size.height))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Switch what was clicked."""
        index = self._top + event.y
        if index < len(self._choices):
            self._go(index)
            self.action_switch()

    def _go(self, index: int) -> None:
        before, top = self._cursor, self._top
        self._cursor = max(0, min(index, len(self._choices) - 1))
        self._keep_in_view()
        if self._top != top:
            self.refresh()
            return
        for row in (before, self._cursor):
            self.refresh(Region(0, row - self._top, self.size.width, 1))

    def _keep_in_view(self) -> None:
        height = max(1, self.size.height)
        if self._cursor < self._top:
            self._top = self._cursor
        elif self._cursor >= self._top + height:
            self._top = self._cursor - height + 1
        self._top = max(0, min(self._top, max(0, len(self._choices) - height)))
