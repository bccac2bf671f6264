"""A server in a process of its own: it says where it is in one line of JSON, and answers each order with one.

The child ends with the pipe to its parent.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Protocol, Self


class Served(Protocol):
    """A project on loopback."""

    @property
    def base_url(self) -> str: ...

    token: str
    project_id: str

    def start(self) -> Any: ...


class ChildServer:
    """The parent's end: `python -m MODULE ARGUMENTS` is the child."""

    def __init__(self, module: str, *arguments: object) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.environ: Mapping[str, str] = self._line()
        """The variables that point the program at it."""

    def order(self, words: str = "") -> Any:
        """What the child says to one line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()
        return self._line()

    def _line(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()


def serve(server: Served, answer: Callable[[str], Any]) -> None:
    """The child's end: serve until the parent closes the pipe."""
    server.start()
    address = {"BASE_URL": server.base_url, "PROJECT": server.project_id, "TOKEN": server.token}
    print(json.dumps({f"CLARIFEYE_{name}": value for name, value in address.items()}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(line.strip())), flush=True)
