"""The first rows are on the screen before the framework is there, whatever happens in between."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.harness.terminal_run import ROOT, TerminalRun
from tests.servers import LiveProject, ScriptedServer, conversation

_HOLD = """
import os, sys

class Hold:
    def find_spec(self, name, path=None, target=None):
        if name == "textual.app":
            sys.meta_path.remove(self)
            with open(os.environ["HOLD"]) as fifo:
                if fifo.read():
                    raise ImportError("it is not there")

sys.meta_path.insert(0, Hold())
"""
_FIRST_FRAME = 2_000
"""Bytes that the first frame of the application may send after the rows are there."""


class Held(TerminalRun):
    """The program, whose framework comes only when it is let go on."""

    fifo: Path

    def let_go_on(self, words: str = "") -> None:
        """Let the framework come, or fail with some words."""
        self.fifo.write_text(words)


@pytest.fixture
def many(server: ScriptedServer) -> LiveProject:
    project = LiveProject([conversation(number) for number in range(500)])
    server.answer(project)
    return project


@contextmanager
def held(
    server: ScriptedServer, folder: Path, *arguments: str, columns: int = 120, rows: int = 36, driver: str = ""
) -> Iterator[Held]:
    (folder / "hold").mkdir(exist_ok=True)
    (folder / "hold" / "sitecustomize.py").write_text(_HOLD)
    fifo = folder / "fifo"
    if not fifo.exists():
        os.mkfifo(fifo)
    environ = {
        "HOME": str(folder), "LANG": "C.UTF-8", "COLORTERM": "truecolor", "HOLD": str(fifo),
        "PYTHONPATH": f"{folder / 'hold'}:{ROOT}", "CLARIFEYE_BASE_URL": server.base_url,
        "CLARIFEYE_PROJECT": server.project_id, "CLARIFEYE_TOKEN": server.token,
        "TEXTUAL_DRIVER": driver,
    }  # fmt: skip
    command = [sys.executable, "-m", "tui", *arguments]
    with Held(command, environ=environ, columns=columns, rows=rows) as run:
        run.fifo = fifo
        yield run


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 36), (200, 50), (60, 20)])
def test_rows_come_first_and_keys_typed_meanwhile_act(
    server: ScriptedServer, many: LiveProject, tmp_path: Path, columns: int, rows: int
) -> None:
    with held(server, tmp_path, columns=columns, rows=rows) as run:
        run.wait_for(r"Conversations 1/500")
        run.settle()
        assert "Conversation 3" in run.text
        before = len(run.raw)
        run.let_go_on()
        run.wait_for(r"\? help")
        assert bytes(run.raw[before:]).index(b"help") < _FIRST_FRAME
        assert sum("limit" in request.query for request in server.requests) <= 2
        run.send("q")
        assert run.wait_for_exit() == 0
    with held(server, tmp_path, "--fresh", columns=columns, rows=rows) as run:
        run.wait_for(r"Conversations 1/500")
        run.send("jj")
        run.wait_for(r"Conversations 3/500")
        run.send("kG")
        run.wait_for(r"Conversations 2/500")
        run.let_go_on()
        run.wait_for(r"Conversations 500/500")
        run.send("q")
        assert run.wait_for_exit() == 0


def test_keys_typed_meanwhile_act_with_another_driver_too(
    server: ScriptedServer, many: LiveProject, tmp_path: Path
) -> None:
    with held(server, tmp_path, driver="textual.drivers.linux_driver:LinuxDriver") as run:
        run.wait_for(r"Conversations 1/500")
        run.send("jjG")
        run.wait_for(r"Conversations 3/500")
        run.let_go_on()
        run.wait_for(r"Conversations 500/500")
        run.send("q")
        assert run.wait_for_exit() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_in_between_leaves_the_terminal_as_it_was(
    server: ScriptedServer, many: LiveProject, tmp_path: Path, number: signal.Signals
) -> None:
    with held(server, tmp_path) as run:
        run.wait_for(r"Conversations 1/500")
        run.kill(number)
        assert run.wait_for_exit() == 128 + number
        assert run.is_restored
        assert run.raw.endswith(b"\x1b[?1049l")
        assert "Conversation" not in run.text


def test_a_framework_that_does_not_come_leaves_the_terminal_as_it_was(
    server: ScriptedServer, many: LiveProject, tmp_path: Path
) -> None:
    with held(server, tmp_path) as run:
        run.wait_for(r"Conversations 1/500")
        run.let_go_on("fail")
        assert run.wait_for_exit() == 1
        assert run.is_restored
        assert "Conversations" not in run.text
        assert run.raw.count(b"\x1b[?1049l") == 1


def test_a_terminal_that_goes_away_in_between_ends_it(
    server: ScriptedServer, many: LiveProject, tmp_path: Path
) -> None:
    with held(server, tmp_path) as run:
        run.wait_for(r"Conversations 1/500")
        run.hang_up()
        assert run.wait_for_exit() == 128 + signal.SIGHUP


@pytest.mark.parametrize("sizes", [[(100, 30)], [(100, 30), (120, 36)], [(60, 20)], [(20, 5), (150, 40)]], ids=str)
def test_a_terminal_that_changes_its_size_in_between_is_painted_anew(
    server: ScriptedServer, many: LiveProject, tmp_path: Path, sizes: list[tuple[int, int]]
) -> None:
    with held(server, tmp_path) as run:
        run.wait_for(r"Conversations 1/500")
        for size in sizes:
            run.resize(*size)
        run.screen.feed(b"\x1b[H\x1b[2J")  # whatever a terminal makes of what stood there
        run.let_go_on()
        painted = (r"\? help", "500 conversations", "Conversations 1/500", r"Conversation 1\b", r"Conversation 4\b")
        for words in painted:
            run.wait_for(words)


def test_a_remembered_row_is_asked_for_once_and_painted_first(
    server: ScriptedServer, many: LiveProject, tmp_path: Path
) -> None:
    with held(server, tmp_path) as run:
        run.let_go_on()
        run.wait_for(r"Conversations 1/500")
        run.send("G")
        run.wait_for(r"Conversations 500/500")
        run.wait_for(r"Conversation 499 ")
        run.settle()
        run.send("q")
        assert run.wait_for_exit() == 0
    before = len(server.requests)
    with held(server, tmp_path) as run:
        run.wait_for(r"Conversations 500/500")
        run.settle()
        assert "Conversation 499" in run.text
        shown = run.text.splitlines()[2:30]
        run.let_go_on()
        run.wait_for(r"\? help")
        run.wait_for(r"Question 499|Hello")
        assert [line[27:60] for line in run.text.splitlines()[2:30]] == [line[27:60] for line in shown]
        lists = [request for request in server.requests[before:] if request.path.endswith("conversations/")]
        assert len(lists) == 1
