import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.store.filter.dates import end_of
from tui.store.filter.values import BadValue

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2026-10-15", "2026-10-16"), ("15 oct", "2026-10-16"), ("Oct 15", "2026-10-16"),
        ("15. October 2025", "2025-10-16"),
        ("march", "2026-04-01"), ("dec", "2026-01-01"), ("december 2024", "2025-01-01"), ("2024", "2025-01-01"),
        ("yesterday", "2026-11-30"), ("31 dec", "2026-01-01"),
    ],
)  # fmt: skip
def test_days_are_read_as_people_type_them(text: str, end: str) -> None:
    assert end_of(text, NOW) == datetime.fromisoformat(end).replace(tzinfo=UTC).timestamp()


def test_a_time_back_is_a_moment() -> None:
    assert end_of("3d", NOW) == NOW.timestamp() - 3 * 86400


@pytest.mark.parametrize("text", ["", "soon", "31 feb", "2026-13", "15 octopus", "99 mar", "feb 0"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        end_of(text, NOW)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_day_or_refused(text: str) -> None:
    with contextlib.suppress(BadValue):
        assert end_of(text, NOW)
