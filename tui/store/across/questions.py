"""The tables that need no more than the answer to one question: tools, failures, identical calls, values."""

from typing import TYPE_CHECKING

from tui.store.across.calls import CallsOf
from tui.store.across.column import VALUE, CellKind, TableColumn
from tui.store.across.rows import Row, RowsTable
from tui.store.across.tools import MOST_GROUPS, failures_of, medians_of, same_calls_of, tools_of
from tui.store.across.value import Missing, Value, rank
from tui.store.across.values import ValueRow, ValuesAnswer, values_of

if TYPE_CHECKING:
    from tui.store.facts.question import FactsQuestion
    from tui.store.facts.store import FactsStore

_TOOLS = (
    TableColumn("tool", "tool", CellKind.NAME, "name of the tool"),
    TableColumn("calls", "calls", CellKind.COUNT, "its calls"),
    TableColumn("failed", "✗", CellKind.FAILURES, "failed calls, guessed ones among them"),
    TableColumn("guessed", "✗?", CellKind.GUESSES, "of these the ones whose text only reads like a failure"),
    TableColumn("share", "✗ share", CellKind.SHARE, "share of its calls that failed"),
    TableColumn("empty", "empty", CellKind.COUNT, "calls without a result"),
    TableColumn("same", "same", CellKind.COUNT, "calls that have their like in the same conversation"),
    TableColumn("median", "median", CellKind.SECONDS, "time that half of the calls took at most"),
    TableColumn("longest", "longest", CellKind.SECONDS, "longest time a call took"),
    TableColumn("conversations", "conv.", CellKind.COUNT, "conversations that call it"),
)
_FAILURES = (
    TableColumn("failure", "failure", CellKind.WORDS, "words that failures have in common"),
    TableColumn("tool", "tool", CellKind.NAME, "name of the tool"),
    TableColumn("calls", "calls", CellKind.COUNT, "calls that failed so"),
    TableColumn("guessed", "✗?", CellKind.GUESSES, "of these the ones whose text only reads like a failure"),
    TableColumn("conversations", "conv.", CellKind.COUNT, "conversations in which that was"),
    TableColumn("last", "last", CellKind.MOMENT, "when the newest of these was made"),
    TableColumn("example", "example", CellKind.TEXT, "one of these failures as it was written"),
)
_SAME = (
    TableColumn("conversation", "conversation", CellKind.TEXT, "the conversation"),
    TableColumn("calls", "calls", CellKind.COUNT, "identical calls in it"),
    TableColumn("failed", "✗", CellKind.FAILURES, "of these the ones that failed"),
    TableColumn("parameters", "parameters", CellKind.TEXT, "the parameters, as JSON"),
)

_MOST_FREQUENT = "the most frequent"


def tools_table(question: "FactsQuestion") -> RowsTable:
    """The tools of the conversations of a question; how long half of the calls took comes later."""

    async def ask(store: "FactsStore") -> list[Row]:
        found = await store.query(lambda database: tools_of(database, question))
        return [((one.tool,), _tool(one.tool, one.calls, one.failed, one.guessed, one.empty, one.same, one.longest,
                                    one.conversations)) for one in found]  # fmt: skip

    async def then(store: "FactsStore") -> list[Row]:
        halves = await store.query(lambda database: medians_of(database, question))
        unknown: list[Value] = [Missing.UNKNOWN] * len(_TOOLS)
        place = [column.key for column in _TOOLS].index("median")
        return [((tool,), (*unknown[:place], half, *unknown[place + 1 :])) for tool, half in halves.items()]

    return RowsTable(_TOOLS, ask, then)


def _tool(
    tool: str, calls: int, failed: int, guessed: int, empty: int, same: int, longest: float | None, conversations: int
) -> tuple[Value, ...]:
    told = Missing.UNKNOWN if longest is None else longest
    return tool, calls, failed, guessed, failed / calls, empty, same, Missing.UNKNOWN, told, conversations


def failures_table(question: "FactsQuestion") -> RowsTable:
    """The failures of the conversations of a question, those together that are the same in other words."""

    async def ask(store: "FactsStore") -> list[Row]:
        found = await store.query(lambda database: failures_of(database, question))
        table.part_of_all = _MOST_FREQUENT if len(found) == MOST_GROUPS else ""
        return [
            (
                (one.tool, one.words),
                (one.words, one.tool, one.calls, one.guessed, one.conversations,
                 Missing.UNKNOWN if one.last is None else one.last, one.example),
            )
            for one in found
        ]  # fmt: skip

    table = RowsTable(_FAILURES, ask)
    return table


def same_table(question: "FactsQuestion", tool: str) -> RowsTable:
    """The calls of a tool that have their like in the same conversation."""

    async def ask(store: "FactsStore") -> list[Row]:
        found = await store.query(lambda database: same_calls_of(database, question, tool))
        table.part_of_all = _MOST_FREQUENT if len(found) == MOST_GROUPS else ""
        return [((one.key, one.digest), (one.conversation, one.calls, one.failed, one.parameters)) for one in found]

    table = RowsTable(_SAME, ask)
    return table


def values_table(calls: CallsOf, column: TableColumn) -> RowsTable:
    """How often each value stands in a column of calls."""
    columns = (
        TableColumn(
            VALUE, column.head, column.kind if column.kind is not CellKind.COUNT else CellKind.ANY, column.words
        ),
        TableColumn("calls", "calls", CellKind.COUNT, "calls with this value"),
        TableColumn("share", "share", CellKind.SHARE, "share of all calls"),
        TableColumn("bar", "bar", CellKind.BAR, "how many calls that are, beside the most frequent value"),
        TableColumn("failed", "✗", CellKind.FAILURES, "of these the ones that failed"),
        TableColumn("failed_share", "✗ share", CellKind.SHARE, "share of these that failed"),
    )

    async def ask(store: "FactsStore") -> list[Row]:
        answer = await store.query(lambda database: values_of(database, calls, column.key))
        is_cut = len(answer.rows) < answer.distinct
        table.part_of_all = f"{_MOST_FREQUENT} of {answer.distinct:,}" if is_cut else ""
        most = max((row.calls for row in answer.rows), default=1)
        return [((rank(row.value), row.value), _shares(row, answer, most)) for row in answer.rows]

    table = RowsTable(columns, ask)
    return table


def _shares(row: ValueRow, answer: ValuesAnswer, most: int) -> tuple[Value, ...]:
    return row.value, row.calls, row.calls / answer.calls, row.calls / most, row.failed, row.failed / row.calls
