"""A command run in a real pseudo-terminal, its screen read by a terminal emulator. Linux only.

with TerminalRun(["clarifeye-tui", "--demo"], environ={"HOME": home}) as run:
    run.wait_for(r"Conversations \\d")
    run.send("q")
    assert run.wait_for_exit() == 0
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.harness.emulator import Answerer, Emulator

ROOT = Path(__file__).parents[2]
DEADLINE = 60.0
"""Seconds after which something that should have come will not, on the busiest machine."""

_MOMENT = 0.1
_LAST = 1.0
"""Seconds in which what a program wrote at its end comes out, where somebody else still has the terminal open."""

_READ = 65536
_SLOW_READ = 512


class NeverCame(AssertionError):
    """What was waited for did not come to the screen."""


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
        bytes_per_second: int = 0,
        answerer: Answerer | None = None,
    ) -> None:
        """Where `bytes_per_second` is not 0 the line is slow; without an `answerer` no question is answered."""
        self.screen = Emulator(columns, rows)
        self.raw = bytearray()
        """Every byte that came out."""
        self.bytes_per_second = bytes_per_second
        self.has_ended = False
        """Whether nothing more can come out."""
        self.stamp = 0.0
        """When the last piece came (`perf_counter`)."""
        self._answerer = answerer
        self._code: int | None = None
        self._may_read_at = 0.0
        self._master, slave = pty.openpty()
        set_size(self._master, columns, rows)
        self._settings = termios.tcgetattr(slave)
        # Like a login: a session's leader takes the first terminal it opens as its controlling one.
        opening = (os.POSIX_SPAWN_OPEN, 0, os.ttyname(slave), os.O_RDWR, 0)
        copies = [(os.POSIX_SPAWN_DUP2, 0, descriptor) for descriptor in (1, 2)]
        command = [*([] if folder is None else ["env", "-C", str(folder)]), *command]
        self.started_at = time.perf_counter()
        self.pid = os.posix_spawnp(
            command[0],
            command,
            {"TERM": "xterm-256color", "PATH": os.defpath, **environ},
            file_actions=[opening, *copies],
            setsid=True,
            setsigdef=[signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE],
        )
        self._process = os.pidfd_open(self.pid)
        os.close(slave)
        os.set_blocking(self._master, False)

    # what is seen

    @property
    def text(self) -> str:
        """What is on the screen, one line per row."""
        return self.screen.text

    @property
    def is_restored(self) -> bool:
        """Whether the terminal's settings are those from before the start."""
        return self.settings == self._settings

    @property
    def settings(self) -> list[Any]:
        """The terminal's settings now (`termios`)."""
        return termios.tcgetattr(self._master)

    # typing

    def send(self, keys: str | bytes) -> None:
        """Type, or write as the terminal would."""
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            try:
                data = data[os.write(self._master, data) :]
            except BlockingIOError:
                select.select([], [self._master], [], 1)
            except OSError:  # nobody has the terminal open any more
                return

    def resize(self, columns: int, rows: int) -> None:
        """Another size of the terminal."""
        self.screen.resize(columns, rows)
        self.tell_size(columns, rows)

    def tell_size(self, columns: int, rows: int) -> None:
        """Tell the program alone of a size, such as one that no screen has."""
        set_size(self._master, columns, rows)

    def hang_up(self) -> None:
        """The terminal goes away, as when a line drops."""
        os.close(self._master)
        self._master = -1
        self.has_ended = True

    # reading

    def read(self, seconds: float) -> tuple[float, bytes] | None:
        """One piece of output, not yet on the screen, and the time it came; None when nothing comes in this time."""
        if self.has_ended or not self._line_is_free(seconds):
            return None
        if not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return None
        try:
            data = os.read(self._master, _SLOW_READ if self.bytes_per_second else _READ)
        except BlockingIOError:
            return None
        except OSError:  # Linux says EIO when the last process has left
            data = b""
        if not data:
            self.has_ended = True
            return None
        self.stamp = time.perf_counter()
        self.raw += data
        if self.bytes_per_second:
            self._may_read_at = max(self._may_read_at, self.stamp) + len(data) / self.bytes_per_second
        if self._answerer is not None and (answer := self._answerer.answers(data)):
            self.send(answer)
        return self.stamp, data

    def _line_is_free(self, seconds: float) -> bool:
        """Wait for a slow line to have carried what was read before."""
        wait = self._may_read_at - time.perf_counter()
        if wait > 0:
            time.sleep(max(0.0, min(wait, seconds)))
        return wait <= seconds

    def take(self, seconds: float) -> bool:
        """Draw one piece of output; False when nothing came in this time, or nothing will."""
        piece = self.read(seconds)
        if piece is not None:
            self.screen.feed(piece[1])
        return piece is not None

    def drain(self, quiet: float = 0.0, limit: float = DEADLINE) -> None:
        """Draw what comes, until nothing came for `quiet` seconds."""
        end = time.perf_counter() + limit
        while self.take(quiet) and time.perf_counter() < end:
            pass

    def settle(self) -> None:
        """Draw until nothing comes for a moment: one picture may come in several pieces."""
        self.drain(_MOMENT)

    # waiting

    def wait_for(self, pattern: str, seconds: float = DEADLINE) -> str:
        """The text that the pattern matches on the screen, as soon as it is there.

        Raises:
            NeverCame: it did not.
        """
        compiled = re.compile(pattern)
        self.wait_until(lambda: compiled.search(self.text) is not None, seconds, pattern)
        found = compiled.search(self.text)
        assert found is not None
        return found[0]

    def wait_until(self, condition: Callable[[], bool], seconds: float = DEADLINE, name: str = "it") -> None:
        """Draw what comes until something is true.

        Raises:
            NeverCame: it was not.
        """
        end = time.perf_counter() + seconds
        while not condition():
            if time.perf_counter() > end or (self.has_ended and self._has_left(0)):
                raise NeverCame(f"{name!r} never came; on the screen:\n{self.text}")
            if not self.take(0.05) and self.has_ended:
                self._has_left(0.05)

    def wait_for_exit(self, seconds: float = DEADLINE) -> int:
        """The exit code, after everything that was written has been drawn; of a signal it is negative.

        Raises:
            NeverCame: it still runs.
        """
        end = time.perf_counter() + seconds
        while not self._has_left(0.05):
            if time.perf_counter() > end:
                raise NeverCame(f"still running:\n{self.text}")
        self.drain(_LAST)
        assert self._code is not None
        return self._code

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return not self._has_left(0)

    def _has_left(self, seconds: float) -> bool:
        if self._code is None:
            watched = [self._process] if self.has_ended else [self._process, self._master]
            ready = select.select(watched, [], [], seconds)[0]
            if self._process in ready:
                self._code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            elif ready:
                self.take(0)
        return self._code is not None

    # ending

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal."""
        signal.pidfd_send_signal(self._process, number)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._code is None:
            self.kill()
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self._process)
        if self._master >= 0:
            os.close(self._master)


def set_size(descriptor: int, columns: int, rows: int) -> None:
    """Give a terminal a size in cells."""
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
