"""Numbers as tables with a bar in each row, and the term that a row stands for."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.store.across.column import CellKind, TableColumn
from tui.store.across.numbers import MOST_SPANS, TimeUnit, endings_of, spans_of, tokens_of
from tui.store.across.rows import Row, RowsTable
from tui.store.across.tools import tools_of
from tui.store.across.value import Missing, Value
from tui.store.facts.rows import ENDINGS
from tui.store.filter.expression import Term
from tui.store.filter.printing import line_of
from tui.store.filter.values import OneOf
from tui.zone import ZONE

if TYPE_CHECKING:
    from tui.store.facts.question import FactsQuestion
    from tui.store.facts.store import FactsStore

_CONVERSATIONS = TableColumn("conversations", "conversations", CellKind.COUNT, "conversations")
_FAILED = TableColumn("failed", "✗ calls", CellKind.FAILURES, "failed calls, guessed ones among them")
_BAR = TableColumn("bar", "bar", CellKind.BAR, "beside the greatest of the column before")
_FAILED_BAR = TableColumn("failed_bar", "✗ bar", CellKind.FAILED_BAR, "failed calls beside the greatest")


def times_picture(question: "FactsQuestion", unit: TimeUnit) -> RowsTable:
    """Conversations and failed calls of each day, week or month; its key is the term that it stands for."""
    label = TableColumn("time", f"{unit.value} ({ZONE.name_at(ZONE.now())})", CellKind.TEXT, f"the {unit.value}")

    async def ask(store: "FactsStore") -> list[Row]:
        spans = await store.query(lambda database: spans_of(database, question, unit))
        table.part_of_all = "the newest" if len(spans) == MOST_SPANS else ""
        most = max((span.conversations for span in spans), default=0) or 1
        worst = max((span.failed for span in spans), default=0) or 1
        rows: list[Row] = []
        for span in spans:
            first, last = span.first.isoformat(), span.last.isoformat()
            match unit:
                case TimeUnit.DAY:
                    term, name = f"on:{first}", f"{first} {span.first:%a}"
                case TimeUnit.WEEK:
                    term, name = f"since:{first} until:{last}", f"{first} – {span.last:%m-%d}"
                case TimeUnit.MONTH:
                    term, name = f"on:{first[:7]}", first[:7]
            shares = span.conversations / most, span.failed / worst
            rows.append(((term,), (name, span.conversations, shares[0], span.failed, shares[1])))
        return rows

    table = RowsTable((label, _CONVERSATIONS, _BAR, _FAILED, _FAILED_BAR), ask)
    return table


def tokens_picture(question: "FactsQuestion", told: Callable[[int | None, int | None], object]) -> RowsTable:
    """The tokens of conversations on a logarithmic axis; `told` hears what half and 95 % took at most."""
    label = TableColumn("tokens", "tokens, log axis", CellKind.TEXT, "tokens of a conversation, on a logarithmic axis")

    async def ask(store: "FactsStore") -> list[Row]:
        answer = await store.query(lambda database: tokens_of(database, question))
        told(answer.half, answer.most)
        most = max((one.conversations for one in answer.bins), default=0) or 1
        rows: list[Row] = [
            (
                (f"tokens:{one.low}..{one.high}",),
                (f"{one.low:,} – {one.high:,}", one.conversations, one.conversations / most),
            )
            for one in answer.bins
        ]
        if answer.unknown:
            rows.append((("",), (Missing.UNKNOWN, answer.unknown, Missing.UNKNOWN)))
        return rows

    return RowsTable((label, _CONVERSATIONS, _BAR), ask)


def tools_picture(question: "FactsQuestion") -> RowsTable:
    """The calls of each tool and the failed ones."""
    columns = (
        TableColumn("tool", "tool", CellKind.NAME, "name of the tool"),
        TableColumn("calls", "calls", CellKind.COUNT, "its calls"),
        _BAR,
        _FAILED,
        TableColumn("failed_bar", "✗ bar", CellKind.FAILED_BAR, "failed calls beside the most calls of a tool"),
    )

    async def ask(store: "FactsStore") -> list[Row]:
        found = await store.query(lambda database: tools_of(database, question))
        most = max((one.calls for one in found), default=0) or 1
        found.sort(key=lambda one: -one.calls)
        return [
            (
                (line_of(Term("tool", OneOf((one.tool,)))),),
                (one.tool, one.calls, one.calls / most, one.failed, one.failed / most),
            )
            for one in found
        ]

    return RowsTable(columns, ask)


def endings_picture(question: "FactsQuestion") -> RowsTable:
    """How conversations end."""
    label = TableColumn("ending", "ending", CellKind.TEXT, "how a conversation ends")
    share = TableColumn("share", "share", CellKind.SHARE, "share of all conversations")

    async def ask(store: "FactsStore") -> list[Row]:
        counts = await store.query(lambda database: endings_of(database, question))
        most, all_of_them = max(counts.values(), default=0) or 1, sum(counts.values()) or 1
        rows: list[Row] = []
        for place in (*range(len(ENDINGS)), None):
            count = counts.get(place, 0)
            if place is None and not count:
                continue
            name: Value = ENDINGS[place].value if place is not None else Missing.UNKNOWN
            term = f"ending:{ENDINGS[place].value}" if place is not None else ""
            rows.append(((term,), (name, count, count / most, count / all_of_them)))
        return rows

    return RowsTable((label, _CONVERSATIONS, _BAR, share), ask)
