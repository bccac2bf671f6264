"""From a window on a transcript to strips: gutter, text and map, each line painted once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.style import Style
from textual.strip import Strip

from tui.views import transcript as reader
from tui.views.text.ink import Line, Span
from tui.widgets.palette import Palette

if TYPE_CHECKING:
    from tui.views.transcript.document import Document
    from tui.views.transcript.viewport import Place, Viewport

EDGES = 3
"""Cells beside the text: the gutter with the cursor on the left, a blank and the map on the right."""

_KEPT = 4000
"""Painted lines that are kept."""

Highlight = Callable[[int, int, Line], Line]
"""Marks what is searched for in a line of a block."""


class Painter:
    """Paints the rows of a window and keeps painted lines until something changes."""

    def __init__(self, palette: Palette, base: Style) -> None:
        self.palette = palette
        self.base = base
        self._lines: dict[Place, Strip] = {}
        self._cells: dict[tuple[str, str], Strip] = {}

    def forget(self) -> None:
        """Paint all lines anew."""
        self._lines.clear()

    def text(self, document: Document, place: Place, highlight: Highlight | None) -> Strip:
        """The strip of one line of the document, without its edges."""
        strip = self._lines.get(place)
        if strip is None:
            line = document.line(*place)
            if highlight is not None:
                line = highlight(*place, line)
            strip = self.palette.strip(line, document.look.width + 1, self.base)
            if len(self._lines) >= _KEPT:
                self._lines.clear()
            self._lines[place] = strip
        return strip

    def sticky(self, document: Document, index: int) -> Strip:
        """The line of the turn that has scrolled out above."""
        block = document.blocks[index]
        line = block.headline(document.look.width, dated=True) if isinstance(block, reader.TurnBlock) else []
        return self.palette.strip(line, document.look.width + 1, self.base)

    def cell(self, span: Span) -> Strip:
        """One cell of an edge."""
        key = (span.text, span.ink)
        strip = self._cells.get(key)
        if strip is None:
            strip = self._cells[key] = self.palette.strip([span], 1, self.base)
        return strip

    def frame(self, viewport: Viewport, cursor: Span, bar: list[Span], highlight: Highlight | None) -> list[Strip]:
        """All rows of the window."""
        document = viewport.document
        rows = viewport.rows()
        texts = [self.text(document, place, highlight) for place in rows]
        if viewport.first_row and viewport.sticky is not None:
            texts[0] = self.sticky(document, viewport.sticky)
        blank = Strip.blank(document.look.width + 1, self.base)
        texts += [blank] * (viewport.height - len(texts))
        cursor_row = viewport.row_of(viewport.cursor)
        return [
            Strip.join([self.cell(cursor if row == cursor_row else Span(" ")), text, self.cell(bar[row])])
            for row, text in enumerate(texts)
        ]

    def plain(self, lines: list[Line], width: int, height: int) -> list[Strip]:
        """A few lines with nothing beside them, as for a pane without a conversation."""
        strips = [self.palette.strip([Span(" "), *line], width, self.base) for line in lines[:height]]
        return [*strips, *([Strip.blank(width, self.base)] * (height - len(strips)))]
