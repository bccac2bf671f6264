"""Moving through a transcript by line, page, message, turn, tool call and failed tool call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.views import transcript as reader
from tui.views.transcript.kinds import FAILED, MESSAGE, TOOL, TURN
from tui.widgets.transcript.ahead import TranscriptAhead

if TYPE_CHECKING:
    from tui.views.transcript.viewport import Viewport

_WORDS = {TURN: "turn", MESSAGE: "message", TOOL: "tool call", FAILED: "failed tool call"}
_HIDDEN = (TOOL, FAILED)
"""What focused reading leaves out."""

_COUNT_LIMIT = 5
"""Digits that a count may have."""


class TranscriptMoves(TranscriptAhead):
    """Moves; a count typed before one repeats it."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(name=name, id=id, classes=classes)
        self._moves_to_come: list[Callable[[], None]] = []
        """Those that need the whole document, until somebody moves otherwise."""

    def action_digit(self, digit: int) -> None:
        """Take one more digit of a count."""
        if (digit or self._count) and len(self._count) < _COUNT_LIMIT:
            self._count += str(digit)

    def take_count(self) -> int:
        """The count typed before this move, else one."""
        count, self._count = self._count, ""
        return int(count) if count else 1

    def _go(self, move: Callable[[Viewport], None]) -> None:
        self._moves_to_come = []
        viewport = self.viewport
        if viewport is None:
            return
        top, row = viewport.top, viewport.row_of(viewport.cursor)
        move(viewport)
        self.moved(top, row)

    def _go_when_grown(self, move: Callable[[], None]) -> None:
        self._moves_to_come.append(move)
        self.when_grown(self._make_moves_to_come)

    def _make_moves_to_come(self) -> None:
        moves, self._moves_to_come = self._moves_to_come, []
        for move in moves:
            move()

    def on_document_changed(self, *, same: bool) -> None:
        """What was to come was meant for the document of before."""
        super().on_document_changed(same=same)
        self._moves_to_come = []

    def action_line(self, step: int) -> None:
        """Move the cursor by lines."""
        lines = step * self.take_count()
        self._go(lambda viewport: viewport.move(lines))

    def action_page(self, step: int) -> None:
        """Move by screens."""
        count = self.take_count()
        self._go(lambda viewport: viewport.page(step * count * max(1, viewport.height - 2)))

    def action_half_page(self, step: int) -> None:
        """Move by half screens."""
        count = self.take_count()
        self._go(lambda viewport: viewport.page(step * count * max(1, viewport.height // 2)))

    def action_first(self) -> None:
        """Go to the begin; with a count to that turn."""
        if self._count:
            self._to_turn(self.take_count())
        else:
            self._go(reader.Viewport.to_first)

    def action_last(self) -> None:
        """Go to the end; with a count to that turn."""
        if self._count:
            self._to_turn(self.take_count())
        else:
            self._go_when_grown(lambda: self._go(reader.Viewport.to_last))

    def _to_turn(self, number: int) -> None:
        def go() -> None:
            document = self.document
            if document is not None and document.turns:
                index = document.turns[min(number, len(document.turns)) - 1].blocks[0]
                self._go(lambda viewport: viewport.to_block(index, 0))

        self._go_when_grown(go)

    def action_next(self, kind: str, step: int) -> None:
        """Go to the next or previous block of a kind."""
        self._to_next(kind, step * self.take_count())

    def _to_next(self, kind: str, steps: int) -> None:
        document, viewport = self.document, self.viewport
        if document is None or viewport is None:
            return
        if document.modes.focused and kind in _HIDDEN and document.places[kind]:
            self._leave_focus()
        index, line = viewport.cursor
        on_block = steps < 0 and line > int(document.blocks[index].gap) and document.blocks[index].kind == kind
        found = document.next_of(kind, index + on_block, steps)
        if document.growing and (kind == FAILED or found is None or abs(steps) > 1):
            self._go_when_grown(lambda: self._to_next(kind, steps))
            return
        if found is None:
            which = "next" if steps > 0 else "previous"
            self.say(f"There is no {which} {_WORDS[kind]}.")
            return
        row = 0 if kind == TURN else None
        self._go(lambda viewport: viewport.to_block(found, row))

    def _leave_focus(self) -> None:
        """Tool calls are hidden while only questions and answers are shown: whoever goes to one wants to see it."""
        assert self.viewport is not None
        with self.viewport.held():
            self.viewport.document.set_focused(False)
        self.repaint(everything=True)
        self.say("Everything is shown: tool calls were hidden.")

    def say(self, text: str) -> None:
        """Tell something small that is no error."""
        self.notify(text, timeout=2, markup=False)
