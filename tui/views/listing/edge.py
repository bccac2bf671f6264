"""The upper edge of a pane: a rule with the pane's title in it, and at its right end where one is."""

from typing import NamedTuple

from tui.views.text.ink import Line, Span
from tui.views.text.wrap import cell_width, crop_line, crop_start, line_width

_LEAST_TITLE = 12
"""Cells that the right end leaves to the title."""
_GAP = " · "


class Edge(NamedTuple):
    """What an edge says: cleaned title, the place behind it, right end; `active` where the keys go, `joined` to a pane.

    Where room is short, the right end goes first if the title counts, else the title is cut first; where there are
    shorter titles, the first part of the right end stays, whatever the title has to leave.
    """

    title: str
    title_counts: bool = False
    path: str = ""
    right: Line | tuple[()] = ()
    active: bool = False
    joined: bool = False
    shorter: tuple[str, ...] = ()
    """Titles for less room, in order; for them the right end keeps all its parts as long as one of them fits."""
    shortest: tuple[str, ...] = ()
    """Titles beside which no more than the first part of the right end stands."""

    def line(self, width: int) -> Line:
        """The edge in so many cells."""
        rule, dash, joint = ("accent", "━", "┮") if self.active else ("rule", "─", "┬")
        begin = joint if self.joined else dash
        line: Line = [Span(f"{begin}{dash} ", rule)]
        room = width - line_width(line) - 2
        shown, right = self._fitted(room) if self.shorter else self._cut(room)
        taken = line_width(right) + 3 if right else 0
        if shown.title or shown.path:
            line += shown._title_in(max(4, room - taken))
            line += [Span(" " + dash * max(0, width - line_width(line) - taken - 1), rule)]
        else:
            line = [Span(begin + dash * (width - taken - 1), rule)]
        if right:
            line += [Span(" "), *right, Span(f" {dash}", rule)]
        return line

    def _fitted(self, room: int) -> tuple["Edge", Line]:
        """What there is room for: first the title becomes shorter, then the right end, then the title again."""
        right = list(self.right)
        ends = [right[:count] for count in range(len(right), 0, -1)] or [[]]
        pairs = [(title, end) for end in ends for title in (self.title, *self.shorter)]
        for title, end in (*pairs, *((title, ends[-1]) for title in self.shortest)):
            left = room - (line_width(end) + 3 if line_width(end) else 0)
            if cell_width(title) <= left:
                return self._replace(title=title), end if line_width(end) else []
        return self, []

    def _cut(self, room: int) -> tuple["Edge", Line]:
        """What there is room for: first the right end goes, then the title becomes shorter."""
        right = self._right_in(room)
        left = room - (line_width(right) + 3 if right else 0)
        title = next((title for title in (self.title, *self.shortest) if cell_width(title) <= left), self.title)
        return self._replace(title=title), right

    def _right_in(self, room: int) -> Line:
        """As much of the right end as leaves room for the title."""
        title = cell_width(self.title)
        least = title + 5 if self.title_counts else min(title, _LEAST_TITLE)
        right = list(self.right)
        while right and line_width(right) + 3 > room - least:
            right.pop()
        return right if line_width(right) else []

    def _title_in(self, room: int) -> Line:
        """The title, and behind it the path: the name gives way, and a long path shows its end."""
        ink = "accent strong" if self.active else "text strong"
        if not self.path:
            return crop_line([Span(self.title, ink)], room)
        least = min(cell_width(self.title), max(_LEAST_TITLE, room // 3))
        path = cell_width(self.path) + cell_width(_GAP)
        if path + least > room:
            return [Span(crop_start(self.path, room), ink)]
        whole = path + cell_width(self.title) <= room
        # Cut to one length for all paths: what is before them stays as it is from value to value.
        title = crop_line([Span(self.title, ink)], room if whole else least)
        return [*title, Span(_GAP, "muted"), Span(self.path, ink)]
