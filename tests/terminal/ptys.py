"""A program in a pseudo-terminal, its screen emulated; waits are for what the screen shows."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.terminal.screens import Terminal

ROOT = Path(__file__).parents[2]
DEADLINE = 20.0


class Session:
    """The running program and the terminal it sees."""

    def __init__(self, pid: int, master: int, width: int, height: int) -> None:
        self.pid = pid
        self.master = master
        self.terminal = Terminal(width, height)
        self.received = b""
        self._decode = getincrementaldecoder("utf-8")().decode
        self.status: int | None = None

    def send(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def resize(self, width: int, height: int) -> None:
        """Another size, with a screen full of rubbish as terminals have after it."""
        set_size(self.master, width, height)
        self.terminal = Terminal(width, height)
        self.terminal.feed("rubbish " * 20)

    def pump(self, seconds: float) -> bool:
        """Take what the program writes; False when nothing came in this time, or nothing will."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.received += data
        self.terminal.feed(self._decode(data))
        return bool(data)

    def text(self) -> str:
        screen = self.terminal.screen
        # Not `display`: it fails on a wide character of which one half is overwritten for a moment.
        rows = ([screen.buffer[y][x].data for x in range(screen.columns)] for y in range(screen.lines))
        return "\n".join("".join(row) for row in rows)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Take output until a condition holds."""
        end = time.monotonic() + DEADLINE
        while not condition():
            assert time.monotonic() < end, f"never seen; the screen shows:\n{self.text()}"
            self.pump(0.1)

    def wait_for(self, text: str) -> None:
        self.wait(lambda: text in self.text())

    def settle(self) -> None:
        """Take output until the program has nothing more to say."""
        while self.pump(0.2):
            pass

    def wait_end(self) -> int:
        """The exit status, once the program has ended."""

        def ended() -> bool:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
            return self.status is not None

        self.wait(ended)
        self.settle()
        assert self.status is not None
        return self.status


def set_size(descriptor: int, width: int, height: int) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


@contextlib.contextmanager
def running(
    *arguments: str, width: int = 90, height: int = 26, environment: dict[str, str] | None = None
) -> Iterator[Session]:
    """A Python program in a pseudo-terminal of its own; killed at the end if it is still there."""
    master, slave = pty.openpty()
    set_size(slave, width, height)
    # A library of the tests leaves COLUMNS and LINES behind, and Textual would take them for the terminal's size.
    inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    set_environment = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
    pid = os.fork()
    if pid == 0:
        os.close(master)
        os.login_tty(slave)
        os.chdir(ROOT)
        os.execve(sys.executable, [sys.executable, *arguments], set_environment)
    os.close(slave)
    session = Session(pid, master, width, height)
    try:
        yield session
    finally:
        with contextlib.suppress(OSError):
            os.close(master)
        if session.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
