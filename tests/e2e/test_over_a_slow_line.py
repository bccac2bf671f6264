"""A sitting over a line of 150 ms: what is typed ahead is not lost, what is held down ends where it should."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun

ROOT = Path(__file__).parent.parent.parent
ROUND_TRIP = "150"


@pytest.fixture
def command() -> list[str]:
    """The installed command behind the line."""
    found = shutil.which("clarifeye-tui", path=str(Path(sys.executable).parent))
    assert found is not None, "the package is not installed: run make test"
    return [sys.executable, "-m", "tests.e2e.slow_line", ROUND_TRIP, found]


def test_typing_ahead_holding_a_key_and_leaving(command: list[str], tmp_path: Path) -> None:
    environ = {
        "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "COLORTERM": "truecolor",
        "SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22",
    }  # fmt: skip
    with TerminalRun([*command, "--demo"], environ=environ, columns=130, rows=40) as run:
        run.wait_for(r"Conversations 1/2,\d\d\d")
        run.send("j" * 30)
        run.wait_for(r"Conversations 31/2,\d\d\d")
        run.send("k" * 9)
        run.wait_for(r"Conversations 22/2,\d\d\d")
        run.send("G")
        last = int(run.wait_for(r"Conversations (?!22/)[\d,]+/2,\d\d\d").split()[1].split("/")[0].replace(",", ""))
        assert last > 2000
        run.send("/refund\r")
        run.wait_for(r'"refund" ×')
        run.wait_for(r"Conversations 1/\d\d?\d? ")
        run.send("\rG")  # opened, and to its end, before anything of it could be seen
        run.wait_for(r"100 %")
        run.send("\x1b")
        run.wait_for(r"/ search")
        run.send("\x1b")
        run.wait_for(r"Enter read")
        run.settle()
        before = run.wait_for(r"(?s)Conversations 1/.*help")
        run.send("\x0c")
        run.settle()
        assert run.wait_for(r"(?s)Conversations 1/.*help") == before
        run.send("q")
        assert run.wait_for_exit() == 0
        assert run.is_restored
    assert b"clarifeye-tui open " in run.raw[run.raw.rindex(b"\x1b[?1049l") :]
