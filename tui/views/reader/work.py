"""What is done while nobody presses a key: growing, searching, estimating heights, and looking ahead."""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from tui.views import transcript
from tui.views.reader.reader import HURRY, Reader
from tui.views.reader.searching import go_on

if TYPE_CHECKING:
    from tui.views.transcript.document import Document
    from tui.views.transcript.viewport import Place, Viewport

SLICE = 0.002
"""Seconds of work between two pauses while keys must stay quick."""

LEISURE = 0.006
"""Seconds of work between two pauses when nothing has come to the screen for a while."""

PAUSE = 0.004
"""Seconds from one slice to the next: long enough for a key to get through."""

_BREATH = 0.002
"""Seconds between two slices of a search, for which the user waits."""

_PAINTING = 0.015
"""Seconds after the first slice of a search, in which the key that began it is painted."""

_RECENT = 0.3
"""Seconds from a picture on in which another key is likely."""

_GRACE = 0.02
"""Seconds after a picture in which a key that is held comes again."""

_TOLD_EVERY = 0.25
"""Seconds between two paintings of a growing count."""

Prepare = Callable[["Document"], Callable[["Place"], object]]
"""Gives what gets one line of a document ready to be shown."""


class Work:
    """Hands out the slices: a document grows before all else, then each kind of work has its turn."""

    def __init__(self, prepare: Prepare | None = None) -> None:
        self._painted_at = 0.0
        """When the last picture was shown, by `perf_counter`."""
        self._prepare = prepare
        self._kinds = [self._search, self._estimate, self._look_ahead, self._lay_out_next]
        """Whose turn is next comes first; each gives the pause after its slice, or None without one."""
        self._looks_ahead = False
        self._beyond: tuple[Viewport, Iterator[Place]] | None = None
        self._total = 0
        """Lines of the document as the picture shows it."""
        self._searches_from = 0.0
        """When the second slice of a search may come."""
        self._told_at = 0.0

    def painted(self, reader: Reader, *, anew: bool = True) -> None:
        """A picture was shown; one that was made `anew`, and what may be looked at next is another place then."""
        self._painted_at = perf_counter()
        if not anew:
            return
        self._beyond = None
        self._looks_ahead = reader.viewport is not None
        self._total = reader.viewport.document.total if reader.viewport is not None else 0

    def rest(self) -> None:
        """Let go of the document: it was a whole conversation."""
        self._looks_ahead, self._beyond = False, None

    @property
    def looks_ahead(self) -> bool:
        """Whether there is more to prepare of what may be looked at next."""
        return self._looks_ahead

    def waits(self, reader: Reader) -> bool:
        """Whether there is anything to do."""
        document = reader.document
        if document is None:
            return False
        more = document.growing or document.estimating or reader.finder.goes_on or reader.coming.waits
        return self._looks_ahead or more

    def step(self, reader: Reader, seconds: float | None = None) -> float | None:
        """Do one slice of what there is to do; the seconds to pause after it, or None when nothing is left.

        A slice is as long as nobody misses it now, or as is said.
        """
        viewport = reader.viewport
        if viewport is None:
            self.rest()
        elif viewport.document.growing:
            self.rest()  # the picture at the end of the growth begins anew
            reader.grow(viewport, seconds or (HURRY if reader.is_waited_for else self._spare))
        else:
            for _ in range(len(self._kinds)):
                kind = self._kinds[0]
                self._kinds.append(self._kinds.pop(0))
                if (pause := kind(reader, viewport, seconds)) is not None:
                    return pause
        return PAUSE if self.waits(reader) else None

    @property
    def _spare(self) -> float:
        """Seconds that nobody misses now."""
        return SLICE if perf_counter() - self._painted_at < _RECENT else LEISURE

    def _search(self, reader: Reader, _viewport: "Viewport", seconds: float | None) -> float | None:
        finder = reader.finder
        if not finder.goes_on or (seconds is None and perf_counter() < self._searches_from):
            return None
        if finder.search is None:
            self._searches_from = perf_counter() + _PAINTING
        go_on(reader, seconds or SLICE)
        if perf_counter() - self._told_at > _TOLD_EVERY:
            self._told_at = perf_counter()
            reader.news.count = True
        return _BREATH

    def _estimate(self, reader: Reader, viewport: "Viewport", seconds: float | None) -> float | None:
        document = viewport.document
        if not document.estimating:
            return None
        document.estimate_more(seconds or self._spare)
        if not document.estimating:
            reader.repaint()
        return PAUSE

    def _look_ahead(self, reader: Reader, viewport: "Viewport", seconds: float | None) -> float | None:
        if not self._looks_ahead or perf_counter() - self._painted_at < _GRACE:
            return None
        if self._beyond is None or self._beyond[0] is not viewport:
            self._beyond = viewport, transcript.places_ahead(viewport)
        if not self._prepare_some(reader, viewport, self._beyond[1], seconds or SLICE):
            self.rest()
            if viewport.document.total != self._total:
                reader.repaint()  # the bar and the map were drawn from heights that were guessed
        return PAUSE

    def _lay_out_next(self, reader: Reader, viewport: "Viewport", seconds: float | None) -> float | None:
        if not reader.coming.waits or self._looks_ahead or reader.finder.goes_on:
            return None
        reader.coming.step(reader.modes, reader.text_width, viewport.height, seconds or SLICE)
        return PAUSE

    def _prepare_some(self, reader: Reader, viewport: "Viewport", places: "Iterator[Place]", seconds: float) -> bool:
        """Prepare lines for a slice of time; whether there is more."""
        end = perf_counter() + seconds
        # What a regular expression may take of time is for what is seen.
        spares = reader.finder.marks is not None and reader.finder.regex
        document = viewport.document
        prepare = None if self._prepare is None or spares else self._prepare(document)
        for place in places:
            if prepare is not None:
                prepare(place)
            else:
                document.line(*place)
            if perf_counter() >= end:
                return True
        return False
