"""Keys that are pressed before there is a row to act on: they wait, and act in their order on what comes."""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any, NamedTuple, Protocol

from tui.screens.stage import Stage
from tui.terminal.input.keymap import Command

_AT_ONCE = frozenset(("back", "copy", "leave_copy", "find", "read_on", "repaint", "commands", "help"))
"""The commands, by name, that act on no row."""
_BEFORE_ALL = frozenset(("back", "leave_copy", "repaint"))
"""Those of them that are not meant for what is being gone on to."""
_OF_A_ROW = frozenset(("open", "same", "copy_c", "copy_y"))
"""Those that need to know the row under the cursor."""
_LEADING_ON = frozenset(("open", "same", "frequency", "compare"))


class _Asked(NamedTuple):
    key: str
    """What is pressed again where another part has the keys by then."""
    command: Command[Any] | None
    """None: what the key means is only known once what is being gone on to is there."""
    act: Callable[[], object]

    @property
    def leads_on(self) -> bool:
        """Whether it leads on to a further table, to a call, or to a comparison."""
        return self.command is not None and self.command.name in _LEADING_ON


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
        self._begun: asyncio.Future[Any] | None = None
        """What is under way."""
        self._is_led_on = False
        """Whether that leads on."""
        self._news = asyncio.Event()

    def take(self, command: Command[Any], act: Callable[[], object]) -> object:
        """Do it now, or once what was asked before is done and the rows are there.

        Returns what is to be waited for before the next key, if anything is.
        """
        typed = self._stage.app.straight_keys.last_key
        key = typed if typed in command.key_names else command.key_names[0]  # the palette runs it, too
        if command.name in _AT_ONCE:
            return None if command.name not in _BEFORE_ALL and self.keep(key) else act()
        asked = self._asked
        if asked is not None and not (asked and asked[-1].command is None and self.keep(key)):
            asked.append(_Asked(key, command, act))
        elif asked is None and self._can(command):
            done = act()
            if isawaitable(done):
                self._is_led_on = command.name in _LEADING_ON
                self._go_on([], done)
        elif asked is None:
            self._go_on([_Asked(key, command, act)])
        return None

    def keep(self, key: str) -> bool:
        """Keep a key, by the name that its event has for it, for what is being gone on to; False: nothing is."""
        asked = self._asked
        if asked is None or not (self._is_led_on or any(one.leads_on for one in asked)):
            return False
        asked.append(_Asked(key, None, lambda: None))
        return True

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
            self._asked.clear()
        if self._begun is not None:
            self._begun.cancel()

    def take_back(self) -> bool:
        """Forget the last thing that waits to lead on to a further table, and what was asked of that one."""
        asked = self._asked or []
        place = next((at for at in reversed(range(len(asked))) if asked[at].leads_on), None)
        if place is not None:
            del asked[place:]
        elif self._is_led_on:
            self.drop()
            return True
        return place is not None

    def _can(self, command: Command[Any] | None) -> bool:
        return command is None or (self._rows.has_come and (self._rows.has_row or command.name not in _OF_A_ROW))

    def _go_on(self, asked: list[_Asked], done: Awaitable[object] | None = None) -> None:
        self._asked = asked
        self._begun = asyncio.ensure_future(done) if done is not None else None
        self._stage.run(self._work_off(asked), "waiting")

    async def _work_off(self, asked: list[_Asked]) -> None:
        try:
            while self._begun is not None or (asked and asked[0].command is not None):
                if self._begun is None and not self._can(asked[0].command):
                    self._begun = asyncio.ensure_future(self._wait_for(asked))
                    await self._end()
                    continue
                if self._begun is None:
                    one = asked.pop(0)
                    self._is_led_on = one.leads_on
                    done = one.act()
                    self._begun = asyncio.ensure_future(done) if isawaitable(done) else None
                await self._end()
                self._is_led_on = False
                if not self._stage.screen.is_current:
                    break
            for one in reversed(asked):  # what has been opened has the keys now
                self._stage.app.simulate_key(one.key)
        finally:
            self._asked, self._is_led_on = None, False

    async def _end(self) -> None:
        """Wait for what is under way, which may be given up meanwhile."""
        begun = self._begun
        if begun is None:
            return
        try:
            await asyncio.wait([begun])
            if not begun.cancelled():
                begun.result()
        finally:
            begun.cancel()
            self._begun = None

    async def _wait_for(self, asked: list[_Asked]) -> None:
        """Wait for the rows of the table, or for the one under the cursor; where that is gone all is forgotten."""
        if not self._rows.has_come:
            self._news.clear()
            await self._news.wait()
            return
        await self._rows.fetch_row()
        if asked and not self._can(asked[0].command):
            asked.clear()
