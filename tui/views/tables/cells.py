"""Values as cells: numbers at the right, and what is missing, null or empty each told apart."""

import json
from datetime import UTC, datetime

from tui.store.across.column import IS_BAR, VALUE, CellKind, State, TableColumn
from tui.store.across.value import Missing, Value
from tui.store.facts.calls import LONGEST_VALUE
from tui.terminal.text.clean import clean_line
from tui.views.text.format import compact, day_and_time, duration, size, thousands
from tui.views.text.ink import Span

_LIMIT = 400
"""Characters of a text that are looked at; no screen is wider."""
_STATES = {
    State.FAILED.value: Span("✗", "failed"),
    State.GUESSED.value: Span("✗?", "guessed"),
    State.EMPTY.value: Span("∅", "warning"),
    State.FINE.value: Span("✓", "muted"),
}
STATE_SIGNS = tuple((_STATES[one.value].text, words) for one, words in (
    (State.FAILED, "a tool call whose result states a failure"),
    (State.GUESSED, "a tool call whose text reads like a failure"),
    (State.EMPTY, "a tool call without a result"),
    (State.FINE, "any other tool call"),
))  # fmt: skip
"""The signs of a call, with their words for the help."""
_MISSING = {
    Missing.ABSENT: Span("", "muted"),
    Missing.CUT: Span("[…]", "muted"),
    Missing.UNKNOWN: Span("…", "muted"),
}
MISSING_WORDS = {
    Missing.ABSENT: "not there",
    Missing.CUT: f"not kept: a list, or over {LONGEST_VALUE} bytes",
    Missing.UNKNOWN: "not known",
}
_PER_CENT = 100
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
BAR_CELLS = 14


def cell_of(value: Value, column: TableColumn, now: datetime) -> Span:
    """What stands in a cell: one cleaned line."""
    if isinstance(value, Missing):
        return Span(MISSING_WORDS[value], "muted em") if column.key == VALUE else _MISSING[value]
    match column.kind:
        case CellKind.BAR | CellKind.FAILED_BAR if isinstance(value, int | float):
            return Span(bar(value, BAR_CELLS), "accent" if column.kind is CellKind.BAR else "failed")
        case CellKind.STATE:
            return _STATES.get(str(value), Span(clean_line(str(value), _LIMIT)))
        case CellKind.TEXT | CellKind.NAME | CellKind.WORDS if isinstance(value, str):
            ink = {CellKind.NAME: "tool", CellKind.WORDS: "failed"}.get(column.kind, "text")
            return Span(clean_line(value, _LIMIT), ink) if value else Span('""', "muted")
        case CellKind.MOMENT if isinstance(value, int | float):
            return Span(_moment(value, now), "muted")
        case CellKind.ANY | CellKind.TEXT | CellKind.NAME | CellKind.WORDS | CellKind.MOMENT:
            return any_cell(value)
        case _:
            return _number(value, column.kind)


def any_cell(value: Value) -> Span:
    """A value of JSON: a text that is empty, and null, are to be seen, and no number is taken for a text."""
    match value:
        case Missing():
            return _MISSING[value]
        case bool() | None:
            return Span(json.dumps(value), "literal")
        case int() | float():
            return Span(_exact(value), "number")
        case "":
            return Span('""', "muted")
        case str():
            return Span(clean_line(value, _LIMIT), "string")


def bar(share: float, cells: int) -> str:
    """A part of one as eighth blocks; what is more than nothing is to be seen."""
    eighths = round(max(0.0, min(1.0, share)) * cells * 8)
    eighths = max(eighths, 1) if share > 0 else 0
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8]


def is_right(value: Value, column: TableColumn) -> bool:
    """Whether a value stands at the right end of its cell."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return column.is_number or (is_number and column.kind not in IS_BAR)


def whole_words(value: Value, column: TableColumn, now: datetime) -> str:
    """All of a value, for the line that tells of the cell under the cursor."""
    if isinstance(value, Missing):
        return MISSING_WORDS[value]
    if column.kind is CellKind.STATE:
        return clean_line(str(value), _LIMIT)
    if column.is_number and isinstance(value, int) and not isinstance(value, bool):
        return f"{thousands(value)} bytes" if column.kind is CellKind.BYTES else thousands(value)
    return cell_of(value, column, now).text


def _number(value: Value, kind: CellKind) -> Span:
    if not isinstance(value, int | float):
        return any_cell(value)
    match kind:
        case CellKind.SHARE:
            share = value * _PER_CENT
            return Span(f"{share:.1f} %" if 0 < share < _PER_CENT else f"{share:.0f} %", "text" if value else "muted")
        case CellKind.SECONDS:
            return Span(duration(value))
        case CellKind.BYTES:
            return Span(size(int(value)))
        case CellKind.FAILURES | CellKind.GUESSES if value:
            return Span(compact(value), "failed" if kind is CellKind.FAILURES else "guessed")
        case _:
            return Span(compact(value)) if value else Span("–", "muted")


def _moment(value: float, now: datetime) -> str:
    try:
        return day_and_time(datetime.fromtimestamp(value, UTC), None, now)
    except (OverflowError, OSError, ValueError):
        return _exact(value)


def _exact(value: float) -> str:
    text = repr(value)
    return text if len(text) <= _LIMIT else f"{text[:_LIMIT]}…"
