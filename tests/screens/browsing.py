"""The program in a pilot: `async with browsing(server) as it`, then keys in, words on the screen out.

    async with browsing(server, size=(80, 24)) as it:
        await it.until_seen("Conversation 1")
        await it.press("end")
        await it.until(lambda: it.rows.cursor == 499)

Nothing here sleeps for a fixed time: `until` looks again whenever the screen was painted, and gives up in the end.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime, tzinfo
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol
from unittest.mock import patch

from textual import events
from textual._context import visible_screen_stack
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

from tests.harness.pumps import worked_through
from tui.app import BrowserApp
from tui.config.secret import Secret
from tui.config.settings import AskedFilter, Connection, FactsSettings, Settings
from tui.screens.browse.screen import BrowseScreen
from tui.store.saved.session import Session
from tui.terminal.adapter.compositor import VisibleCompositor
from tui.terminal.adapter.painter import Painting, ScreenPainter
from tui.terminal.process.collector import Collector
from tui.terminal.process.environment import Surroundings
from tui.views.text.format import clock
from tui.views.text.wrap import cell_width
from tui.widgets.filter_pane import FilterPane
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.transcript.view import TranscriptView

_PATIENCE = 60.0
_PARTS = (
    "#title", "#filter-edge", "FilterPane", "#list-edge", "ChipBar", "ConversationList", "Banner", "#detail-edge",
    "TranscriptView", "#keys", "#too-small",
)  # fmt: skip
_LOOK_AGAIN = 0.05
"""Seconds after which a condition is looked at although nothing was painted: other threads count the requests."""


class Served(Protocol):
    """A project on loopback."""

    @property
    def base_url(self) -> str: ...

    token: str
    project_id: str


def settings_for(server: Served, *, connection: dict[str, Any] | None = None, **fields: Any) -> Settings:
    """Settings that lead to a server; `connection` and the fields are what differs from the usual."""
    usual: dict[str, Any] = {
        "base_url": server.base_url,
        "project_id": server.project_id,
        "token": Secret(server.token),
        "name": "acme-prod",
        "region": "eu",
    }
    asked = AskedFilter(**{name: fields.pop(name) for name in AskedFilter._fields if name in fields})
    return Settings(connection=Connection(**(usual | (connection or {}))), asked=asked, **fields)


class _LeavesItToPython(Collector):
    """Looks for no garbage by itself: the app of a test is over before that is worth it."""

    def touch(self) -> None:
        """Nothing is waited for."""


class _ShowsNobody(ScreenPainter):
    """Has all that changes rendered as for a terminal, by what is to be seen of it, and sends it nowhere."""

    @property
    def takes_paintings(self) -> bool:
        """Also where there is no terminal: Textual would render whole widgets, cut them up and throw them away."""
        return self.paints

    @property
    def lacks_picture(self) -> bool:
        """There is none to lack."""
        return False

    def take(self, screen: Screen[Any], renderable: Any, stock: Callable[[Screen[Any], Any], None]) -> None:
        """It was rendered: that is all."""
        if isinstance(renderable, Painting):
            self._app.post_display_hook()
        else:
            super().take(screen, renderable, stock)


class WatchedApp(BrowserApp):
    """Tells when it has painted."""

    def __init__(
        self, settings: Settings, session: Session | None = None, surroundings: Surroundings | None = None
    ) -> None:
        super().__init__(settings, session=session, surroundings=surroundings)
        self._collector = _LeavesItToPython()
        self.painter = _ShowsNobody(self, self.capabilities)
        self.type_ahead.patience = _PATIENCE
        self.painted = asyncio.Event()

    def notify(self, message: str, *, timeout: float | None = None, **fields: Any) -> None:
        """A notice stays until the busiest machine has come to look at it."""
        super().notify(message, timeout=_PATIENCE, **fields)

    async def close_connections(self) -> None:
        """Close what the event loop of a test would complain about; the program leaves it to its end."""
        await self._browse.project.close()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        super()._display(screen, renderable)
        self.painted.set()


class Browsing:
    """A running program with what tests ask of it."""

    def __init__(self, app: WatchedApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot
        self._keeps_picture = False
        self._picture: list[Strip] | None = None
        """What was seen at the last look while something is waited for, until something is painted."""

    @property
    def screen(self) -> BrowseScreen:
        """The main screen, also while another one is above it."""
        found = next(screen for screen in self.app.screen_stack if isinstance(screen, BrowseScreen))
        assert isinstance(found, BrowseScreen)
        return found

    @property
    def rows(self) -> ConversationList:
        """The list."""
        return self.screen.query_one(ConversationList)

    @property
    def filter(self) -> FilterPane:
        """The filter."""
        return self.screen.query_one(FilterPane)

    @property
    def transcript(self) -> TranscriptView:
        """The conversation."""
        return self.screen.query_one(TranscriptView)

    @property
    def strips(self) -> list[Strip]:
        """What is on the screen on top, line by line."""
        if self._picture is not None:
            return self._picture
        seen = self._look()
        self._picture = seen if self._keeps_picture else None
        return seen

    def _look(self) -> list[Strip]:
        visible_screen_stack.set(self.app._background_screens)  # what is to be seen behind a modal
        compositor = self.app.screen._compositor
        if not isinstance(compositor, VisibleCompositor):
            return compositor.render_strips()
        rows: list[dict[int, Strip]] = [{} for _ in range(compositor.size.height)]
        for region, strips in compositor.paint([compositor.size.region], whole=True).pieces:
            for row, strip in zip(rows[region.y : region.bottom], strips, strict=False):
                row[region.x] = strip
        return [Strip.join(row[x] for x in sorted(row)) for row in rows]

    @property
    def lines(self) -> list[str]:
        """What is on the screen on top."""
        return [strip.text for strip in self.strips]

    @property
    def text(self) -> str:
        """What is on the screen on top, as one string."""
        return "\n".join(self.lines)

    def words_of(self, *selectors: str) -> str:
        """What widgets show, each with its lines and gaps joined by one space, and a line for each."""
        strips, parts = self.strips, []
        for selector in selectors:
            region = self.screen.query_one(selector).region
            lines = [strip.crop(region.x, region.right).text for strip in strips[region.y : region.bottom]]
            parts.append(" ".join(" ".join(lines).split()))
        return "\n".join(parts)

    def has(self, *words: str) -> bool:
        """Whether all of these are each in one of the parts of the screen, wherever its lines break."""
        seen = self.words_of(*_PARTS) if self.app.screen is self.screen else " ".join(self.text.split())
        return all(one in seen for one in words)

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each when the one before has been worked through."""
        for key in keys:
            name, character = (_character_to_key(key), key) if len(key) == 1 else (key, key_to_character(key))
            self.app.post_message(events.Key(name, character))
            await self.worked_through()

    async def worked_through(self) -> None:
        """Wait until the app and all widgets have dealt with the messages that wait now, and with what follows."""
        await worked_through(self.app)
        while (turns := self.app.type_ahead.turns) is not None and not turns.done():
            await asyncio.wait_for(turns, _PATIENCE)
            await worked_through(self.app)

    async def type(self, text: str) -> None:
        """Type into what has the focus."""
        await self.press(*text)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition, looking again whenever something was painted."""
        deadline = time.monotonic() + _PATIENCE
        self._keeps_picture = True
        try:
            while True:
                self.app.painted.clear()
                await self.worked_through()
                if condition():
                    return
                assert time.monotonic() < deadline, f"never came true; on the screen:\n{self.text}"
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.app.painted.wait(), _LOOK_AGAIN)
                if self.app.painted.is_set():  # also where that came in the moment when the time was over
                    self._picture = None
        finally:
            self._keeps_picture, self._picture = False, None

    async def until_seen(self, *words: str) -> None:
        """Wait for words on the screen, wherever lines break."""
        await self.until(lambda: self.has(*words))

    async def until_gone(self, words: str) -> None:
        """Wait until words are no longer on the screen."""
        await self.until(lambda: not self.has(words))

    async def until_read(self, words: str) -> None:
        """Wait for words in the conversation."""
        await self.until(lambda: words in self.words_of("TranscriptView"))

    async def until_quiet(self) -> None:
        """Wait until no page is under way."""
        project = self.screen.project
        await self.until(lambda: not project.window.is_loading and not project.is_switching)

    async def until_followed(self) -> None:
        """Wait until the detail shows the conversation under the cursor."""

        def followed() -> bool:
            document, at_cursor = self.transcript.reader.document, self.rows.at.conversation
            return document is not None and at_cursor is not None and at_cursor.id == document.conversation.id

        await self.until(followed)

    async def click(self, x: int, y: int, *, times: int = 1) -> None:
        """Click on a cell of the screen."""
        await self.pilot.click(offset=(x, y), times=times)

    def find(self, words: str) -> tuple[int, int]:
        """The cell where words begin on the screen."""
        for y, line in enumerate(self.lines):
            if words in line:
                return cell_width(line[: line.index(words)]), y
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")


@asynccontextmanager
async def browsing(
    server: Served,
    *,
    size: tuple[int, int] = (130, 40),
    connection: dict[str, Any] | None = None,
    session: Session | None = None,
    notices: bool = False,
    keeps_in: Path | None = None,
    surroundings: Surroundings | None = None,
    **fields: Any,
) -> AsyncIterator[Browsing]:
    """Run the program against a server; notices come to the screen only where that is asked for.

    With `keeps_in` it keeps facts in that folder; `surroundings` are all the folders it may use.
    """
    if keeps_in is not None:
        fields["facts"] = fields.get("facts", FactsSettings())._replace(kept=True)
        surroundings = Surroundings(state_folder=keeps_in)
    app = WatchedApp(settings_for(server, connection=connection, **fields), session, surroundings)
    try:
        async with app.run_test(size=size, notifications=notices) as pilot:
            await pilot.pause()
            yield Browsing(app, pilot)
    finally:
        await app.close_connections()
        if session is not None:
            session.close(_PATIENCE)  # or what it remembers would be written over that of the next start


class _FixedClock(datetime):
    """A calendar whose present stands still."""

    present = datetime(2026, 3, 12, 14, 2, 11, tzinfo=UTC)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain datetime serves
        return cls.present.astimezone(tz)


_PACE = 14.0
"""Seconds that a reviewer takes for a conversation."""

NOW = _FixedClock.present
"""The present while `time_stands_still`."""


@contextmanager
def time_stands_still() -> Iterator[None]:
    """For pictures: ages count from NOW, the rows came at NOW, and each conversation of a queue takes as long."""
    with (
        patch("tui.widgets.lists.row_painter.datetime", _FixedClock),
        patch("tui.views.tables.sheet.datetime", _FixedClock),
        patch("tui.screens.compare.context.datetime", _FixedClock),
        patch("tui.store.verdicts.book.datetime", _FixedClock),
        patch("tui.screens.queue.context.time", SimpleNamespace(monotonic=count(0.0, _PACE).__next__)),
        patch("tui.views.listing.title.clock", lambda _moment: clock(NOW)),
    ):
        yield
