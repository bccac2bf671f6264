"""The values behind a term's colon: numbers, durations, sizes, dates, choices and texts, with their comparisons."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import Enum
from math import isfinite

from msgspec import Struct


class BadValue(ValueError):
    """A value that a term does not take; says what it takes, with an example."""


class Kind(Enum):
    """What a term's value is."""

    NUMBER = "a number, such as 3, >0, 5..10, 2k"
    DURATION = "a duration, such as >2m, 90s, 1h..2h, 3d"
    SIZE = "a size in bytes, such as >500k, 2M"
    DATE = "a date, such as 2026-10-15, or a time back from now, such as 7d"
    YES_NO = "yes or no"
    CHOICE = "one of its words"
    WHOLE = "the whole text, or a part with *"
    PART = "a part of the text, or a pattern with *"
    ANY = "a number or a text"


class Range(Struct, frozen=True):
    """Numbers between two bounds, None for no bound; the bounds belong to it unless they are said to be open.

    Seconds for durations, bytes for sizes, seconds since 1970 for dates.
    """

    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False
    words: str = ""
    """As it was typed."""


class OneOf(Struct, frozen=True):
    """One of these texts, in any case of letters; `*` stands for any run of characters."""

    texts: tuple[str, ...]


class Ago(Struct, frozen=True):
    """A moment that moves with the clock, or a date without its zone: worked out when the list is asked."""

    words: str


Value = Range | OneOf | Ago | bool

_NUMBER = r"(?P<figure>\d{1,15}(?:\.\d{1,6})?)(?P<unit>[a-zA-Z]?)"
_COMPARED = re.compile(rf"(?P<sign>>=|<=|>|<|=)?{_NUMBER}\Z")
_BETWEEN = re.compile(r"(?P<low>[^.].*?)?\.\.(?P<high>.+)?\Z")
_UNITS: dict[Kind, dict[str, float]] = {
    Kind.NUMBER: {"": 1, "k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6},
    Kind.DURATION: {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400},
    Kind.SIZE: {"": 1, "b": 1, "B": 1, "k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "g": 1e9, "G": 1e9},
}
_BACK = re.compile(r"(\d{1,4})([hdw])\Z")
_YES = frozenset({"yes", "true", "1"})
_NO = frozenset({"no", "false", "0"})
_HOURS = {"h": 1, "d": 24, "w": 168}


def number(text: str, kind: Kind) -> Range:
    """A number, a comparison or a range of this kind; `yes` and `no` are more than none and none.

    Raises:
        BadValue: it is none of these.
    """
    lowered = text.lower()
    if kind is Kind.NUMBER and lowered in {"yes", "no"}:
        return Range(low=0, low_open=True, words=lowered) if lowered == "yes" else Range(0, 0, words=lowered)
    if between := _BETWEEN.match(text):
        return _between(text, between, kind)
    found = _COMPARED.match(text)
    if found is None:
        raise BadValue(f"takes {kind.value}")
    figure = _figure(found["figure"], found["unit"], kind)
    match found["sign"]:
        case ">":
            return Range(low=figure, low_open=True, words=text)
        case ">=":
            return Range(low=figure, words=text)
        case "<":
            return Range(high=figure, high_open=True, words=text)
        case "<=":
            return Range(high=figure, words=text)
        case _:
            return Range(figure, figure, words=text)


def _between(text: str, found: "re.Match[str]", kind: Kind) -> Range:
    bounds: list[float | None] = []
    for side in (found["low"], found["high"]):
        inner = _COMPARED.match(side) if side else None
        if side and (inner is None or inner["sign"]):
            raise BadValue(f"takes {kind.value}")
        bounds.append(_figure(inner["figure"], inner["unit"], kind) if inner else None)
    low, high = bounds
    if low is None and high is None:
        raise BadValue(f"takes {kind.value}")
    if low is not None and high is not None and low > high:
        raise BadValue("runs from the smaller to the greater")
    return Range(low, high, words=text)


def _figure(figure: str, unit: str, kind: Kind) -> float:
    units = _UNITS[kind]
    if unit not in units:
        raise BadValue(f"takes {kind.value}")
    value = float(figure) * units[unit]
    if not isfinite(value):
        raise BadValue(f"takes {kind.value}")
    return value


def yes_no(text: str) -> bool:
    """Yes or no.

    Raises:
        BadValue: it is neither.
    """
    lowered = text.lower()
    if lowered in _YES | _NO:
        return lowered in _YES
    raise BadValue("takes yes or no")


def moment(text: str) -> Ago:
    """A date, or a time back from now; which moment that is depends on the clock and the zone.

    Raises:
        BadValue: it is neither.
    """
    day_span(text, datetime.now(UTC))
    return Ago(text)


def day_span(text: str, now: datetime) -> tuple[float, float]:
    """From when to when a date is, in seconds since 1970, in the zone of `now`; a time back is a single moment.

    Raises:
        BadValue: it is neither a date nor a time back.
    """
    lowered = text.strip().lower()
    if back := _BACK.match(lowered):
        try:
            then = (now - timedelta(hours=int(back[1]) * _HOURS[back[2]])).timestamp()
        except (OverflowError, ValueError):
            raise BadValue(f"takes {Kind.DATE.value}") from None
        return then, then
    first, last = _days(lowered, now)
    zone = now.tzinfo
    return _midnight(first, zone), _midnight(last, zone)


def _days(text: str, now: datetime) -> tuple[date, date]:
    """The first day and the one behind the last."""
    today = now.date()
    try:
        match text.split("-"):
            case ["today"]:
                return today, today + timedelta(1)
            case ["yesterday"]:
                return today - timedelta(1), today
            case [year] if len(year) == 4 and year.isdecimal():
                return date(int(year), 1, 1), date(int(year) + 1, 1, 1)
            case [year, month] if len(year) == 4:
                begin = date(int(year), int(month), 1)
                return begin, date(begin.year + begin.month // 12, begin.month % 12 + 1, 1)
            case [year, month, day] if len(year) == 4:
                begin = date(int(year), int(month), int(day))
                return begin, begin + timedelta(1)
            case _:
                raise BadValue(f"takes {Kind.DATE.value}")
    except (ValueError, OverflowError):
        raise BadValue(f"takes {Kind.DATE.value}") from None


def _midnight(day: date, zone: tzinfo | None) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()
