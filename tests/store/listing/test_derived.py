"""A list of what facts say: where a conversation stands is told by its id, whatever becomes known meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

import pytest

from tests.store.facts.test_database import FAILED, call, record
from tui.store.facts.database import FactsDatabase
from tui.store.facts.question import FactsQuestion
from tui.store.facts.rows import FactsRow
from tui.store.facts.sorting import Order
from tui.store.facts.store import FactsStore
from tui.store.filter.parser import parse
from tui.store.listing import derived
from tui.store.listing.cursor import ListCursor
from tui.store.listing.derived import DerivedList
from tui.store.listing.rows import ListedConversation


class Listed:
    """A derived list at work, as a project has it."""

    def __init__(self, line: str, order: Order, sought: str | None = None) -> None:
        self._news = asyncio.Event()
        self.store = FactsStore(lambda _: FactsDatabase(), self._heard, lambda _: None)
        self.rows = DerivedList(self.store, FactsQuestion(parse(line), order=order), self._news.set, sought)
        self.worker = asyncio.create_task(self.rows.run())

    def _heard(self) -> None:
        self.rows.ask_again()

    def take(self, *numbers: int, failed: int = 1) -> None:
        """These pass by, each with so many failed calls."""
        self.store.take([record(number, [call(results=FAILED)] * failed + [call()]) for number in numbers])

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait, news by news."""
        async with asyncio.timeout(60):
            while not holds():
                self._news.clear()
                await self._news.wait()

    @property
    def ids(self) -> list[str]:
        """What stands in the list, in order."""
        rows = (self.rows.row(index) for index in range(self.rows.count or 0))
        return [row.conversation.id for row in rows if isinstance(row, ListedConversation)]

    @property
    def row_at_top(self) -> str:
        """The id of the first one."""
        row = self.rows.row(0)
        return row.conversation.id if isinstance(row, ListedConversation) else ""

    def row_of(self, conversation_id: str) -> ListedConversation:
        """The row of one that stands in it."""
        row = self.rows.row(self.rows.index_of(conversation_id) or 0)
        assert isinstance(row, ListedConversation)
        return row


@pytest.fixture
async def begun(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[[str, Order], Listed]]:
    """Begins a list by a line and an order."""
    monkeypatch.setattr(derived, "_PAUSE", 0.0)
    lists: list[Listed] = []

    def begin(line: str, order: Order, sought: str | None = None) -> Listed:
        lists.append(Listed(line, order, sought))
        return lists[-1]

    yield begin
    for one in lists:
        one.worker.cancel()
        await asyncio.wait([one.worker])
        one.store.close(5)


async def test_what_matches_no_more_stays_under_the_cursor_until_that_moves(
    begun: Callable[[str, Order], Listed],
) -> None:
    it = begun("failed:>0", Order())
    it.take(1, 2, 3, 4, 5)
    await it.until(lambda: it.ids == ["c1", "c2", "c3", "c4", "c5"])
    it.rows.follow("c3")
    it.take(3, failed=0)
    await it.until(lambda: it.row_of("c3").gone)
    assert (it.rows.index_of("c3"), it.rows.count) == (2, 5)
    assert it.ids == ["c1", "c2", "c3", "c4", "c5"]
    it.rows.follow("c4")
    await it.until(lambda: it.rows.count == 4)
    assert it.ids == ["c1", "c2", "c4", "c5"]
    assert it.rows.index_of("c4") == 2
    assert not it.row_of("c4").gone


async def test_rows_are_there_while_those_of_another_answer_are_on_their_way(
    begun: Callable[[str, Order], Listed], monkeypatch: pytest.MonkeyPatch
) -> None:
    it = begun("failed:>0", Order())
    it.take(1, 2, 3)
    await it.until(lambda: it.ids == ["c1", "c2", "c3"])
    seen, rows = [], it.store.rows

    async def looked_at(keys: Sequence[int]) -> dict[int, FactsRow]:
        found = await rows(keys)
        seen.append((it.rows.count, it.ids))
        return found

    monkeypatch.setattr(it.store, "rows", looked_at)
    it.take(4)
    await it.until(lambda: len(it.ids) == 4)
    assert seen[0] == (3, ["c1", "c2", "c3"])


