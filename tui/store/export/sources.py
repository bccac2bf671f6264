"""What is exported: some conversations by id, or everything under a filter while the list may change.

Offset pagination over a live table shifts: each page overlaps the one before by a row, and where it does not, rows have
moved and the walk steps back. What came in at the top meanwhile is looked for at the end.
"""

import hashlib
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from functools import partial

from tui.api.client import Client
from tui.api.errors import NotFound
from tui.api.page import Page, Record, UnreadableRecord
from tui.api.query import ConversationFilter
from tui.store.listing.page_size import PageSize, fitting_page

_ROUNDS = 4
"""Times that the begin of a list is looked at again, at most, because it has changed."""

_STEPS_BACK = 50
"""Pages that the walk goes back, at most, in a list that changes faster than it is read."""

_BARREN = 50
"""Pages in a row without anything new after which the service is taken to repeat itself."""

_GLANCE = 5
"""Rows at the top of a list that are looked at again at the end."""


class ChosenConversations:
    """Conversations by id, in this order; those that are gone are counted and named."""

    def __init__(self, client: Client, ids: Sequence[str], at_hand: Callable[[str], Record | None]) -> None:
        self._client = client
        self._ids = tuple(ids)
        self._at_hand = at_hand
        self._gone: list[str] = []

    @property
    def total(self) -> int:
        """How many were chosen."""
        return len(self._ids)

    @property
    def notes(self) -> tuple[str, ...]:
        """Which ones are gone."""
        if not self._gone:
            return ()
        named = ", ".join(self._gone[:3]) + (" …" if len(self._gone) > 3 else "")
        return (f"{len(self._gone)} no longer there: {named}",)

    async def elements(self) -> AsyncGenerator[Record | UnreadableRecord, None]:
        """Each conversation, fetched where its history is not at hand."""
        for conversation_id in self._ids:
            record = self._at_hand(conversation_id)
            if record is None:
                try:
                    record = await self._client.conversation(conversation_id)
                except NotFound:
                    self._gone.append(conversation_id)
                    continue
            yield record


class FoundConversations:
    """What facts find, in the order of their list; what that list does not cover is noted."""

    def __init__(
        self,
        ids: Callable[[], Awaitable[Sequence[str]]],
        made: Callable[[Sequence[str]], ChosenConversations],
        note: str,
    ) -> None:
        """`ids` gives them when the export begins; `note` says what the list covers, "" where that is all."""
        self._ids = ids
        self._made = made
        self._note = note
        self._chosen: ChosenConversations | None = None

    @property
    def total(self) -> int | None:
        """How many were found."""
        return self._chosen.total if self._chosen is not None else None

    @property
    def notes(self) -> tuple[str, ...]:
        """What the list covers, and which ones are gone."""
        own = (self._note,) if self._note else ()
        return (*own, *(self._chosen.notes if self._chosen is not None else ()))

    async def elements(self) -> AsyncGenerator[Record | UnreadableRecord, None]:
        """Each conversation, fetched where its history is not at hand."""
        self._chosen = self._made(await self._ids())
        async for element in self._chosen.elements():
            yield element


class FilteredConversations:
    """Everything under a filter, page by page with requests of its own."""

    def __init__(self, client: Client, query: ConversationFilter, page_size: PageSize | None = None) -> None:
        self._client = client
        self._query = query
        self._size = page_size or PageSize()
        self._seen: set[str] = set()
        self._told: int | None = None
        self._pages = 0
        self._has_changed = False
        self._finished = False

    @property
    def total(self) -> int | None:
        """What the service counts, as of the last page; None where it tells nothing, or less than it has sent."""
        return self._told if self._told is not None and self._told >= len(self._seen) else None

    @property
    def notes(self) -> tuple[str, ...]:
        """That the list has changed meanwhile, and whether the numbers still do not agree."""
        if not self._has_changed:
            if self._finished and self._told is not None and self._told != len(self._seen):
                return (f"the service counts {self._told:,}",)
            return ()
        if self._finished and self._told is not None and self._told != len(self._seen):
            return (f"the list changed meanwhile: the service now counts {self._told:,}",)
        return ("the list changed meanwhile; every change was followed",) if self._finished else ("the list changes",)

    async def elements(self) -> AsyncGenerator[Record | UnreadableRecord, None]:
        """Each row once, in the order of the list; what came in later stands at the end."""
        async for element in self._walk(_BARREN):
            yield element
        for _ in range(_ROUNDS if self._pages > 1 else 0):
            before = len(self._seen)
            async for element in self._walk(0, _GLANCE):
                self._has_changed = True
                yield element
            if len(self._seen) == before:
                break
        self._finished = True

    async def _walk(self, patience: int, first: int | None = None) -> AsyncGenerator[Record | UnreadableRecord, None]:
        """Go down the list until so many pages in a row bring nothing new; `first` rows at most in the first page."""
        offset = back = barren = 0
        overlaps = False
        while True:
            page = await self._page(offset, first if offset == 0 else None)
            fresh = self._fresh(page)
            moved = overlaps and len(fresh) == len(page.records) > 0
            self._has_changed |= moved
            for key, record in fresh:
                self._seen.add(key)
                yield record
            barren = 0 if fresh else barren + 1
            if moved and back < _STEPS_BACK:
                # Nothing of this page is known: rows before it have gone up into what was read already.
                back += 1
                offset = max(0, offset - len(page.records))
                overlaps = False
                continue
            following = offset + len(page.records)
            if self._is_end(page, following) or barren > patience:
                return
            overlaps = len(page.records) > 1
            offset = following - overlaps

    def _is_end(self, page: Page, following: int) -> bool:
        """Whether a page is the last one: a count that it goes beyond, or that a next one contradicts, says nothing."""
        return not page.records or (following == self._told and not page.goes_on)

    async def _page(self, offset: int, most: int | None) -> Page:
        page = await fitting_page(partial(self._client.conversations, self._query), self._size, offset, most)
        self._pages += 1
        if page.count is not None:
            if self._told is not None and page.count != self._told:
                self._has_changed = True
            self._told = page.count
        return page

    def _fresh(self, page: Page) -> list[tuple[str, Record | UnreadableRecord]]:
        """What was not there before, each once; a damaged row is known by its bytes and its place among its likes."""
        fresh: dict[str, Record | UnreadableRecord] = {}
        likes: Counter[str] = Counter()
        for record in page.records:
            if isinstance(record, Record):
                key = record.id
            else:
                digest = hashlib.sha256(record.raw).hexdigest()
                likes[digest] += 1
                key = f"? {digest} {likes[digest]}"
            if key not in self._seen and key not in fresh:
                fresh[key] = record
        return list(fresh.items())
