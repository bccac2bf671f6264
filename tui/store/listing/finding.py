"""Where a conversation stands in a list of which only the first rows are here, found by its time.

The service promises no order. So the rows that are here must show one; and what is found is a row of the same time,
which the one who asked has to look at. Each step costs a page of one row; there are as many as halving the list takes.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tui.api.errors import ApiError
from tui.api.page import Page, Record
from tui.store.filter.list_filter import ListFilter
from tui.store.listing.rows import ListedConversation
from tui.store.listing.window import ConversationWindow

if TYPE_CHECKING:
    from tui.api.conversation import Conversation

_MOST_STEPS = 16


def surely_has(query: ListFilter, conversation: "Conversation", found_by: str | None) -> bool:
    """Whether a filter's list has a conversation, as far as that can be told here.

    Which texts it holds is known for one only: `found_by`, the text of a list that it stands in.
    """
    return (
        not query.rest  # what facts would tell
        and (not query.text or query.text == found_by)
        and may_have(query, conversation)
    )


def may_have(query: ListFilter, conversation: "Conversation") -> bool:
    """Whether a filter's list may have a conversation: nothing of what is known of it tells otherwise."""
    return (
        (not query.tags or not set(query.tags).isdisjoint(conversation.tags or ()))
        and not (query.untagged and conversation.tags)
        and (query.archived or not conversation.is_archived)
    )


async def likely_place(
    conversation: "Conversation", window: ConversationWindow, fetch: Callable[[int, int], Awaitable[Page]]
) -> int | None:
    """A row of the same time; None where the list shows no order, or does not keep to it."""
    first = _first_rows(window)
    for field in ("created_at", "updated_at"):
        sought, times = _time(conversation, field), [_time(row, field) for row in first]
        known = [time for time in times if time is not None]
        if sought is None or len(known) < len(times):
            continue
        newest_first = _is_newest_first(known)
        if newest_first is not None and _stands_beyond(sought, known[-1], newest_first=newest_first):
            return await _halve(sought, field, range(len(first), window.count or 0), fetch, newest_first=newest_first)
    return None


def _first_rows(window: ConversationWindow) -> list["Conversation"]:
    """The rows from the top down to the first that is not here or cannot be read."""
    rows: list[Conversation] = []
    while isinstance(row := window.row(len(rows)), ListedConversation):
        rows.append(row.conversation)
    return rows


def _time(conversation: "Conversation", field: str) -> datetime | None:
    time: datetime | None = getattr(conversation, field)
    return time


def _is_newest_first(times: Sequence[datetime]) -> bool | None:
    """Whether times fall or rise all the way; None where they do neither."""
    if len(times) < 2 or times[0] == times[-1]:
        return None
    ordered = sorted(times)
    return False if list(times) == ordered else True if list(times) == ordered[::-1] else None


def _stands_beyond(sought: datetime, time: datetime, *, newest_first: bool) -> bool:
    return sought <= time if newest_first else sought >= time


async def _halve(
    sought: datetime,
    field: str,
    rows: range,
    fetch: Callable[[int, int], Awaitable[Page]],
    *,
    newest_first: bool,
) -> int | None:
    for _ in range(_MOST_STEPS):
        if not rows:
            return None
        middle = rows[len(rows) // 2]
        try:
            records = (await fetch(1, middle)).records
        except ApiError:
            return None
        time = _time(records[0].conversation, field) if records and isinstance(records[0], Record) else None
        if time is None:
            return None
        if time == sought:
            return middle
        beyond = _stands_beyond(sought, time, newest_first=newest_first)
        rows = range(middle + 1, rows.stop) if beyond else range(rows.start, middle)
    return None
