"""From what is read to strips: gutter, text, map and the line of a search; each line is painted once."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.style import Style
from textual.strip import Strip

from tui.views import transcript
from tui.views.reader import searching
from tui.views.reader.reader import EDGES, Reader
from tui.views.reader.selection import GUTTER
from tui.views.text.ink import Line, Span
from tui.views.transcript.modes import Look
from tui.widgets.palette import Palette
from tui.widgets.scroll_bar import ScrollBar

if TYPE_CHECKING:
    from tui.views.transcript.document import Document
    from tui.views.transcript.viewport import Place, Viewport

_KEPT = 4000
"""Painted lines that are kept."""

_HEADLINE = -1

_CURSOR = {True: Span("▌", "cursor"), False: Span("▌", "rule")}
"""The cursor of a reader that has the keys, and of one that has not."""

_SELECTED = Style(reverse=True)


class Painter:
    """Paints all rows of the reader and keeps painted lines until something changes."""

    def __init__(self, palette: Palette, base: Style, finish: Callable[[Strip], Strip] = lambda strip: strip) -> None:
        """`finish` is done to each strip that is made, once."""
        self._palette = palette
        self._base = base
        self._finish = finish
        self._lines: dict[Place, Strip] = {}
        self._cells: dict[tuple[str, str], Strip] = {}
        self._overview: transcript.Overview | None = None

    def forget(self) -> None:
        """Paint all lines anew."""
        self._lines.clear()
        self._overview = None

    def frame(self, reader: Reader, *, focused: bool) -> list[Strip]:
        """All rows of the pane."""
        below = [self._strip(line, reader.width) for line in searching.lines(reader, focused=focused)]
        rows = min(reader.text_rows, reader.height)
        if reader.viewport is None:
            notice = reader.notice or transcript.NoticeBlock()
            look = Look(max(1, reader.width - EDGES))
            lines = [notice.line(row, look) for row in range(notice.lay_out(look))]
            return [*self._plain(lines, reader.width, rows), *below]
        return [*self._window(reader, reader.viewport, focused=focused), *below]

    def _window(self, reader: Reader, viewport: "Viewport", *, focused: bool) -> list[Strip]:
        document, rows = viewport.document, viewport.rows()
        if reader.finder.marks is not None:
            reader.finder.marks.begin_frame()
        texts = [self.line(reader, document, place) for place in rows]
        if viewport.first_row and viewport.sticky is not None:
            texts[0] = self._sticky(document, viewport.sticky)
        if missing := viewport.height - len(texts):
            texts += [self._strip([], document.look.width + 1)] * missing
        # The bar comes after the lines: it is drawn from heights that were laid out, not from guesses.
        bar, at = self._bar(reader, viewport), viewport.row_of(viewport.cursor)
        frame = [
            Strip.join([self.cursor(shown=row == at, focused=focused), text, self._cell(bar[row])])
            for row, text in enumerate(texts)
        ]
        for row, place in enumerate(rows if reader.selection.span is not None else ()):
            cells = reader.selection.cells(document.line(*place), place)
            if row >= viewport.first_row and cells:
                frame[row] = _reversed(frame[row], cells.start + GUTTER, cells.stop + GUTTER)
        return frame

    def line(self, reader: Reader, document: "Document", place: "Place") -> Strip:
        """The strip of one line of the document, without its edges."""
        strip = self._lines.get(place)
        if strip is None:
            index, number = place
            line, marks = document.line(*place), reader.finder.marks
            if marks is not None:
                line = marks.line(document.blocks[index], index, number, line, document.look)
            strip = self._strip(line, document.look.width + 1)
            if len(self._lines) >= _KEPT:
                self._lines.clear()
            self._lines[place] = strip
        return strip

    def _sticky(self, document: "Document", index: int) -> Strip:
        """The line of the turn that has scrolled out above, kept in the place before its lines."""
        strip = self._lines.get((index, _HEADLINE))
        if strip is None:
            block, width = document.blocks[index], document.look.width
            line = block.headline(width, dated=True) if isinstance(block, transcript.TurnBlock) else []
            strip = self._lines[index, _HEADLINE] = self._strip(line, width + 1)
        return strip

    def cursor(self, *, shown: bool, focused: bool) -> Strip:
        """The gutter of a row: the cursor, or nothing."""
        return self._cell(_CURSOR[focused] if shown else Span(" "))

    def _cell(self, span: Span) -> Strip:
        """One cell of an edge."""
        key = (span.text, span.ink)
        strip = self._cells.get(key)
        if strip is None:
            strip = self._cells[key] = self._strip([span], 1)
        return strip

    def _bar(self, reader: Reader, viewport: "Viewport") -> list[Span]:
        """The cells of the right edge: the scroll bar with the map on it."""
        matches = reader.finder.search.blocks if reader.finder.search is not None else ()
        self._overview = self._overview or transcript.Overview()
        return bar_of(viewport).cells(self._overview.marks(viewport.document, viewport.height, matches))

    def _strip(self, line: Line, width: int) -> Strip:
        return self._finish(self._palette.strip(line, width, self._base))

    def _plain(self, lines: list[Line], width: int, height: int) -> list[Strip]:
        """A few lines with nothing beside them, as for a pane without a conversation."""
        strips = [self._strip([Span(" "), *line], width) for line in lines[:height]]
        return [*strips, *([self._strip([], width)] * (height - len(strips)))]


def bar_of(viewport: "Viewport") -> ScrollBar:
    """The scroll bar beside a window."""
    return ScrollBar(viewport.document.total, viewport.height, viewport.first_line)


def _reversed(strip: Strip, start: int, stop: int) -> Strip:
    return Strip.join([strip.crop(0, start), strip.crop(start, stop).apply_style(_SELECTED), strip.crop(stop)])
