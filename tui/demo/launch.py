"""Starts the demo project in a process of its own, before anything heavy is imported: hence the bare means.

The parent binds the socket, so that the address is known at once and requests wait while the child builds.
The child gets the token through a pipe and ends when that pipe does: with the parent, however the parent ends.
"""

import _socket  # `socket` itself takes longer to import than everything else here together
import os
import sys
import time

from tui.errors import ClarifeyeError

PROJECT_ID = "5f0c1a1e-de30-4c1f-8f2b-7a61e0b4d3c9"
"""Always the same, so that what is remembered of the demo is found again."""

SECOND_ID = "8d1b7c52-3e0a-4f65-9a17-c4d2e9b60f38"
"""A second project of the same server, for whoever wants to see how one goes from one to the other."""

_BACKLOG = 128

_KILL = 9
"""SIGKILL; the module `signal` is not needed for it."""

_PATIENCE = 1.0
"""Seconds that the child gets to end by itself."""

_START = "import sys; sys.path.append(sys.argv.pop(1)); from tui.demo.child import main; main()"


class DemoFailed(ClarifeyeError):
    """The demo's process could not be started."""


class DemoProcess:
    """A running demo project: where it is, and how to end it."""

    __slots__ = ("_lifeline", "base_url", "pid", "project_id", "token")

    def __init__(self, base_url: str, token: str, pid: int, lifeline: int) -> None:
        self.base_url = base_url
        self.project_id = PROJECT_ID
        self.token = token
        self.pid = pid
        self._lifeline = lifeline
        """The write end of the pipe that keeps the child alive; -1 when closed."""

    def __repr__(self) -> str:
        """Without the token: tracebacks and logs call this."""
        return f"DemoProcess({self.base_url!r}, pid={self.pid})"

    def close(self) -> None:
        """End the child and wait until it is gone; a second call does nothing."""
        if self._lifeline < 0:
            return
        os.close(self._lifeline)
        self._lifeline = -1
        deadline = time.monotonic() + _PATIENCE
        try:
            while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
                if time.monotonic() > deadline:
                    os.kill(self.pid, _KILL)
                    os.waitpid(self.pid, 0)
                    return
                time.sleep(0.002)
        except ChildProcessError:
            return  # another thread has waited for it


def start_demo() -> DemoProcess:
    """Start the demo on a free port of the loopback address with a token made for this run.

    Raises:
        DemoFailed: there is no port or no process to be had.
    """
    token = os.urandom(24).hex()
    try:
        listener = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        try:
            listener.bind(("127.0.0.1", 0))
            listener.listen(_BACKLOG)
            pid, lifeline = _spawn(listener.fileno(), token)
            port = listener.getsockname()[1]
        finally:
            listener.close()
    except OSError as error:
        raise DemoFailed(
            "The demo could not be started", "Check the limits on processes and files.", str(error)
        ) from error
    return DemoProcess(f"http://127.0.0.1:{port}/api/v1", token, pid, lifeline)


def _spawn(listener: int, token: str) -> tuple[int, int]:
    """The child's process id, and the pipe that keeps it alive.

    The child runs isolated (-I) and without site packages (-S): it needs the standard library and this package alone,
    and nothing of the folder that the person happens to be in. A process group of its own spares it Ctrl-C, and
    settings such as the token of a real project are kept from it.
    """
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    reading, writing = os.pipe()
    try:
        os.write(writing, f"{token}\n".encode())
        for descriptor in (listener, reading):
            os.set_inheritable(descriptor, True)
        nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
        pid = os.posix_spawn(
            sys.executable,
            [sys.executable, "-I", "-S", "-c", _START, root, str(listener), str(reading)],
            {name: value for name, value in os.environ.items() if not name.startswith("CLARIFEYE_")},
            file_actions=[(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), *nowhere],
            setpgroup=0,
        )
    except OSError:
        os.close(writing)
        raise
    finally:
        os.close(reading)
    return pid, writing
