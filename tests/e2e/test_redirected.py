"""Wherever standard output and standard error go, the screen is drawn on the terminal, and only there."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun

REDIRECTED = ["2>errors", "2>/dev/null", "2>&-", ">out", ">out 2>errors", ">out 2>&1", ">&- 2>&-"]


@pytest.fixture
def command() -> str:
    """The command as it was installed beside this Python."""
    found = shutil.which("clarifeye-tui", path=str(Path(sys.executable).parent))
    assert found is not None, "the package is not installed: run make test"
    return found


@pytest.mark.parametrize("redirected", REDIRECTED)
def test_the_screen_and_the_pager_are_on_the_terminal(
    redirected: str, command: str, demo_environ: Mapping[str, str], tmp_path: Path
) -> None:
    pager = tmp_path / "pager"
    pager.write_text('#!/bin/sh\nprintf "\\033[2J\\033[Hthis is the pager"\nread answer\n')
    pager.chmod(0o700)
    here = {"HOME": str(tmp_path), "PAGER": str(pager), "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
    shell = ["sh", "-c", f'exec "$0" {redirected}', command]
    with TerminalRun(shell, environ={**demo_environ, **here}, folder=tmp_path, columns=130, rows=40) as run:
        run.wait_for(r"Conversations 1/2,\d\d\d")
        run.send("j\r")
        run.wait_for(r"R reasoning")
        run.send("v")
        run.wait_for("this is the pager")
        run.send("\r")
        run.wait_for(r"R reasoning")
        run.send("\x11")
        assert run.wait_for_exit() == 0
        assert run.is_restored
    assert bytes(run.raw).count(b"\x1b[?1049h") == bytes(run.raw).count(b"\x1b[?1049l")
    said = [path.read_text() for path in (tmp_path / "out", tmp_path / "errors") if path.exists()]
    if redirected == ">out 2>errors":
        assert len(said) == 2
    assert "\x1b" not in "".join(said)
    if ">out" in redirected:
        assert said[0].startswith("clarifeye-tui open ")


@pytest.mark.parametrize("redirected", ["</dev/null", "<&-"])
def test_keys_that_cannot_be_typed_are_not_waited_for(redirected: str, command: str, tmp_path: Path) -> None:
    shell = ["sh", "-c", f'exec "$0" --demo {redirected}', command]
    with TerminalRun(shell, environ={"HOME": str(tmp_path), "LANG": "C.UTF-8"}) as run:
        assert run.wait_for_exit() == 2
        assert "Its input is not a terminal" in run.text
        assert "</dev/tty" in run.text
        assert b"\x1b[?1049h" not in run.raw
