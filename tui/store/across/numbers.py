"""Numbers of what a filter shows: conversations and failures by time, tokens, and how conversations end."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.zone import ZONE

if TYPE_CHECKING:
    from tui.store.facts.database import FactsDatabase
    from tui.store.facts.question import FactsQuestion

_DAY = 86_400
_QUARTER = 900
"""Seconds: days begin at a quarter of an hour in every zone."""
MOST_SPANS = 20_000
"""Days, weeks or months that are told, at most, the newest: a date may be damaged."""
_MARKS = (1, 2, 5)
"""Where bins begin, times a power of ten."""


class TimeUnit(Enum):
    """What time is divided into."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class TimeSpan(Struct, frozen=True):
    """What was made in a day, a week or a month; `first` is the first day, `last` the last one."""

    first: date
    last: date
    conversations: int = 0
    failed: int = 0
    """Failed calls, as far as histories are read."""


class TokenBin(Struct, frozen=True):
    """Conversations that took from `low` to `high` tokens, both included."""

    low: int
    high: int
    conversations: int


class TokensAnswer(Struct, frozen=True):
    """The tokens of conversations in bins on a logarithmic axis, and what half and 95 % of them took at most."""

    bins: list[TokenBin]
    unknown: int
    """Conversations of which nobody knows."""
    half: int | None
    most: int | None


def spans_of(database: "FactsDatabase", question: "FactsQuestion", unit: TimeUnit) -> list[TimeSpan]:
    """Every day, week or month from the first conversation to the last, the newest first; one without any, too."""
    within = database.within(question)
    rows = database.select(
        f"SELECT CAST(created / {_QUARTER} AS INTEGER) AS q, count(*), sum(coalesce(failed, 0)) FROM conversations "
        f"WHERE created IS NOT NULL AND key IN ({within.condition}) GROUP BY q",
        within.parameters,
    )
    sums: dict[date, list[int]] = {}
    for day, in_day in groupby(rows, _days_of_quarters()):
        found = sums.setdefault(begin_of(day, unit), [0, 0])
        for _, conversations, failed in in_day:
            found[0] += conversations
            found[1] += failed
    if not sums:
        return []
    begins = list(_begins(min(sums), max(sums), unit))[-MOST_SPANS:]
    ends = [*begins[1:], _next(begins[-1], unit)]
    return [
        TimeSpan(first, behind - timedelta(1), *sums.get(first, ())) for first, behind in zip(begins, ends, strict=True)
    ][::-1]


def _days_of_quarters() -> Callable[[tuple[int, int, int]], date]:
    """Gives the day of a row: asking the zone for each quarter of an hour of years would be most of the time."""

    @cache
    def offset(utc_day: int) -> timedelta | None:
        first, last = (_placed(utc_day * _DAY + at).utcoffset() for at in (0, _DAY - _QUARTER))
        return first if first == last else None

    @cache
    def moved(days: int) -> date:
        return date(1970, 1, 1) + timedelta(days)

    def day(row: tuple[int, int, int]) -> date:
        seconds = row[0] * _QUARTER
        all_day = offset(seconds // _DAY)
        if all_day is None:  # the clocks are changed in it
            return _placed(seconds).date()
        return moved((seconds + all_day.days * _DAY + all_day.seconds) // _DAY)

    return day


def _placed(seconds: float) -> datetime:
    return ZONE.place(datetime.fromtimestamp(seconds, UTC))


def begin_of(day: date, unit: TimeUnit) -> date:
    """The first day of the week (a Monday) or month of a day."""
    match unit:
        case TimeUnit.DAY:
            return day
        case TimeUnit.WEEK:
            return day - timedelta(min(day.weekday(), (day - date.min).days))
        case TimeUnit.MONTH:
            return day.replace(day=1)


def _next(begin: date, unit: TimeUnit) -> date:
    """The first day of the span behind; the last day there is, where the calendar ends."""
    try:
        if unit is TimeUnit.MONTH:
            return (begin.replace(day=28) + timedelta(4)).replace(day=1)
        return begin + timedelta(1 if unit is TimeUnit.DAY else 7)
    except OverflowError:
        return date.max


def _begins(first: date, last: date, unit: TimeUnit) -> Iterator[date]:
    longest = timedelta(MOST_SPANS * (7 if unit is TimeUnit.WEEK else 1))
    if unit is not TimeUnit.MONTH and last - first > longest:
        first = last - longest
    while first <= last:
        yield first
        following = _next(first, unit)
        if following <= first:
            return
        first = following


def tokens_of(database: "FactsDatabase", question: "FactsQuestion") -> TokensAnswer:
    """How many tokens the conversations took."""
    within = database.within(question)
    rows = database.select(f"SELECT tokens FROM conversations WHERE key IN ({within.condition})", within.parameters)
    taken = array("q")
    unknown = 0
    for (tokens,) in rows:
        if tokens is None:
            unknown += 1
        else:
            taken.append(tokens)
    ordered = sorted(taken)
    if not ordered:
        return TokensAnswer([], unknown, None, None)
    edges = list(_edges(ordered[0], ordered[-1]))
    places = [bisect_left(ordered, edge) for edge in edges]
    bins = [
        TokenBin(low, high - 1, end - start)
        for (low, high), (start, end) in zip(pairwise(edges), pairwise(places), strict=True)
    ]
    return TokensAnswer(bins, unknown, _part(ordered, 0.5), _part(ordered, 0.95))


def _edges(least: int, greatest: int) -> Iterator[int]:
    """Where bins begin, from the one of the least number to behind the one of the greatest."""
    marks = [0, *(mark * 10**power for power in range(20) for mark in _MARKS)]
    begin = max((place for place, mark in enumerate(marks) if mark <= least), default=0)
    for mark in marks[begin:]:
        yield mark
        if mark > greatest:
            return


def _part(ordered: list[int], share: float) -> int:
    """The least of these that so large a share of them is not above."""
    return ordered[min(len(ordered) - 1, max(0, -int(-len(ordered) * share // 1) - 1))]


def endings_of(database: "FactsDatabase", question: "FactsQuestion") -> dict[int | None, int]:
    """How many conversations end in which way, by the place of the way among all; None where nobody knows."""
    within = database.within(question)
    rows = database.select(
        f"SELECT ending, count(*) FROM conversations WHERE key IN ({within.condition}) GROUP BY ending",
        within.parameters,
    )
    return dict(rows.fetchall())
