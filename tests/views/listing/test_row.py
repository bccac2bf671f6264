"""Rows of the list: what is said, where the numbers stand, and that no text ever breaks the width."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers import conversation
from tui.api.decode import decode_page
from tui.store.filter.list_filter import ListFilter
from tui.store.listing.rows import RepeatedRow, Row, row_of
from tui.views.listing.chips import chip_line, chips_of
from tui.views.listing.row import Density, RowStyle, lines_in_list, row_lines, rows_in_view
from tui.views.text.wrap import line_width, plain

NOW = datetime(2026, 3, 12, 14, 2, 11, tzinfo=UTC)
ANY_TEXT = st.text(max_size=60) | st.sampled_from(
    ["返品について" * 9, "a\x1b[31mb\u202ec", "👩‍👩‍👧‍👦" * 12, "é" * 80, "\n\t"]
)
WIDTHS = st.integers(20, 200)


def row(**fields: Any) -> Row:
    """The row of a conversation with these fields."""
    page = {"count": 1, "results": [conversation(1, **fields)]}
    return row_of(decode_page(json.dumps(page).encode()).records[0], 0)


def lines(one: Row | None, width: int = 100, density: Density = Density.ROWS, **options: Any) -> list[str]:
    """The text of a row."""
    return [plain(line) for line in row_lines(4, one, RowStyle(width, density, NOW), **options)]


@given(
    name=ANY_TEXT, agent=ANY_TEXT, tags=st.lists(ANY_TEXT, max_size=6), width=WIDTHS, density=st.sampled_from(Density)
)
def test_no_text_is_wider_than_the_row_and_every_row_has_the_same_height(
    name: str, agent: str, tags: list[str], width: int, density: Density
) -> None:
    style = RowStyle(width, density, NOW)
    one = row(name=name, agent_settings_name=agent, tags=tags, is_archived=True)
    painted = row_lines(0, one, style)
    assert len(painted) == style.height
    assert all(line_width(line) <= width for line in painted)
    assert not any(character in "".join(plain(line) for line in painted) for character in "\x1b\n\t\u202e")


@given(counts=st.tuples(*[st.none() | st.integers(0, 10**9)] * 4), width=st.integers(33, 75) | st.integers(77, 200))
def test_numbers_stand_in_the_same_columns_whatever_they_are(
    counts: tuple[int | None, int | None, int | None, int | None], width: int
) -> None:
    messages, calls, tokens_in, tokens_out = counts
    tokens = {"input": tokens_in, "output": tokens_out, "total": None}
    one = lines(row(message_count=messages, tool_call_count=calls, tokens=tokens), width)[1]
    usual = lines(row(), width)[1]
    if max(messages or 0, calls or 0) < 999_500:
        assert one.index(" msg") == usual.index(" msg")
        assert one.index(" tool") == usual.index(" tool")
        assert len(one) == len(usual)


@given(messages=st.integers(0, 99_000), calls=st.integers(0, 99_000), width=st.integers(30, 32))
def test_in_a_narrow_list_the_numbers_keep_their_columns_too(messages: int, calls: int, width: int) -> None:
    one = lines(row(message_count=messages, tool_call_count=calls), width)[1]
    usual = lines(row(), width)[1]
    assert one.index(" msg") == usual.index(" msg")
    assert one.index(" tool") == usual.index(" tool")


@given(columns=st.integers(20, 200), name=ANY_TEXT, density=st.sampled_from(Density))
def test_a_blank_stands_between_a_row_and_the_scroll_bar(columns: int, name: str, density: Density) -> None:
    style = RowStyle.within(columns, density, NOW)
    for line in lines_in_list(row_lines(0, row(name=name), style), style, "cursor"):
        assert line_width(line) == columns - 1
        assert plain(line).endswith(" ")


def test_the_chips_above_begin_where_the_names_do() -> None:
    style = RowStyle.within(60, Density.ROWS, NOW)
    [first, *_] = lines_in_list(row_lines(0, row(name="Refund"), style), style, "cursor")
    _, [chip] = chip_line(chips_of(ListFilter("refund")), 60)
    assert chip.start == plain(first).index("Refund")


def test_a_row_tells_all_that_the_list_promises() -> None:
    one = row(
        name="Refund for a damaged item", updated_at="2026-03-12T12:00:00Z", message_count=14, tool_call_count=6,
        tokens={"input": 18200, "output": 2100, "total": 20300}, tags=["billing", "review"], is_archived=True,
        archived_at="2026-02-03T10:00:00Z", is_shared=True,
    )  # fmt: skip
    said = " ".join(" ".join(lines(one, 110)).split())
    for words in (
        "▤ Refund for a damaged item",
        "12 Mar 2025",
        "Support v3",
        "14 msg",
        "6 tools",
        "↑18.2k",
        "↓2.1k",
        "billing",
    ):
        assert words in said
    for words in ("review", "archived 3 Feb", "shared"):
        assert words in said


@pytest.mark.parametrize("name", [None, "", "  "])
def test_a_conversation_without_a_name_is_known_by_its_id(name: str | None) -> None:
    assert "unnamed · 00000000" in lines(row(name=name))[0]


def test_what_is_missing_is_said_and_not_guessed() -> None:
    one = row(agent_settings_name=None, updated_at=None, created_at=None, message_count=None, tags=[], tokens=None)
    said = " ".join(lines(one, 110))
    for words in ("no agent named", "no date", "? msg", "↑?", "↓?", "untagged"):
        assert words in said


def test_tags_that_nobody_told_are_none_that_are_missing() -> None:
    assert "tags not told" in " ".join(lines(row(tags=None), 110))
    assert "untagged" not in " ".join(lines(row(tags={"no": "list"}), 110))


@pytest.mark.parametrize("width", [30, 33, 40])
def test_a_narrow_row_still_shows_its_numbers(width: int) -> None:
    said = " ".join(lines(row(), width))
    assert "2 msg" in said
    assert "↑1.9k" in said


def test_a_row_on_its_way_a_failed_one_and_a_repeated_one_are_told_apart() -> None:
    assert lines(None)[0] == "⋯ 5"
    assert lines(None, failed=True)[0] == "✕ row 5 did not come"
    one = row()
    repeated = RepeatedRow(one.conversation, 0)  # type: ignore[union-attr]  # it is a conversation
    assert lines(repeated)[0] == "≡ sent twice by the server: Conversation 1"


def test_an_unreadable_row_says_which_and_why() -> None:
    [element] = decode_page(json.dumps({"count": 1, "results": ["oops"]}).encode()).records
    first, second = lines(row_of(element, 0))[:2]
    assert first == "! row 5 cannot be read"
    assert second.strip()


@given(height=st.integers(0, 100), width=WIDTHS, density=st.sampled_from(Density))
def test_whole_rows_fit_into_the_pane(height: int, width: int, density: Density) -> None:
    style = RowStyle(width, density, NOW)
    count = rows_in_view(height, style)
    assert count >= 1
    assert count == 1 or count * style.height <= height < (count + 1) * style.height
