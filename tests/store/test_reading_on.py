import asyncio
import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.servers import conversation
from tui.api.decode import decode_page
from tui.api.errors import ApiError, KeepsChanging, ServerFault, TimedOut
from tui.api.page import Page
from tui.store.facts.coverage import Coverage
from tui.store.listing.page_size import PageSize
from tui.store.reading_on import ReadingOn


class Remote:
    """So many conversations; what passes by is taken note of, as a project does it."""

    def __init__(
        self,
        count: int,
        fails: Callable[[int], bool] = lambda _: False,
        error: type[ApiError] = ServerFault,
        *,
        tells: bool = True,
    ) -> None:
        self.count = count
        self._tells = tells
        self._fails = fails
        self._error = error
        self.coverage = Coverage()
        self.busy = False
        self.asked: list[int] = []
        self.limits: list[int] = []
        self.fourth = asyncio.Event()
        self.under_way = self.most = 0
        self.reading = ReadingOn(self.coverage, self.fetch, PageSize(), lambda: self.busy, lambda: 0, lambda: None)

    async def fetch(self, limit: int, offset: int) -> Page:
        self.asked.append(offset)
        self.limits.append(limit)
        if len(self.asked) == 4:
            self.fourth.set()
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0)
        self.under_way -= 1
        if self._fails(offset):
            raise self._error
        rows = [conversation(number) for number in range(offset, min(self.count, offset + limit))]
        page = decode_page(json.dumps({"count": self.count if self._tells else None, "results": rows}).encode())
        self.coverage.take(offset, limit, len(page.records), sum(len(one.raw) for one in page.records), page.count)
        return page


async def test_all_is_read_once_with_two_requests_under_way() -> None:
    remote = Remote(650)
    await remote.reading.run()
    assert remote.coverage.is_complete
    assert len(remote.asked) == len(set(remote.asked))
    assert remote.most == 2
    assert not remote.reading.is_running


async def test_after_late_pages_more_rows_are_asked_for_again_once_the_line_is_better() -> None:
    late = iter([False, True, True, True])
    remote = Remote(4_000, lambda _: next(late, False), TimedOut)
    await remote.reading.run()
    assert remote.coverage.is_complete
    shrunk = min(remote.limits[:8])
    assert shrunk < remote.limits[1]
    assert max(remote.limits[8:]) > shrunk


async def test_it_gives_way_to_what_the_user_looks_at() -> None:
    remote = Remote(300)
    remote.busy = True
    run = asyncio.create_task(remote.reading.run())
    for _ in range(10):
        await asyncio.sleep(0)
    assert remote.asked == []
    remote.busy = False
    remote.reading.wake()
    await run
    assert remote.coverage.is_complete


async def test_stopped_it_goes_on_where_it_was_also_while_the_stopped_run_still_ends() -> None:
    remote = Remote(2_000)
    first = asyncio.create_task(remote.reading.run())
    await remote.fourth.wait()
    first.cancel()
    await remote.reading.run()
    assert remote.coverage.is_complete
    assert not remote.reading.is_running
    assert first.cancelled()
    assert len(remote.asked) < 2_000 / 100 + 8


class Changing(Remote):
    """Counts otherwise with each answer."""

    def __init__(self, counts: Callable[[int], int]) -> None:
        super().__init__(counts(0))
        self._counts = counts

    async def fetch(self, limit: int, offset: int) -> Page:
        self.count = self._counts(len(self.asked) + 1)
        return await super().fetch(limit, offset)


@pytest.mark.parametrize(
    "counts",
    [
        lambda n: 650 + n,
        lambda n: 650 + 100 * n,
        lambda n: 650 + 5_000 * n,
        lambda n: (650, 651)[n % 2],
        lambda n: (650, 9_000)[n % 2],
        lambda n: 650 + 37 * n % 500,
        lambda n: 2 ** min(n, 60),
    ],
    ids=[
        "one more each time",
        "a page more",
        "50 pages more",
        "one more and less",
        "many more and less",
        "any",
        "twice",
    ],
)
async def test_a_list_that_changes_faster_than_it_is_read_is_given_up(counts: Callable[[int], int]) -> None:
    remote = Changing(counts)
    await remote.reading.run()
    assert len(remote.asked) < 200
    assert remote.coverage.is_complete or isinstance(remote.reading.error, KeepsChanging)
    remote.count = 700
    remote._counts = lambda _: 700
    remote.coverage.start_anew()
    await remote.reading.run()
    assert remote.coverage.is_complete


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 600), min_size=1, max_size=20))
def test_whatever_is_counted_reading_on_ends(counts: list[int]) -> None:
    remote = Changing(lambda n: counts[n % len(counts)])
    asyncio.run(remote.reading.run())
    assert len(remote.asked) <= 40 + max(counts) // 8


async def test_a_list_that_grows_while_it_is_read_is_read_to_its_end() -> None:
    remote = Changing(lambda n: 2_000 + n // 3)
    await remote.reading.run()
    assert remote.coverage.is_complete
    assert remote.reading.error is None


@pytest.mark.parametrize("count", [0, 7, 40, 650, 1_000])
async def test_where_nobody_counts_all_is_read_to_the_end_that_is_found(count: int) -> None:
    remote = Remote(count, tells=False)
    await remote.reading.run()
    assert remote.coverage.is_complete
    assert remote.reading.error is None
    assert remote.coverage.total == remote.coverage.sized == count
    assert len(remote.asked) == len(set(remote.asked)) < 12 + count / 40


async def test_a_list_that_nobody_counts_and_that_repeats_its_first_page_is_given_up() -> None:
    remote = Remote(10**9, tells=False)
    first = [conversation(number) for number in range(40)]

    async def fetch(limit: int, offset: int) -> Page:
        remote.asked.append(offset)
        page = decode_page(json.dumps({"count": None, "results": (first * limit)[:limit]}).encode())
        remote.coverage.take(offset, limit, limit, 1, page.count)
        return page

    remote.reading = ReadingOn(remote.coverage, fetch, PageSize(), lambda: False, lambda: 0, lambda: None)
    await remote.reading.run()
    assert isinstance(remote.reading.error, KeepsChanging)
    assert len(remote.asked) < 100


async def test_a_page_that_fails_for_good_leaves_the_rest_and_is_counted() -> None:
    remote = Remote(650, lambda offset: offset == 100)
    await remote.reading.run()
    assert not remote.coverage.missing
    assert remote.coverage.vain > 0
    assert isinstance(remote.coverage.failed[0][1], ServerFault)


async def test_where_every_page_fails_it_stops() -> None:
    remote = Remote(5_000, lambda offset: offset > 0)
    await remote.reading.run()
    assert isinstance(remote.reading.error, ServerFault)
    assert len(remote.asked) < 8
