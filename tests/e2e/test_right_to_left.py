"""Arabic beside other columns: ended for a terminal that says that it reorders rows, and for no other."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun

MARK = "\u200e".encode()


@pytest.mark.parametrize("reorders", [True, False])
def test_a_text_ends_before_the_next_column(reorders: bool, demo_environ: Mapping[str, str], tmp_path: Path) -> None:
    command = shutil.which("clarifeye-tui", path=str(Path(sys.executable).parent))
    assert command is not None, "the package is not installed: run make test"
    environ = {**demo_environ, "HOME": str(tmp_path), "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
    with TerminalRun([command], environ=environ, columns=130, rows=40) as run:
        run.wait_for(r"\? help")
        run.wait_for(r"Conversations 1/2,\d\d\d")
        run.wait_until(lambda: b"\x1b[8$p\x1b[>q" in run.raw)  # the first rows are there before the driver
        assert MARK not in run.raw
        run.send("\x1b[8;1$y" if reorders else "\x1b[8;0$y")
        if reorders:
            run.wait_until(lambda: MARK in run.raw)
        run.send("j")
        run.wait_for(r"Conversations 2/2,\d\d\d")
        run.send("q")
        assert run.wait_for_exit() == 0
        sent = bytes(run.raw).decode()
    assert (MARK.decode() in sent) is reorders
    if reorders:
        assert "…\u200e" in sent
