"""The tables that lead from the tools to a call: what each is called, and what Enter does on its rows."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tui.store.across.call_table import CallsTable
from tui.store.across.calls import CallOrder, CallsOf
from tui.store.across.column import TableColumn
from tui.store.across.numbers import TimeUnit
from tui.store.across.pictures import endings_picture, times_picture, tokens_picture, tools_picture
from tui.store.across.questions import failures_table, same_table, tools_table, values_table
from tui.store.across.rows import RowsTable
from tui.store.across.value import Value
from tui.terminal.text.clean import clean_line
from tui.views.tables.cells import any_cell, whole_words
from tui.views.tables.sheet import Sheet
from tui.zone import ZONE

if TYPE_CHECKING:
    from tui.store.facts.question import FactsQuestion

_NAME_LIMIT = 40


class Visit(Struct, frozen=True):
    """The user wants to read a call: its conversation, and its place there."""

    conversation: str
    message: int


class Narrow(Struct, frozen=True):
    """The user wants to see the conversations for which a line of terms holds, too."""

    line: str


Leads = Callable[[int], "Level | Visit | Narrow | None"]
"""Tells what Enter on a row leads to."""


class TablePart:
    """One table of a level."""

    def __init__(self, title: str, table: "RowsTable | CallsTable", opens: Leads) -> None:
        self.title = title
        self.table = table
        self.opens = opens
        self.sheet = Sheet(table)


class Level:
    """What is on the screen at once: one table, or two."""

    def __init__(self, title: str, within: "FactsQuestion", *parts: TablePart, calls: CallsOf | None = None) -> None:
        """`calls` are those that its rows are, or are about."""
        self.title = title
        self.within = within
        self.parts = parts
        self.calls = calls
        self.active = 0
        """Which of the tables has the keys."""
        self.expects: Visit | None = None
        """The call that the cursor is to be on, until it is known where that stands."""

    @property
    def part(self) -> TablePart:
        """The table that has the keys."""
        return self.parts[self.active]


def tools_level(within: "FactsQuestion") -> Level:
    """All tools, and below them what failed in which words."""
    tools = tools_table(within)
    failures = failures_table(within)

    def calls_of_tool(row: int) -> Level | None:
        key = tools.key_at(row)
        return calls_level(CallsOf(within, str(key[0]))) if key is not None else None

    def failed_so(row: int) -> Level | None:
        key = failures.key_at(row)
        if key is None:
            return None
        return calls_level(CallsOf(within, str(key[0]), words=str(key[1])), f"“{_short(str(key[1]))}”")

    return Level("Tools", within, TablePart("Tools", tools, calls_of_tool), TablePart("Failures", failures, failed_so))


def numbers_level(within: "FactsQuestion") -> Level:
    """Numbers as pictures; Enter on a bar adds its term to the filter."""

    def part(title: str, table: RowsTable) -> TablePart:
        def narrow(row: int) -> Narrow | None:
            key = table.key_at(row)
            return Narrow(str(key[0])) if key is not None and key[0] else None

        return TablePart(title, table, narrow)

    def parts_told(half: int | None, most: int | None) -> None:
        told = f" · p50 {half:,} · p95 {most:,}" if half is not None and most is not None else ""
        tokens.title = f"Tokens per conversation{told}"

    def over_time(unit: TimeUnit) -> TablePart:
        return part(f"Conversations and failures per {unit.value}", times_picture(within, unit))

    tokens = part("Tokens per conversation", tokens_picture(within, parts_told))
    tools = part("Tools by calls and failures", tools_picture(within))
    return Level("Numbers", within, *map(over_time, TimeUnit), tokens, tools, part("Endings", endings_picture(within)))


def calls_level(calls: CallsOf, narrowed: str = "", expects: Visit | None = None) -> Level:
    """Calls of one tool; `narrowed` says which, where they are not all, `expects` where the cursor is at first."""
    table = CallsTable(calls)

    def visit(row: int) -> Visit | None:
        call = table.call_at(row)
        return Visit(call.conversation, call.message) if call is not None else None

    title = narrowed or _short(calls.tool) or "a tool without a name"
    level = Level(title, calls.within, TablePart("Calls", table, visit), calls=calls)
    level.expects = expects
    return level


def same_level(within: "FactsQuestion", tool: str) -> Level:
    """The calls of a tool that have their like in the same conversation, in groups."""
    table = same_table(within, tool)

    def group(row: int) -> Level | None:
        key = table.key_at(row)
        if key is None or not isinstance(key[0], int) or not isinstance(key[1], int):
            return None
        return calls_level(CallsOf(within, tool, digest=key[1], conversation=key[0]), "identical")

    title = f"identical calls of {_short(tool)}"
    return Level(title, within, TablePart("Identical calls", table, group), calls=CallsOf(within, tool))


def values_level(calls: CallsOf, column: TableColumn) -> Level:
    """How often each value stands in a column."""
    table = values_table(calls, column)

    def narrow(row: int) -> Level | None:
        key = table.key_at(row)
        if key is None:
            return None
        value: Value = key[1]
        narrowed = replace(calls, narrowed=(*calls.narrowed, (column.key, value)), order=CallOrder())
        shown = whole_words(value, column, ZONE.now()) or any_cell(value).text
        return calls_level(narrowed, f"{_short(column.head)} = {_short(shown)}")

    title = f"values of {_short(column.head)}"
    return Level(title, calls.within, TablePart(f"Values of {_short(column.head)}", table, narrow), calls=calls)


def _short(text: str) -> str:
    return clean_line(text, _NAME_LIMIT)
