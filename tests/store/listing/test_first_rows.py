"""Where a list begins: at rows that are remembered, with a page that came before there was a window, or at the top."""

import pytest

from tests.store.listing.table import Desk, Running, answer_all, page_of, rest, table_of
from tui.api.errors import ApiError, Forbidden, NotFound, ServerFault, TimedOut, Unauthorized, Unreachable
from tui.api.page import Page
from tui.api.query import FIRST_LIMIT
from tui.store.listing.known import FirstRows
from tui.store.listing.request import FirstRequest
from tui.store.listing.rows import ListedConversation, RepeatedRow


async def test_the_remembered_rows_are_the_first_ones_that_are_asked_for() -> None:
    desk = Desk(table_of(200_000))
    async with Running(desk.fetch, first=FirstRequest(5_000)) as window:
        await answer_all(desk)
        assert desk.asked == [(FIRST_LIMIT, 5_000)]
        assert window.count == 200_000
        window.look(5_005, 5_020)
        await answer_all(desk)
        assert desk.asked == [(FIRST_LIMIT, 5_000)]


async def test_a_list_that_became_shorter_is_asked_for_where_it_ends() -> None:
    desk = Desk(table_of(100))
    async with Running(desk.fetch, first=FirstRequest(5_000)) as window:
        await answer_all(desk)
        assert window.count == 100
        window.look(80, 99)
        await answer_all(desk)
        assert len(desk.asked) == 2
        assert (window.row(80) is not None, window.row(99) is not None, window.failure) == (True, True, None)


async def test_where_an_empty_page_tells_no_end_the_list_is_begun_at_the_top() -> None:
    asked: list[int] = []

    async def fetch(limit: int, offset: int) -> Page:
        asked.append(offset)
        return page_of([], None) if offset else page_of(["a", "b"], 2)

    async with Running(fetch, first=FirstRequest(5_000)) as window:
        await rest()
        assert asked == [5_000, 0]
        assert (window.count, window.loaded, window.failure) == (2, 2, None)


@pytest.mark.parametrize(("grown", "pages", "found"), [(0, 1, True), (30, 2, True), (150, 2, True), (1_000, 2, False)])
async def test_what_is_remembered_is_looked_for_on_one_page_more_in_a_list_that_has_grown(
    grown: int, pages: int, found: bool
) -> None:
    desk = Desk(table_of(20_000))
    sought = desk.table.rows[5_013 + grown]
    async with Running(desk.fetch, first=FirstRequest(5_000, sought)) as window:
        await rest()
        assert not window.is_seeking(sought), "nothing is here yet"
        desk.answer(0)
        await rest()
        assert window.is_seeking(sought) == (pages > 1)
        await answer_all(desk)
        assert len(desk.asked) == pages
        assert not window.is_seeking(sought)
        assert (window.index_of(sought) is not None) == found


async def test_a_page_for_what_is_sought_that_does_not_come_is_not_waited_for() -> None:
    rows = table_of(200).rows

    async def fetch(limit: int, offset: int) -> Page:
        if offset > 60:
            raise ServerFault(status=500)
        return page_of(rows[offset : offset + limit], 200)

    async with Running(fetch, first=FirstRequest(60, "gone")) as window:
        await rest()
        assert window.failure is not None
        assert not window.is_seeking("gone")


@pytest.mark.parametrize("error", [NotFound("no such page", status=404), ServerFault(status=500)], ids=repr)
async def test_where_the_remembered_rows_do_not_come_the_top_does(error: ApiError) -> None:
    asked: list[int] = []

    async def fetch(limit: int, offset: int) -> Page:
        asked.append(offset)
        if offset:
            raise error
        return page_of(["a", "b"], 2)

    async with Running(fetch, first=FirstRequest(5_000)) as window:
        await rest()
        assert asked == [5_000, 0]
        assert (window.count, window.failure) == (2, None)


@pytest.mark.parametrize("kind", [Unreachable, TimedOut, Unauthorized, Forbidden])
async def test_where_nothing_would_come_it_is_said_at_once_and_asked_for_again(kind: type[ApiError]) -> None:
    asked: list[tuple[int, int]] = []

    async def fetch(limit: int, offset: int) -> Page:
        asked.append((limit, offset))
        raise kind

    async with Running(fetch, first=FirstRequest(5_000)) as window:
        await rest()
        assert len(asked) == 1
        assert window.failure is not None
        window.retry()
        await rest()
        assert [offset for _, offset in asked] == [5_000, 5_000]


async def test_a_page_that_was_there_before_is_not_asked_for() -> None:
    desk = Desk(table_of(200))
    running = Running(desk.fetch, first=FirstRequest(20))
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
