"""What the window asks for when somebody looks here and there, and how it bears what comes back."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.clocks import Clock
from tests.store.listing.table import Desk, Running, Table, answer_all, ids_of, page_of, rest, table_of
from tui.api import transfer
from tui.api.errors import AnswerTooLarge, Forbidden, NotFound, TimedOut, Unreachable
from tui.api.page import Page
from tui.api.query import FIRST_LIMIT
from tui.store.listing import visible
from tui.store.listing.page_size import TARGET, PageSize
from tui.store.listing.rows import ListedConversation


def offsets(desk: Desk, since: int = 0) -> list[tuple[int, int]]:
    """First and last row of each request."""
    return [(offset, offset + limit - 1) for limit, offset in desk.asked[since:]]


async def test_the_first_page_is_small_and_alone() -> None:
    desk = Desk(table_of(1_000))
    async with Running(desk.fetch) as window:
        window.look(0, 29)
        await rest()
        assert offsets(desk) == [(0, FIRST_LIMIT - 1)]
        assert window.is_loading
        desk.answer()
        await rest()
        assert (window.count, window.loaded) == (1_000, FIRST_LIMIT)


async def test_only_what_is_looked_at_and_a_little_beyond_is_fetched() -> None:
    desk = Desk(table_of(1_000))
    async with Running(desk.fetch) as window:
        window.look(0, 9)
        await answer_all(desk)
        assert offsets(desk) == [(0, FIRST_LIMIT - 1)]
        window.look(20, 29)
        await answer_all(desk)
        assert len(desk.asked) == 1
        window.look(25, 34)
        await answer_all(desk)
        assert len(desk.asked) == 2
        assert desk.asked[1][1] == FIRST_LIMIT


async def test_a_jump_to_the_end_asks_there_and_nowhere_between() -> None:
    desk = Desk(table_of(200_000))
    async with Running(desk.fetch) as window:
        window.look(0, 29)
        await answer_all(desk)
        before = len(desk.asked)
        window.look(199_970, 199_999)
        await answer_all(desk)
        assert len(desk.asked) - before <= 2
        assert all(first >= 199_000 for first, _ in offsets(desk, before))
        assert ids_of(window, 199_970, 199_999) == desk.table.rows[-30:]


async def test_rows_ahead_are_asked_for_in_the_direction_of_travel() -> None:
    desk = Desk(table_of(10_000))
    async with Running(desk.fetch) as window:
        window.look(0, 29)
        await answer_all(desk)
        window.look(5_000, 5_029)
        await answer_all(desk)
        before = len(desk.asked)
        window.look(4_990, 5_019)
        await answer_all(desk)
        up = offsets(desk, before)
        assert up
        assert all(last < 5_000 for _, last in up)
        assert window.row(4_960) is not None


async def test_a_filled_gap_is_not_asked_for_again() -> None:
    desk = Desk(table_of(400))
    async with Running(desk.fetch) as window:
        for first in [0, 100, 200, 300, 370, 200, 100, 0, 50, 150, 370]:
            window.look(first, first + 29)
            await answer_all(desk)
        rows = [row for limit, offset in desk.asked for row in range(offset, offset + limit)]
        assert len(rows) == len(set(rows))


async def test_at_most_two_requests_are_under_way_and_those_nobody_waits_for_are_given_up() -> None:
    desk = Desk(table_of(10_000))
    async with Running(desk.fetch) as window:
        window.look(0, 29)
        await answer_all(desk)
        for first in (1_000, 3_000, 5_000, 7_000):
            window.look(first, first + 29)
            await rest()
            assert len(desk.waiting) <= 2
        assert any(5_000 <= waiting.offset <= 7_029 for waiting in desk.waiting)
        assert not any(waiting.offset < 2_000 for waiting in desk.waiting)
        await answer_all(desk)
        assert ids_of(window, 7_000, 7_029) == desk.table.rows[7_000:7_030]
        assert window.row(1_000) is None
        assert desk.most <= 2


async def test_a_view_that_came_to_rest_gets_its_lane_though_all_were_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker wakes by itself when the view has settled: no answer and no key has to come first."""
    monkeypatch.setattr(visible, "_SETTLE", 0.01)
    desk = Desk(table_of(10_000))
    async with Running(desk.fetch) as window:
        window.look(0, 29)
        await answer_all(desk)
        window.look(1_000, 1_200)
        await desk.next_request()
        await desk.next_request()
        assert len(desk.waiting) == 2
        window.look(5_000, 5_029)
        assert (await desk.next_request()).offset == 5_000
        assert len(desk.waiting) == 2


