from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.api.conversation import Conversation
from tui.store.facts.rows import FactsRow
from tui.store.told_beside import NO_THUMBS, Annotations, Thumbs
from tui.views.listing.columns import COLUMNS, LETTERS, MARKS, ColumnChoice, column_at, column_line, columns_in, heads
from tui.views.listing.row import Density, RowStyle
from tui.views.text.ink import Span
from tui.views.text.wrap import line_width, plain

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ONE = Conversation(
    "c1", name="Refund", tool_call_count=13, created_at=NOW - timedelta(hours=2), agent_settings_name="v3"
)
READ = FactsRow(ONE, True, 4, 1, 3, 13, 15, 250.0, 20.0, "failed", "update: E1", "Why?")


def said(facts: FactsRow | None, width: int = 120, conversation: Conversation = ONE) -> str:
    return plain(column_line(conversation, facts, NOW, width))


def test_a_row_tells_its_facts_and_what_is_not_read_is_not_none() -> None:
    assert " ".join(said(READ).split()) == "2h ago 4 3 13 15 … 4 min v3 – update: E1 Refund"
    assert said(None).split()[2:8] == ["…", "…", "13", "…", "…", "…"]
    calm = FactsRow(ONE, True, 0, 0, 1, 13, 15, 5.0, 2.0, "answered", "", "Why?")
    assert said(calm).split()[2:4] == ["–", "–"]


def test_guessed_failures_are_marked_and_an_unnamed_conversation_is_told_by_its_question() -> None:
    guessed = FactsRow(ONE, True, 2, 2, 1, 13, 15, 5.0, 2.0, "failed", "update: Error: no", "Why?")
    assert said(guessed).split()[2] == "2?"
    assert said(guessed, conversation=replace(ONE, name=None)).endswith("Why?")


@pytest.mark.parametrize(
    ("thumbs", "said", "ink"),
    [
        (Thumbs(2, 1, waits=True), "▼2▲1*", "failed"),
        (Thumbs(up=12, neither=3), "▲12", "success"),
        (Thumbs(neither=1, waits=True), "◆1*", "accent"),
        (NO_THUMBS, "–", "muted"),
    ],
)
def test_what_people_said_is_counted_and_what_waits_has_a_star(thumbs: Thumbs, said: str, ink: str) -> None:
    [feedback] = [column for column in COLUMNS if column.words == "feedback"]
    assert feedback.cell(ONE, None, NOW, Annotations(thumbs=thumbs)) == Span(said, ink)


@pytest.mark.parametrize("width", [20, 34, 60, 80, 118, 160, 300])
def test_the_least_important_columns_go_first(width: int) -> None:
    shown = columns_in(width)
    missing = [column.rank for column in COLUMNS if column not in shown]
    assert not missing or min(missing) > max((column.rank for column in shown), default=0)
    assert line_width(heads(width)) <= width


@given(st.integers(20, 300), st.integers(0, 10**9), st.floats(0, 10**7), st.text(max_size=60))
def test_no_row_is_wider_than_its_room_whatever_it_holds(width: int, number: int, took: float, text: str) -> None:
    row = FactsRow(ONE, True, number, 0, number, number, number, took, took, "failed", text, text)
    told = replace(ONE, tool_call_count=number, agent_settings_name=text)
    for conversation, facts in ((told, row), (ONE, READ), (told, None)):
        assert line_width(column_line(conversation, facts, NOW, width)) <= width


CHOICES = st.builds(
    ColumnChoice, st.sets(st.sampled_from(LETTERS)).map("".join), st.sampled_from(["", *LETTERS, "w", "n"])
)


@given(st.integers(20, 300), CHOICES)
def test_of_the_columns_that_are_wanted_the_least_important_go_first(width: int, choice: ColumnChoice) -> None:
    shown = columns_in(width, choice)
    wanted = [column for column in COLUMNS if column.letter not in choice.hidden]
    rank = {column: 0 if column.letter == choice.sorted_by else column.rank for column in wanted}
    missing = [rank[column] for column in wanted if column not in shown]
    assert set(shown) <= set(wanted)
    assert not missing or min(missing) > max(map(rank.__getitem__, shown), default=-1)
    assert set(columns_in(width - 1, choice)) <= set(shown), "more room never takes a column away"
    assert width < 120 or len(missing) <= 1, "what the widest pane of a usual screen has room for"


@given(st.integers(20, 300), CHOICES)
def test_heads_stand_above_their_cells(width: int, choice: ColumnChoice) -> None:
    room = RowStyle.within(width, Density.COLUMNS, NOW).width - MARKS
    head, cells = plain(heads(width, choice)), plain(column_line(ONE, READ, NOW, room, choice))
    at = 0
    for column in columns_in(room, choice):
        beyond = at + column.width
        assert head[1 + MARKS :][at:beyond].strip() == column.head
        assert cells[beyond : beyond + 2] == "  "
        assert {column_at(x, room, choice) for x in range(at, beyond)} == {column}
        at = beyond + 2
    assert column_at(at, room, choice) is None
