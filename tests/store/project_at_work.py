"""A project at work over real HTTP."""

import asyncio
from collections.abc import Callable

from tests.servers import PROJECT_ID, TOKEN, ScriptedServer
from tui.api.client import Client
from tui.config.secret import Secret
from tui.config.settings import Connection
from tui.store.filter.list_filter import ListFilter
from tui.store.project import Project

ALL = ListFilter()


class Reader:
    """A project at work, and what its listener hears."""

    def __init__(self, server: ScriptedServer) -> None:
        client = Client(Connection(server.base_url, PROJECT_ID, Secret(TOKEN)))
        self._heard = asyncio.Event()
        self.project = Project(client, ALL, self._heard.set)
        self._worker: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """As a screen does it: the worker of the list before ends first."""
        await self.stop()
        self._worker = asyncio.create_task(self.project.window.run())

    async def stop(self) -> None:
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.wait([self._worker])

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait, news by news, until something holds and nothing is under way."""
        async with asyncio.timeout(60):
            while not holds() or self.project.window.is_loading:
                self._heard.clear()
                await self._heard.wait()

    async def until_loaded(self, index: int) -> None:
        """Wait for one row."""
        await self.until(lambda: self.project.window.row(index) is not None)
