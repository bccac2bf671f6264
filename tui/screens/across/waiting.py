"""Keys that are pressed before there is a row to act on: they wait, and act in their order on what comes."""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any, NamedTuple, Protocol

from tui.screens.stage import Stage
from tui.terminal.input.keymap import Command

AT_ONCE = frozenset(("back", "copy", "leave_copy", "find", "read_on", "repaint", "commands", "help"))
"""The commands, by name, that act on no row."""
_OF_A_ROW = frozenset(("open", "same", "copy_c", "copy_y"))
"""Those that need to know the row under the cursor."""
_LEADING_ON = frozenset(("open", "same", "frequency"))


class _Asked(NamedTuple):
    command: Command[Any]
    act: Callable[[], object]


class AwaitedRows(Protocol):
    """The table in use, of which rows may be on their way."""

    @property
    def has_come(self) -> bool:
        """Whether there is an answer, which has no rows only where nothing is to come at first."""

    @property
    def has_row(self) -> bool:
        """Whether the row under the cursor is at hand."""

    async def fetch_row(self) -> None:
        """Have the row under the cursor at hand, if there still is one."""


class WaitingCommands:
    """What the user has asked of the tables, one thing after the other."""

    def __init__(self, stage: Stage, rows: AwaitedRows) -> None:
        self._stage = stage
        self._rows = rows
        self._asked: list[_Asked] | None = None
        """What waits behind what is under way; None where nothing is."""
        self._news = asyncio.Event()

    def take(self, command: Command[Any], act: Callable[[], object]) -> None:
        """Do it now, or once what was asked before is done and the rows are there."""
        if self._asked is not None:
            self._asked.append(_Asked(command, act))
        elif self._can(command):
            done = act()
            if isawaitable(done):
                self._go_on([], done)
        else:
            self._go_on([_Asked(command, act)])

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits and nothing is under way."""
        return self._asked is None

    def came(self) -> None:
        """There may be rows that were not there."""
        self._news.set()

    def drop(self) -> None:
        """Forget what waits, and end what is under way."""
        if self._asked is not None:
            self._asked = None
            self._stage.give_up("waiting")

    def take_back(self) -> bool:
        """Forget the last thing that waits to lead on to a further table, and what was asked of that one."""
        asked = self._asked or []
        place = next((at for at in reversed(range(len(asked))) if asked[at].command.name in _LEADING_ON), None)
        if place is not None:
            del asked[place:]
        return place is not None

    def _can(self, command: Command[Any]) -> bool:
        return self._rows.has_come and (self._rows.has_row or command.name not in _OF_A_ROW)

    def _go_on(self, asked: list[_Asked], done: Awaitable[object] | None = None) -> None:
        self._asked = asked
        self._stage.run(self._work_off(asked, asyncio.ensure_future(done) if done is not None else None), "waiting")

    async def _work_off(self, asked: list[_Asked], done: Awaitable[object] | None) -> None:
        try:
            while done is not None or asked:
                if done is None and not self._can(asked[0].command):
                    await self._wait_for(asked)
                    continue
                result = done if done is not None else asked.pop(0).act()
                done = None
                if isawaitable(result):
                    await result
                if not self._stage.screen.is_current:
                    break
            for one in reversed(asked):  # what has been opened has the keys now
                self._stage.app.simulate_key(one.command.key_names[0])
        finally:
            if self._asked is asked:
                self._asked = None

    async def _wait_for(self, asked: list[_Asked]) -> None:
        """Wait for the rows of the table, or for the one under the cursor; where that is gone all is forgotten."""
        if not self._rows.has_come:
            self._news.clear()
            await self._news.wait()
            return
        await self._rows.fetch_row()
        if asked and not self._can(asked[0].command):
            asked.clear()
