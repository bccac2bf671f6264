"""What is likely to be looked at next is painted while nobody presses a key, so that a page costs no wait."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from textual.strip import Strip
from textual.timer import Timer

from tui.views.transcript.ahead import places_ahead
from tui.widgets.transcript.content import PAUSE, SLICE, TranscriptContent

if TYPE_CHECKING:
    from tui.views.transcript.viewport import Place, Viewport


_GRACE = 0.02
"""Seconds after a picture in which a key that is held comes again."""


class TranscriptAhead(TranscriptContent):
    """Looks ahead in slices of time after each new picture; nothing of it is sent to the terminal."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(name=name, id=id, classes=classes)
        self._ahead: Timer | None = None
        self._beyond: tuple[Viewport, Iterator[Place]] | None = None
        self._total = 0
        """Lines of the document as the picture shows it."""

    @property
    def paints_ahead(self) -> bool:
        """Hook: whether lines are painted, too; else they are only laid out."""
        return True

    @property
    def looks_ahead(self) -> bool:
        """Whether there is more to prepare."""
        return self._ahead is not None

    def _build(self) -> list[Strip]:
        self._beyond = None
        if self._ahead is None and self.viewport is not None:
            self._ahead = self.set_interval(PAUSE, self._look_ahead)
        frame = super()._build()
        self._total = self.viewport.document.total if self.viewport is not None else 0
        return frame

    def _look_ahead(self) -> None:
        viewport = self.viewport
        if viewport is None or viewport.document.growing:
            self._rest()  # the picture at the end of the growth begins anew
            return
        if perf_counter() - self.painted_at < _GRACE:
            return
        if self._beyond is None or self._beyond[0] is not viewport:
            self._beyond = viewport, places_ahead(viewport)
        if not self._paint_some(*self._beyond):
            self._rest()
            if viewport.document.total != self._total:
                self.repaint()  # the bar and the map were drawn from heights that were guessed

    def _paint_some(self, viewport: Viewport, places: Iterator[Place]) -> bool:
        """Paint for a slice of time; whether there is more."""
        end = perf_counter() + SLICE
        painter, highlight = self.painter(), self.highlight() if self.paints_ahead else None
        for place in places:
            if self.paints_ahead:
                painter.text(viewport.document, place, highlight)
            else:
                viewport.document.line(*place)
            if perf_counter() >= end:
                return True
        return False

    def _rest(self) -> None:
        self._beyond = None  # it holds on to a whole conversation
        if self._ahead is not None:
            self._ahead.stop()
            self._ahead = None

    def on_document_changed(self, *, same: bool) -> None:
        """Let go of the document of before, also where no picture is made of the new one."""
        super().on_document_changed(same=same)
        self._rest()

    def on_unmount(self) -> None:
        """Look no further."""
        self._rest()
