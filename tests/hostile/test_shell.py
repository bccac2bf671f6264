"""What a server calls an id is never printed or copied as a part of a command."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.hostile.tour import Tour
from tests.servers import LiveProject, ScriptedServer, conversation, uuid_of

ROOT = Path(__file__).parents[2]
TUI = [sys.executable, "-m", "tui"]


@pytest.mark.parametrize(("named", "said"), [("$(touch x)", b""), (uuid_of(1), f"open {uuid_of(1)}".encode())])
def test_leaving_prints_a_command_only_for_an_id(
    named: str, said: bytes, server: ScriptedServer, environ: Mapping[str, str]
) -> None:
    server.answer(LiveProject([{**conversation(1), "id": named}]))
    with Tour(TUI, environ, ROOT, columns=130, rows=40) as run:
        run.wait_for("Conversations 1/1")
        run.press("\r")
        run.settle()
        run.press("y")
        run.wait_for("conversation as Markdown")
        assert ("command that opens it" in run.text) == bool(said)
        run.press("\x1b")
        run.send("\x11")
        assert run.wait_for_exit() == 0
    printed = bytes(run.raw).rpartition(b"\x1b[?1049l")[2]
    assert said in printed
    assert b"touch" not in printed
    assert (b"clarifeye-tui open" in printed) == bool(said)
