"""The conversation under the cursor is found again, whatever came or went above it and however small the pages are."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.listing.table import Desk, Running, answer_all, ids_of, rest, table_of
from tui.store.listing.cursor import ListCursor
from tui.store.listing.page_size import PageSize

VIEW = 12
FAR = 150


def heavy(limit: int) -> PageSize:
    """Conversations so heavy that no page holds more than so many."""
    return PageSize(limit)


async def _follow(rows: int, at: int, row: int, limit: int, change: int, *, upwards: bool) -> None:
    """Look at a place, follow a row of it, change the table at its top, refresh: the row is known again."""
    desk = Desk(table_of(rows))
    async with Running(desk.fetch, page_size=heavy(limit)) as window:
        window.look(0, VIEW - 1)
        await answer_all(desk)
        if upwards:
            window.look(at + 1, at + VIEW)
            await answer_all(desk)
        window.look(at, at + VIEW - 1)
        await answer_all(desk)
        followed = desk.table.rows[at + row]
        window.follow(followed)
        if change > 0:
            desk.table.insert(0, change)
        else:
            desk.table.delete(0, -change)
        window.refresh()
        await answer_all(desk)
        place = desk.table.rows.index(followed)
        assert not window.is_seeking(followed)
        assert window.index_of(followed) == place
        assert ids_of(window, place, place) == [followed]


@settings(max_examples=80, deadline=None)
@given(
    st.integers(40, FAR),
    st.integers(0, VIEW - 1),
    st.integers(1, 40),
    st.integers(-30, 30).filter(bool),
    st.booleans(),
)
def test_rows_that_come_or_go_above_take_nobody_from_under_the_cursor(
    at: int, row: int, limit: int, change: int, upwards: bool
) -> None:
    asyncio.run(_follow(FAR + 2 * VIEW, at, row, limit, change, upwards=upwards))


@pytest.mark.parametrize("limit", [1, 3, 100])
async def test_a_conversation_that_was_deleted_is_given_up_after_a_few_answers(limit: int) -> None:
    desk = Desk(table_of(400))
    async with Running(desk.fetch, page_size=heavy(limit)) as window:
        window.look(200, 200 + VIEW)
        await answer_all(desk)
        window.follow(desk.table.rows[205])
        gone = desk.table.rows[205]
        desk.table.delete(205)
        window.refresh()
        before = len(desk.asked)
        await answer_all(desk)
        assert not window.is_seeking(gone)
        assert window.index_of(gone) is None
        assert len(desk.asked) - before <= 2 * VIEW + 20
        assert window.failure is None


async def test_while_it_is_looked_for_it_is_said_to_be_sought_and_keeps_its_row() -> None:
    desk = Desk(table_of(100))
    at = ListCursor()
    at.rows = VIEW
    async with Running(desk.fetch, page_size=heavy(2)) as window:
        at.show(window, None)
        window.look(60, 60 + VIEW)
        await answer_all(desk)
        window.look(50, 50 + VIEW)
        await answer_all(desk)
        followed = desk.table.rows[62]
        at.go(62)
        window.follow(followed)
        desk.table.insert(0, 30)
        window.refresh()
        await rest()
        desk.answer()
        await rest()
        at.take_over()
        assert window.is_seeking(followed)
        assert at.conversation is not None
        assert (at.index, at.conversation.id) == (62, followed)
        await answer_all(desk)
        at.take_over()
        assert window.index_of(followed) == at.index == 92
