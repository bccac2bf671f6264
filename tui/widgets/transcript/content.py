"""What a transcript shows: a conversation whose document grows in slices, or a sentence in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from textual.timer import Timer

from tui.views import transcript as reader
from tui.views.text.ink import Span
from tui.widgets.transcript.base import TranscriptBase
from tui.widgets.transcript.painter import EDGES

if TYPE_CHECKING:
    from tui.api.models import Conversation
    from tui.views.transcript.document import Document
    from tui.views.transcript.viewport import Place, Viewport

FIRST_SLICE = 0.020
"""Seconds that the first screen may take; the rest grows in slices."""

SLICE = 0.002
"""Seconds of work between two pauses while keys must stay quick."""

LEISURE = 0.006
"""Seconds of work between two pauses when nothing has come to the screen for a while."""

_RECENT = 0.3
"""Seconds from a picture on in which another key is likely."""

HURRY = 0.012
"""Seconds of work between two pauses when somebody waits for the end of the document."""

PAUSE = 0.004
"""Seconds from one slice to the next: long enough for a key to get through."""

_REACH = 0.2
"""Seconds that may pass at once until a fresh answer is laid out as far as somebody reads; else it is gone to later."""


class TranscriptContent(TranscriptBase):
    """Takes conversations and keeps the place in them while they grow."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(name=name, id=id, classes=classes)
        self._raw: bytes | None = None
        self._failed = False
        self._growth: Timer | None = None
        self._waiting: list[Callable[[], None]] = []
        """What is to be done once the whole document is known."""

    def show(self, conversation: Conversation, raw: bytes | None, people: Mapping[str, str]) -> None:
        """Show a conversation; `raw` None says that its history is on its way: the next call fills it in, in place."""
        before = self.viewport
        same = before is not None and before.document.conversation.id == conversation.id
        unchanged = same and before is not None and before.document.conversation == conversation and raw == self._raw
        if unchanged and not self._failed:
            return
        self._raw = raw
        self._failed = False
        self._notice = None
        self._waiting = []
        document = reader.Document(conversation, raw, people, self.modes)
        if self.size.width:
            document.set_width(max(1, self.size.width - EDGES))
        self.viewport = reader.Viewport(document, self.text_rows)
        if same and before is not None:
            document.take_folds(before.document)
        document.grow(FIRST_SLICE, lines=2 * self.viewport.height)
        if same and before is not None:
            self._take_place(before)
        self.on_document_changed(same=same)
        self._start_growth()
        self.repaint()

    def _take_place(self, before: Viewport) -> None:
        viewport = self.viewport
        assert viewport is not None
        if before.top == before.first() and before.cursor == before.first():
            return
        document, end = viewport.document, perf_counter() + _REACH
        while not _reaches(document, before) and not document.complete and perf_counter() < end:
            document.grow(HURRY)
        if _reaches(document, before):
            _go_to_place_of(before, viewport)
        else:
            self.when_grown(partial(self._take_place_later, before, viewport, viewport.cursor))

    def _take_place_later(self, before: Viewport, viewport: Viewport, cursor: Place) -> None:
        if self.viewport is viewport and viewport.cursor == cursor and _reaches(viewport.document, before):
            _go_to_place_of(before, viewport)
            self.repaint(everything=True)

    def on_document_changed(self, *, same: bool) -> None:
        """Hook: another document stands where one was, of the `same` conversation or not."""

    def fail(self, title: str, hint: str, detail: str) -> None:
        """Say why the history could not be had, below what is known of the conversation."""
        self._failed = True
        notice = reader.NoticeBlock(Span(title, "failed"), Span(detail, "muted"), Span(hint))
        if self.document is None:
            self._notice = notice
        else:
            self.document.set_notice(notice)
        self.repaint(everything=True)

    def show_nothing(self, *paragraphs: Span | str) -> None:
        """Show some words instead of a conversation."""
        self._stop_growth()
        self._waiting = []
        self._raw = None
        self.viewport = None
        self._notice = reader.NoticeBlock(*(Span(one, "muted") if isinstance(one, str) else one for one in paragraphs))
        self.on_document_changed(same=False)
        self.repaint(everything=True)

    def refresh_people(self, people: Mapping[str, str]) -> None:
        """Take e-mail addresses in for bare ids."""
        if self.viewport is not None:
            with self.viewport.held():
                self.viewport.document.set_people(people)
            self.repaint(everything=True)

    # growth

    def _start_growth(self) -> None:
        self._stop_growth()
        document = self.document
        if document is not None and (document.growing or document.estimating) and self.is_attached:
            self._growth = self.set_interval(PAUSE, self._grow)

    def fit(self) -> None:
        """Take the current size over; heights far away follow in slices."""
        super().fit()
        if self._growth is None:
            self._start_growth()

    def _stop_growth(self) -> None:
        if self._growth is not None:
            self._growth.stop()
            self._growth = None

    def _grow(self) -> None:
        viewport = self.viewport
        if viewport is None or self._growth is None:
            return
        if not viewport.document.growing:
            self._estimate(viewport)
            return
        with viewport.held():
            more = viewport.document.grow(HURRY if self._waiting else self._spare)
        if not more:
            if not viewport.document.estimating:
                self._stop_growth()
            self.on_grown()
            self.repaint(everything=True)
            waiting, self._waiting = self._waiting, []
            for action in waiting:
                action()

    @property
    def _spare(self) -> float:
        """Seconds that nobody misses now."""
        return SLICE if perf_counter() - self.painted_at < _RECENT else LEISURE

    def _estimate(self, viewport: Viewport) -> None:
        viewport.document.estimate_more(self._spare)
        if not viewport.document.estimating:
            self._stop_growth()
            self.repaint()

    def on_grown(self) -> None:
        """Hook: all of the document is known."""

    def when_grown(self, action: Callable[[], None]) -> None:
        """Do something once the whole document is known: now, or soon while it grows faster."""
        if self.document is not None and self.document.growing:
            self._waiting.append(action)
        else:
            action()

    def on_mount(self) -> None:
        """Begin to grow what was given before."""
        self._start_growth()

    def on_unmount(self) -> None:
        """Stop the growth."""
        self._stop_growth()


def _reaches(document: Document, before: Viewport) -> bool:
    """Whether the document is laid out as far as somebody read in an earlier one."""
    return max(before.top[0], before.cursor[0]) < len(document.blocks)


def _go_to_place_of(before: Viewport, viewport: Viewport) -> None:
    viewport.top, viewport.cursor = before.top, before.cursor
    viewport.settle()
