"""The painter inside a real tmux, which is where most people run it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.terminal.ptys import ROOT, running
from tests.terminal.screens import Terminal

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

ATTACH = """
import os, sys
folder, python = sys.argv[1:]
program = python + " -m tests.terminal.probe_app painted"
options = ["set", "-g", "status", "off", ";", "new-session", program]
os.execvp("tmux", ["tmux", "-S", folder + "/socket", "-f", "/dev/null", "start-server", ";", *options])
"""


def test_after_keys_and_a_resize_tmux_shows_what_a_repaint_shows(tmp_path: Path) -> None:
    python = ROOT / ".venv" / "bin" / "python"
    environment = {"LC_ALL": "C.UTF-8", "TMUX": ""}
    arguments = ("-c", ATTACH, str(tmp_path), str(python if python.exists() else "python"))
    with running(*arguments, width=100, height=30, environment=environment) as session:
        session.wait_for("quiet")
        for number, (width, height) in enumerate([(100, 30), (80, 24)], 1):
            if number > 1:
                session.resize(width, height)
            session.send(b"\x1b[B" * 9 + b"\x1b[6~\x1b[6~\x1b[Ath\x1b[B\x1b[5~f")
            session.wait_for(f"fence {number}")
            session.settle()
            before = session.terminal.seen()
            # Repainted inside by the app, then drawn anew outside by tmux.
            session.send(b"\x0c")
            session.settle()
            session.terminal = Terminal(width, height)
            tmux = ["tmux", "-S", str(tmp_path / "socket"), "refresh-client", "-t", session_client(tmp_path)]
            subprocess.run(tmux, check=True, timeout=30, env={**os.environ, "TMUX": ""})
            session.settle()
            assert session.terminal.seen() == before
        session.send(b"q")
        assert session.wait_end() == 0


def session_client(folder: Path) -> str:
    """The name of the only client."""
    command = ["tmux", "-S", str(folder / "socket"), "list-clients", "-F", "#{client_name}"]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout.strip()
