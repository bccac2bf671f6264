"""A search in what is read: in slices, to the first match at once, opening what hides a match and closing it again."""

from typing import TYPE_CHECKING

from tui.views import transcript
from tui.views.text.ink import Line
from tui.views.transcript.kinds import HEADER

if TYPE_CHECKING:
    from tui.views.transcript.document import Document
    from tui.views.transcript.search.matches import Marks
    from tui.views.transcript.search.query import Query
    from tui.views.transcript.search.search import Search
    from tui.views.transcript.viewport import Place, Viewport

EVERYTHING_SHOWN = "Everything is shown: the match is not in a question or final answer."


class Finder:
    """What is searched for, what was found, and what was done for it."""

    def __init__(self) -> None:
        self.text = ""
        """What is searched for; empty without a search."""
        self.regex = False
        self.is_typing = False
        """Whether the user is typing it."""
        self.problem = ""
        """What is wrong with the pattern."""
        self.query: Query | None = None
        self.search: Search | None = None
        """What was found; None until the whole document is there."""
        self.marks: Marks | None = None
        self.at: tuple[int, int] | None = None
        """The block of the match that was gone to, and which of its matches it is."""
        self.goes = True
        """Whether the first match is gone to when it is found; not for who has moved on."""
        self.origin: tuple[Place, Place] | None = None
        """The first line and the cursor where the search was begun."""
        self._opened: tuple[int, object] | None = None
        """The block that is open for a match, and how it was folded before."""
        self.shows_details = False
        """Whether every field is told for a match only, and not because it is wanted."""

    @property
    def done(self) -> bool:
        """Whether all matches are known; also when there is no search."""
        return not self.text or bool(self.problem) or (self.search is not None and self.search.done)

    @property
    def goes_on(self) -> bool:
        """Whether there is more to search."""
        return self.query is not None and (self.search is None or not self.search.done)

    def restart(self, viewport: "Viewport | None", *, go: bool) -> None:
        """Search anew for the text, as it is now; an empty one ends the search."""
        self.goes = go
        self._close_opened(viewport)
        self.query = self.search = self.marks = self.at = None
        self.problem = ""
        if self.text and viewport is not None:
            try:
                self.query = transcript.compile_query(self.text, regex=self.regex)
            except transcript.BadPattern as error:
                self.problem = f"bad pattern: {error}"
            else:
                self.marks = transcript.Marks(self.query.pattern)

    def document_changed(self, viewport: "Viewport | None", *, same: bool) -> None:
        """Search anew in another document; a fresh answer about the `same` conversation moves nothing."""
        if not same or self._is_past_the_end(viewport):
            self.origin = None
        self._opened = None
        if not same:
            self._close_opened(viewport)
        self.restart(viewport, go=not same or (self.goes and self.at is None))

    def _is_past_the_end(self, viewport: "Viewport | None") -> bool:
        blocks = len(viewport.document.blocks) if viewport is not None else 0
        return self.origin is not None and max(place[0] for place in self.origin) >= blocks

    def step(self, viewport: "Viewport", seconds: float) -> bool:
        """Search for a slice of time in a document that is there as a whole; whether there is more to search."""
        if self.query is None:
            return False
        if self.search is None:
            self.search = transcript.Search(viewport.document, self.query, viewport.cursor[0])
        more = self.search.step(seconds)
        if self.search.too_slow:
            self.problem = transcript.TOO_SLOW
        return more

    def first(self, viewport: "Viewport") -> tuple[int, int] | None:
        """The match that is to be gone to now that it was found."""
        if not self.goes or self.at is not None or self.search is None:
            return None
        block = self.search.first_from(viewport.cursor[0])
        return (block, 0) if block is not None else None

    def next(self, viewport: "Viewport", step: int) -> tuple[int, int] | None:
        """The match so many further on from the cursor or, negative, back."""
        if self.search is None:
            return None
        if self.at is not None and self.at[0] == viewport.cursor[0]:
            return self.search.after(*self.at, step)
        first = self.search.first_from(viewport.cursor[0])
        return self.search.after(first, 0, step - 1 if step > 0 else step) if first is not None else None

    def go_to(self, viewport: "Viewport", at: tuple[int, int]) -> str:
        """Put the cursor on a match and open what hides it; words where more than that had to be shown."""
        search, marks = self.search, self.marks
        if search is None or marks is None:
            return ""
        index, place = at
        document, words = viewport.document, ""
        self._close_opened(viewport, keep=index)
        if document.modes.focused and not document.height(index):
            document.set_focused(False)
            words = EVERYTHING_SHOWN
        brief = not document.modes.details
        document.uncover(index)
        block = document.blocks[index]
        if self._opened is None:
            self._opened = (index, block.fold_state())
        else:
            block.restore(self._opened[1])
        hits = search.hits(index)
        if not hits:
            return words
        place = min(place, len(hits) - 1)
        if block.kind == HEADER and not transcript.is_shown(block, document.look, place, search.query.pattern):
            document.set_details(True)
        self.shows_details |= brief and document.modes.details
        found = transcript.reveal(block, document.look, hits, place, search.query.pattern)
        document.changed(index)
        self.at = index, place
        marks.current = (index, found)
        viewport.to((index, found.line))
        return words

    def _close_opened(self, viewport: "Viewport | None", keep: int | None = None) -> None:
        opened, details = self._opened, self.shows_details
        if viewport is None or not (opened or details) or (opened and opened[0] == keep):
            return
        self._opened, self.shows_details = None, False
        with viewport.held():
            if opened is not None:
                viewport.document.blocks[opened[0]].restore(opened[1])
                viewport.document.changed(opened[0])
            if details:
                viewport.document.set_details(False)

    def keep_opened(self) -> None:
        """Leave open what the search opened: it is folded by hand now."""
        self._opened = None

    def status(self, document: "Document | None") -> str:
        """`3/17 regex`: where one is among the matches, and how the text is meant."""
        if self.search is not None:
            words = transcript.search_status(self.search, self.at)
        elif self.problem:
            words = "bad pattern"
        else:
            words = "…" if self.text and document is not None else ""
        return f"{words}{' regex' if self.regex else ''}".lstrip()

    def notice_lines(self, width: int, height: int) -> list[Line]:
        """What is wrong with the pattern, as far as there is room beside the text."""
        return transcript.notice_lines(self.problem, width)[: max(0, height - 2)]
