"""Turns the rows of the list into strips, and keeps those of the rows around."""

from datetime import UTC, datetime

from rich.style import Style
from textual.strip import Strip

from tui.store.rows import Row
from tui.views.conversation_row import Density, RowStyle, row_lines
from tui.views.ink import Span
from tui.widgets.palette import Palette

_KEPT = 400
_STALE_AFTER = 60
"""Seconds after which "2m ago" has to be worked out again."""


class RowPainter:
    """Paints rows in one width, density and palette; `begin` again when one of them changes."""

    def __init__(self) -> None:
        self.density = Density.ROWS
        self.style = RowStyle(1, Density.ROWS, datetime.now(UTC))
        self._palette = Palette({})
        self._focused = False
        self.width = 1
        self._strips: dict[tuple[int, bool], tuple[Row, list[Strip]]] = {}

    def begin(self, palette: Palette, width: int, *, focused: bool) -> None:
        """Paint for this palette, width in cells and focus from here on."""
        self._palette, self.width, self._focused = palette, width, focused
        self.style = RowStyle(max(1, width - 1), self.density, datetime.now(UTC))
        self._strips.clear()

    def strips(self, index: int, row: Row | None, base: Style, *, cursor: bool, failed: bool) -> list[Strip]:
        """The lines of a row; None is a placeholder, which is never kept."""
        cached = self._strips.get((index, cursor))
        if cached is not None and cached[0] is row:
            return cached[1]
        if len(self._strips) > _KEPT or (datetime.now(UTC) - self.style.now).total_seconds() > _STALE_AFTER:
            self.begin(self._palette, self.width, focused=self._focused)
        marker = Span("▌", "cursor" if self._focused else "muted") if cursor else Span(" ")
        lines = row_lines(index, row, self.style, failed=failed)
        strips = [self._palette.strip([marker, *line], self.width, base) for line in lines]
        if row is not None:
            self._strips[(index, cursor)] = (row, strips)
        return strips
