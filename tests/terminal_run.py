"""A command run in a real pseudo-terminal, its screen read by a terminal emulator."""

import contextlib
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

_TAKE_TERMINAL = """\
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""
"""Like a login: a session of its own, with the terminal as its controlling one."""


_MOMENT = 0.1


class TerminalRun:
    """Starts the command at once; leaving the context kills it if it still runs."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        environ: Mapping[str, str],
        folder: Path | None = None,
        columns: int = 120,
        rows: int = 36,
    ) -> None:
        self.raw = bytearray()
        """Every byte that came out."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._settings = termios.tcgetattr(slave)
        self._slave = slave
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _TAKE_TERMINAL, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={"TERM": "xterm-256color", "PATH": os.defpath, **environ},
            cwd=folder,
        )

    @property
    def text(self) -> str:
        """What is on the screen, one line per row."""
        screen = self._screen
        # Not `display`: it fails on a wide character of which one half is overwritten for a moment.
        rows = ([screen.buffer[y][x].data for x in range(screen.columns)] for y in range(screen.lines))
        return "\n".join("".join(row).rstrip() for row in rows)

    @property
    def cursor_row(self) -> int:
        """The row that the cursor is in, from 0 on."""
        return int(self._screen.cursor.y)

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def wait_for(self, pattern: str, seconds: float = 30.0) -> str:
        """The text that the pattern matches on the screen, as soon as it is there."""
        deadline = time.monotonic() + seconds
        while (found := re.search(pattern, self.text)) is None:
            if not self._read(deadline):
                raise AssertionError(f"{pattern!r} never came to the screen:\n{self.text}")
        return found[0]

    def wait_until(self, condition: Callable[[], bool], seconds: float = 30.0) -> None:
        """Read what comes until something is true that does not show on the screen."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"never came true; on the screen:\n{self.text}")
            self._read(min(deadline, time.monotonic() + 0.05))

    def wait_for_exit(self, seconds: float = 30.0) -> int:
        """The exit code, after everything that was written has been read."""
        deadline = time.monotonic() + seconds
        while self.process.poll() is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"still running:\n{self.text}")
            self._read(min(deadline, time.monotonic() + 0.05))
        self.drain()
        return self.process.returncode

    def drain(self) -> None:
        """Read what has come."""
        while self._read(time.monotonic()):
            pass

    def settle(self) -> None:
        """Read until nothing comes for a moment: one picture may come in several pieces."""
        while self._read(time.monotonic() + _MOMENT):
            pass

    def hang_up(self) -> None:
        """The terminal goes away, as when a line drops."""
        os.close(self._slave)
        os.close(self._master)
        self._slave = self._master = -1

    @property
    def is_restored(self) -> bool:
        """Whether the terminal's settings are those from before the start."""
        return termios.tcgetattr(self._slave) == self._settings

    def _read(self, deadline: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return False
        with contextlib.suppress(OSError):  # Linux says EIO when the last process has left
            data = os.read(self._master, 65536)
            self.raw += data
            self._stream.feed(data)
            return bool(data)
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for descriptor in (self._slave, self._master):
            if descriptor >= 0:
                os.close(descriptor)
