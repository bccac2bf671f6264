"""A list of things that are switched on and off one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.terminal.text.clean import clean_line
from tui.views.text.ink import Line, Span
from tui.widgets.lists.cursor_list import CURSOR_KEYS, CursorList

_LABEL_LIMIT = 200


class Choice(Struct, frozen=True):
    """Something to choose: the value as it is sent, the words for it, and whether it is on."""

    value: str
    label: str
    on: bool


class ChoiceList(CursorList, can_focus=True):
    """Shows choices with `[x]` and `[ ]`; a cursor moves over them, and leaves at either end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *CURSOR_KEYS,
        Binding("space,enter", "choose", "switch", key_display="Space"),
    ]

    @dataclass
    class Toggled(Message):
        """The user switched a choice on or off."""

        choices: "ChoiceList"
        value: str
        on: bool

        @property
        def control(self) -> "ChoiceList":
            """Where it was."""
            return self.choices

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._choices: list[Choice] = []
        self._empty = ""

    @property
    def choices(self) -> Sequence[Choice]:
        """What can be chosen now."""
        return self._choices

    @property
    def row_count(self) -> int:
        """A row for each choice."""
        return len(self._choices)

    @property
    def empty(self) -> str:
        """The word for no choices."""
        return self._empty

    def show_choices(self, choices: Sequence[Choice], empty: str = "") -> None:
        """Show these, or the word `empty` where there are none; the cursor stays on its choice."""
        before = self._choices[self._cursor].value if self._cursor < len(self._choices) else None
        self._choices, self._empty = list(choices), empty
        same = (index for index, choice in enumerate(self._choices) if choice.value == before)
        self.rows_changed(next(same, self._cursor))

    def row_line(self, index: int, *, here: bool, width: int) -> Line:
        """One choice."""
        choice = self._choices[index]
        mark = Span("[x] ", "accent strong") if choice.on else Span("[ ] ", "muted")
        label = Span(clean_line(choice.label, _LABEL_LIMIT), "text strong" if choice.on else "text")
        return [Span("▌", "cursor") if here else Span(" "), mark, label]

    def action_choose(self) -> None:
        """Switch what is under the cursor."""
        if self._cursor < len(self._choices):
            choice = self._choices[self._cursor]
            self.post_message(self.Toggled(self, choice.value, not choice.on))
