"""The projects that can be gone to, with their digits, and a new profile as the last of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message

from tui.config.choices import ProfileChoice
from tui.terminal.text.clean import clean_line
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import cell_width, crop_line, line_width
from tui.widgets.lists.cursor_list import CURSOR_KEYS, CursorList

DIGITS = 9
_NAME_LIMIT, _SERVER_LIMIT = 60, 60
_NEW = "a new profile…"


class ProjectList(CursorList, can_focus=True):
    """One line for each profile: digit, name, server and the beginning of its project's id."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *CURSOR_KEYS,
        Binding("enter,space", "choose", "go there", tooltip="Go to the project under the cursor"),
    ]

    @dataclass
    class Chosen(Message):
        """The user wants to go to a profile; None is a new one."""

        name: str | None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._choices: tuple[ProfileChoice, ...] = ()

    @property
    def row_count(self) -> int:
        """The profiles, and the new one."""
        return len(self._choices) + 1

    def show_choices(self, choices: Sequence[ProfileChoice]) -> None:
        """Show these, with the cursor on the one that is on the screen."""
        self._choices = tuple(choices)
        self.rows_changed(next((index for index, choice in enumerate(choices) if choice.present), 0))
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each."""
        return self.row_count

    def row_line(self, index: int, *, here: bool, width: int) -> Line:
        """One profile, or the new one."""
        mark = Span("▌", "cursor") if here else Span(" ")
        if index == len(self._choices):
            return [mark, Span("n ", "accent"), Span(_NEW)]
        choice = self._choices[index]
        digit = str(index + 1) if index < DIGITS else " "
        name = Span(clean_line(choice.name, _NAME_LIMIT), "text strong" if choice.present else "text")
        line: Line = [mark, Span(f"{digit} ", "accent strong" if choice.present else "muted"), name]
        if choice.present:
            line.append(Span(" · here", "muted"))
        server = clean_line(choice.server, _SERVER_LIMIT) or "no valid server"
        aside = f"  {server}  {choice.project or 'no valid project'} "
        room = max(4, width - cell_width(aside))
        line = crop_line(line, room)
        return [*line, Span(" " * (room - line_width(line))), Span(aside, "muted")]

    def action_choose(self) -> None:
        """Go to the one under the cursor."""
        self.choose(self._cursor)

    def choose(self, index: int) -> None:
        """Go to one of them, if there is one."""
        if index < self.row_count:
            self.post_message(self.Chosen(self._choices[index].name if index < len(self._choices) else None))
