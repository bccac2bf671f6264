"""A line between a terminal and a program: `python -m tests.e2e.slow_line MILLISECONDS COMMAND …`.

Everything that is typed and everything that is painted arrives so much later, in order, as over a distant SSH
connection; half of the round trip each way.
"""

import contextlib
import fcntl
import os
import pty
import select
import signal
import sys
import termios
import time
import tty
from collections import deque
from types import FrameType

_PIECE = 65536


class Lane:
    """One direction: what was read comes out after the delay."""

    def __init__(self, source: int, target: int, delay: float) -> None:
        self.source = source
        self._target = target
        self._delay = delay
        self._waiting: deque[tuple[float, bytes]] = deque()
        self.ended = False

    def take(self) -> None:
        """Read what has come."""
        data = b""
        with contextlib.suppress(OSError):  # a terminal whose last user has left says EIO
            data = os.read(self.source, _PIECE)
        self.ended = not data
        self._waiting.append((time.monotonic() + self._delay, data))

    def deliver(self) -> None:
        """Write what is due."""
        while self._waiting and self._waiting[0][0] <= time.monotonic():
            _, data = self._waiting.popleft()
            while data:
                data = data[os.write(self._target, data) :]

    @property
    def due(self) -> float | None:
        """Seconds until something is to be delivered; None where nothing is under way."""
        return max(0.0, self._waiting[0][0] - time.monotonic()) if self._waiting else None


def _relay(master: int, delay: float) -> None:
    lanes = [Lane(0, master, delay), Lane(master, 1, delay)]
    output = lanes[1]
    while not output.ended or output.due is not None:
        due = [lane.due for lane in lanes if lane.due is not None]
        open_lanes = [lane for lane in lanes if not lane.ended]
        ready, _, _ = select.select([lane.source for lane in open_lanes], [], [], min(due, default=None))
        for lane in open_lanes:
            if lane.source in ready:
                lane.take()
        for lane in lanes:
            lane.deliver()


def main(milliseconds: float, command: list[str]) -> int:
    """Run the command behind the line; gives its exit code."""
    pid, master = pty.fork()
    if not pid:
        os.execvp(command[0], command)

    def resize(_number: int = 0, _frame: FrameType | None = None) -> None:
        fcntl.ioctl(master, termios.TIOCSWINSZ, fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8))

    signal.signal(signal.SIGWINCH, resize)
    resize()
    before = termios.tcgetattr(0)
    tty.setraw(0)
    try:
        _relay(master, milliseconds / 2000)
    finally:
        termios.tcsetattr(0, termios.TCSANOW, before)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
