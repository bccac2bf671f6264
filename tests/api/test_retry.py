"""How often and how long a request is repeated, and who hears of it."""

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api.conftest import MakeClient, News
from tests.servers import ScriptedServer, conversation, error, page_of
from tui.api import retry
from tui.api.errors import (
    ApiError,
    BadCertificate,
    ConnectionLost,
    ServerFault,
    TimedOut,
    UnknownHost,
    Unreachable,
    UnreadableAnswer,
    error_for_status,
)
from tui.api.http.answer import Answer
from tui.api.query import ConversationFilter
from tui.api.retry import LONGEST_WAIT, TRIES, Retrying, backoff, retry_after, wait_before

ALL = ConversationFilter()
NOON = datetime(2025, 3, 12, 12, tzinfo=UTC)


@given(st.integers(2, TRIES))
def test_the_wait_doubles_and_half_of_it_is_left_to_chance(attempt: int) -> None:
    full = retry.FIRST_WAIT * 2 ** (attempt - 2)
    assert full / 2 <= backoff(attempt) <= full


@pytest.mark.parametrize(
    "error_made", [Unreachable(), ConnectionLost(), error_for_status(502, ""), ServerFault(status=504)]
)
def test_it_ends_after_so_many_tries(error_made: ApiError) -> None:
    assert all(wait_before(attempt, error_made) is not None for attempt in range(2, TRIES + 1))
    assert wait_before(TRIES + 1, error_made) is None


@pytest.mark.parametrize(
    "error_made",
    [
        UnknownHost(),
        BadCertificate(),
        TimedOut(),
        UnreadableAnswer(),
        *(error_for_status(s, "") for s in (400, 401, 500)),
    ],
)
def test_what_will_not_change_is_not_repeated(error_made: ApiError) -> None:
    assert wait_before(2, error_made) is None


@pytest.mark.parametrize(("status", "asked", "waits"), [(429, 5.0, 5.0), (503, 30.0, 30.0), (429, 31.0, None)])
def test_what_the_server_asks_for_is_kept_to(status: int, asked: float, waits: float | None) -> None:
    refused = error_for_status(status, "")
    refused.retry_after = asked
    assert wait_before(2, refused) == waits


@pytest.mark.parametrize("attempt", range(2, TRIES + 1))
def test_a_server_that_asks_for_no_pause_is_not_besieged(attempt: int) -> None:
    refused = error_for_status(429, "")
    refused.retry_after = 0.0
    assert (wait_before(attempt, refused) or 0) >= retry.FIRST_WAIT * 2 ** (attempt - 2) / 2


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 12 Mar 2025 12:00:30 GMT", 30.0),
        ("Wed, 12 Mar 2025 12:00:30 -0000", 30.0),
        ("Wed, 12 Mar 2025 11:00:00 GMT", 0.0),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("٣", None),
        ("Wed, 12 Mar 99999 12:00:30 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert retry_after(header, NOON) == seconds


def test_a_date_counts_from_the_clock_of_the_server_that_names_it() -> None:
    dates = {"retry-after": "Wed, 12 Mar 2025 12:00:30 GMT", "date": "Wed, 12 Mar 2025 12:00:00 GMT"}
    assert Answer(503, dates, b"").error().retry_after == 30.0


@given(st.text() | st.from_regex(r"\w{3}, \d+ Mar \d+ \d+:\d+:\d+ [+-]?\w*"))
def test_no_retry_after_raises(header: str) -> None:
    seconds = retry_after(header)
    assert seconds is None or seconds >= 0


def test_absurd_seconds_are_too_long_and_not_an_error() -> None:
    assert (retry_after("9" * 5000) or 0) > LONGEST_WAIT


async def test_the_listener_hears_of_each_repetition_and_of_the_end(
    server: ScriptedServer, make_client: MakeClient, news: News
) -> None:
    server.reply(error(502), error(503, "Busy.", ("Retry-After", "0")), page_of([conversation(1)]))
    await make_client(server.base_url).conversations(ALL, 1, 0)
    assert [entry and (entry.attempt, entry.seconds > 0) for entry in news] == [
        (2, True),
        (2, False),
        (3, True),  # who asks for no pause gets the usual one
        (3, False),
        None,
    ]
    assert isinstance(news[0], Retrying)
    assert news[0].reason == "The service has a fault"


async def test_what_succeeds_at_once_is_not_news(server: ScriptedServer, make_client: MakeClient, news: News) -> None:
    await make_client(server.base_url).conversations(ALL, 1, 0)
    assert news == []


async def test_a_wait_can_be_given_up(server: ScriptedServer, make_client: MakeClient, news: News) -> None:
    server.reply(error(429, "Slow.", ("Retry-After", "29")))
    asking = asyncio.create_task(make_client(server.base_url).conversations(ALL, 1, 0))
    await news.came.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert news[-1] is None
    assert len(server.requests) == 1
