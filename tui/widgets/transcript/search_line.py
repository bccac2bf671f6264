"""Typing a search below a transcript: incremental, plain or regular expression, with readline keys."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.strip import Strip
from textual.widgets import Input

from tui.views import transcript as reader
from tui.views.text.ink import Line
from tui.widgets.inputs.search_input import SearchInput
from tui.widgets.transcript.find import TranscriptFind

_USUAL_STATUS = 14
"""Cells that the status nearly always fits into: the input keeps its width while it counts."""


class TranscriptSearch(TranscriptFind):
    """The line of the search: an input while it is typed, then what was found."""

    def compose(self) -> ComposeResult:
        """The line to type in, hidden at first."""
        yield SearchInput()

    def action_search(self) -> None:
        """Type what to search for; a conversation that is on its way is searched when it comes."""
        self._origin = (self.viewport.top, self.viewport.cursor) if self.viewport is not None else None
        field = self.query_one(SearchInput)
        field.value = self._text
        field.cursor_position = len(self._text)
        field.add_class("-typing")
        self.screen.set_focus(field)  # at once: what is typed ahead belongs to it
        self.fit()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.has_class("-typing") and event.value != self._text:
            self._text = event.value
            self._back_to_origin()
            self._restart()

    @on(SearchInput.RegexToggled)
    def _regex_toggled(self, event: SearchInput.RegexToggled) -> None:
        event.stop()
        self._regex = not self._regex
        self._back_to_origin()
        self._restart()

    @on(SearchInput.Stepped)
    def _stepped(self, event: SearchInput.Stepped) -> None:
        event.stop()
        self.action_match(event.step)

    @on(SearchInput.Accepted)
    def _accepted(self, event: SearchInput.Accepted) -> None:
        event.stop()
        self._close_input()

    @on(SearchInput.Cancelled)
    def _cancelled(self, event: SearchInput.Cancelled) -> None:
        event.stop()
        self.clear_search()
        self._back_to_origin()
        self._close_input()

    def _close_input(self) -> None:
        self.query_one(SearchInput).remove_class("-typing")
        self._origin = None
        self.focus()
        self.fit()

    @property
    def text_rows(self) -> int:
        """All rows but that of a search."""
        return max(1, self.size.height - self._search_rows)

    @property
    def _search_rows(self) -> int:
        typing = self.is_attached and self.query_one(SearchInput).has_class("-typing")
        if not typing and (self.viewport is None or not self._text):
            return 0
        return 1 + len(self._notice_lines())

    def _notice_lines(self) -> list[Line]:
        """What is wrong with the pattern, as far as there is room beside the text."""
        lines = reader.notice_lines(self._problem, self.size.width)
        return lines[: max(0, self.size.height - 2)]

    def bottom(self, width: int) -> list[Strip]:
        """The line of the search."""
        if not self._search_rows:
            return []
        palette, base = self.painter().palette, self.painter().base
        lines = [*self._notice_lines(), self._search_line(width)]
        return [palette.strip(line, width, base) for line in lines]

    def _status(self) -> str:
        return f"{super()._status()}{' regex' if self._regex else ''}".lstrip()

    def _make_room(self) -> None:
        """Leave the input what the status does not need."""
        field = self.query_one(SearchInput)
        right = reader.status_room(self._status().ljust(_USUAL_STATUS), self.size.width)
        if field.has_class("-typing") and field.styles.margin.right != right:
            field.styles.margin = (0, right, 0, 1)

    def fit(self) -> None:
        """Take the current size over."""
        if self.is_attached:
            self._make_room()
        super().fit()

    def _tell_count(self) -> None:
        self._make_room()
        super()._tell_count()

    def _search_line(self, width: int) -> Line:
        status = self._status()
        if self.query_one(SearchInput).has_class("-typing"):
            return reader.typing_line(status, width, problem=bool(self._problem))
        return reader.found_line(self._text, status, width, focused=self.has_focus)
