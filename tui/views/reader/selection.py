"""Text that is selected with the mouse; what is copied of it is told by `views.export.selected`."""

from typing import TYPE_CHECKING

from tui.views.text.ink import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.views.export.selected import Spot
    from tui.views.transcript.document import Document
    from tui.views.transcript.viewport import Place, Viewport

GUTTER = 1
"""Cells at the left of a row, before its line begins."""


class Selection:
    """Where it begins and ends, from the button that went down on."""

    def __init__(self) -> None:
        self.pressed: Spot | None = None
        """Where the button went down, as long as it is down."""
        self.span: tuple[Spot, Spot] | None = None
        """The first cell, and the one behind the last, in the order of the document."""

    def clear(self) -> bool:
        """Forget what is selected; whether anything was."""
        had = self.span is not None
        self.pressed = self.span = None
        return had

    def layout_changed(self) -> None:
        """It would be on other lines now, unless it is still being made."""
        if self.pressed is None:
            self.span = None

    def press(self, viewport: "Viewport", x: int, y: int) -> None:
        """A selection may begin at a cell of a row."""
        self.pressed = _spot(viewport, x, y)

    def drag(self, viewport: "Viewport", x: int, y: int) -> bool:
        """Select from where the button went down to a cell of a row; whether that is another selection."""
        spot = _spot(viewport, x, max(viewport.first_row, min(y, viewport.height - 1)))
        if self.pressed is None or spot is None:
            return False
        (first, start), (last, end) = sorted((self.pressed, spot))
        self.span = (first, start), (last, end + 1)
        return True

    def cells(self, line: Line, place: "Place") -> range:
        """The selected cells of a line, but for the bar at its left."""
        from tui.views.export.selected import selected_cells

        return range(0) if self.span is None else selected_cells(line, place, *self.span)

    def copied(self, document: "Document") -> "Callable[[], str] | None":
        """What makes the text that is selected, as it was written; None where nothing is."""
        from tui.views.export.selected import selection

        return None if self.span is None else selection(document, *self.span)


def _spot(viewport: "Viewport", x: int, y: int) -> "Spot | None":
    rows = viewport.rows()
    if not rows or y < viewport.first_row:
        return None
    return rows[min(y, len(rows) - 1)], max(0, x - GUTTER)
