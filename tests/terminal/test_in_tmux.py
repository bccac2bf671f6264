"""The painter inside a real tmux, which is where most people run it."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal.ptys import DEADLINE, ROOT
from tests.terminal.screens import Seen, Terminal

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

Tmux = Callable[..., str]


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    """Commands for a tmux server of our own with the painted app in its only pane."""
    environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "COLORTERM": "truecolor"}
    environment.pop("TMUX", None)

    def command(*arguments: str) -> str:
        full = ["tmux", "-S", str(tmp_path / "socket"), "-f", os.devnull, *arguments]
        done = subprocess.run(full, env=environment, capture_output=True, text=True, timeout=30, check=True, cwd=ROOT)
        return done.stdout

    python = ROOT / ".venv" / "bin" / "python"
    program = f"{python if python.exists() else 'python'} -m tests.terminal.probe_app painted"
    command("new-session", "-d", "-x", "100", "-y", "30", program)
    yield command
    command("kill-server")


def wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end


def seen(tmux: Tmux, width: int, height: int) -> list[list[Seen]]:
    """The pane as tmux has it."""
    terminal = Terminal(width, height)
    terminal.feed(tmux("capture-pane", "-ep").rstrip("\n").replace("\n", "\r\n"))
    return terminal.seen()


def settled(tmux: Tmux, width: int, height: int) -> list[list[Seen]]:
    """The pane, once several looks at it agree."""
    looks = [seen(tmux, width, height)]

    def agree() -> bool:
        looks.append(seen(tmux, width, height))
        return len(looks) > 5 and looks[-6:] == [looks[-1]] * 6

    wait(agree)
    return looks[-1]


@pytest.mark.parametrize(("width", "height"), [(100, 30), (80, 24)])
def test_after_keys_and_a_resize_tmux_shows_what_a_repaint_shows(tmux: Tmux, width: int, height: int) -> None:
    wait(lambda: "quiet" in tmux("capture-pane", "-p"))
    tmux("resize-window", "-x", str(width), "-y", str(height))
    tmux("send-keys", *["Down"] * 9, "PageDown", "PageDown", "Up", "t", "h", "Down", "PageUp", "f")
    wait(lambda: "fence 1" in tmux("capture-pane", "-p"))
    before = settled(tmux, width, height)
    tmux("send-keys", "-R", ";", "send-keys", "C-l")
    wait(lambda: seen(tmux, width, height) == before)
