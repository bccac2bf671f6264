"""The upper edge of a pane: a rule with the pane's title in it, and at its right end where one is."""

from textual.strip import Strip

from tui.views.text.ink import Line, Span
from tui.views.text.wrap import cell_width, crop_line, crop_start, line_width
from tui.widgets.line_widget import LineWidget

_LEAST_TITLE = 12
"""Cells that the right end leaves to the title."""
_GAP = " · "


class PaneEdge(LineWidget):
    """One line, heavy where the keys go; only what has changed in it is painted.

    Where room is short, the right end goes first if the title counts, else the title is cut first.
    """

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
        self._path = ""
        self._right: Line = []
        self._active = False
        self._joined = False

    def show(
        self,
        title: str | None = None,
        right: Line | None = None,
        *,
        path: str | None = None,
        active: bool | None = None,
        joined: bool | None = None,
    ) -> None:
        """Take over what is given: cleaned title, right end, the place behind the title, and how it is painted.

        `active` says whether the keys go here, `joined` whether a pane stands left. Of the right end whole spans go,
        the last one first, of the path its beginning.
        """
        new = (
            self._title if title is None else title,
            self._path if path is None else path,
            self._right if right is None else right,
            self._active if active is None else active,
            self._joined if joined is None else joined,
        )
        if new != (self._title, self._path, self._right, self._active, self._joined):
            self._title, self._path, self._right, self._active, self._joined = new
            self.refresh()

    def paint_line(self, y: int) -> Strip:
        """The edge."""
        width = self.size.width
        rule, dash, joint = ("accent", "━", "┮") if self._active else ("rule", "─", "┬")
        line: Line = [Span(f"{joint if self._joined else dash}{dash} ", rule)]
        room = width - line_width(line) - 2
        right = self._right_in(room)
        taken = line_width(right) + 3 if right else 0
        line += self._title_in(max(4, room - taken))
        line += [Span(" " + dash * max(0, width - line_width(line) - taken - 1), rule)]
        if right:
            line += [Span(" "), *right, Span(f" {dash}", rule)]
        return self.inks.strip(line)

    def _right_in(self, room: int) -> Line:
        """As much of the right end as leaves room for the title."""
        title = cell_width(self._title)
        least = title + 5 if self._title_counts else min(title, _LEAST_TITLE)
        right = list(self._right)
        while right and line_width(right) + 3 > room - least:
            right.pop()
        return right if line_width(right) else []

    def _title_in(self, room: int) -> Line:
        """The title, and behind it the path: the name gives way, and a long path shows its end."""
        ink = "accent strong" if self._active else "text strong"
        if not self._path:
            return crop_line([Span(self._title, ink)], room)
        least = min(cell_width(self._title), max(_LEAST_TITLE, room // 3))
        path = cell_width(self._path) + cell_width(_GAP)
        if path + least > room:
            return [Span(crop_start(self._path, room), ink)]
        whole = path + cell_width(self._title) <= room
        # Cut to one length for all paths: what is before them stays as it is from value to value.
        title = crop_line([Span(self._title, ink)], room if whole else least)
        return [*title, Span(_GAP, "muted"), Span(self._path, ink)]
