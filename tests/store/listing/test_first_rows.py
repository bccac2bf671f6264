"""Where a list begins: at rows that are remembered, with a page that came before there was a window, or at the top."""

import pytest

from tests.store.listing.table import Desk, Running, answer_all, page_of, rest, table_of
from tui.api.errors import ApiError, Forbidden, NotFound, ServerFault, TimedOut, Unauthorized, Unreachable
from tui.api.page import Page
from tui.api.query import FIRST_LIMIT
from tui.store.listing.known import FirstRows
from tui.store.listing.rows import ListedConversation, RepeatedRow


async def test_the_remembered_rows_are_the_first_ones_that_are_asked_for() -> None:
    desk = Desk(table_of(200_000))
    async with Running(desk.fetch, first_row=5_000) as window:
        await answer_all(desk)
        assert desk.asked == [(FIRST_LIMIT, 5_000)]
        assert window.count == 200_000
        window.look(5_005, 5_020)
        await answer_all(desk)
        assert desk.asked == [(FIRST_LIMIT, 5_000)]


async def test_a_list_that_became_shorter_is_begun_at_the_top() -> None:
    desk = Desk(table_of(30))
    async with Running(desk.fetch, first_row=5_000) as window:
        await answer_all(desk)
        assert desk.asked == [(FIRST_LIMIT, 5_000), (FIRST_LIMIT, 0)]
        assert (window.count, window.loaded, window.failure) == (30, 30, None)


@pytest.mark.parametrize("error", [NotFound("no such page", status=404), ServerFault(status=500)], ids=repr)
async def test_where_the_remembered_rows_do_not_come_the_top_does(error: ApiError) -> None:
    asked: list[int] = []

    async def fetch(limit: int, offset: int) -> Page:
        asked.append(offset)
        if offset:
            raise error
        return page_of(["a", "b"], 2)

    async with Running(fetch, first_row=5_000) as window:
        await rest()
        assert asked == [5_000, 0]
        assert (window.count, window.failure) == (2, None)


@pytest.mark.parametrize("kind", [Unreachable, TimedOut, Unauthorized, Forbidden])
async def test_where_nothing_would_come_it_is_said_at_once_and_asked_for_again(kind: type[ApiError]) -> None:
    asked: list[tuple[int, int]] = []

    async def fetch(limit: int, offset: int) -> Page:
        asked.append((limit, offset))
        raise kind

    async with Running(fetch, first_row=5_000) as window:
        await rest()
        assert len(asked) == 1
        assert window.failure is not None
        window.retry()
        await rest()
        assert [offset for _, offset in asked] == [5_000, 5_000]


async def test_a_page_that_was_there_before_is_not_asked_for() -> None:
    desk = Desk(table_of(200))
    running = Running(desk.fetch, first_row=20)
    running.window.begin_with(page_of(desk.table.rows[20:60], 200), 7.0)
    async with running as window:
        window.look(22, 33)
        await answer_all(desk)
        assert desk.asked == []
        assert (window.count, window.loaded, window.fetched_at) == (200, 40, 7.0)


def test_the_first_rows_are_what_a_window_makes_of_them() -> None:
    rows = FirstRows(page_of(["a", "b", "a", None], 100), 10, FIRST_LIMIT, 7.0)
    assert isinstance(rows.row(10), ListedConversation)
    assert isinstance(rows.row(12), RepeatedRow)
    assert (rows.row(9), rows.row(14)) == (None, None)
    assert (rows.count, rows.at_least, rows.loaded, rows.index_of("b")) == (100, None, 4, 11)
    assert FirstRows(page_of(["a"], None), 0, 1, 7.0).at_least == 1
