"""The commands of the palette; a click runs one."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from tui.views.text.ink import Line, Span
from tui.views.text.wrap import crop_line, spread
from tui.widgets.lists.cursor_list import CursorList

_ASIDE_PART = 2
"""At most this part of a row tells of the keys."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: its name and what is to be known of it (cleaned), and the characters that were typed."""

    words: str
    aside: str = ""
    matched: frozenset[int] = frozenset()


class CommandList(CursorList):
    """One line each; the keys stay with the line that is typed in above it."""

    @dataclass
    class Chosen(Message):
        """The user clicked on one."""

        index: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()

    @property
    def cursor(self) -> int:
        """The index under the cursor."""
        return self._cursor

    @property
    def row_count(self) -> int:
        """A row for each command."""
        return len(self._entries)

    @property
    def empty(self) -> str:
        """What is said when no command is called like that."""
        return "Nothing matches."

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these, with the cursor on the first."""
        self._entries = entries
        self.rows_changed(0)

    def move(self, rows: int) -> None:
        """Move the cursor; it stays at the ends."""
        self.go(self._cursor + rows)

    def row_line(self, index: int, *, here: bool, width: int) -> Line:
        """The name with what was typed marked in it, and at the right its keys."""
        entry = self._entries[index]
        line = [Span("▌", "cursor") if here else Span(" "), *_marked(entry, "text strong" if here else "text")]
        aside = crop_line([Span(f"{entry.aside} ", "muted")], width // _ASIDE_PART) if entry.aside else []
        return spread(line, aside, width)

    def action_choose(self) -> None:
        """Run the one under the cursor."""
        self.post_message(self.Chosen(self._cursor))


def _marked(entry: Entry, ink: str) -> Line:
    line: Line = []
    begin = 0
    for end in range(1, len(entry.words) + 1):
        matched = begin in entry.matched
        if end == len(entry.words) or (end in entry.matched) is not matched:
            line.append(Span(entry.words[begin:end], f"{ink} match" if matched else ink))
            begin = end
    return line
