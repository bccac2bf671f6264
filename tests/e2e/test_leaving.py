"""Leaving a terminal that has no other screen, as mosh and GNU screen: nothing of the picture stays, nothing is lost.

The emulator has none, either.
"""

import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun


@pytest.fixture
def command() -> str:
    """The command as it was installed beside this Python."""
    found = shutil.which("clarifeye-tui", path=str(Path(sys.executable).parent))
    assert found is not None, "the package is not installed: run make test"
    return found


def test_after_stopping_and_quitting_the_shell_has_the_screen_for_itself(
    command: str, demo_environ: Mapping[str, str], tmp_path: Path
) -> None:
    environ = {**demo_environ, "HOME": str(tmp_path), "LANG": "C.UTF-8", "PS1": "prompt> "}
    with TerminalRun(["bash", "--norc", "--noprofile", "-i"], environ=environ, columns=130, rows=40) as run:
        run.wait_for("prompt>")
        run.send(f"{shlex.quote(command)}\r")
        run.wait_for(r"Conversations 1/2,\d\d\d")
        run.send("\x1a")
        run.wait_for(r"Stopped")
        run.wait_for("prompt>")
        assert "Conversations" not in run.text
        assert run.screen.cursor_row < 6
        run.send("fg\r")
        run.wait_for(r"Conversations 1/2,\d\d\d")
        run.send("j")
        run.wait_for(r"Conversations 2/2,\d\d\d")
        run.send("\r")
        run.wait_for(r"R reasoning")
        run.send("\x11")
        run.wait_for("prompt>")
        assert "Conversations" not in run.text
        assert run.text.startswith("clarifeye-tui open ") or "\nclarifeye-tui open " in run.text
        assert run.screen.cursor_row < 6


def test_plain_keys_are_not_asked_for_in_a_long_form(
    command: str, demo_environ: Mapping[str, str], tmp_path: Path
) -> None:
    environ = {**demo_environ, "HOME": str(tmp_path), "LANG": "C.UTF-8", "TERM": "xterm-kitty"}
    with TerminalRun([command], environ=environ, columns=130, rows=40) as run:
        run.wait_for(r"Conversations 1/2,\d\d\d")
        run.send("\x1b[106u\x1b[47u")  # a terminal that tells them so all the same
        run.wait_for(r"Esc back")
        assert b"\x1b[>1u" in run.raw
        run.send("\x1b[27u")
        run.wait_for(r"Conversations 2/2,\d\d\d")
        run.send("q")
        assert run.wait_for_exit() == 0
        assert b"\x1b[<u" in run.raw
