"""The window against a table that lives: answers in any order, late, lost or refused, rows that come and go."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.store.listing.table import Desk, Running, Table, answer_all, assert_sound, ids_of, rest, table_of
from tui.api.errors import AnswerTooLarge, TimedOut, Unreachable

VIEW = 12
BUDGET = 100 * 3_300
"""Room for two of the largest views and what is ahead of them, with what an eviction leaves."""


class LiveTable(RuleBasedStateMachine):
    """A person looks here and there while the table and the network do what they like."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._desk = Desk(Table())
        self._window = Running(self._desk.fetch, budget=BUDGET).window
        self._view = (0, VIEW - 1)

    def _run(self, work: Awaitable[Any]) -> Any:
        return self._loop.run_until_complete(work)

    @initialize(rows=st.integers(0, 400))
    def open(self, rows: int) -> None:
        self._desk.table = table_of(rows)
        self._window.look(*self._view)

        async def start() -> None:
            self._task = asyncio.create_task(self._window.run())
            await rest()

        self._run(start())

    @rule(where=st.floats(0, 1), height=st.integers(1, 2 * VIEW))
    def look(self, where: float, height: int) -> None:
        self._see(int(where * max(0, (self._window.count or 1) - height)), height)

    @rule(by=st.integers(-VIEW, VIEW))
    def scroll(self, by: int) -> None:
        first, last = self._view
        self._see(max(0, first + by), last - first + 1)

    def _see(self, first: int, height: int) -> None:
        self._view = (first, first + height - 1)
        self._window.look(*self._view)
        self._run(rest())

    @rule(where=st.floats(0, 1), rows=st.integers(1, 5))
    def insert(self, where: float, rows: int) -> None:
        self._desk.table.insert(int(where * len(self._desk.table.rows)), rows)

    @rule(rows=st.integers(1, 30))
    def insert_at_the_top(self, rows: int) -> None:
        self._desk.table.insert(0, rows)

    @rule(where=st.floats(0, 1), rows=st.integers(1, 5))
    def delete(self, where: float, rows: int) -> None:
        self._desk.table.delete(int(where * len(self._desk.table.rows)), rows)

    @rule(where=st.floats(0, 1))
    def move_to_the_top(self, where: float) -> None:
        rows = self._desk.table.rows
        if rows:
            rows.insert(0, rows.pop(int(where * (len(rows) - 1))))

    @precondition(lambda self: self._desk.waiting)
    @rule(which=st.integers(0, 1), early=st.booleans())
    def answer(self, which: int, early: bool) -> None:
        self._desk.answer(which, early=early)
        self._run(rest())
        assert self._window.cost <= BUDGET

    @precondition(lambda self: self._desk.waiting)
    @rule(which=st.integers(0, 1), kind=st.sampled_from([Unreachable, TimedOut, AnswerTooLarge]))
    def fail(self, which: int, kind: type[Unreachable | AnswerTooLarge]) -> None:
        self._desk.fail(which, kind())
        self._run(rest())

    @rule()
    def retry(self) -> None:
        self._window.retry()
        self._run(rest())

    @rule()
    def refresh(self) -> None:
        self._window.refresh()
        self._run(rest())

    @rule()
    def stop_and_go_on(self) -> None:
        async def again() -> None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            assert not self._window.is_loading
            self._task = asyncio.create_task(self._window.run())
            await rest()

        self._run(again())

    @invariant()
    def sound(self) -> None:
        assert_sound(self._window)
        assert self._desk.most <= 2

    def teardown(self) -> None:
        """The table rests and nothing fails any more: what is looked at comes, soon, and as it is."""
        try:
            if hasattr(self, "_task"):
                self._come_to_rest()
        finally:
            self._end()

    def _end(self) -> None:
        if hasattr(self, "_task"):
            self._task.cancel()
            self._run(asyncio.wait([self._task]))
        self._loop.close()

    def _come_to_rest(self) -> None:
        self._window.retry()
        first, last = self._settle()
        assert all(self._window.row(index) is not None for index in range(first, last + 1))
        assert self._window.failure is None
        self._window.refresh()
        first, last = self._settle()
        assert self._window.count == len(self._desk.table.rows)
        assert ids_of(self._window, first, last) == self._desk.table.rows[first : last + 1]
        self.sound()

    def _settle(self) -> tuple[int, int]:
        for _ in range(4):
            self._run(answer_all(self._desk, 100))
            view = self._look_within()
            self._run(rest())
            if not self._desk.waiting:
                return view
        raise AssertionError("it does not come to rest")

    def _look_within(self) -> tuple[int, int]:
        """As a list does that never shows anything beyond the end."""
        last = min(self._view[1], (self._window.count or 0) - 1)
        first = max(0, min(self._view[0], last))
        self._window.look(first, last)
        return first, last


TestLiveTable = LiveTable.TestCase
TestLiveTable.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
