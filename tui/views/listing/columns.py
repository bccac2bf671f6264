"""The list as columns, one line a row: numbers of the histories beside their failures and questions.

What is not read is `…`, and none is `–`. Where there is no room for all, the least important columns go first, and last
the one that the rows are sorted by.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tui.store.told_beside import NO_ANNOTATIONS, NO_THUMBS, Annotations
from tui.terminal.text.clean import clean_line
from tui.views.listing.name import agent_of, is_named, name_of
from tui.views.text.format import ago, compact, duration
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import crop_line, line_width

if TYPE_CHECKING:
    from tui.api.conversation import Conversation
    from tui.store.facts.rows import FactsRow

_TEXT_LIMIT = 400
"""Characters of a text that are looked at; no pane is wider."""

_DATE = 8
_LEAST_QUESTION = 18
"""Cells that the last column has at least, before another one goes for it."""

EDGES = 3
"""Columns of a list beside its rows: the cursor before them, a blank and the scroll bar behind."""

_MINUTE, _HOUR = 60, 3600
_UNKNOWN, _NONE = Span("…", "muted"), Span("–", "muted")


class ColumnChoice(NamedTuple):
    """Which columns are wanted: all but those of the letters `hidden`, and before all the one of `sorted_by`."""

    hidden: str = ""
    sorted_by: str = ""


EVERY = ColumnChoice()

Cell = Callable[["Conversation", "FactsRow | None", datetime, Annotations], Span]


class Column(NamedTuple):
    """One column: letter, head, words, cells, rank (the greatest goes first), the text of a row, if it is a number.

    `evidence` names what a click on it goes to in the conversation; nothing where it leads nowhere.
    """

    letter: str
    head: str
    words: str
    width: int
    rank: int
    cell: Cell
    is_number: bool = True
    evidence: str = ""


def _when(conversation: "Conversation", _facts: "FactsRow | None", now: datetime, _beside: Annotations) -> Span:
    moment = conversation.created_at or conversation.updated_at
    said = ago(moment, now) if moment is not None else "no date"
    return Span(said if len(said) <= _DATE else said.partition(" ")[2], "muted")  # `Mar 2025` of another year


def _failed(_conversation: "Conversation", facts: "FactsRow | None", _now: datetime, _beside: Annotations) -> Span:
    if facts is None or facts.failed is None:
        return _UNKNOWN
    if not facts.failed:
        return _NONE
    if facts.guessed == facts.failed:
        return Span(f"{compact(facts.failed)}?", "guessed")
    return Span(compact(facts.failed), "failed")


def _repeat(_conversation: "Conversation", facts: "FactsRow | None", _now: datetime, _beside: Annotations) -> Span:
    if facts is None or facts.repeat is None:
        return _UNKNOWN
    return Span(compact(facts.repeat), "warning") if facts.repeat > 1 else _NONE


def _calls(conversation: "Conversation", _facts: "FactsRow | None", _now: datetime, _beside: Annotations) -> Span:
    return _number(conversation.tool_call_count)


def _turns(_conversation: "Conversation", facts: "FactsRow | None", _now: datetime, _beside: Annotations) -> Span:
    return _number(facts.turns if facts is not None else None)


def _tokens(conversation: "Conversation", _facts: "FactsRow | None", _now: datetime, _beside: Annotations) -> Span:
    tokens = conversation.tokens
    told = tokens.total if tokens.total is not None else tokens.input
    return _number(told)


def _took(_conversation: "Conversation", facts: "FactsRow | None", _now: datetime, _beside: Annotations) -> Span:
    if facts is None or facts.took is None:
        return _UNKNOWN
    took = facts.took
    return Span(duration(took) if took < _MINUTE else duration(took - took % (_MINUTE if took < _HOUR else _HOUR)))


def _agent(conversation: "Conversation", _facts: "FactsRow | None", _now: datetime, _beside: Annotations) -> Span:
    return Span(agent_of(conversation, _TEXT_LIMIT), "muted")


def _failure(_conversation: "Conversation", facts: "FactsRow | None", _now: datetime, _beside: Annotations) -> Span:
    if facts is None or not facts.is_read:
        return _UNKNOWN
    return Span(clean_line(facts.failure, _TEXT_LIMIT), "failed") if facts.failure else _NONE


def _question(conversation: "Conversation", facts: "FactsRow | None", _now: datetime, _beside: Annotations) -> Span:
    """Its name, and where it has none what was asked first."""
    if is_named(conversation) or facts is None or not facts.question:
        return Span(name_of(conversation, _TEXT_LIMIT), "archived" if conversation.is_archived else "text strong")
    return Span(clean_line(facts.question, _TEXT_LIMIT), "text")


def _verdict(_conversation: "Conversation", _facts: "FactsRow | None", _now: datetime, beside: Annotations) -> Span:
    return Span(clean_line(beside.label, _TEXT_LIMIT)) if beside.label else _NONE


def _thumbs(_conversation: "Conversation", _facts: "FactsRow | None", _now: datetime, beside: Annotations) -> Span:
    """Thumbs down and up, or what is neither, each with its number, and a star where something waits."""
    said = beside.thumbs
    if said == NO_THUMBS:
        return _NONE
    counts = (("▼", said.down), ("▲", said.up), ("◆", 0 if said.down or said.up else said.neither))
    told = "".join(f"{sign}{compact(number)}" for sign, number in counts if number)
    ink = "failed" if said.down else "success" if said.up else "accent"
    return Span(f"{told}*" if said.waits else told, ink)


def _number(number: int | None) -> Span:
    return Span(compact(number)) if number is not None else _UNKNOWN


MARKS = 3
"""Cells before the columns: the mark, what is unseen, and a blank."""

COLUMNS = (
    Column("d", "date", "date", _DATE, 1, _when, is_number=False),
    Column("f", "✗", "failed calls", 4, 2, _failed, evidence="failed"),
    Column("r", "↻", "repeated calls", 4, 4, _repeat, evidence="repeat"),
    Column("c", "calls", "calls", 5, 3, _calls, evidence="calls"),
    Column("T", "turns", "turns", 5, 10, _turns, evidence="turns"),
    Column("t", "tokens", "tokens", 6, 5, _tokens, evidence="tokens"),
    Column("s", "took", "time it took", 8, 6, _took, evidence="took"),
    Column("a", "agent", "agent", 12, 8, _agent, is_number=False),
    Column("u", "▼▲", "feedback", 6, 7, _thumbs, is_number=False),
    Column("v", "verdict", "verdict", 8, 11, _verdict, is_number=False),
    Column("F", "first failure", "first failure in words", 24, 9, _failure, is_number=False, evidence="failed"),
)
"""All but the last one, which takes what is left: the name, or the first question."""

UNTOLD_VERDICTS, UNTOLD_FEEDBACK = "v", "u"
UNTOLD = UNTOLD_VERDICTS + UNTOLD_FEEDBACK
"""The letters of the columns that are not there before anything is told in them."""

LETTERS = "".join(column.letter for column in COLUMNS)

_LAST = "name or question"


@lru_cache(maxsize=16)
def columns_in(width: int, choice: ColumnChoice = EVERY) -> tuple[Column, ...]:
    """The columns of a choice that have room beside the last one."""
    shown = [column for column in COLUMNS if column.letter not in choice.hidden]
    while shown and sum(column.width + 2 for column in shown) + _LEAST_QUESTION > width:
        shown.remove(max(shown, key=lambda column: 0 if column.letter == choice.sorted_by else column.rank))
    return tuple(shown)


def column_at(x: int, width: int, choice: ColumnChoice) -> Column | None:
    """The column that a cell of a row of this width is in, counted from behind its mark."""
    start = 0
    for column in columns_in(width, choice):
        if start <= x < start + column.width:
            return column
        start += column.width + 2
    return None


def leads_to(column: Column, conversation: "Conversation", facts: "FactsRow | None", now: datetime) -> str:
    """What a click on the column goes to in a conversation; nothing where there is none of it, or it is not known."""
    told = column.cell(conversation, facts, now, NO_ANNOTATIONS)
    return "" if told in (_UNKNOWN, _NONE) else column.evidence


def heads(columns: int, choice: ColumnChoice = EVERY) -> Line:
    """The line above the rows of a list of so many columns; it stands as they do, behind cursor and mark."""
    width = max(1, columns - EDGES)
    line: Line = [Span(" " * (1 + MARKS))]
    for column in columns_in(width - MARKS, choice):
        ink = "text strong" if column.letter == choice.sorted_by else "muted"
        line += [Span(_placed(column.head, column), ink), Span("  ")]
    return crop_line([*line, Span(_LAST, "muted")], 1 + width)


def column_line(
    conversation: "Conversation",
    facts: "FactsRow | None",
    now: datetime,
    width: int,
    choice: ColumnChoice = EVERY,
    beside: Annotations = NO_ANNOTATIONS,
) -> Line:
    """A row behind its mark, of at most so many cells."""
    line: Line = []
    for column in columns_in(width, choice):
        cell = column.cell(conversation, facts, now, beside)
        [*cut] = crop_line([cell], column.width)
        gap = Span(" " * (column.width - line_width(cut)))
        line += [gap, *cut] if column.is_number else [*cut, gap]
        line.append(Span("  "))
    return crop_line([*line, _question(conversation, facts, now, beside)], width)


def _placed(head: str, column: Column) -> str:
    return head.rjust(column.width) if column.is_number else head.ljust(column.width)
