"""Moments of a history in words: the time of day, silences, and what a message cost."""

from datetime import UTC, datetime

from tui.views.text import format as fmt

GAP_FROM = 3600.0
"""Seconds of silence before a message from which it is said how long it was."""


def moment(at: float) -> datetime:
    """Seconds since 1970 as a moment in UTC; far outside the calendar it is the edge of it."""
    try:
        return datetime.fromtimestamp(at, UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.max.replace(tzinfo=UTC) if at > 0 else datetime.min.replace(tzinfo=UTC)


def when_text(at: float, previous_at: float | None) -> str:
    """The time of day, with the date where that of the message before is another one."""
    here = moment(at)
    clock = fmt.clock(here)
    if previous_at is not None and fmt.same_day(moment(previous_at), here):
        return clock
    return f"{fmt.day(here)} {clock}"


def of_time(at: float, now: datetime) -> str:
    """The local time of day of something that was read earlier, with the date where that is not today's."""
    words = fmt.day_and_time(here := moment(at), now=now)
    return words.rpartition(" ")[2] if fmt.same_day(here, now) else words


def pause_text(at: float | None, previous_at: float | None) -> str:
    """`8 h later` after a long silence, else nothing."""
    if at is None or previous_at is None or at - previous_at < GAP_FROM:
        return ""
    return fmt.gap(at - previous_at)


def tokens_text(tokens_in: int | None, tokens_out: int | None) -> str:
    """`↑1.2k ↓0.3k`, or nothing where nothing was used."""
    if not tokens_in and not tokens_out:
        return ""
    return f"↑{fmt.compact(tokens_in or 0)} ↓{fmt.compact(tokens_out or 0)}"