async def test_what_comes_to_match_again_is_no_longer_gone(begun: Callable[[str, Order], Listed]) -> None:
    it = begun("failed:>0", Order())
    it.take(1, 2, 3)
    await it.until(lambda: it.rows.count == 3)
    it.rows.follow("c2")
    it.take(2, failed=0)
    await it.until(lambda: it.row_of("c2").gone)
    it.take(2, failed=1)
    await it.until(lambda: not it.row_of("c2").gone)
    assert it.ids == ["c1", "c2", "c3"]


async def test_the_followed_one_is_known_by_its_id_wherever_it_moves(begun: Callable[[str, Order], Listed]) -> None:
    it = begun("", Order("failed"))
    it.take(1, 2, 3)
    await it.until(lambda: it.rows.count == 3)
    it.rows.follow("c3")
    it.take(10, 11, failed=4)
    await it.until(lambda: it.rows.count == 5)
    assert it.rows.index_of("c3") == 4
    it.take(3, failed=9)
    await it.until(lambda: it.rows.index_of("c3") == 0)
    assert it.ids == ["c3", "c10", "c11", "c1", "c2"]


async def test_a_cursor_that_nobody_has_moved_stays_at_the_top_as_newer_ones_match(
    begun: Callable[[str, Order], Listed],
) -> None:
    it, cursor = begun("failed:>0", Order()), ListCursor()
    it.take(200, 201)
    await it.until(lambda: it.ids == ["c200", "c201"])
    cursor.show(it.rows, None, fills=True)
    cursor.take_over()
    assert (cursor.told.rests, cursor.conversation and cursor.conversation.id) == (True, "c200")
    it.take(*range(100, 200))
    await it.until(lambda: it.rows.count == 102 and it.row_at_top == "c100")
    cursor.take_over()
    assert (cursor.index, cursor.top, cursor.conversation and cursor.conversation.id) == (0, 0, "c100")


@pytest.mark.parametrize("touch", ["settle", "go", "scroll"])
async def test_what_the_user_has_to_do_with_keeps_the_cursor(begun: Callable[[str, Order], Listed], touch: str) -> None:
    it, cursor = begun("failed:>0", Order()), ListCursor()
    it.take(5, 6)
    await it.until(lambda: it.ids == ["c5", "c6"])
    cursor.show(it.rows, None, fills=True)
    cursor.take_over()
    if touch == "settle":
        cursor.settle()
    elif touch == "go":
        cursor.go(0)
    else:
        cursor.scroll_to(0)
    it.rows.follow("c5")
    it.take(3, 4)
    await it.until(lambda: it.ids == ["c3", "c4", "c5", "c6"])
    cursor.take_over()
    assert (cursor.told.rests, cursor.index, cursor.conversation and cursor.conversation.id) == (False, 2, "c5")


async def test_where_the_one_that_is_read_stands_is_told_however_far_down(
    begun: Callable[..., Listed],
) -> None:
    it = begun("", Order("failed"), "c390")
    it.take(*range(1, 151))
    it.take(390, failed=0)
    await it.until(lambda: it.rows.count is not None)
    assert it.rows.index_of("c390") == 150  # in the first answer already, so that no cursor jumps
    assert it.row_of("c390").conversation.id == "c390"
    cursor = ListCursor()
    cursor.show(it.rows, "c390", fills=True)
    assert (cursor.index, cursor.conversation and cursor.conversation.id) == (150, "c390")
    it.take(*range(151, 300))
    await it.until(lambda: it.rows.index_of("c390") == 299)  # beyond what is wanted at once
    it.rows.follow("c1")
    it.take(390, failed=2)
    await it.until(lambda: it.rows.index_of("c390") == 0)
