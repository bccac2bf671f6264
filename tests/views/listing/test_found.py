"""What is said of a list that facts make: what it covers, and what of it is only known from earlier."""

from datetime import datetime, timedelta
from typing import Any

from tui.api.errors import ServerFault
from tui.store.reading_on import FoundRows
from tui.views.listing.found import coverage_line, progress_words
from tui.views.text.moments import of_time

NOW = datetime(2026, 11, 30, 14, 2).astimezone()


def rows(**fields: Any) -> FoundRows:
    """12 of 340 match, of 2,113 in all; the fields are what differs."""
    usual: dict[str, Any] = {
        "matching": 12, "known": 340, "unreadable": 0, "old": 0, "of": None, "total": 2_113, "vain": 0, "why": None,
        "size": 51_000_000, "bytes_left": 85_000_000, "seconds_left": None, "is_running": False, "is_complete": False,
        "order": "", "trouble": "",
    }  # fmt: skip
    return FoundRows(**usual | fields)


def said(found: FoundRows) -> str:
    """The line below the rows."""
    return "".join(span.text for span in coverage_line(found))


def test_what_is_covered_is_said_and_what_reads_the_rest() -> None:
    assert said(rows()) == "12 match in 340 read of 2,113 · R reads the rest, about 81 MB"
    assert said(rows(unreadable=3)).startswith("12 match in 340 read of 2,113 · 3 histories unreadable")
    assert said(rows(is_complete=True)) == ""
    assert said(rows(is_running=True)) == "12 match so far · Esc stops, R goes on"


def test_what_is_known_from_earlier_is_never_counted_as_read() -> None:
    kept = rows(known=2_113, old=1_773, of=NOW.timestamp())
    assert f"in 340 read of 2,113, 1,773 of {of_time(NOW.timestamp(), datetime.now().astimezone())} · R" in said(kept)
    assert progress_words(kept._replace(is_running=True)).startswith("read 340/2,113")


def test_rows_that_did_not_come_are_said_with_the_reason() -> None:
    assert "20 rows did not come: " in said(rows(vain=20, why=ServerFault()))


def test_the_time_of_what_was_kept_has_its_day_where_that_is_another_one() -> None:
    assert of_time(NOW.timestamp(), NOW).endswith(":02")
    assert len(of_time(NOW.timestamp(), NOW)) == 5
    earlier = NOW - timedelta(days=2)
    assert of_time(earlier.timestamp(), NOW).startswith("28 Nov ")
