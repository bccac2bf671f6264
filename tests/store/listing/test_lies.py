"""Servers that lie or contradict themselves: few requests, nobody twice, and words where rows stay out."""

import random
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.store.listing.table import Running, assert_sound, page_of, rest
from tui.api.page import Page
from tui.store.listing.rows import RepeatedRow, UnreadableRow

ROWS = 300
IDS = [f"c{number}" for number in range(ROWS)]
LOOKS = [(0, 39), (60, 99), (260, 299), (0, 39), (150, 189), (20, 219)]

Answer = Callable[[int, int], Page]


def honest(limit: int, offset: int) -> list[str]:
    return IDS[offset : offset + limit]


def counting(count: object) -> Answer:
    return lambda limit, offset: page_of(honest(limit, offset), count)


def any_count() -> Answer:
    chance = random.Random(1)
    return lambda limit, offset: page_of(honest(limit, offset), chance.choice([None, -5, 0, 3, 200, 300, 301, 10**7]))


def shuffled() -> Answer:
    chance = random.Random(2)
    return lambda limit, _: page_of(chance.sample(IDS, min(limit, ROWS)), ROWS)


def drifting() -> Answer:
    """Each page begins with a row of the one before: what was there seems to have moved."""
    made = iter(range(10**9))
    last: list[str] = ["c0"]

    def answer(limit: int, _: int) -> Page:
        ids = [last[-1], *(f"n{next(made)}" for _ in range(limit - 1))]
        last[:] = ids
        return page_of(ids, ROWS)

    return answer


def growing() -> Answer:
    """Another total with every answer, always with other rows."""
    made = iter(range(10**9))
    return lambda limit, _: page_of([f"n{next(made)}" for _ in range(limit)], ROWS + next(made))


LIES: dict[str, Answer] = {
    "count too small": counting(10),
    "count too large": counting(1_000_000),
    "count absurd": counting(2**62),
    "count negative": counting(-1),
    "count no number": counting("many"),
    "count missing": counting(None),
    "count zero": counting(0),
    "count changes": any_count(),
    "the same page again and again": lambda limit, _: page_of(IDS[:limit], ROWS),
    "always everything": lambda *_: page_of(IDS, ROWS),
    "shorter than asked": lambda limit, offset: page_of(honest(min(7, limit), offset), ROWS),
    "longer than asked": lambda limit, offset: page_of(honest(limit + 50, offset), ROWS),
    "always empty": lambda *_: page_of([], ROWS),
    "empty after the first": lambda limit, offset: page_of([] if offset else honest(limit, 0), ROWS),
    "a hole": lambda limit, offset: page_of([] if 140 < offset < 200 else honest(limit, offset), ROWS),
    "one id everywhere": lambda limit, _: page_of(["c0"] * limit, ROWS),
    "ids twice in a page": lambda limit, offset: page_of([IDS[i - i % 2] for i in range(ROWS)][offset:][:limit], ROWS),
    "ids missing": lambda limit, _: page_of([None] * limit, ROWS),
    "any rows anywhere": shuffled(),
    "drifting": drifting(),
    "growing": growing(),
}


@pytest.mark.parametrize("name", LIES)
async def test_no_server_makes_us_ask_for_ever(name: str) -> None:
    asked: list[tuple[int, int]] = []

    async def fetch(limit: int, offset: int) -> Page:
        asked.append((limit, offset))
        return LIES[name](limit, offset)

    async with Running(fetch) as window:
        for first, last in LOOKS:
            before = len(asked)
            window.look(first, last)
            await rest(600)
            assert not window.is_loading
            assert len(asked) - before <= 70
            assert_sound(window)
            await rest(50)
            assert not window.is_loading


async def test_a_count_too_small_does_not_hide_rows() -> None:
    async def fetch(limit: int, offset: int) -> Page:
        return page_of(honest(limit, offset), 10)

    async with Running(fetch) as window:
        for first in range(0, ROWS, 30):
            window.look(first, first + 29)
            await rest(60)
        assert window.loaded == ROWS
        assert window.count == ROWS


@pytest.mark.parametrize("count", [None, -1, "many"])
async def test_without_a_count_the_list_grows_to_its_end(count: object) -> None:
    async def fetch(limit: int, offset: int) -> Page:
        return page_of(honest(limit, offset), count)

    async with Running(fetch) as window:
        for first in range(0, ROWS + 30, 30):
            window.look(first, min(first + 29, (window.count or 1) - 1))
            await rest(60)
        assert (window.loaded, window.count, window.failure) == (ROWS, ROWS, None)


async def test_a_count_slightly_too_large_ends_where_the_rows_do_and_stays_there() -> None:
    async def fetch(limit: int, offset: int) -> Page:
        return page_of(honest(limit, offset), ROWS + 5)

    async with Running(fetch) as window:
        window.look(ROWS - 20, ROWS + 4)
        await rest(60)
        assert (window.count, window.failure) == (ROWS, None)
        window.look(0, 20)
        await rest(60)
        assert window.count == ROWS


async def test_a_jump_into_rows_that_are_not_there_says_so_and_does_not_creep_back() -> None:
    asked: list[int] = []

    async def fetch(limit: int, offset: int) -> Page:
        asked.append(offset)
        return page_of(honest(limit, offset), 1_000_000)

    async with Running(fetch) as window:
        await rest()
        before = len(asked)
        window.look(999_960, 999_999)
        await rest(60)
        assert window.failure_of(999_970) is not None
        assert window.failure is not None
        assert "left these rows out" in window.failure.error.detail
        assert len(asked) - before <= 2


async def test_a_conversation_that_comes_again_and_again_is_shown_as_repeated() -> None:
    async def fetch(limit: int, _: int) -> Page:
        return page_of(IDS[:limit], ROWS)

    async with Running(fetch) as window:
        for first, last in LOOKS * 2:
            window.look(first, last)
            await rest(100)
        rows = [window.row(index) for index in range(20, 220)]
        assert any(isinstance(row, RepeatedRow) for row in rows)
        assert_sound(window)


async def test_records_without_an_id_are_rows() -> None:
    async def fetch(limit: int, offset: int) -> Page:
        return page_of([None, *honest(limit - 1, offset)], ROWS)

    async with Running(fetch) as window:
        window.look(0, 9)
        await rest(20)
        assert isinstance(window.row(0), UnreadableRow)
        assert window.index_of("c0") == 1


@pytest.mark.parametrize("told", [None, 10, 25, 60], ids=str)
async def test_a_server_that_counts_too_few_and_sends_short_pages_is_believed_that_it_goes_on(told: int | None) -> None:
    def answer(limit: int, offset: int) -> Page:
        rows = honest(min(25, limit), offset)
        return replace(page_of(rows, told), goes_on=offset + len(rows) < ROWS)

    async def fetch(limit: int, offset: int) -> Page:
        return answer(limit, offset)

    async with Running(fetch) as window:
        for _ in range(30):
            count = window.count or 0
            window.look(max(0, count - 20), max(0, count - 1))
            await rest()
        assert (window.count, window.at_least) == (ROWS, None)


async def test_a_server_that_always_names_a_next_page_is_not_asked_for_ever() -> None:
    asked: list[int] = []

    async def fetch(limit: int, offset: int) -> Page:
        asked.append(offset)
        return replace(page_of(honest(limit, offset), ROWS), goes_on=True)

    async with Running(fetch) as window:
        window.look(0, 19)
        await rest()
        window.look(280, 299)
        await rest()
        assert (window.count, window.at_least) == (ROWS, None)
        assert len(asked) <= 4
