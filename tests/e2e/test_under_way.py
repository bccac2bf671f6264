"""A key on the very first rows acts; stopping and leaving while an answer is on its way is in nobody's way."""

import shlex
import shutil
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun
from tests.servers import LiveProject, Reply, ScriptedServer, conversation, page_of
from tui.demo.http import Answer, Request

ROWS = [conversation(number) for number in range(1, 1_001)]


@pytest.fixture
def command() -> str:
    """The command as it was installed beside this Python."""
    found = shutil.which("clarifeye-tui", path=str(Path(sys.executable).parent))
    assert found is not None, "the package is not installed: run make test"
    return found


@pytest.fixture
def environ(server: ScriptedServer, tmp_path: Path) -> Mapping[str, str]:
    """What leads to the scripted server."""
    return {
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "PS1": "prompt> ",
        "CLARIFEYE_BASE_URL": server.base_url,
        "CLARIFEYE_PROJECT": server.project_id,
        "CLARIFEYE_TOKEN": server.token,
    }


def held_beyond_the_first(gate: threading.Event) -> LiveProject:
    """A project whose later pages come when the gate is open."""

    def on_list(_request: Request, offset: int, limit: int) -> Answer | None:
        page = page_of(ROWS[offset : offset + limit], count=len(ROWS))
        return None if offset == 0 else Reply(200, page.body, hold=gate)

    return LiveProject(ROWS, on_list=on_list)


def test_a_page_on_its_way_comes_after_stopping_and_going_on(
    command: str, environ: Mapping[str, str], server: ScriptedServer
) -> None:
    gate = threading.Event()
    server.answer(held_beyond_the_first(gate))
    with TerminalRun(["bash", "--norc", "--noprofile", "-i"], environ=environ, columns=130, rows=40) as run:
        run.wait_for("prompt>")
        run.send(f"{shlex.quote(command)}\r")
        run.wait_for("Conversations 1/1,000")
        run.wait_for("Conversation 2")
        run.send("\x1b[F")
        run.wait_for("Conversations 1,000/1,000")
        run.wait_until(lambda: any("offset=0" not in request.query for request in server.list_requests))
        run.send("\x1a")
        run.wait_for("Stopped")
        gate.set()
        run.send("fg\r")
        run.wait_for("Conversation 1000")
        run.send("q")
        run.wait_for("prompt>")
        run.send("echo left with $?\r")
        run.wait_for("left with 0")
        assert "Traceback" not in run.text


@pytest.mark.parametrize("keys", ["q", "\x03"])
def test_leaving_does_not_wait_for_an_answer(
    keys: str, command: str, environ: Mapping[str, str], server: ScriptedServer
) -> None:
    server.answer(held_beyond_the_first(threading.Event()))
    with TerminalRun([command], environ=environ, columns=130, rows=40) as run:
        run.wait_for("Conversation 2")
        run.send("\x1b[F")
        run.wait_for("Conversations 1,000/1,000")
        run.wait_until(lambda: any("offset=0" not in request.query for request in server.list_requests))
        run.send(keys)
        assert run.wait_for_exit(15) == 0
        assert run.is_restored
        assert "Traceback" not in run.text


@pytest.mark.parametrize("pause", [0.0, 0.1, 0.2])
def test_a_key_on_rows_that_are_seen_before_the_screen_is_built_acts(
    pause: float, command: str, environ: Mapping[str, str], server: ScriptedServer, tmp_path: Path
) -> None:
    server.answer(LiveProject(ROWS))
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho this is the pager\nread answer\n")
    pager.chmod(0o700)
    with TerminalRun([command], environ={**environ, "PAGER": str(pager)}, columns=130, rows=40) as run:
        run.wait_for("Conversation 2")
        run.drain(pause)
        run.send("jv")
        run.wait_for("this is the pager")
        run.send("\r")
        run.wait_for("Conversations 2/1,000")
        run.send("q")
        assert run.wait_for_exit() == 0
