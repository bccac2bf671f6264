"""Tool calls as rows: which of them are wanted, in which order, and what is shown of each."""

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.store.across.column import PARAMETER, CellKind, State, TableColumn
from tui.store.across.parameters import KIND, VALUE, joined, parameters_of
from tui.store.across.value import Missing, Value, rank
from tui.store.facts.schema import GUESSED, STATED

if TYPE_CHECKING:
    from tui.store.facts.database import FactsDatabase
    from tui.store.facts.question import FactsQuestion

_SHIFT = 24
"""Bits of the key of a call that tell which of its conversation's it is."""
MOST_PARAMETERS = 40
"""Columns of parameters, at most."""

STATE = TableColumn("state", "✗", CellKind.STATE, "what became of the call")
_BEHIND = (
    TableColumn("results", "results", CellKind.COUNT, "results that came"),
    TableColumn("size", "size", CellKind.BYTES, "bytes of the results"),
    TableColumn("failure", "failure", CellKind.WORDS, "the failure in words"),
    TableColumn("took", "took", CellKind.SECONDS, "time until the next message"),
    TableColumn("turn", "turn", CellKind.COUNT, "the turn it belongs to"),
    TableColumn("date", "date", CellKind.MOMENT, "when the conversation was made"),
    TableColumn("conversation", "conversation", CellKind.TEXT, "its conversation"),
)
_SQL = {
    "state": f"CASE k.state WHEN {STATED} THEN '{State.FAILED.value}' WHEN {GUESSED} THEN '{State.GUESSED.value}' "
    f"ELSE CASE WHEN k.empty THEN '{State.EMPTY.value}' ELSE '{State.FINE.value}' END END",
    "tool": "(SELECT text FROM words WHERE id = k.tool)",
    "results": "k.results",
    "size": "k.size",
    "failure": "k.failure",
    "took": "k.took",
    "turn": "k.turn",
    "date": "c.created",
    "conversation": "CASE WHEN t.name != '' THEN t.name ELSE t.id END",
}
_ABSENT = frozenset({"failure"})
"""The columns in which null means that there is none; in others it is not known."""


class CallOrder(Struct, frozen=True):
    """By which column calls are sorted; "" has the failed ones first, then the newest."""

    by: str = ""
    descending: bool = False


class CallsOf(Struct, frozen=True):
    """Which calls are wanted: of the conversations of a question those of a tool, and what more is said of them."""

    within: "FactsQuestion"
    tool: str
    words: str | None = None
    """What their failures have in common."""
    digest: int | None = None
    """They are identical to the one of this hash."""
    conversation: int | None = None
    """They are of the conversation of this key."""
    narrowed: tuple[tuple[str, Value], ...] = ()
    """Columns and the value that each has."""
    order: CallOrder = CallOrder()


class CallRow(Struct, frozen=True):
    """A call as a table shows it."""

    conversation: str
    """The id of its conversation."""
    message: int
    """Its place in the history, from 0 on."""
    digest: int
    values: Mapping[str, Value]
    """By the keys of the columns; those of parameters the call does not have are not in it."""

    def value(self, column: str) -> Value:
        """What stands in a column."""
        return self.values.get(column, Missing.ABSENT)


def calls_of(database: "FactsDatabase", calls: CallsOf, first: int = -1) -> "array[int]":
    """The keys of the calls, in order; the first of them, or all."""
    sql, parameters = _from(database, calls, calls.order.by)
    order = _order(calls.order)
    rows = database.select(
        f"SELECT k.conversation << {_SHIFT} | k.number {sql} ORDER BY {order} LIMIT {first}", parameters
    )
    return array("q", [key for (key,) in rows])


def columns_of(database: "FactsDatabase", calls: CallsOf) -> tuple[TableColumn, ...]:
    """The columns of these calls: the state, the parameters with the most frequent first, then the rest."""
    sql, parameters = _from(database, calls)
    rows = database.select(
        f"SELECT words.text FROM (SELECT k.shape, count(*) AS n {sql} GROUP BY k.shape) AS shapes "
        "JOIN in_sets ON in_sets.word_set = shapes.shape JOIN words ON words.id = in_sets.word "
        f"GROUP BY words.id ORDER BY sum(n) DESC, words.id LIMIT {MOST_PARAMETERS}",
        parameters,
    )
    named = [TableColumn(PARAMETER + name, name, CellKind.ANY, f"parameter {name}") for (name,) in rows]
    return STATE, *named, *_BEHIND


