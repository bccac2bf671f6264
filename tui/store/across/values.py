"""How often each value stands in a column of calls, and how often the call failed then."""

from typing import TYPE_CHECKING

from msgspec import Struct

from tui.store.across.calls import CallsOf, source_of
from tui.store.across.value import Missing, Value

if TYPE_CHECKING:
    from tui.store.facts.database import FactsDatabase

_MOST_VALUES = 5_000


class ValueRow(Struct, frozen=True):
    """One value, so many calls, and so many of them that failed."""

    value: Value
    calls: int
    failed: int


class ValuesAnswer(Struct, frozen=True):
    """The most frequent values of a column first."""

    rows: list[ValueRow]
    distinct: int
    """How many different values there are."""
    calls: int


def values_of(database: "FactsDatabase", calls: CallsOf, column: str) -> ValuesAnswer:
    """The values of a column of these calls."""
    kind, value, source, parameters = source_of(database, calls, column)
    rows = database.select(
        f"SELECT {kind} AS kind, {value} AS value, count(*) AS n, count(k.state) {source} "
        "GROUP BY 1, 2 ORDER BY n DESC, kind, value",
        parameters,
    ).fetchall()
    found = [ValueRow(_told(kind, value, column), count, failed) for kind, value, count, failed in rows[:_MOST_VALUES]]
    return ValuesAnswer(found, len(rows), sum(row[2] for row in rows))


def _told(kind: int | None, value: Value, column: str) -> Value:
    match kind:
        case 2:
            return value == "true"
        case 3:
            return None
        case 4:
            return Missing.CUT
        case 5:
            return Missing.ABSENT
        case None if value is None:
            return Missing.ABSENT if column == "failure" else Missing.UNKNOWN
        case _:
            return value
