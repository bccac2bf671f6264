"""A signal in the first moments, while modules are being imported, ends the program and gives the terminal back."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun

ROOT = Path(__file__).parents[3]

_IN_A_DESTRUCTOR = """\
import os, signal, sys, tty
from tui.terminal.process.tty_guard import TtyGuard

class Destroyed:
    def __del__(self):
        os.kill(os.getpid(), signal.Signals[sys.argv[1]])
        sum(range(1000))

TtyGuard().end_on_signals()
tty.setraw(0)
os.write(2, b"\\x1b[?1049h")
Destroyed()
print("went on")
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT", "SIGABRT", "SIGALRM", "SIGUSR1", "SIGXCPU"])
def test_a_signal_while_a_destructor_runs_is_not_lost(name: str) -> None:
    with TerminalRun([sys.executable, "-c", _IN_A_DESTRUCTOR, name], environ={"PYTHONPATH": str(ROOT)}) as run:
        code = run.wait_for_exit()
        assert run.is_restored
    said = bytes(run.raw)
    assert code > 128
    assert said.endswith(b"\x1b[?1049l")
    assert b"\x1b[<u" in said, "keys are reported the plain way again"
    for mode in (1000, 1002, 1004, 1006, 2004, 2048):
        assert re.search(rf"\x1b\[\?([0-9;]+;)?{mode}(;[0-9;]+)?l".encode(), said), mode
    assert b"Traceback" not in said
    assert b"went on" not in said


_AFTER_A_SCREEN = """\
import os, signal
from tui.terminal.adapter.driver import FastDriver
from tui.terminal.process.tty_guard import leave_signals

signal.signal(signal.SIGUSR1, FastDriver._quit.__get__(object()))
leave_signals()
os.kill(os.getpid(), signal.SIGUSR1)
"""


def test_a_signal_after_a_screen_was_left_is_not_swallowed() -> None:
    done = subprocess.run([sys.executable, "-c", _AFTER_A_SCREEN], env={"PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == -signal.SIGUSR1
