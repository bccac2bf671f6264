"""Turns the rows of the list into strips, and keeps those of the rows around."""

from collections.abc import Callable, Container
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct, field
from rich.style import Style
from textual.strip import Strip

from tui.store.listing.rows import ListedConversation, Row
from tui.store.told_beside import NO_ANNOTATIONS, Annotations
from tui.views.listing.columns import MARKS, UNTOLD, ColumnChoice, column_at, leads_to
from tui.views.listing.row import Density, RowStyle, lines_in_list, row_lines
from tui.views.text.ink import Line, Span
from tui.widgets.palette import PLAIN, Palette

if TYPE_CHECKING:
    from tui.store.facts.rows import FactsRow

_KEPT = 400
_BEFORE = 1 + MARKS
"""Cells before the first column: the marker of the cursor, and the marks."""
_STALE_AFTER = 60
"""Seconds after which "2m ago" has to be worked out again."""


class _Painted(Struct):
    """The lines of a row, and the strips that were made of them, by line and glyph of the scroll bar."""

    row: Row | None
    failed: bool
    marked: bool
    seen: bool
    facts: "FactsRow | None"
    beside: Annotations
    lines: list[Line]
    strips: dict[tuple[int, Span], Strip] = field(default_factory=dict)


class RowPainter:
    """Paints rows in one width, density and palette; `begin` again when one of them changes."""

    def __init__(self) -> None:
        self.density = Density.ROWS
        """How the user wants the rows; in a rail they are otherwise meanwhile."""
        self.hidden = ""
        """The letters of the columns that the user does not want."""
        self.sorted_by: Callable[[], str] = lambda: ""
        """The letter of the order that the rows are in, empty for the server's; its column goes last."""
        self.is_rail = False
        self.marks: Container[str] = frozenset()
        """The ids of conversations that the user has marked."""
        self.seen: Container[str] = frozenset()
        """The ids of those that the user has read in this run."""
        self.facts_of: Callable[[str], FactsRow | None] = lambda _: None
        """What is known of a conversation's history, by its id; columns and rails show it."""
        self.untold = UNTOLD
        """The letters of the columns in which nothing is told yet."""
        self.beside_of: Callable[[str], Annotations] = lambda _: NO_ANNOTATIONS
        """What is told of a conversation beside its facts, by its id."""
        self.style = RowStyle(1, Density.ROWS, datetime.now(UTC))
        self.width = 1
        self._palette = PLAIN
        self._base = Style.null()
        self._focused = False
        self._rows: dict[tuple[int, bool], _Painted] = {}

    def begin(self, palette: Palette, base: Style, width: int) -> None:
        """Paint for this palette, base style and width in cells (the scroll bar's column counts) from here on."""
        self._palette, self._base, self.width = palette, base, width
        density = Density.RAIL if self.is_rail else self.density
        self.style = RowStyle.within(width, density, datetime.now(UTC), self._choice)
        self._rows.clear()

    @property
    def _choice(self) -> ColumnChoice:
        return ColumnChoice(self.hidden + self.untold, self.sorted_by())

    @property
    def shows_facts(self) -> bool:
        """Whether rows show what is known of histories."""
        return self.style.density is not Density.ROWS

    def evidence_at(self, row: Row | None, x: int) -> str:
        """What a click on a cell of a row goes to in its conversation, as columns name it; else nothing."""
        style = self.style
        if style.density is not Density.COLUMNS or not isinstance(row, ListedConversation):
            return ""
        column = column_at(x - _BEFORE, style.width - MARKS, style.columns)
        return leads_to(column, row.conversation, self._facts_of(row), style.now) if column is not None else ""

    def set_focused(self, focused: bool) -> None:
        """The marker of the cursor tells whether the keys go to the list."""
        self._focused = focused
        self._rows = {key: painted for key, painted in self._rows.items() if not key[1]}

    def strip(self, index: int, row: Row | None, part: int, bar: Span, *, cursor: bool, failed: bool) -> Strip:
        """One line of a row; a row that is None is a placeholder, or one that did not come."""
        painted = self._rows.get((index, cursor))
        shown_id = row.conversation.id if isinstance(row, ListedConversation) else None
        marked, seen = shown_id in self.marks, shown_id in self.seen
        facts = self._facts_of(row) if self.shows_facts else None
        beside = self.beside_of(shown_id) if shown_id is not None else NO_ANNOTATIONS
        if (
            painted is None
            or painted.row is not row
            or painted.facts is not facts
            or painted.beside != beside
            or (painted.failed, painted.marked, painted.seen) != (failed, marked, seen)
        ):
            painted = self._paint(index, row, facts, beside, cursor=cursor, failed=failed, marked=marked, seen=seen)
        strip = painted.strips.get((part, bar))
        if strip is None:
            line = [*painted.lines[part], bar]
            strip = painted.strips[(part, bar)] = self._palette.strip(line, self.width, self._base)
        return strip

    def _facts_of(self, row: Row | None) -> "FactsRow | None":
        if not isinstance(row, ListedConversation):
            return None
        return row.facts or self.facts_of(row.conversation.id)

    def _paint(
        self,
        index: int,
        row: Row | None,
        facts: "FactsRow | None",
        beside: Annotations,
        *,
        cursor: bool,
        failed: bool,
        marked: bool,
        seen: bool,
    ) -> _Painted:
        if len(self._rows) > _KEPT or (datetime.now(UTC) - self.style.now).total_seconds() > _STALE_AFTER:
            self.begin(self._palette, self._base, self.width)
        ink = ("cursor" if self._focused else "muted") if cursor else ""
        said = row_lines(index, row, self.style, failed=failed, marked=marked, seen=seen, facts=facts, beside=beside)
        lines = lines_in_list(said, self.style, ink)
        painted = self._rows[(index, cursor)] = _Painted(row, failed, marked, seen, facts, beside, lines)
        return painted
