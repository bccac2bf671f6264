"""What the tests against strangers share."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.servers import ScriptedServer


@pytest.fixture
def environ(server: ScriptedServer, tmp_path: Path) -> Mapping[str, str]:
    """Where the scripted server is, and a home folder of its own."""
    return {
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "COLORTERM": "truecolor",
        "CLARIFEYE_BASE_URL": server.base_url,
        "CLARIFEYE_PROJECT": server.project_id,
        "CLARIFEYE_TOKEN": server.token,
    }
