"""What is said of a list that facts make: what it covers, and what of it is only known from earlier."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tui.api.errors import ServerFault
from tui.store.facts.sorting import SORTS, Order
from tui.store.reading_on import FoundRows
from tui.views.listing.advice import IN_TABLES, IN_THE_LIST, Keys
from tui.views.listing.edge import Edge
from tui.views.listing.found import coverage_line, nothing_found, progress_line
from tui.views.listing.title import list_titles
from tui.views.text.ink import Span
from tui.views.text.moments import of_time
from tui.views.text.wrap import line_width, plain

NOW = datetime(2026, 11, 30, 14, 2).astimezone()


def rows(**fields: Any) -> FoundRows:
    """12 of 340 match, of 2,113 in all; the fields are what differs."""
    usual: dict[str, Any] = {
        "matching": 12, "known": 340, "unreadable": 0, "old": 0, "of": None, "total": 2_113, "vain": 0, "why": None,
        "size": 51_000_000, "bytes_left": 85_000_000, "seconds_left": None, "is_running": False, "is_complete": False,
        "order": Order(), "trouble": "",
    }  # fmt: skip
    return FoundRows(**usual | fields)


def said(found: FoundRows, keys: Keys = IN_THE_LIST) -> str:
    """The line below the rows."""
    return "".join(span.text for span in coverage_line(found, keys))


def test_what_is_covered_is_said_and_what_reads_the_rest() -> None:
    assert said(rows()) == "12 match in 340 read of 2,113 · R reads the rest, about 81 MB"
    assert said(rows(unreadable=3)).startswith("12 match in 340 read of 2,113 · 3 histories unreadable")
    assert said(rows(is_complete=True)) == ""
    assert said(rows(is_running=True)) == "12 match so far · Esc stops, R goes on"


def test_where_all_has_come_no_key_is_advised_while_the_last_of_it_is_worked_out() -> None:
    assert said(rows(bytes_left=0)) == "12 match so far"
    assert " R" not in nothing_found(rows(matching=0, bytes_left=0), IN_THE_LIST)[0][0].text
    assert "R tries again" in said(rows(bytes_left=0, vain=20, why=ServerFault()))


def test_what_is_known_from_earlier_is_never_counted_as_read() -> None:
    kept = rows(known=2_113, old=1_773, of=NOW.timestamp())
    assert f"in 340 read of 2,113, 1,773 of {of_time(NOW.timestamp(), datetime.now().astimezone())} · R" in said(kept)
    assert plain(progress_line(kept._replace(is_running=True))).startswith("read 340/2,113")


def test_rows_that_did_not_come_are_said_with_the_reason() -> None:
    assert "20 rows did not come: " in said(rows(vain=20, why=ServerFault()))


def test_while_a_line_is_typed_no_letter_is_advised_that_would_go_into_it() -> None:
    keys = Keys("Ctrl-R", "Esc, then ")
    assert said(rows(), keys).endswith(" · Esc, then R reads the rest, about 81 MB")
    assert said(rows(is_running=True), keys) == "12 match so far"
    assert said(rows(vain=20, why=ServerFault()), keys).endswith(" · Esc, then R tries again")
    assert nothing_found(rows(matching=0), keys)[0][0].text.endswith(" · Esc, then R reads on, about 81 MB")


def test_in_tables_no_key_is_advised_that_does_something_else_there() -> None:
    assert said(rows(is_running=True), IN_TABLES) == "12 match so far · Esc in the list stops, R goes on"
    assert said(rows(vain=20, why=ServerFault()), IN_TABLES).endswith(" · R tries again")


def test_where_none_matches_that_is_said_once() -> None:
    none = rows(matching=0)
    assert nothing_found(none, IN_THE_LIST)[0][0].text == "0 of 340 read match · R reads on, about 81 MB"
    assert said(none) == ""
    assert said(rows(matching=0, unreadable=3)) == "3 histories unreadable"
    assert said(rows(matching=0, is_running=True)) == "Esc stops, R goes on"
    assert said(rows(matching=0, bytes_left=0)) == ""
    assert said(rows(matching=0, vain=20, why=ServerFault())).startswith("20 rows did not come: ")


def test_the_time_of_what_was_kept_has_its_day_where_that_is_another_one() -> None:
    assert of_time(NOW.timestamp(), NOW).endswith(":02")
    assert len(of_time(NOW.timestamp(), NOW)) == 5
    earlier = NOW - timedelta(days=2)
    assert of_time(earlier.timestamp(), NOW).startswith("28 Nov ")


@st.composite
def states(draw: st.DrawFn) -> tuple[FoundRows, int]:
    """How far reading may be, and where the cursor is."""
    total = draw(st.integers(1, 200_000))
    known = draw(st.integers(0, total))
    matching = draw(st.integers(0, known))
    running, name = draw(st.booleans()), draw(st.sampled_from(list(SORTS)))
    found = rows(
        total=total, known=known, matching=matching, size=draw(st.integers(0, 10**11)), is_running=running,
        is_complete=not running and known == total, order=draw(st.sampled_from([Order(), Order(name)])),
        seconds_left=draw(st.none() | st.floats(0, 9_999)),
    )  # fmt: skip
    return found, draw(st.integers(0, max(0, matching - 1)))


def title(found: FoundRows, cursor: int, marked: int, width: int, *, rail: bool = False) -> str:
    """The upper edge of the list."""
    whole, shorter, shortest = list_titles((found.matching, cursor, None), found.order, marked, rail=rail)
    edge = Edge(whole, title_counts=True, joined=True, right=progress_line(found, rail=rail))
    line = edge._replace(shorter=shorter, shortest=shortest).line(width)
    assert line_width(line) == width
    return plain(line)


def test_a_title_that_counts_what_is_marked_gives_up_its_word_before_it_is_cut() -> None:
    whole, _, shortest = list_titles((2_136, 2, None), None, 2, rail=False)
    edge = Edge(whole, title_counts=True, right=[Span("40 loaded")], shortest=shortest)
    assert [plain(edge.line(width)).strip("─ ") for width in (60, 40, 36)] == [
        f"Conversations 3/2,136 · 2 marked {'─' * 12} 40 loaded",
        "Conversations 3/2,136 · 2 marked",
        "3/2,136 · 2 marked",
    ]


@given(states(), st.integers(40, 200), st.integers(0, 200_000))
def test_however_narrow_the_title_says_how_much_is_read(state: tuple[FoundRows, int], width: int, marked: int) -> None:
    found, cursor = state
    said = title(found, cursor, marked, width)
    assert ("all read" if found.is_complete else f"read {found.known:,}/{found.total:,} ") in said
    if width >= 80:
        assert found.order.words in said
    if found.matching:
        assert f" {cursor + 1:,}" in said


def test_a_narrow_list_without_a_match_keeps_a_title() -> None:
    assert "─ 0/0 ─" in title(rows(is_complete=True, matching=0, order=Order()), 0, 0, 27)


@given(states(), st.integers(0, 200_000))
def test_a_rail_says_how_much_is_read(state: tuple[FoundRows, int], marked: int) -> None:
    found, cursor = state
    said = title(found, cursor, marked, 23, rail=True)
    assert ("all read" if found.is_complete else " % read ") in said


def test_in_80_cells_the_title_says_the_order_and_how_long_reading_will_take() -> None:
    found = rows(is_running=True, known=1_240, order=Order("failed"), seconds_left=8.0)
    for width in (75, 80):
        said = title(found, 11, 0, width)
        assert "12/12 · by failed calls ↓" in said
        assert "read 1,240/2,113 · 49 MB · 8 s left" in said
    said = title(rows(is_complete=True, order=Order("failed")), 0, 0, 50)
    assert "1/12 · by failed calls ↓" in said
    assert "all read" in said


def test_beside_two_other_panes_the_title_still_says_the_order() -> None:
    for order, by in (
        (Order("failed"), "failed ↓"),
        (Order("failed", turned=True), "failed ↑"),
        (Order("took"), "took ↓"),
    ):
        found = rows(matching=221, known=221, order=order)
        assert f"30/221 · {by} ─" in title(found, 29, 0, 42)
        assert f"30 · {by} ─" in title(found, 29, 0, 35)
        for width in (42, 35):
            assert "read 221/2,113 " in title(found, 29, 0, width)
