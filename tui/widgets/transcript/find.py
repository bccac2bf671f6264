"""Finding in a transcript: in slices, to the first match at once, opening what hides a match and closing it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.timer import Timer

from tui.views import transcript as reader
from tui.views.text.ink import Span
from tui.widgets.scroll_bar import ScrollBar
from tui.widgets.transcript.content import SLICE
from tui.widgets.transcript.json import TranscriptJson
from tui.widgets.transcript.painter import Highlight

if TYPE_CHECKING:
    from tui.views.transcript.document import Document
    from tui.views.transcript.search.matches import Marks
    from tui.views.transcript.search.search import Search
    from tui.views.transcript.viewport import Place, Viewport

_TOLD_EVERY = 0.25
"""Seconds between two paintings of a growing count."""

_BREATH = 0.002
"""Seconds between two slices: keys get through."""

_PAINTING = 0.015
"""Seconds after the first slice, in which the key that began the search is painted."""


DocumentAction = Callable[["Document"], None]


class TranscriptFind(TranscriptJson):
    """A search with its count and marks; how it is typed is another matter."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(name=name, id=id, classes=classes)
        self._search: Search | None = None
        self._marks: Marks | None = None
        self._text = ""
        self._regex = False
        self._problem = ""
        self._at: tuple[int, int] | None = None
        self._opened: tuple[int, object] | None = None
        self._origin: tuple[Place, Place] | None = None
        self._slices: Timer | None = None
        self._told = 0.0
        self._goes = True

    def search(self, text: str, *, regex: bool = False, go: bool = True) -> None:
        """Search for a text from the cursor on and go to the first match, or stay; an empty text ends the search."""
        self._text, self._regex = text, regex
        self._restart(go=go)

    @property
    def search_text(self) -> str:
        """What is searched for; empty without a search."""
        return self._text

    @property
    def searching(self) -> bool:
        """Whether a search is on."""
        return bool(self._text)

    @property
    def search_done(self) -> bool:
        """Whether all matches are known; also when there is no search."""
        return not self._text or bool(self._problem) or (self._search is not None and self._search.done)

    def clear_search(self) -> None:
        """End the search; what it opened is closed, and the place stays."""
        self._text = ""
        self._restart()

    def action_match(self, step: int) -> None:
        """Go to the next or previous match."""
        step *= self.take_count()
        search = self._search
        if search is None:
            self.say("There is no search: / begins one.")
        elif not search.blocks:
            self.say("Still searching …" if not search.done else "There is no match.")
        else:
            self._go_to(self._from_here(search, step))

    def _from_here(self, search: Search, step: int) -> tuple[int, int] | None:
        if self._at is not None and self.viewport is not None and self._at[0] == self.viewport.cursor[0]:
            return search.after(*self._at, step)
        block = self.viewport.cursor[0] if self.viewport is not None else 0
        first = search.first_from(block)
        if first is None:
            return None
        return search.after(first, 0, step - 1 if step > 0 else step)

    def _back_to_origin(self) -> None:
        if self._origin is not None and self.viewport is not None:
            self.viewport.top, self.viewport.cursor = self._origin
            self.viewport.settle()
            self.repaint()

    def _restart(self, *, go: bool = True) -> None:
        self._goes = go
        self._stop_search()
        self._close_opened()
        self._search = self._marks = self._at = None
        self._problem = ""
        if self._text and self.document is not None:
            try:
                query = reader.compile_query(self._text, regex=self._regex)
            except reader.BadPattern as error:
                self._problem = f"bad pattern: {error}"
            else:
                self._marks = reader.Marks(query.pattern)
                self.when_all_there(lambda document: self._begin(reader.Search(document, query, self._start())))
        self.fit()
        self.repaint(everything=True)

    def _go(self, move: Callable[[Viewport], None]) -> None:
        """Who moves on before a match is found is not taken to it."""
        self._goes = False
        super()._go(move)

    def _go_when_grown(self, move: Callable[[], None]) -> None:
        self._goes = False
        super()._go_when_grown(move)

    def _make_moves_to_come(self) -> None:
        goes = self._goes  # a search that was begun after them goes from where they lead
        super()._make_moves_to_come()
        self._goes = goes

    def _start(self) -> int:
        return self.viewport.cursor[0] if self.viewport is not None else 0

    def _begin(self, search: Search) -> None:
        if self._marks is None or self._marks.pattern is not search.query.pattern:
            return
        self._search = search
        self._search_later(_BREATH, next_delay=_PAINTING)

    def _stop_search(self) -> None:
        if self._slices is not None:
            self._slices.stop()
            self._slices = None

    def _search_later(self, seconds: float, *, next_delay: float = _BREATH) -> None:
        self._slices = self.set_timer(seconds, partial(self._search_on, next_delay))

    def _search_on(self, next_delay: float) -> None:
        search = self._search
        if search is None:
            return
        more = search.step(SLICE)
        if more:
            self._search_later(next_delay)
        else:
            self._stop_search()
            if search.too_slow:
                self._problem = reader.TOO_SLOW
                self.fit()
        if self._goes and self._at is None and (first := search.first_from(self._start())) is not None:
            self._go_to((first, 0))
        elif not more or monotonic() - self._told > _TOLD_EVERY:
            self._tell_count()

    def _tell_count(self) -> None:
        """Paint the count and the map again, and leave the text alone."""
        self._told = monotonic()
        self._frame = None
        width, height = self.size
        self.refresh(Region(width - 1, 0, 1, height), Region(0, height - 1, width, 1))

    def _go_to(self, at: tuple[int, int] | None) -> None:
        search, viewport, marks = self._search, self.viewport, self._marks
        if at is None or search is None or viewport is None or marks is None:
            return
        index, place = at
        document = viewport.document
        self._close_opened(keep=index)
        if document.modes.focused and not document.height(index):
            document.set_focused(False)
            self.say("Everything is shown: the match is not in a question or final answer.")
        block = document.blocks[index]
        if self._opened is None:
            self._opened = (index, block.fold_state())
        else:
            block.restore(self._opened[1])
        hits = search.hits(index)
        if not hits:
            return
        place = min(place, len(hits) - 1)
        found = reader.reveal(block, document.look, hits[place], place, len(hits), search.query.pattern)
        document.changed(index)
        self._at = index, place
        marks.current = (index, found)
        viewport.to((index, found.line))
        self.repaint(everything=True)

    def _close_opened(self, keep: int | None = None) -> None:
        if self._opened is None or self._opened[0] == keep or self.viewport is None:
            return
        index, state = self._opened
        self._opened = None
        document = self.viewport.document
        with self.viewport.held():
            document.blocks[index].restore(state)
            document.changed(index)

    @property
    def paints_ahead(self) -> bool:
        """Not while a regular expression is looked for: the time that it may take is for what is seen."""
        return self._marks is None or not self._regex

    def _is_past_the_end(self, origin: tuple[Place, Place] | None) -> bool:
        blocks = len(self.document.blocks) if self.document is not None else 0
        return origin is not None and max(place[0] for place in origin) >= blocks

    def keep_opened(self) -> None:
        """Leave open what the search opened: it is folded by hand now."""
        self._opened = None

    def on_document_changed(self, *, same: bool) -> None:
        """Search anew in another document; a fresh answer about the same conversation moves nothing."""
        super().on_document_changed(same=same)
        goes = not same or (self._goes and self._at is None)
        if not same or self._is_past_the_end(self._origin):
            self._origin = None
        self._opened = None
        self._restart(go=goes)

    def when_all_there(self, action: DocumentAction) -> None:
        """Do something with the document once all of its blocks are there."""
        document = self.document
        if document is not None:
            self.when_grown(lambda: action(document) if self.document is document else None)

    def highlight(self) -> Highlight | None:
        """What marks matches in a line."""
        marks, document = self._marks, self.document
        if marks is None or document is None:
            return None
        marks.begin_frame()
        return lambda index, number, line: marks.line(document.blocks[index], index, number, line, document.look)

    def bar(self, viewport: Viewport) -> list[Span]:
        """The scroll bar with the map on it."""
        document = viewport.document
        matches = self._search.blocks if self._search is not None else []
        bar = ScrollBar(document.total, viewport.height, viewport.first_line)
        return bar.cells(reader.overview_marks(document, viewport.height, matches))

    def _status(self) -> str:
        if self._problem and self._search is None:
            return "bad pattern"
        if self._search is None:
            return "…" if self._text and self.document is not None else ""
        return reader.search_status(self._search, self._at)
