"""Lists whose rows come and go faster than they are read: few requests, every look ends, the cursor keeps its row."""

import asyncio
import itertools
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.listing.table import Running, Table, assert_sound, ids_of, rest, table_of
from tests.store.listing.test_tracking import heavy
from tui.api.page import Page
from tui.store.listing import progress
from tui.store.listing.cursor import ListCursor
from tui.store.listing.rows import ListedConversation
from tui.store.listing.window import ConversationWindow

VIEW = 30
AHEAD = VIEW
TURNS = 3_000
"""Turns of the event loop after which a look counts as one without end."""


@dataclass(frozen=True)
class Shift:
    """So many rows come in (or go) at a place of the list."""

    where: float
    rows: int

    def happen(self, table: Table) -> None:
        at = int(self.where * len(table.rows))
        if self.rows > 0:
            table.insert(at, self.rows)
        else:
            table.delete(at, -self.rows)


class Shifting:
    """A server whose table changes with each answer of a page that does not begin at the top."""

    def __init__(self, table: Table, shifts: list[Shift]) -> None:
        self.table = table
        self.asked = 0
        self.shifts = 0
        self._next: Iterator[Shift] = itertools.cycle(shifts)

    def shifts_end(self) -> None:
        """From now on the table rests."""
        self._next = itertools.repeat(Shift(0.0, 0))

    async def fetch(self, limit: int, offset: int) -> Page:
        """The page as it was before the next change."""
        self.asked += 1
        await asyncio.sleep(0)
        page = self.table.page(limit, offset)
        if offset:
            self.shifts += 1
            next(self._next).happen(self.table)
        return page


class Person:
    """Looks at a window through a list, and reads what is under its cursor."""

    def __init__(self) -> None:
        self.at = ListCursor()
        self.at.rows = VIEW
        self.read: str | None = None
        self._looked = (-1, -1)

    def open(self, window: ConversationWindow) -> None:
        """Begin at the top."""
        self.at.show(window, None)
        self.news()

    def news(self) -> None:
        """Rows have arrived."""
        if self.at.window is None:
            return
        self.at.take_over()
        self._tell(carried=True)

    def go(self, where: float) -> None:
        """Go to another row."""
        self.at.go(int(where * max(0, self.at.count - 1)))
        self._tell(carried=False)

    def _tell(self, *, carried: bool) -> None:
        window = self.at.window
        assert window is not None
        if self.at.view != self._looked:
            self._looked = self.at.view
            window.look(*self._looked, carried=carried)
        if not self.at.is_seeking:
            conversation = self.at.conversation
            followed = conversation.id if conversation is not None else None
            if followed != self.read:
                window.follow(followed)
            self.read = followed

    @property
    def sees(self) -> str | None:
        """The conversation in the row of the cursor."""
        row = self.at.row(self.at.index)
        return row.conversation.id if isinstance(row, ListedConversation) else None


async def _look_around(server: Shifting, limit: int, places: list[float]) -> None:
    person = Person()

    def changed() -> None:
        person.news()
        assert person.sees == person.read
        if isinstance(person.at.window, ConversationWindow):
            assert_sound(person.at.window)

    async with Running(server.fetch, listener=changed, page_size=heavy(limit)) as window:
        person.open(window)
        for place in [0.0, *places]:
            asked, shifts = server.asked, server.shifts
            person.go(place)
            await _come_to_rest(window)
            pages = math.ceil((VIEW + AHEAD) / limit) + 1
            assert server.asked - asked <= 4 * pages + 12 + math.log2(1 + server.shifts - shifts)


async def _come_to_rest(window: ConversationWindow) -> None:
    idle = 0
    for _ in range(TURNS):
        await rest(1)
        idle = 0 if window.is_loading else idle + 1
        if idle == 8:
            return
    raise AssertionError("the look never ends")


SHIFTS = st.lists(st.builds(Shift, st.just(0.0) | st.floats(0, 1), st.integers(-20, 60)), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 900), st.integers(1, 100), SHIFTS, st.lists(st.floats(0, 1), max_size=6))
def test_what_is_asked_is_bounded_by_what_is_looked_at_and_the_cursor_row_is_what_is_read(
    rows: int, limit: int, shifts: list[Shift], places: list[float]
) -> None:
    asyncio.run(_look_around(Shifting(table_of(rows), shifts), limit, places))


@pytest.mark.parametrize("limit", [6, 25])
async def test_rows_that_come_in_at_the_top_faster_than_they_are_read_leave_no_hole_in_the_view(limit: int) -> None:
    person, server = Person(), Shifting(table_of(500), [Shift(0.0, 3)])
    async with Running(server.fetch, listener=person.news, page_size=heavy(limit)) as window:
        person.open(window)
        await _come_to_rest(window)
        person.go(0.5)
        await _come_to_rest(window)
        assert all(isinstance(window.row(index), ListedConversation) for index in range(*person.at.view))
        assert window.failure is None


async def test_a_list_that_keeps_changing_is_said_to_be_one_until_it_rests() -> None:
    person, server = Person(), Shifting(table_of(500), [Shift(0.1, 5), Shift(0.3, -4), Shift(0.2, 7), Shift(0.4, -9)])
    async with Running(server.fetch, listener=person.news, page_size=heavy(3)) as window:
        person.open(window)
        await _come_to_rest(window)
        person.go(0.5)
        await _come_to_rest(window)
        assert window.keeps_changing
        server.shifts_end()
        window.refresh()
        await _come_to_rest(window)
        assert (window.keeps_changing, window.failure) == (False, None)
        first, end = person.at.view
        assert ids_of(window, first, end - 1) == server.table.rows[first:end]


def test_a_list_that_keeps_changing_is_asked_twice_a_second_at_most_and_less_and_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 1_000.0
    monkeypatch.setattr(progress, "_LEAST_PAUSE", 0.5)
    monkeypatch.setattr(time, "monotonic", lambda: now)
    asked = progress.Progress()
    pauses = []
    while not asked.is_over:
        asked.asks()
        asked.answered(0, 30, moved=True, again=True)
        pauses.append(asked.pause)
    assert pauses[:2] == [0.0, 0.0]
    assert pauses[2] >= 0.5
    assert all(later == 2 * sooner for sooner, later in itertools.pairwise(pauses[2:]))
    asked.begin()
    assert asked.pause == 0.5, "who looks elsewhere waits no longer than that"
    now += 0.5
    assert asked.pause == 0.0
    asked.rests()
    asked.asks()
    assert asked.pause == 0.0
