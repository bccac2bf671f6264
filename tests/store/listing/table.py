"""A table on a pretended server, and a desk where its answers wait until a test lets them go, in any order."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tui.api.decode import decode_page
from tui.api.errors import ApiError, Unreachable
from tui.api.page import Page
from tui.store.listing.rows import ListedConversation
from tui.store.listing.window import ConversationWindow

WEIGHT = 200
"""Bytes of the history of each conversation."""


def page_of(ids: Sequence[Any], count: Any, weight: int = WEIGHT) -> Page:
    """A page as the API decodes it; None is a record without an id."""
    results = [{"id": one, "chat_history": ["x" * weight]} for one in ids]
    return decode_page(json.dumps({"count": count, "results": results}).encode())


@dataclass
class Table:
    """Rows that come and go; what was deleted never comes back."""

    rows: list[str] = field(default_factory=list)
    made: int = 0

    def insert(self, at: int, rows: int = 1) -> None:
        """New conversations before the index."""
        new = [f"c{self.made + number}" for number in range(rows)]
        self.made += rows
        self.rows[at:at] = new

    def delete(self, at: int, rows: int = 1) -> None:
        """Conversations archived or deleted."""
        del self.rows[at : at + rows]

    def page(self, limit: int, offset: int) -> Page:
        """What an honest server answers now."""
        return page_of(self.rows[offset : offset + limit], len(self.rows))


def table_of(rows: int) -> Table:
    """A table with so many rows."""
    table = Table()
    table.insert(0, rows)
    return table


@dataclass
class Waiting:
    """A request that has no answer yet; `early` is what the server would have said when it came in."""

    limit: int
    offset: int
    early: Page
    answer: "asyncio.Future[Page]"


class Desk:
    """Takes the requests of a window and keeps them until the test answers."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.waiting: list[Waiting] = []
        self.asked: list[tuple[int, int]] = []
        self.most = 0
        self._came = asyncio.Event()

    async def fetch(self, limit: int, offset: int) -> Page:
        """The window's way to the server."""
        future: asyncio.Future[Page] = asyncio.get_running_loop().create_future()
        waiting = Waiting(limit, offset, self.table.page(limit, offset), future)
        self.waiting.append(waiting)
        self.asked.append((limit, offset))
        self.most = max(self.most, len(self.waiting))
        self._came.set()
        try:
            return await future
        finally:
            self.waiting.remove(waiting)

    async def next_request(self) -> Waiting:
        """Wait for one more request."""
        self._came.clear()
        async with asyncio.timeout(60):
            await self._came.wait()
        return self.waiting[-1]

    def answer(self, which: int = 0, *, early: bool = False) -> None:
        """Let one request have its page."""
        waiting = self.waiting[which % len(self.waiting)]
        page = waiting.early if early else self.table.page(waiting.limit, waiting.offset)
        waiting.answer.set_result(page)

    def fail(self, which: int = 0, error: ApiError | None = None) -> None:
        """Let one request fail."""
        self.waiting[which % len(self.waiting)].answer.set_exception(error or Unreachable())


async def rest(turns: int = 8) -> None:
    """Let the event loop do all that can be done without an answer."""
    for _ in range(turns):
        await asyncio.sleep(0)


async def answer_all(desk: Desk, most: int = 200) -> int:
    """Answer until nothing is asked any more; returns how many answers that took."""
    await rest()
    for number in range(most):
        if not desk.waiting:
            return number
        desk.answer()
        await rest()
    raise AssertionError(f"still asking after {most} answers: {desk.asked[-10:]}")


class Running:
    """A window at work within `async with`; `news` counts how often its listener was told."""

    def __init__(self, fetch: Callable[[int, int], Any], listener: Callable[[], None] | None = None, **options: Any):
        self.news = 0
        self._listener = listener or (lambda: None)
        self.window = ConversationWindow(lambda limit, offset, _: fetch(limit, offset), self._told, **options)

    def _told(self) -> None:
        self.news += 1
        self._listener()

    async def __aenter__(self) -> ConversationWindow:
        self._task = asyncio.create_task(self.window.run())
        await rest()
        return self.window

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        assert not self.window.is_loading


def ids_of(window: ConversationWindow, first: int, last: int) -> list[str | None]:
    """The ids of the conversations in these places."""
    rows = [window.row(index) for index in range(first, last + 1)]
    return [row.conversation.id if isinstance(row, ListedConversation) else None for row in rows]


def assert_sound(window: ConversationWindow) -> None:
    """What holds at any moment: nobody stands twice, nothing stands beyond the end, and the books are right."""
    count = min(window.count or 0, 1_000)
    ids = [conversation.id for conversation in window.conversations()]
    assert len(ids) == len(set(ids))
    for one in ids:
        index = window.index_of(one)
        assert index is not None
        assert ids_of(window, index, index) == [one]
    rows = [row for index in range(count) if (row := window.row(index)) is not None]
    assert len(rows) == window.loaded
    assert window.cost == sum(row.cost for row in rows)
