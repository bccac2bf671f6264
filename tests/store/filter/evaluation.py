"""The plainest evaluation of an expression over facts by name: yes, no, or not known (None), as where it was not read.

The program asks SQLite instead; tests compare the two.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from fnmatch import fnmatchcase

from tui.store.filter.expression import All, AnyOf, Call, Node, Not, Term, Word
from tui.store.filter.terms import PARAMETER, TERMS, term_kind
from tui.store.filter.values import Ago, Kind, OneOf, Range, Value, day_span

Fact = str | float | bool | None
Facts = Mapping[str, "Fact | tuple[str | Facts, ...]"]
"""By the names of the terms; `tag` is a tuple of texts, `tool` a tuple of calls, each by the names of its terms."""


def matches(node: Node, facts: Facts, now: datetime) -> bool | None:
    """Whether the facts of a conversation match; None where that is not known.

    Words are the server's: what it sent has them, so they match here.
    """
    match node:
        case Word():
            return True
        case All():
            return _all(matches(part, facts, now) for part in node.inner)
        case AnyOf():
            return _any(matches(part, facts, now) for part in node.inner)
        case Not():
            inner = matches(node.inner, facts, now)
            return None if inner is None else not inner
        case Call():
            calls = facts.get("tool")
            if not isinstance(calls, tuple):
                return None
            return _any(matches(node.inner, call, now) for call in calls if isinstance(call, Mapping))
        case Term():
            return _term(node, facts, now)


def _all(parts: Iterable[bool | None]) -> bool | None:
    known = list(parts)
    return False if False in known else None if None in known else True


def _any(parts: Iterable[bool | None]) -> bool | None:
    known = list(parts)
    return True if True in known else None if None in known else False


def _term(term: Term, facts: Facts, now: datetime) -> bool | None:
    fact = facts.get("created" if _is_date(term) else term.name)
    if fact is None:
        return None
    if isinstance(fact, tuple):
        texts = [str(part.get("name")) if isinstance(part, Mapping) else part for part in fact]
        return any(fits(term.value, text, whole=not _is_part(term.name)) for text in texts)
    if term.name == "archived" and isinstance(term.value, OneOf):
        return "also" in term.value.texts or ("only" if fact else "no") in term.value.texts
    if isinstance(term.value, Ago) and isinstance(fact, int | float):
        return in_span(term.name, fact, day_span(term.value.words, now))
    return fits(term.value, fact, whole=not _is_part(term.name))


def in_span(name: str, created: float, span: tuple[float, float]) -> bool:
    """Whether a moment is since, until or on a date; all in seconds since 1970."""
    first, last = span
    if name == "since":
        return created >= first
    if name == "until":
        return created < last or created == last == first
    return first <= created < last if last > first else created == first


def fits(value: Value, fact: Fact, *, whole: bool) -> bool:
    """Whether one fact is what a value says."""
    match value:
        case bool():
            return bool(fact) == value
        case Range():
            return isinstance(fact, int | float) and _within(value, float(fact))
        case OneOf():
            said = fact if isinstance(fact, str) else ""
            return any(_like(text, said, whole=whole) for text in value.texts)
        case _:
            return False


def _like(text: str, said: str, *, whole: bool) -> bool:
    text, said = text.casefold().replace("[", "[[]"), said.casefold()
    return fnmatchcase(said, text) or (not whole and "*" not in text and text.replace("[[]", "[") in said)


def _within(wanted: Range, number: float) -> bool:
    above = wanted.low is None or number > wanted.low or (number == wanted.low and not wanted.low_open)
    below = wanted.high is None or number < wanted.high or (number == wanted.high and not wanted.high_open)
    return above and below


def _is_date(term: Term) -> bool:
    return term.name in TERMS and TERMS[term.name].kind is Kind.DATE


def _is_part(name: str) -> bool:
    kinds = (term_kind(name, in_call=False), term_kind(name, in_call=True))
    return any(kind is not None and kind.kind is Kind.PART for kind in kinds) and not name.startswith(PARAMETER)
