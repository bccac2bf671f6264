"""Numbers and times read as people write them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.views.text import format as fmt

NOW = datetime(2026, 3, 12, 14, 2, 11, tzinfo=UTC)
TOKYO = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "0"),
        (950, "950"),
        (999, "999"),
        (1000, "1.0k"),
        (18_234, "18.2k"),
        (99_960, "100k"),
        (3_100_000, "3.1M"),
        (-1500, "-1.5k"),
    ],
)
def test_compact_numbers(number: int, expected: str) -> None:
    assert fmt.compact(number) == expected


@given(st.integers(0, 10**14))
def test_compact_numbers_stay_short(number: int) -> None:
    assert len(fmt.compact(number)) <= 6


@pytest.mark.parametrize(
    ("octets", "expected"),
    [(0, "0 B"), (1023, "1023 B"), (1229, "1.2 KB"), (12_288, "12 KB"), (1_048_570, "1.0 MB"), (5_140_000, "4.9 MB")],
)
def test_sizes(octets: int, expected: str) -> None:
    assert fmt.size(octets) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "0 s"), (0.035, "35 ms"), (0.8, "0.8 s"), (4.12, "4.1 s"), (9.96, "10 s"), (59.6, "1 min"),
        (123, "2 min 3 s"),
        (31_680, "8 h 48 m"), (3600, "1 h"), (100_000, "1 d 3 h"), (-4, "-4.0 s"),
    ],
)  # fmt: skip
def test_durations(seconds: float, expected: str) -> None:
    assert fmt.duration(seconds) == expected


def test_a_gap_between_turns() -> None:
    assert fmt.gap(8 * 3600) == "8 h later"
    assert fmt.gap(3 * 86400) == "3 d later"
    assert fmt.gap(3 * 86400 + 7200) == "3 d 2 h later"


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(seconds=5), "now"),
        (timedelta(minutes=5), "5m ago"),
        (timedelta(hours=2), "2h ago"),
        (timedelta(days=3), "3d ago"),
        (timedelta(days=59), "12 Jan"),
        (timedelta(days=424), "12 Jan 2025"),
        (timedelta(hours=-3), "12 Mar"),
    ],
)
def test_ages_are_relative_while_fresh(passed: timedelta, expected: str) -> None:
    assert fmt.ago(NOW - passed, NOW, UTC) == expected


def test_times_are_local() -> None:
    assert fmt.clock(NOW, TOKYO) == "23:02:11"
    assert fmt.day_and_time(NOW, TOKYO, NOW) == "12 Mar 23:02"
    assert fmt.day(NOW + timedelta(hours=2), TOKYO) == "13 Mar 2026"
    assert not fmt.same_day(NOW, NOW + timedelta(hours=1), TOKYO)
    assert fmt.day(datetime.max.replace(tzinfo=UTC), TOKYO).endswith("9999")


def test_words() -> None:
    assert fmt.plural(1, "tool call") == "1 tool call"
    assert fmt.plural(1284, "reply", "replies") == "1,284 replies"


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "0 lines"), ("\n", "0 lines"), ("a", "1 line"), ("a\n", "1 line"), ("\na\n\nb\n", "4 lines")],
)
def test_the_end_of_the_last_line_is_no_line_more(text: str, words: str) -> None:
    assert fmt.lines(text) == words


def test_bars_show_the_shape() -> None:
    assert fmt.bars([1, 2, 4, 8], 10) == "▂▃▅█"
    assert fmt.bars([0, 0], 10) == "▁▁"
    assert fmt.bars([], 10) == ""


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=400), st.integers(1, 60))
def test_bars_fit_and_keep_the_peak(values: list[float], width: int) -> None:
    chart = fmt.bars(values, width)

    assert len(chart) == min(width, len(values))
    assert ("█" in chart) == (max(values) > 0)
