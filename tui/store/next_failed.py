"""The next conversation of the list with a failed tool call; what of the list is not here is asked for on the way."""

import asyncio
from collections.abc import AsyncIterator
from time import perf_counter
from typing import NamedTuple

from tui.api.errors import UnreadableAnswer
from tui.api.history import split_history
from tui.api.page import Record
from tui.api.raw import RawJson
from tui.store.history.outcome import failures_of
from tui.store.listing.rows import ListedConversation
from tui.store.project import Project

_SLICE = 0.004
"""Seconds of looking through histories between two pauses, in which keys are answered."""

_AT_ONCE = 50
"""Rows that are asked for at once."""


class FailedConversation(NamedTuple):
    """A conversation with a failed tool call, and the row that it was seen in."""

    id: str
    row: int


class FailedSearch:
    """Goes from row `index` of the shown list down (`step` 1) or up (-1) as far as it goes, past what is `read`."""

    def __init__(self, project: Project, index: int, step: int, read: str | None = None) -> None:
        self._project = project
        self._index = index
        self._step = step
        self._read = read
        self.looked = 0
        """Conversations that were looked through so far."""

    async def run(self) -> FailedConversation | None:
        """The first conversation on the way that has one; None where there is none.

        Raises:
            ApiError: rows that are not here did not come.
        """
        if self._project.facts.derived is not None:
            found = await self._project.facts.next_failed(self._index, self._step)
            self.looked = abs(found[1] - self._index) + 1 if found is not None else 0
            return FailedConversation(*found) if found is not None else None
        pause_at = perf_counter() + _SLICE
        async for index, conversation_id, raw in self._rows():
            if conversation_id == self._read:
                continue
            self.looked += 1
            try:
                elements = split_history(raw)
            except UnreadableAnswer:
                continue
            for failure in failures_of(elements, self._project.patterns):
                if failure is not None:
                    return FailedConversation(conversation_id, index)
                if perf_counter() >= pause_at:
                    await asyncio.sleep(0)
                    pause_at = perf_counter() + _SLICE
        return None

    async def _rows(self) -> AsyncIterator[tuple[int, str, RawJson]]:
        window, index, step = self._project.shown, self._index, self._step
        seen: set[str | bytes] = set()
        while 0 <= index < (window.count or 0):
            row = window.row(index)
            if isinstance(row, ListedConversation) and row.raw is not None:
                yield index, row.conversation.id, row.raw
            elif row is None or isinstance(row, ListedConversation):
                offset = index if step > 0 else max(0, index + 1 - _AT_ONCE)
                page = await self._project.page(offset, _AT_ONCE if step > 0 else index + 1 - offset)
                rows = [(offset + place, record) for place, record in enumerate(page.records)]
                known = len(seen)
                seen.update(record.id if isinstance(record, Record) else bytes(record.raw) for record in page.records)
                if not rows or len(seen) == known:  # the end, or a server that repeats itself
                    return
                for at, record in rows[::step]:
                    if isinstance(record, Record):
                        yield at, record.id, record.raw
                index = rows[::step][-1][0]
            index += step