def rows_of(database: "FactsDatabase", keys: Sequence[int]) -> dict[int, CallRow]:
    """What is shown of these, by key."""
    ask = (
        f"SELECT t.id, k.message, k.digest, {', '.join(_SQL.values())} FROM calls AS k "
        "JOIN conversations AS c ON c.key = k.conversation JOIN texts AS t ON t.key = k.conversation "
        "WHERE k.conversation = ? AND k.number = ?"
    )
    found: dict[int, CallRow] = {}
    for key in keys:
        place = key >> _SHIFT, key & (1 << _SHIFT) - 1
        row = database.select(ask, place).fetchone()
        if row is not None:
            found[key] = _row(parameters_of(database, *place), *row)
    return found


def key_of(database: "FactsDatabase", conversation: str, message: int) -> int | None:
    """The key of the call at a place of a history; None where none is known."""
    row = database.select(
        f"SELECT k.conversation << {_SHIFT} | k.number FROM texts AS t JOIN calls AS k ON k.conversation = t.key "
        "WHERE t.id = ? AND k.message = ?",
        (conversation, message),
    ).fetchone()
    return int(row[0]) if row is not None else None


def _row(parameters: Mapping[str, Value], id_: str, message: int, digest: int, *told: Value) -> CallRow:
    values: dict[str, Value] = {PARAMETER + name: value for name, value in parameters.items()}
    for key, value in zip(_SQL, told, strict=True):
        values[key] = (Missing.ABSENT if key in _ABSENT else Missing.UNKNOWN) if value is None else value
    return CallRow(id_, message, digest, values)


def _from(database: "FactsDatabase", calls: CallsOf, column: str = "") -> tuple[str, dict[str, object]]:
    """What the calls are read from, and what stands for its marks; where `column` is a parameter, that is `p`."""
    within = database.within(calls.within)
    parameters: dict[str, object] = {**within.parameters, "tool": calls.tool}
    conditions = [f"k.conversation IN ({within.condition})", "k.tool = (SELECT id FROM words WHERE text = :tool)"]
    if calls.words is not None:
        parameters["words"] = calls.words
        conditions.append("k.state IS NOT NULL AND alike(k.failure) = :words")
    if calls.digest is not None:
        parameters["digest"] = calls.digest
        conditions.append("k.digest = :digest")
    if calls.conversation is not None:
        parameters["conversation"] = calls.conversation
        conditions.append("k.conversation = :conversation")
    conditions += [_has(key, value, parameters) for key, value in calls.narrowed]
    tables = "FROM calls AS k JOIN conversations AS c ON c.key = k.conversation"
    if "conversation" in (column, *(key for key, _ in calls.narrowed)):
        tables += " JOIN texts AS t ON t.key = k.conversation"
    if column.startswith(PARAMETER):
        parameters["column"] = column.removeprefix(PARAMETER)
        tables += f" {joined('column')}"
    return f"{tables} WHERE {' AND '.join(conditions)}", parameters


def _order(order: CallOrder) -> str:
    newest = "c.created DESC, k.conversation, k.number"
    if not order.by:
        return f"k.state IS NULL, {newest}"
    way = "DESC" if order.descending else "ASC"
    if order.by.startswith(PARAMETER):
        return f"{KIND}, {VALUE} COLLATE NOCASE {way}, {newest}"
    return f"{_SQL[order.by]} COLLATE NOCASE {way} NULLS LAST, {newest}"


def _has(column: str, value: Value, parameters: dict[str, object]) -> str:
    """The condition that a column has a value."""
    mark = f"v{len(parameters)}"
    if not column.startswith(PARAMETER):
        parameters[mark] = None if isinstance(value, Missing) else value
        return f"{_SQL[column]} IS :{mark}"
    name = f"n{mark}"
    parameters[name] = column.removeprefix(PARAMETER)
    held = ""
    if value is not None and not isinstance(value, Missing):
        parameters[mark] = str(value).lower() if isinstance(value, bool) else value
        held = f" AND {VALUE} = :{mark}"
    return f"(SELECT {KIND} = {rank(value)}{held} FROM (SELECT 1) {joined(name)})"


def source_of(database: "FactsDatabase", calls: CallsOf, column: str) -> tuple[str, str, str, dict[str, object]]:
    """Of a column of these calls the kind and the value as SQL, what they are read from, and what stands for marks."""
    kind, value = (KIND, VALUE) if column.startswith(PARAMETER) else ("NULL", _SQL[column])
    return kind, value, *_from(database, calls, column)
