"""The upper edge of a pane: a rule with the pane's title in it, and at its right end where one is."""

from textual.strip import Strip

from tui.views.ink import Line, Span
from tui.views.wrap import cell_width, crop_line, line_width
from tui.widgets.line_widget import LineWidget


class PaneEdge(LineWidget):
    """One line; only what has changed in it is painted. Its right end goes where a title that counts needs the room."""

    def __init__(
        self,
        title: str,
        *,
        title_counts: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self._title_counts = title_counts
        self._title = title
        self._right: Line = []
        self._active = False
        self._joined = False

    def show(
        self,
        title: str | None = None,
        right: Line | None = None,
        *,
        active: bool | None = None,
        joined: bool | None = None,
    ) -> None:
        """Take over what is given: cleaned title, right end, whether the keys go here, whether a pane stands left."""
        new = (
            self._title if title is None else title,
            self._right if right is None else right,
            self._active if active is None else active,
            self._joined if joined is None else joined,
        )
        if new != (self._title, self._right, self._active, self._joined):
            self._title, self._right, self._active, self._joined = new
            self.refresh()

    def paint_line(self, y: int) -> Strip:
        """The edge."""
        width = self.size.width
        rule = "accent" if self._active else "rule"
        line: Line = [Span("┬─ " if self._joined else "── ", rule)]
        title_width = cell_width(self._title)
        wish = title_width + line_width(self._right) + 10
        right = self._right if wish <= width or (title_width > width // 2 and not self._title_counts) else []
        right = crop_line(right, max(0, width // 2))
        right = right if line_width(right) else []
        taken = line_width(right) + 3 if right else 0
        title = Span(self._title, "accent strong" if self._active else "text strong")
        line += crop_line([title], max(4, width - line_width(line) - taken - 2))
        line += [Span(" " + "─" * max(0, width - line_width(line) - taken - 1), rule)]
        if right:
            line += [Span(" "), *right, Span(" ─", rule)]
        return self.palette.strip(line, width, self.base)
