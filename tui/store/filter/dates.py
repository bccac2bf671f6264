"""Days as people type them: `2026-10-15`, `15 oct`, `march`, `oct 2025`, `yesterday`, `3d`."""

import re
from datetime import datetime

from tui.store.filter.expression import Node, Term, conjuncts
from tui.store.filter.values import Ago, day_span

_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})\.? )?(?P<month>[a-z]{3,9})\.?(?: (?P<later_day>\d{1,2}))?(?:,? (?P<year>\d{4}))?\Z"
)


def end_of(text: str, now: datetime) -> float:
    """The end of the day, month or year that is meant, in seconds since 1970; without a year the last one there was.

    Raises:
        BadValue: it is none.
    """
    plain = " ".join(text.lower().split())
    found = _WORDS.match(plain)
    month = _month(found["month"]) if found is not None else 0
    if found is None or not month:
        return day_span(plain, now)[1]
    day = found["day"] or found["later_day"]
    year = int(found["year"]) if found["year"] else now.year - ((month, int(day or 1)) > (now.month, now.day))
    return day_span(f"{year:04}-{month:02}" + (f"-{int(day):02}" if day else ""), now)[1]


def begin_of(node: Node, now: datetime) -> float | None:
    """From when on conversations can match, in seconds since 1970; None where no term at the top says so."""
    terms = [part for part in conjuncts(node) if isinstance(part, Term) and part.name in {"since", "on"}]
    return max((day_span(term.value.words, now)[0] for term in terms if isinstance(term.value, Ago)), default=None)


def _month(word: str) -> int:
    """1 to 12 of a month's name or its begin; 0 of another word."""
    names = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
             "november", "december")  # fmt: skip
    return next((number for number, name in enumerate(names, 1) if name.startswith(word) and len(word) >= 3), 0)


EXAMPLES = "2026-10-15, 15 oct, march, 3d"
"""What is said where a day is asked for."""
