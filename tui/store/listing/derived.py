"""A list of what facts say: the conversations that match a filter, or all, in an order of the user's.

It answers like the window on the remote list, so that who shows it need not know which of them it is.
"""

import asyncio
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.api.errors import ApiError
from tui.store.facts.errors import FactsUnavailable
from tui.store.facts.question import FactsAnswer, FactsQuestion
from tui.store.listing.rows import ListedConversation, Row
from tui.zone import ZONE

if TYPE_CHECKING:
    from tui.store.facts.rows import FactsRow
    from tui.store.facts.store import FactsStore

_FIRST = 200
"""Keys that are wanted at once; the others come a moment later."""

_AHEAD = 60
"""Rows on either side of what is looked at that are kept ready."""

_KEPT = 1_000

_PAUSE = 0.2
"""Seconds between two answers while facts keep coming."""


class DerivedList:
    """Keys from the facts, in order; rows are asked for as they are looked at."""

    def __init__(
        self,
        facts: "FactsStore",
        question: FactsQuestion,
        listener: Callable[[], None],
        sought: str | None = None,
    ) -> None:
        """`sought` is the conversation that is read: where it stands is told however far down that is."""
        self._facts = facts
        self.question = question
        self._listener = listener
        self.answer: FactsAnswer | None = None
        """What the facts have answered last."""
        self._rows: dict[int, ListedConversation] = {}
        self._places: dict[str, int] = {}
        self._view = (0, _AHEAD)
        self._sought = sought
        self._sought_at: int | None = None
        self._followed: str | None = None
        self._passed: str | None = None
        """The conversation that stood at the top, where nobody follows one and others have come in above."""
        self._left: int | None = None
        """The key of the conversation under the cursor where that matches no more."""
        self._is_new = asyncio.Event()
        self._looks = asyncio.Event()
        self._is_new.set()
        self.is_current = False
        """Whether the answer is that of all that is known."""
        self._is_old = False
        """Whether there may be another answer than the one that is here."""
        self.trouble = ""
        """Why the facts do not answer; empty where they do."""

    # -- what a list tells -----------------------------------------------------------------------------------------

    @property
    def count(self) -> int | None:
        """Rows in all, or None before the first answer; a conversation that the cursor keeps here is one of them."""
        if self.answer is None:
            return 0 if self.trouble else None
        return self.answer.count + (self._left is not None)

    @property
    def withheld(self) -> int:
        """How many conversations are counted and not shown: none."""
        return 0

    def row(self, index: int) -> Row | None:
        """The row at an index, or None for one that is asked for."""
        keys = self._keys
        return self._rows.get(keys[index]) if 0 <= index < len(keys) else None

    def index_of(self, conversation_id: str) -> int | None:
        """Where a conversation stands, as far as it is known."""
        return self._places.get(conversation_id)

    def is_seeking(self, conversation_id: str) -> bool:
        """Whether a conversation was lost from sight: none but what stood at the top, which is in the list still."""
        return conversation_id == self._passed

    def failure_of(self, index: int) -> ApiError | None:
        """Why a row did not come: they all do."""
        return None

    @property
    def _keys(self) -> "array[int]":
        return self.answer.keys if self.answer is not None else array("q")

    # -- what is wanted --------------------------------------------------------------------------------------------

    def look(self, first: int, last: int, *, carried: bool = False, ahead: bool = True) -> None:
        """Say which rows are on the screen."""
        self._view = (first, last)
        self._looks.set()

    def follow(self, conversation_id: str | None) -> None:
        """The cursor is on this conversation: it stays in the list until the cursor leaves it."""
        if conversation_id != self._followed:
            self._followed = conversation_id
            if self._left is not None:
                self.ask_again()

    def ask_again(self) -> None:
        """Something is known that was not."""
        self.is_current = False
        self._is_new.set()

    # -- the worker ------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Keep the list as the facts are, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep_up())
            group.create_task(self._fill())

    async def _keep_up(self) -> None:
        while True:
            await self._is_new.wait()
            self._is_new.clear()
            began = time.monotonic()
            with self._noted():
                if self.answer is None:
                    await self._facts.caught_up()  # what is in memory belongs into the first answer
                    await self._take(await self._facts.ask(self._now(), _FIRST))
                if self.answer is None or self.answer.count > len(self.answer.keys) or self._is_old:
                    await self._take(await self._facts.ask(self._now()))
            self._is_old = True
            if not self._is_new.is_set() and not self.is_current:
                self.is_current = True
                self._listener()
            await asyncio.sleep(max(_PAUSE, 2 * (time.monotonic() - began)))

    async def _fill(self) -> None:
        while True:
            await self._looks.wait()
            self._looks.clear()
            lacking = [key for key in self._near() if key not in self._rows]
            with self._noted():
                self._put(await self._facts.rows(lacking) if lacking else {})
            if lacking:
                self._listener()

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except FactsUnavailable as error:
            self.trouble = str(error)
            self._listener()

    def _now(self) -> FactsQuestion:
        return replace(self.question, now=ZONE.now())

    async def _take(self, answer: FactsAnswer) -> None:
        """Another answer takes the place of the one before, with its rows: in between nobody sees a list without."""
        first, last = self._view
        _, at, place = self._followed_in(answer)
        by = place - at if at is not None and place is not None else 0
        sought = await self._facts.key_of(self._sought) if self._sought is not None else None
        found = await self._facts.rows(_near(answer.keys, first + by, last + by))
        if (there := _place_in(answer.keys, sought)) is not None and sought not in found:
            found |= await self._facts.rows(_near(answer.keys, there, there + 1))
        self._change(answer, found, sought)
        self._looks.set()  # who looks elsewhere meanwhile lacks rows
        self._listener()

    def _followed_in(self, answer: FactsAnswer) -> tuple[int | None, int | None, int | None]:
        """The key of the conversation under the cursor, where it stands and where in another answer."""
        at = self._places.get(self._followed or "")
        held = self._keys[at] if at is not None and at < len(self._keys) else None
        return held, at, _place_in(answer.keys, held)

    def _change(self, answer: FactsAnswer, found: "dict[int, FactsRow]", sought: int | None) -> None:
        """Tell of another answer; the conversation under the cursor stays."""
        keys, first = answer.keys, self.row(0)
        held, at, place = self._followed_in(answer)
        self._left = None
        if held is not None and at is not None and place is None and len(keys) == answer.count:
            place = min(at, len(keys))
            keys.insert(place, held)
            self._left = held
        kept = self._rows.get(self._left) if self._left is not None else None
        passes = self._followed is None and isinstance(first, ListedConversation) and self._keys[0] in keys
        self._passed = first.conversation.id if passes and isinstance(first, ListedConversation) else None
        self.answer = answer
        self._rows = {self._left: replace(kept, gone=True)} if kept is not None and self._left is not None else {}
        if place is not None and at is not None:
            self._view = (self._view[0] + place - at, self._view[1] + place - at)
        self._sought_at = _place_in(keys, sought)
        self._put(found)
        if place is not None and self._followed is not None:
            self._places[self._followed] = place

    def _near(self) -> "array[int]":
        return _near(self._keys, *self._view)

    def _put(self, found: "dict[int, FactsRow]") -> None:
        if len(self._rows) > _KEPT:
            near = set(self._near())
            self._rows = {key: kept for key, kept in self._rows.items() if key in near}
        for key, row in found.items():
            self._rows[key] = ListedConversation(row.conversation, None, 0, facts=row)
        first = max(0, self._view[0] - _AHEAD)
        self._places = {
            listed.conversation.id: place
            for place, key in enumerate(self._near(), first)
            if (listed := self._rows.get(key)) is not None
        }
        if self._sought is not None and self._sought_at is not None:
            self._places[self._sought] = self._sought_at


def _near(keys: "array[int]", first: int, last: int) -> "array[int]":
    """The keys of the rows that are kept ready where these are in view."""
    return keys[max(0, first - _AHEAD) : max(0, last) + _AHEAD]


def _place_in(keys: "array[int]", key: int | None) -> int | None:
    try:
        return keys.index(key) if key is not None else None
    except ValueError:
        return None
