"""When a request is sent again, and after how long."""

import random
from datetime import UTC, datetime

from msgspec import Struct

from tui.api.errors import (
    ApiError,
    BadCertificate,
    BadProxy,
    NotHttp,
    StatusError,
    TimedOut,
    UnknownHost,
    Unreachable,
)

TRIES = 4
"""A request is sent at most this often."""

LONGEST_WAIT = 30.0
"""Seconds: a server that asks for more is believed, and the person decides."""

FIRST_WAIT = 0.4
"""Seconds before the first repetition, at most."""

_RETRIED = frozenset({429, 502, 503, 504})
_ONLY_WHEN_ASKED = frozenset({429, 503})


class Retrying(Struct, frozen=True):
    """A request is sent again: why, in how many seconds (0: it is on its way), and the how-manieth try that is."""

    reason: str
    seconds: float
    attempt: int
    detail: str = ""
    """What the server says of it; uncleaned."""


def backoff(attempt: int) -> float:
    """Seconds before try number `attempt` (2 is the first repetition): doubling, with half of it left to chance."""
    full = FIRST_WAIT * 2.0 ** (attempt - 2)
    return full * (0.5 + random.random() / 2)


def wait_before(attempt: int, error: ApiError) -> float | None:
    """Seconds to wait before try number `attempt`, or None where the request must not be sent again."""
    if attempt > TRIES:
        return None
    if isinstance(error, StatusError):
        return _wait_after_status(attempt, error)
    if isinstance(error, NotHttp):
        # What was left over from the answer before, on a connection that was kept, is none of this one's.
        return backoff(attempt) if attempt == 2 else None
    if isinstance(error, Unreachable) and not isinstance(error, UnknownHost | BadProxy | BadCertificate | TimedOut):
        return backoff(attempt)
    return None


def _wait_after_status(attempt: int, error: StatusError) -> float | None:
    if error.status not in _RETRIED:
        return None
    if error.retry_after is None:
        return None if error.status in _ONLY_WHEN_ASKED else backoff(attempt)
    # Who asks for no wait at all, or names a moment that is past, is not besieged all the same.
    return max(error.retry_after, backoff(attempt)) if error.retry_after <= LONGEST_WAIT else None


def retry_after(value: str, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks for: a number or a date (RFC 9110, 10.2.3).

    A date counts from `now`, which is best what the server's own clock says.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    moment = date_of(value)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds()) if moment is not None else None


def date_of(value: str) -> datetime | None:
    """The moment that a header names (RFC 9110, 5.6.7); None where it names none."""
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
