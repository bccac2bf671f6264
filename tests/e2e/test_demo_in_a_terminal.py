"""One sitting with the installed command in a real pseudo-terminal: filter, open, unfold, and leave it clean."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun


@pytest.fixture
def command() -> str:
    """The command as it was installed beside this Python."""
    found = shutil.which("clarifeye-tui", path=str(Path(sys.executable).parent))
    assert found is not None, "the package is not installed: run make test"
    return found


def test_a_sitting_with_the_demo_from_start_to_a_clean_terminal(command: str, tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
    with TerminalRun([command, "--demo"], environ=environ, columns=130, rows=40) as run:
        run.wait_for(r"Conversations 1/2,\d\d\d")
        run.send("/")
        run.wait_for(r"Esc back")
        run.send("refund\r")
        run.wait_for(r'"refund" ×')
        run.wait_for(r"Conversations 1/\d\d?\d? ")
        run.send("\r")
        run.wait_for(r"R reasoning")
        run.wait_for(r"▸ (retrieval|document_retrieval|analysis|websearch|\w+)")
        run.send("}\r")
        run.wait_for(r"input parameters")
        run.send("\x1b")  # the search that came with the filter ends first
        run.wait_for(r"1 match|/ search")
        run.send("\x1b")
        run.wait_for(r"Enter read")
        run.send("q")
        assert run.wait_for_exit() == 0
        assert run.is_restored
        tail = bytes(run.raw)
    left_alternate = tail.rindex(b"\x1b[?1049l")
    assert left_alternate > tail.rindex(b"\x1b[?1049h")
    assert tail.rindex(b"\x1b[?25h") > tail.rindex(b"\x1b[?25l")
    for mode in (b"1000", b"1003", b"1006", b"2004"):
        on, off = tail.rfind(b"\x1b[?" + mode + b"h"), tail.rfind(b"\x1b[?" + mode + b"l")
        assert off > on or on < 0, f"mode {mode.decode()} is left on"
    assert b"Traceback" not in tail


def test_no_process_of_the_demo_is_left_behind(command: str, tmp_path: Path) -> None:
    with TerminalRun([command, "--demo"], environ={"HOME": str(tmp_path), "LANG": "C.UTF-8"}) as run:
        run.wait_for(r"Conversations 1/2,")
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
        if not children.exists():
            pytest.skip("this system does not list children")
        pids = children.read_text().split()
        assert pids
        run.send("\x11")
        assert run.wait_for_exit() == 0
        assert not [pid for pid in pids if Path(f"/proc/{pid}/cmdline").exists()]
