"""What the commands of the tables act on: the tables that the user went through, and the one on the screen."""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from textual.screen import Screen

from tui.screens.across.levels import Level, Narrow, TablePart, Visit
from tui.screens.across.waiting import WaitingCommands
from tui.screens.stage import Stage
from tui.store.across.calls import CallOrder, key_of
from tui.store.facts.errors import FactsUnavailable
from tui.zone import ZONE

if TYPE_CHECKING:
    from tui.screens.found import FoundControl
    from tui.store.facts.question import FactsAnswer
    from tui.store.project import Project
    from tui.store.reading_on import FoundRows

COPYING = "copy"
"""The pending state: the next key says what is copied."""

_PAUSE = 0.2
"""Seconds between two answers while facts keep coming."""


class AcrossContext(Stage):
    """The tables from the first to the one on the screen; `found` reads on for them."""

    def __init__(
        self, screen: Screen[Any], project: "Project", found: "FoundControl", levels: list[Level], folder: Path | None
    ) -> None:
        """`folder` is the one of the last export of this run."""
        super().__init__(screen)
        self.project = project
        self.found = found
        self.levels = levels
        self.exported_to = folder
        self.search = ""
        """What was looked for last."""
        self.changed: Callable[[], None] = lambda: None
        """Called when there is something to show."""
        self.closed: Callable[[Visit | Narrow | None], None] = lambda _chosen: None
        """Called with what the user goes on to, or with None, when the tables are left."""
        self.waiting = WaitingCommands(self, self)
        self._answer: FactsAnswer | None = None
        self._is_current = False
        self._is_new = asyncio.Event()
        self._looks = asyncio.Event()
        self._trouble = ""

    @property
    def level(self) -> Level:
        """What is on the screen."""
        return self.levels[-1]

    @property
    def part(self) -> TablePart:
        """The table that has the keys."""
        return self.level.part

    @property
    def coverage(self) -> "FoundRows":
        """Of how many conversations the tables tell, and whether that is all."""
        found = self.project.facts.found_in(self._answer, is_current=self._is_current)
        return found._replace(trouble=self._trouble or found.trouble)

    @property
    def has_come(self) -> bool:
        """Whether there is an answer for the table in use, which has no rows only where nothing is to come at first."""
        table = self.part.table
        if not table.is_known or table.count:
            return table.is_known
        found = self.coverage
        return bool(found.known or found.is_complete or found.trouble or found.vain)

    @property
    def has_row(self) -> bool:
        """Whether the row under the cursor is at hand."""
        return self.part.table.values(self.part.sheet.row) is not None

    async def fetch_row(self) -> None:
        """Have the row under the cursor at hand, if there still is one."""
        part = self.part
        await self._noted(lambda: part.table.look(part.sheet.row, part.sheet.row + 1, self.project.facts.use()))

    # -- keeping up with the facts ---------------------------------------------------------------------------------

    def begin(self) -> None:
        """Show the table on the screen as the facts are, from here on."""
        self._is_new.set()
        self.run(self._keep_up(), "tables")
        self.run(self._fill(), "rows")

    def ask_again(self) -> None:
        """Something is known that was not."""
        self._is_current = False
        self._is_new.set()

    async def _keep_up(self) -> None:
        store = self.project.facts.use()
        if self._answer is None:
            await self._noted(store.caught_up)  # what is in memory belongs into the first answer
        while True:
            await self._is_new.wait()
            self._is_new.clear()
            began = time.monotonic()
            await self._noted(self._expect)
            for part in self.level.parts:
                await self._noted(lambda part=part: part.table.load(store, self._came))  # type: ignore[misc]
            await self._noted(self._count)
            self._is_current = not self._is_new.is_set()
            self._came()
            await self.look()
            await asyncio.sleep(max(_PAUSE, 2 * (time.monotonic() - began)))

    async def _expect(self) -> None:
        """Put the cursor on the call that is to be shown among others."""
        level = self.level
        call, level.expects = level.expects, None
        if call is None:
            return
        find = partial(key_of, conversation=call.conversation, message=call.message)
        found = await self.project.facts.use().query(find)
        if found is not None:
            level.part.sheet.expect((found,))
        else:
            self.say("This call is not among those that are known.", seconds=4)

    async def _count(self) -> None:
        question = replace(self.level.within, now=ZONE.now())
        self._answer = await self.project.facts.use().ask(question, 1)

    async def _noted(self, work: Callable[[], Any]) -> None:
        try:
            await work()
            self._trouble = ""
        except FactsUnavailable as error:
            self._trouble = str(error)

    def _came(self) -> None:
        for part in self.level.parts:
            part.sheet.rows_changed()
        self.changed()
        self.waiting.came()

    async def look(self) -> None:
        """Have at hand what is in view."""
        store = self.project.facts.use()
        for part in self.level.parts:
            try:
                if await part.table.look(*part.sheet.view, store):
                    part.sheet.rows_came()
                    self.changed()
            except FactsUnavailable as error:
                self._trouble = str(error)

    def looked(self) -> None:
        """Other rows are in view."""
        self._looks.set()

    async def _fill(self) -> None:
        while True:
            await self._looks.wait()
            self._looks.clear()
            await self.look()

    async def sort(self, order: CallOrder) -> None:
        """Put the rows of the table in another order; the cursor stays on its row."""
        part = self.part
        await self._noted(lambda: part.table.sort(order, self.project.facts.use()))
        part.sheet.rows_changed()
        self.changed()
        await self.look()

    # -- from table to table ---------------------------------------------------------------------------------------

    def enter(self, level: Level) -> None:
        """Go on to a further table."""
        self.levels.append(level)
        self._show()

    def leave(self) -> bool:
        """Go back to the table before, as it was left; False where there is none."""
        if len(self.levels) < 2:
            return False
        self.levels.pop()
        self._show()
        return True

    def close(self, chosen: Visit | Narrow | None) -> None:
        """Leave the tables; what follows from it is done before the next key."""
        self.screen.dismiss(None)
        self.closed(chosen)

    def _show(self) -> None:
        self._is_current = False
        self.changed()
        self.begin()
