"""The reader of a conversation as plain state: what is shown, where in it one is, and what is waited for."""

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from tui.terminal.input.keymap import Departures
from tui.views import transcript
from tui.views.reader.coming import Coming
from tui.views.reader.find import Finder
from tui.views.reader.news import News
from tui.views.reader.selection import Selection
from tui.views.text.ink import Line, Span
from tui.views.transcript.modes import Modes

if TYPE_CHECKING:
    from tui.api.conversation import Conversation
    from tui.views.transcript.blocks.notice import NoticeBlock
    from tui.views.transcript.document import Document
    from tui.views.transcript.viewport import Place, Viewport

EDGES = 3
"""Cells beside the text: the gutter with the cursor on the left, a blank and the map on the right."""

FIRST_SLICE = 0.020
"""Seconds that the first screen may take; the rest grows in slices."""

HURRY = 0.012
"""Seconds of work between two pauses when the user waits for the end of the document."""

_REACH = 0.2
"""Seconds that may pass at once until a fresh answer is laid out as far as the user reads; else it is gone to later."""


class Reader:
    """One conversation, or a sentence in its place; commands are functions that get it.

    What came of them is in `news`, which whoever shows it takes.
    """

    def __init__(self) -> None:
        self.modes = Modes()
        self.viewport: Viewport | None = None
        self.notice: NoticeBlock | None = None
        """What is said in the place of a conversation."""
        self.finder = Finder()
        self.coming = Coming()
        self.selection = Selection()
        self.news = News()
        self.departures = Departures()
        self.count = ""
        """The digits typed so far of a count."""
        self.width = 0
        """Cells of the pane; nothing is laid out for it before they are known."""
        self.height = 0
        """Rows of the pane, that of a search included."""
        self.end_of_failed: tuple[Place, int] | None = None
        """The line and the direction in which there was no failed tool call any more when one was asked for last."""
        self.goes_on = True
        """Whether whoever asks for a failed call behind the last one is led to another conversation."""
        self.verdicts_of: Callable[[Conversation], Mapping[int | None, Sequence[Line]]] = lambda _: {}
        """What reviewers said of a conversation and its turns, by query_id; None stands for the conversation."""
        self._raw: bytes | None = None
        self._failed = False
        self._waiting: list[Callable[[], None]] = []
        """What is to be done once the whole document is known."""
        self._moves_to_come: list[Callable[[], None]] = []
        """Moves that need the whole document, until the user moves otherwise."""

    # what is shown

    @property
    def document(self) -> "Document | None":
        """The conversation that is shown, if any."""
        return None if self.viewport is None else self.viewport.document

    @property
    def position(self) -> str:
        """Where the user reads: `turn 3/6 · 41 %`; nothing without a conversation."""
        return self.viewport.position() if self.viewport is not None else ""

    @property
    def json_path(self) -> str:
        """The tool and the path of the JSON value under the cursor: `retrieval › results[3].score`; else nothing."""
        if self.viewport is None:
            return ""
        index, line = self.viewport.cursor
        block = self.viewport.document.blocks[index]
        path = block.path_at(line, self.viewport.document.look)
        return f"{block.name} › {path.removeprefix('$.')}" if path and isinstance(block, transcript.ToolBlock) else ""

    def show(self, conversation: "Conversation", raw: bytes | None, people: Mapping[str, str]) -> None:
        """Show a conversation; `raw` None says that its history is on its way: the next call fills it in, in place."""
        before = self.viewport
        same = before is not None and before.document.conversation.id == conversation.id
        unchanged = same and before is not None and before.document.conversation == conversation and raw == self._raw
        if unchanged and not self._failed:
            return
        self._raw, self._failed, self.notice, self._waiting = raw, False, None, []
        document = self.coming.take(conversation, raw, people, self.modes, self.text_width)
        if verdicts := self.verdicts_of(conversation):
            transcript.show_in(document, verdicts)
        self.viewport = transcript.Viewport(document, self.text_rows)
        if same and before is not None:
            document.take_folds(before.document)
        if document.growing:
            document.grow(FIRST_SLICE, lines=2 * self.viewport.height)
        if same and before is not None:
            self._take_place(before, self.viewport)
        self._document_changed(same=same)
        self.repaint()

    def expect(self, conversation: "Conversation", raw: bytes, people: Mapping[str, str]) -> None:
        """This one will be read next, it seems: it is laid out ahead."""
        self.coming.expect(conversation, raw, people)

    def _take_place(self, before: "Viewport", viewport: "Viewport") -> None:
        if before.top == before.first() and before.cursor == before.first():
            return
        document, end = viewport.document, perf_counter() + _REACH
        while not before.is_reached_by(document) and not document.complete and perf_counter() < end:
            document.grow(HURRY)
        if before.is_reached_by(document):
            viewport.look_where(before)
        else:
            cursor = viewport.cursor
            self.when_grown(lambda: self._take_place_later(before, viewport, cursor))

    def _take_place_later(self, before: "Viewport", viewport: "Viewport", cursor: "Place") -> None:
        if self.viewport is viewport and viewport.cursor == cursor and before.is_reached_by(viewport.document):
            viewport.look_where(before)
            self.repaint(everything=True)

    def _document_changed(self, *, same: bool) -> None:
        self.news.is_another = True
        self.selection.clear()
        self._moves_to_come = []
        self.finder.document_changed(self.viewport, same=same)
        self.fit()
        self.repaint(everything=True)

    def fail(self, title: str, hint: str, detail: str) -> None:
        """Say why the history could not be had, below what is known of the conversation."""
        self._failed = True
        self._put(transcript.NoticeBlock(Span(title, "failed"), Span(detail, "muted"), Span(hint)))

    def wait(self, words: str) -> None:
        """Say what the history is waited for, below what is known of the conversation."""
        self._put(transcript.NoticeBlock(Span("The history is on its way …", "muted"), Span(words, "warning")))

    def _put(self, notice: "NoticeBlock") -> None:
        """In place of a history that is not here."""
        if self.document is None:
            self.notice = notice
        else:
            self.document.set_notice(notice)
        self.repaint(everything=True)

    def show_nothing(self, *paragraphs: Span | str) -> None:
        """Show some words instead of a conversation."""
        self._waiting = []
        self._raw = self.viewport = None
        spans = [Span(one, "muted") if isinstance(one, str) else one for one in paragraphs]
        self.notice = transcript.NoticeBlock(*spans)
        self._document_changed(same=False)

    def refresh_people(self, people: Mapping[str, str]) -> None:
        """Take e-mail addresses in for bare ids."""
        if self.viewport is not None:
            with self.viewport.held():
                self.viewport.document.set_people(people)
            self.repaint(everything=True)

    def refresh_feedback(self) -> None:
        """What people said is known, or known anew."""
        if self.viewport is not None:
            with self.viewport.held():
                self.viewport.document.feedback.show(self.viewport.document)
            self.repaint(everything=True)

    # the pane

    @property
    def text_width(self) -> int:
        """Cells of a line of text; 0 while those of the pane are not known."""
        return max(1, self.width - EDGES) if self.width else 0

    @property
    def text_rows(self) -> int:
        """Rows for the text itself: all but those of a search."""
        return max(1, self.height - self.search_rows)

    @property
    def search_rows(self) -> int:
        """Rows below the text: what is searched for, and what is wrong with it."""
        if not self.finder.is_typing and (self.viewport is None or not self.finder.text):
            return 0
        return 1 + len(self.finder.notice_lines(self.width, self.height))

    def resize(self, width: int, height: int) -> None:
        """Take another size over; the line under the cursor stays on its row."""
        self.width, self.height = width, height
        self.fit()

    def fit(self) -> None:
        """Lay out what is seen for the rows that the search leaves, and the width."""
        viewport = self.viewport
        changed = False
        if viewport is not None and self.width:
            taller = self.text_rows != viewport.height
            with viewport.held(fill=taller):
                viewport.height = self.text_rows
                changed = viewport.document.set_width(self.text_width)
        self.repaint(everything=changed)

    def repaint(self, *, everything: bool = False) -> None:
        """All rows look different; with `everything` also lines that were painted before."""
        self.news.window = True
        if everything:
            self.news.everything = True
            self.selection.layout_changed()

    def say(self, words: str) -> None:
        """Tell the user something small that is no error."""
        self.news.words.append(words)

    # moves and changes

    def take_count(self) -> int:
        """The count typed before this command, else one."""
        count, self.count = self.count, ""
        return int(count) if count else 1

    def go(self, move: "Callable[[Viewport], None]") -> None:
        """Move now: what was to come is not gone to any more, and neither is a match that is not found yet."""
        self._moves_to_come = []
        self.finder.goes = False
        viewport = self.viewport
        if viewport is None:
            return
        top, row = viewport.top, viewport.row_of(viewport.cursor)
        move(viewport)
        now = viewport.row_of(viewport.cursor)
        if viewport.top != top or now is None or row is None:
            self.repaint()
        elif now != row:
            self.news.rows |= {row, now}

    def go_when_grown(self, move: Callable[[], None]) -> None:
        """Move once the whole document is known, unless the user moves otherwise before that."""
        self.finder.goes = False
        self._moves_to_come.append(move)
        self.when_grown(self._make_moves_to_come)

    def _make_moves_to_come(self) -> None:
        goes = self.finder.goes  # a search that was begun after them goes from where they lead
        moves, self._moves_to_come = self._moves_to_come, []
        for move in moves:
            move()
        self.finder.goes = goes

    def change(self, change: "Callable[[Document], object]") -> None:
        """Change what is shown; the line under the cursor stays where it is on the screen."""
        self.count = ""
        if self.viewport is not None:
            with self.viewport.held():
                change(self.viewport.document)
            self.repaint(everything=True)

    # growth

    def when_grown(self, action: Callable[[], None]) -> None:
        """Do something once the whole document is known: now, or soon while it grows faster."""
        if self.document is not None and self.document.growing:
            self._waiting.append(action)
        else:
            action()

    @property
    def is_waited_for(self) -> bool:
        """Whether the end of the document is waited for while it grows."""
        return bool(self._waiting) or self.finder.goes_on

    def grow(self, viewport: "Viewport", seconds: float) -> None:
        """Take more of the conversation in for so many seconds; at its end what waited for it is done."""
        with viewport.held():
            more = viewport.document.grow(seconds)
        if not more:
            self.repaint(everything=True)
            waiting, self._waiting = self._waiting, []
            for action in waiting:
                action()
