"""The main screen with its first rows, laid out without the framework by the views that the list uses later.

What stands in a part of the screen that comes later, such as the filter and the line of keys, is left blank.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from tui.config.settings import Connection
from tui.screens.browse.layout import Pane, PaneLayout
from tui.store.filter.list_filter import ListFilter
from tui.store.listing.cursor import top_in_view
from tui.store.listing.known import FirstRows
from tui.views.listing.chips import chip_line, chips_of
from tui.views.listing.columns import UNTOLD, ColumnChoice, heads
from tui.views.listing.edge import Edge
from tui.views.listing.row import Density, RowStyle, lines_in_list, row_lines, rows_in_view
from tui.views.listing.title import fitted, list_title, loaded_words, title_parts
from tui.views.text.ends import line_of_ends
from tui.views.text.ink import Line, Span
from tui.widgets.scroll_bar import ScrollBar

_TITLES = {Pane.FILTER: "Filter", Pane.LIST: "Conversations", Pane.DETAIL: "Conversation"}


class Start(NamedTuple):
    """What a start shows beside the rows: which project, under which filter, arranged how."""

    connection: Connection
    query: ListFilter
    layout: PaneLayout
    density: Density
    offset: int = 0
    """The row that the first page begins with."""
    goal_id: str = ""
    """The conversation that the cursor was on when the last run ended; "" where none is remembered."""
    hidden_columns: str = ""
    """The letters of the columns that the user does not want."""
    is_sorted: bool = False
    """Whether the order is not the server's."""


class PlacedLine(NamedTuple):
    """A line from a cell of the screen on, in so many cells; blanks fill them up."""

    x: int
    y: int
    width: int
    line: Line


def first_screen(start: Start, rows: FirstRows, width: int, height: int, steps: int = 0) -> list[PlacedLine]:
    """All lines of the screen, as far as there is something in them; none where there is nothing to be shown early.

    That is a screen without a list, an empty list, and a remembered conversation that is not among the rows; or a
    cursor that has been moved by some `steps` where those are not here, or where the list does not have the keys.
    """
    panes = start.layout.widths(width, height)
    begun = rows.index_of(start.goal_id) if start.goal_id else start.offset
    if Pane.LIST not in panes or not rows.count or begun is None or rows.row(begun + steps) is None:
        return []
    if steps and start.layout.active is not Pane.LIST:
        return []
    index = begun + steps
    title = line_of_ends(*fitted(title_parts(start.connection, rows), width), width)
    parts, x = [PlacedLine(0, 0, width, title)], 0
    for pane, columns in panes.items():
        edge = Edge(_TITLES[pane], active=pane is start.layout.active, joined=x > 0)
        lines: list[Line] = []
        if pane is Pane.LIST:
            edge = _list_edge(edge, start, rows, index)
            place = index, begun
            lines = _list(start, rows, place, columns - edge.joined, height - 3, datetime.now(UTC))
        parts += [PlacedLine(x, y, columns, line) for y, line in enumerate(_pane(edge, lines, columns, height - 2), 1)]
        x += columns
    return [*parts, PlacedLine(0, height - 1, width, [])]


def _pane(edge: Edge, lines: list[Line], width: int, height: int) -> list[Line]:
    """A pane with its edge and what is in it."""
    border = [Span("│", "rule")] if edge.joined else []
    blanks: list[Line] = [[] for _ in range(height - 1 - len(lines))]
    return [edge.line(width), *([*border, *line] for line in (*lines, *blanks))]


def _list_edge(edge: Edge, start: Start, rows: FirstRows, index: int) -> Edge:
    """The edge of the list."""
    title = list_title(rows.count, index, rows.at_least, rail=start.layout.reading)
    return edge._replace(title=title, title_counts=True, right=[Span(loaded_words(rows), "muted")])


def _list(start: Start, rows: FirstRows, place: tuple[int, int], width: int, height: int, now: datetime) -> list[Line]:
    """The chips of the filter, and the rows; `place` is the row of the cursor, and the one in which it began."""
    chips = chips_of(start.query)
    lines: list[Line] = [chip_line(chips, width)[0]] if chips else []
    choice = ColumnChoice(start.hidden_columns + UNTOLD)
    density = Density.RAIL if start.layout.reading else start.density
    if density is Density.COLUMNS:
        lines.append(heads(width, choice))
    height -= len(lines)
    style = RowStyle.within(width, density, now, choice)
    index, begun = place
    top = top_in_view(index, begun, rows_in_view(height, style), rows.count)
    thumb = ScrollBar(rows.count * style.height, height, top * style.height).thumb
    shown: list[Line] = []
    for number in range(top, min(rows.count, top + height // style.height + 1)):
        ink = ("cursor" if start.layout.active is Pane.LIST else "muted") if number == index else ""
        shown += lines_in_list(row_lines(number, rows.row(number), style), style, ink)
    cells = [Span("┃", "muted") if y in thumb else Span(" ") for y in range(height)]
    return [*lines, *([*line, cell] for line, cell in zip(shown[:height], cells, strict=False))]