async def test_a_late_answer_of_what_was_given_up_is_dropped() -> None:
    answers: list[asyncio.Future[Page]] = []

    async def stubborn(limit: int, offset: int) -> Page:
        """A fetch that swallows its cancellation and answers after all."""
        answer: asyncio.Future[Page] = asyncio.get_running_loop().create_future()
        answers.append(answer)
        try:
            return await asyncio.shield(answer)
        except asyncio.CancelledError:
            return page_of([f"late{offset}"] * limit, 10_000)

    async with Running(stubborn) as window:
        answers[0].set_result(page_of([f"c{n}" for n in range(FIRST_LIMIT)], 10_000))
        await rest()
        for first in (1_000, 3_000, 5_000):
            window.look(first, first + 29)
            await rest(20)
        assert window.row(1_000) is None
        assert window.count == 10_000
        for answer in answers:
            if not answer.done():
                answer.set_result(page_of([], 10_000))
        await rest(20)


async def test_new_rows_at_the_top_are_counted_and_older_ones_move_with_them() -> None:
    desk = Desk(table_of(500))
    async with Running(desk.fetch) as window:
        window.look(0, 29)
        await answer_all(desk)
        under_the_cursor = desk.table.rows[215]
        window.look(180, 209)
        await answer_all(desk)
        desk.table.insert(0, 3)
        window.look(210, 239)
        await answer_all(desk)
        assert window.new_at_top == 3
        assert window.count == 503
        assert window.index_of(under_the_cursor) == 218
        assert ids_of(window, 210, 239) == desk.table.rows[210:240]
        window.refresh()
        assert window.new_at_top == 0
        window.look(0, 29)
        await answer_all(desk)
        assert ids_of(window, 0, 29) == desk.table.rows[:30]


async def test_new_rows_that_a_refresh_has_brought_are_not_announced_any_more() -> None:
    desk = Desk(table_of(500))
    async with Running(desk.fetch) as window:
        window.look(0, 29)
        await answer_all(desk)
        desk.table.insert(0, 3)
        window.refresh()
        await answer_all(desk)
        assert ids_of(window, 0, 29) == desk.table.rows[:30]
        assert window.new_at_top == 0


async def test_rows_that_move_unsaid_are_checked_page_by_page_and_not_one_by_one() -> None:
    """One row came and one went: the total is the same, but everything between has moved."""
    desk = Desk(table_of(500))
    async with Running(desk.fetch) as window:
        window.look(0, 29)
        await answer_all(desk)
        desk.table.insert(0)
        desk.table.delete(400)
        before = len(desk.asked)
        window.look(215, 244)
        await answer_all(desk)
        assert 1 < len(desk.asked) - before <= 3
        assert ids_of(window, 215, 244) == desk.table.rows[215:245]


async def test_a_refresh_checks_what_is_seen_and_keeps_it_on_the_screen_meanwhile() -> None:
    desk = Desk(table_of(100))
    async with Running(desk.fetch) as window:
        window.look(0, 29)
        await answer_all(desk)
        kept = ids_of(window, 0, 29)
        desk.table.delete(3)
        window.refresh()
        await rest()
        assert desk.waiting
        assert ids_of(window, 0, 29) == kept
        await answer_all(desk)
        assert ids_of(window, 0, 29) == desk.table.rows[:30]


async def test_an_empty_list_can_be_refreshed() -> None:
    desk = Desk(table_of(0))
    async with Running(desk.fetch) as window:
        window.look(0, 29)
        await answer_all(desk)
        assert window.count == 0
        assert len(desk.asked) == 1
        desk.table.insert(0, 2)
        window.refresh()
        await answer_all(desk)
        assert window.count == 2
        assert ids_of(window, 0, 1) == desk.table.rows


async def test_a_failed_page_keeps_what_there_was_and_waits_for_a_retry() -> None:
    desk = Desk(table_of(1_000))
    async with Running(desk.fetch) as window:
        window.look(0, 29)
        await answer_all(desk)
        window.look(500, 529)
        await rest()
        desk.fail(error=Unreachable("offline"))
        await answer_all(desk)
        assert window.failure is not None
        assert window.failure_of(510) is not None
        assert window.failure_of(10) is None
        assert window.row(10) is not None
        asked = len(desk.asked)
        await rest(50)
        assert len(desk.asked) == asked
        window.retry()
        await answer_all(desk)
        assert window.failure is None
        assert ids_of(window, 500, 529) == desk.table.rows[500:530]


