"""Numbers as pictures against the plainest loops, and the terms of their rows against the filter."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.across.made import FAILED, NOW, asked, record
from tui.store.across.numbers import TimeUnit, begin_of, endings_of, spans_of, tokens_of
from tui.store.facts.database import FactsDatabase
from tui.store.facts.question import FactsQuestion
from tui.store.filter.parser import parse
from tui.zone import ZONE

MOMENTS = st.lists(st.integers(0, 400 * 86_400).map(lambda back: NOW - timedelta(seconds=back)), max_size=8)


@pytest.fixture(autouse=True)
def _zone_of_machine() -> Iterator[None]:
    yield
    ZONE.choose(None)


@contextmanager
def made(moments: list[datetime], tokens: list[int | None] | None = None) -> Iterator[FactsDatabase]:
    database = FactsDatabase()
    call = {"type": "tool_call", "tool_type": "one", "input_parameters": {}, "results": FAILED}
    try:
        for number, moment in enumerate(moments):
            told = {"total": tokens[number]} if tokens is not None else {}
            database.take(record(number, [call] * (number % 3), created_at=moment.isoformat(), tokens=told))
        database.flush()
        yield database
    finally:
        database.close()


@settings(deadline=None)
@given(MOMENTS, st.sampled_from(TimeUnit), st.sampled_from(["UTC", "Asia/Kathmandu", "America/New_York"]))
def test_every_span_is_there_in_the_zone_of_the_screen(moments: list[datetime], unit: TimeUnit, zone: str) -> None:
    ZONE.choose(zone)
    with made(moments) as database:
        spans = spans_of(database, asked(), unit)
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in moments]
    expected = Counter(begin_of(day, unit) for day in days)
    failed: Counter[date] = Counter()
    for number, day in enumerate(days):
        failed[begin_of(day, unit)] += number % 3
    assert {span.first: span.conversations for span in spans if span.conversations} == dict(expected)
    assert all(span.failed == failed[span.first] for span in spans)
    for newer, older in pairwise(spans):
        assert newer.first == older.last + timedelta(1), "one without a conversation is there, too"
    if spans:
        assert (spans[-1].first, spans[0].first) == (min(expected), max(expected))


@settings(deadline=None)
@given(MOMENTS.filter(bool), st.sampled_from(TimeUnit))
def test_the_term_of_a_bar_finds_what_it_counts(moments: list[datetime], unit: TimeUnit) -> None:
    ZONE.choose("UTC")
    with made(moments) as database:
        for span in spans_of(database, asked(), unit):
            lines = [f"since:{span.first} until:{span.last}"]
            lines += [f"on:{span.first}"] if unit is TimeUnit.DAY else []
            lines += [f"on:{str(span.first)[:7]}"] if unit is TimeUnit.MONTH else []
            for line in lines if span.conversations else ():
                assert database.ask(FactsQuestion(parse(line), now=NOW)).count == span.conversations


@settings(deadline=None)
@given(st.lists(st.none() | st.integers(0, 10**7), max_size=12))
def test_tokens_stand_in_bins_that_leave_nothing_out(tokens: list[int | None]) -> None:
    with made([NOW] * len(tokens), tokens) as database:
        answer = tokens_of(database, asked())
        for one in answer.bins:
            asked_for = FactsQuestion(parse(f"tokens:{one.low}..{one.high}"), now=NOW)
            assert database.ask(asked_for).count == one.conversations
        known = sorted(
            row for (row,) in database.select("SELECT tokens FROM conversations WHERE tokens IS NOT NULL").fetchall()
        )
    assert sum(one.conversations for one in answer.bins) == len(known)
    assert answer.unknown == len(tokens) - len(known)
    for one, other in pairwise(answer.bins):
        assert other.low == one.high + 1
    if known:
        assert answer.half is not None
        assert answer.most is not None
        assert sum(one <= answer.half for one in known) * 2 >= len(known)
        assert sum(one < answer.half for one in known) * 2 < len(known) + 1
        assert sum(one <= answer.most for one in known) >= 0.95 * len(known)


def test_endings_are_counted_each_once() -> None:
    with made([NOW] * 5) as database:
        counts = endings_of(database, asked())
        assert sum(counts.values()) == 5
        assert database.ask(FactsQuestion(parse("ending:failed"), now=NOW)).count == 3


def test_damaged_dates_are_bounded() -> None:
    with made([datetime(1900, 1, 2, tzinfo=UTC), datetime(2500, 12, 30, tzinfo=UTC)]) as database:
        assert len(spans_of(database, asked(), TimeUnit.DAY)) == 20_000
        assert len(spans_of(database, asked(), TimeUnit.WEEK)) == 20_000
        assert spans_of(database, asked(), TimeUnit.MONTH)[0].first == date(2500, 12, 1)
