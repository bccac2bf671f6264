import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.servers import conversation
from tui.api.decode import decode_page
from tui.api.page import Page
from tui.store.listing.rows import Row
from tui.store.to_date import DateSearch, NotNewestFirst

NEWEST = datetime(2026, 11, 30, 12, tzinfo=UTC)


class Remote:
    """So many conversations, one for each hour back; none of them is here."""

    withheld = 0

    def __init__(self, count: int, *, disordered: int | None = None) -> None:
        self.count = count
        self._disordered = disordered
        self.asked: list[tuple[int, int]] = []

    def row(self, _index: int) -> Row | None:
        return None

    def index_of(self, _conversation_id: str) -> int | None:
        return None

    def failure_of(self, _index: int) -> None:
        return None

    def is_seeking(self, _conversation_id: str) -> bool:
        return False

    def made(self, index: int) -> datetime:
        return NEWEST - timedelta(hours=index)

    async def fetch(self, limit: int, offset: int) -> Page:
        self.asked.append((limit, offset))
        made = NEWEST + timedelta(days=9) if offset == self._disordered else self.made(offset)
        row = conversation(offset, created_at=made.isoformat())
        return decode_page(json.dumps({"count": self.count, "results": [row]}).encode())


async def test_a_day_in_two_hundred_thousand_costs_twenty_requests_of_one_row() -> None:
    remote = Remote(200_000)
    for row in (0, 1, 99_999, 131_072, 199_999):
        remote.asked.clear()
        end = remote.made(row).timestamp() + 60
        assert await DateSearch(remote, remote.fetch).run(end) == row
        assert len(remote.asked) <= 20
        assert {limit for limit, _ in remote.asked} == {1}


async def test_before_all_and_in_an_empty_list() -> None:
    remote = Remote(50)
    assert await DateSearch(remote, remote.fetch).run(0) == 49
    assert await DateSearch(Remote(0), remote.fetch).run(0) is None


async def test_a_list_in_another_order_says_so() -> None:
    remote = Remote(1_000, disordered=750)
    with pytest.raises(NotNewestFirst):
        await DateSearch(remote, remote.fetch).run(remote.made(760).timestamp())
