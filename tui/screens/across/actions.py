"""What the keys of the tables do beside moving about: sorting, counting values, finding, going on and coming back."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from tui.errors import ClarifeyeError
from tui.screens.across.context import AcrossContext
from tui.screens.across.levels import Level, calls_level, same_level, values_level
from tui.store.across.call_table import CallsTable
from tui.store.across.calls import CallOrder, CallsOf
from tui.store.across.column import IS_BAR, CellKind, TableColumn
from tui.store.across.value import Value
from tui.views.tables.cells import cell_of
from tui.views.tables.texts import plain_text

_TOGETHER = 200
"""Rows that are looked through between two looks at the keys."""


def open_row(context: AcrossContext) -> None:
    """Go on to what the row under the cursor tells of: a further table, or the call where it was made."""
    part = context.part
    found = part.opens(part.sheet.row)
    if isinstance(found, Level):
        context.enter(found)
    elif found is not None:
        context.close(found)  # the tables are kept as they are, to come back to


def back(context: AcrossContext) -> None:
    """Go back to the table before, or to where the first one was opened; what is typed ahead is forgotten."""
    if context.waiting.take_back():
        return
    context.waiting.drop()
    if not context.leave():
        context.close(None)


def next_table(context: AcrossContext, by: int) -> None:
    """Give the keys to the other table on the screen."""
    level = context.level
    level.active = (level.active + by) % len(level.parts)
    context.changed()
    context.looked()


async def sort(context: AcrossContext) -> None:
    """Sort by the column under the cursor; the same again turns it round, and a third time undoes it."""
    column = context.part.sheet.column_here
    if column is None or column.kind in IS_BAR:
        return
    await context.sort(_next_order(context.part.table.order, column))


def _next_order(order: CallOrder, column: TableColumn) -> CallOrder:
    first = column.is_number or column.kind is CellKind.MOMENT  # the greatest first
    if order.by != column.key:
        return CallOrder(column.key, first)
    return CallOrder(column.key, not first) if order.descending is first else CallOrder()


def frequency(context: AcrossContext) -> None:
    """Count how often each value stands in the column under the cursor."""
    level, column = context.level, context.part.sheet.column_here
    if not isinstance(context.part.table, CallsTable) or level.calls is None or column is None:
        context.say("F counts the values of a column of calls: Enter on a tool shows its calls.", seconds=4)
        return
    context.enter(values_level(level.calls, column))


def idle(context: AcrossContext) -> frozenset[str]:
    """The commands, by name, that lead nowhere from this table: the line of keys has no place for them."""
    table = context.part.table
    is_of_calls, has_tools = isinstance(table, CallsTable), any(one.kind is CellKind.NAME for one in table.columns)
    led = {
        "frequency": is_of_calls,
        "same": is_of_calls or has_tools,
        "other_table": len(context.level.parts) > 1,
    }
    return frozenset(name for name, leads in led.items() if not leads)


def same(context: AcrossContext) -> None:
    """Show the calls that are identical to this one, or of a tool those that have their like."""
    table, row = context.part.table, context.part.sheet.row
    if isinstance(table, CallsTable):
        call = table.call_at(row)
        if call is not None:
            within = table.calls.within
            context.enter(calls_level(CallsOf(within, table.calls.tool, digest=call.digest), "identical"))
        return
    tool = _tool_at(table.columns, table.values(row))
    if tool is None:
        context.say("= shows identical calls: of a tool, or of the call under the cursor.", seconds=4)
    else:
        context.enter(same_level(context.level.within, tool))


def _tool_at(columns: Sequence[TableColumn], values: Sequence[Value] | None) -> str | None:
    for column, value in zip(columns, values or (), strict=False):
        if column.kind is CellKind.NAME and isinstance(value, str):
            return value
    return None


def mark(context: AcrossContext) -> None:
    """Mark the row under the cursor, or take its mark away, and go on to the next."""
    sheet = context.part.sheet
    sheet.toggle_mark()
    sheet.go(sheet.row + 1)
    context.changed()


def unmark_all(context: AcrossContext) -> None:
    """Take all marks of this table away."""
    context.part.sheet.marked.clear()
    context.changed()


def read_on(context: AcrossContext) -> None:
    """Read what is missing of the list, so that the tables cover all of it."""
    context.project.facts.cover()
    if words := context.found.read_on():
        context.say(words, seconds=4)
    context.changed()


async def find(context: AcrossContext, step: int) -> None:
    """Go to the next (1) or previous (-1) row in which what was looked for stands, and to its cell there."""
    wanted, part = context.search.casefold(), context.part
    if not wanted:
        context.say("/ says what is to be found.", seconds=3)
        return
    sheet, table, store = part.sheet, part.table, context.project.facts.use()
    begin = sheet.row
    for rows in _chunks(begin, table.count, step):
        try:
            await table.look(min(rows), max(rows) + 1, store)
        except ClarifeyeError as error:
            context.say(str(error), warning=True)
            return
        for row in rows:
            place = _place_in(table.columns, table.values(row), wanted)
            if place is not None:
                if sheet.row == begin and context.part is part:
                    sheet.go(row, place)
                    context.changed()
                    context.looked()
                return
    context.say(f"“{context.search}” is not in this table.", seconds=4)


def _chunks(begin: int, count: int, step: int) -> Iterator[range]:
    """All rows from the one behind a row on, round the end and to that row, in stretches."""
    ways = (
        (range(begin + 1, count), range(begin + 1))
        if step > 0
        else (range(begin - 1, -1, -1), range(count - 1, begin - 1, -1))
    )
    for way in ways:
        for at in range(0, len(way), _TOGETHER):
            yield way[at : at + _TOGETHER]


def _place_in(columns: Sequence[TableColumn], values: Sequence[Value] | None, wanted: str) -> int | None:
    now = datetime.now(UTC)
    for place, (column, value) in enumerate(zip(columns, values or (), strict=False)):
        if wanted in cell_of(value, column, now).text.casefold() or wanted in plain_text(value).casefold():
            return place
    return None