async def test_a_first_page_that_fails_is_asked_for_again_on_request_only() -> None:
    desk = Desk(table_of(10))
    async with Running(desk.fetch) as window:
        desk.fail(error=Forbidden(status=403))
        await rest(50)
        assert window.failure is not None
        assert isinstance(window.failure.error, Forbidden)
        assert len(desk.asked) == 1
        window.retry()
        await answer_all(desk)
        assert window.count == 10


async def test_a_page_too_large_is_asked_for_in_fewer_rows_until_it_fits() -> None:
    asked: list[int] = []

    async def fetch(limit: int, offset: int) -> Page:
        asked.append(limit)
        if limit > 5:
            raise AnswerTooLarge
        return page_of([f"c{n}" for n in range(offset, offset + limit)], 1_000)

    async with Running(fetch) as window:
        window.look(0, 9)
        await rest(100)
        assert asked[:3] == [40, 10, 2]
        assert window.failure is None
        assert window.loaded >= 10
        assert window.fewer is None


async def test_no_limit_is_refused_twice_and_meanwhile_it_is_known_how_many_are_asked_for() -> None:
    desk = Desk(table_of(1_000))
    async with Running(desk.fetch) as window:
        window.look(0, 29)
        await answer_all(desk)
        window.look(500, 700)
        await rest(50)
        await asyncio.sleep(visible._SETTLE)
        await rest(50)
        before = len(desk.asked) - 1
        assert len(desk.waiting) == 2
        desk.fail(error=AnswerTooLarge())
        await rest()
        assert [waiting.limit for waiting in desk.waiting] == [window.fewer]
        while window.failure is None:
            desk.fail(error=AnswerTooLarge())
            await rest()
        limits = [limit for limit, _ in desk.asked[before:] if limit > 1]
        assert len(limits) >= 3
        assert limits == sorted(set(limits), reverse=True)


async def test_the_rows_beside_one_that_is_too_large_come() -> None:
    asked: list[tuple[int, int]] = []

    async def fetch(limit: int, offset: int) -> Page:
        asked.append((limit, offset))
        if offset <= 0 < offset + limit:
            raise AnswerTooLarge("more than 128 MB")
        return page_of([f"c{n}" for n in range(offset, min(200, offset + limit))], 200)

    async with Running(fetch) as window:
        window.look(0, 29)
        await rest(300)
        assert isinstance(window.failure_of(0), AnswerTooLarge)
        assert all(window.row(index) is not None for index in range(1, 30))
        assert [limit for limit, offset in asked if offset == 0] == [40, 10, 2, 1]
        assert len(asked) < 20, "small pages grow again"


async def test_a_list_in_which_every_conversation_is_too_large_is_not_asked_for_row_by_row() -> None:
    asked: list[int] = []

    async def fetch(limit: int, offset: int) -> Page:
        asked.append(limit)
        raise AnswerTooLarge

    async with Running(fetch) as window:
        window.look(0, 29)
        await rest(200)
        assert asked == [40, 10, 2, 1, 1, 1]
        window.retry()
        await rest(200)
        assert asked[6:] == [1]
        assert window.failure is not None


async def test_asking_again_gives_up_an_answer_of_which_nothing_comes_and_leaves_one_that_moves_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock(monkeypatch, transfer)
    desk = Desk(table_of(10))
    async with Running(desk.fetch) as window:
        window.refresh()
        await rest()
        assert len(desk.asked) == 1, "it has just been asked for"
        for _ in range(5):
            clock.now += transfer.PATIENCE - 0.1
            assert window.transfer is not None
            window.transfer.add(100)
            window.refresh()
            await rest()
        assert len(desk.asked) == 1
        assert window.transfer is not None
        assert (window.transfer.size, window.transfer.is_moving) == (500, True)
        clock.now += transfer.PATIENCE
        window.refresh()
        await rest()
        assert (len(desk.asked), len(desk.waiting)) == (2, 1)
        desk.answer()
        await rest()
        assert window.count == 10
        assert not window.is_loading


@pytest.mark.parametrize("error", [AnswerTooLarge(), TimedOut()])
async def test_one_conversation_that_does_not_fit_is_said(error: AnswerTooLarge | TimedOut) -> None:
    asked: list[int] = []

    async def fetch(limit: int, offset: int) -> Page:
        asked.append(limit)
        raise error

    async with Running(fetch) as window:
        for _ in range(10):
            await rest(30)
            if window.failure is not None:
                window.retry()
        await rest(30)
        assert window.failure is not None
        assert asked[-1] == 1
        assert len(asked) < 20


