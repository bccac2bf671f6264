"""A client of the scripted server, for what it tells beside conversations."""

from collections.abc import AsyncIterator

import pytest

from tests.servers import PROJECT_ID, TOKEN, ScriptedServer
from tui.api.client import Client
from tui.config.secret import Secret
from tui.config.settings import Connection


@pytest.fixture
async def client(server: ScriptedServer) -> AsyncIterator[Client]:
    made = Client(Connection(base_url=server.base_url, project_id=PROJECT_ID, token=Secret(TOKEN)))
    yield made
    await made.close()