def test_the_page_size_follows_the_weight_of_what_came() -> None:
    size = PageSize()
    assert size.limit == 100
    size.learn(40, 40 * 500_000)
    assert size.limit == TARGET // 500_000
    for _ in range(20):
        size.learn(100, 100 * 1_000)
    assert size.limit == 200
    size.shrink(200)
    assert size.limit == 100
    size.learn(1, 10**9)
    assert size.limit == 1


def test_a_line_that_is_better_again_gets_larger_pages_again() -> None:
    size = PageSize()
    for _ in range(10):
        size.shrink(size.limit)
    assert size.limit == 1
    asked = []
    while size.limit < 200:
        asked.append(size.limit)
        size.learn(size.limit, size.limit * 1_000)
    assert asked[:10] == [1] * 8 + [2] * 2
    assert len(asked) < 70


async def test_heavy_histories_go_first_and_the_budget_is_kept() -> None:
    heavy = 10_000
    budget = 300 * heavy

    async def fetch(limit: int, offset: int) -> Page:
        return page_of([f"c{n}" for n in range(offset, min(offset + limit, 5_000))], 5_000, heavy)

    async with Running(fetch, budget=budget) as window:
        for first in range(0, 1_000, 20):
            window.look(first, first + 19)
            await rest(30)
            assert window.cost <= budget
            assert window.loaded > 0
        window.look(2_000, 2_019)
        await rest(30)
        near, far = window.row(2_010), window.row(985)
        assert isinstance(near, ListedConversation)
        assert near.raw is not None
        assert isinstance(far, ListedConversation)
        assert far.raw is None
        window.look(0, 19)
        await rest(30)
        assert ids_of(window, 0, 19) == [f"c{n}" for n in range(20)]


async def test_stopping_leaves_nothing_under_way_and_starting_again_goes_on() -> None:
    desk = Desk(table_of(100))
    running = Running(desk.fetch)
    async with running as window:
        window.look(0, 29)
        await rest()
        assert desk.waiting
    await rest()
    assert not desk.waiting
    async with running as window:
        await answer_all(desk)
        assert window.count == 100


async def test_a_failure_of_what_was_asked_before_r_is_overlooked_once() -> None:
    desk = Desk(table_of(30))
    async with Running(desk.fetch) as window:
        window.look(0, 9)
        await answer_all(desk)
        window.refresh()
        await rest()
        window.refresh()
        desk.fail()
        await rest()
        assert window.failure is None
        assert desk.waiting
        desk.fail()
        await rest()
        assert window.failure is not None


Fetch = Callable[[int, int], Awaitable[Page]]


def pages_before(end: Callable[[], int], table: Table, asked: list[int]) -> Fetch:
    """What a server answers that knows no page from some row on."""

    async def fetch(limit: int, offset: int) -> Page:
        asked.append(offset)
        if offset >= end():
            raise NotFound("Invalid page.", status=404)
        return table.page(limit, offset)

    return fetch


async def test_pages_that_are_not_found_make_it_ask_how_long_the_list_is_now() -> None:
    table = table_of(300)
    async with Running(pages_before(lambda: len(table.rows), table, [])) as window:
        window.look(0, 9)
        await rest()
        window.look(290, 299)
        await rest()
        table.delete(20, 280)
        window.refresh()
        await rest()
        assert (window.count, window.failure) == (20, None)
        assert ids_of(window, 0, 19) == table.rows


async def test_a_page_that_is_not_found_though_the_list_is_as_long_is_asked_for_once() -> None:
    asked: list[int] = []
    async with Running(pages_before(lambda: 1, table_of(300), asked)) as window:
        window.look(0, 9)
        await rest()
        window.look(290, 299)
        await rest()
        assert isinstance(window.failure_of(295), NotFound)
        assert window.count == 300
        assert len(asked) <= 5


@pytest.mark.parametrize("known", [0, 120])
async def test_a_list_that_has_shrunk_to_one_row_that_is_too_large_is_not_asked_for_without_end(known: int) -> None:
    table, asked = table_of(known), list[int]()
    shrunk = not known

    async def fetch(limit: int, offset: int) -> Page:
        asked.append(offset)
        if not shrunk:
            return table.page(limit, offset)
        if offset:
            raise NotFound("Invalid page.", status=404)
        raise AnswerTooLarge

    async with Running(fetch) as window:
        window.look(*((80, 109) if known else (0, 29)))
        await rest(100)
        shrunk = True
        window.refresh()
        await rest(1000)
        assert isinstance(window.failure_of(0), AnswerTooLarge) or known
        assert len(asked) < 40
