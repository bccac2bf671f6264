"""The demo project in a process of its own that counts what it is asked; it ends with the pipe to its parent.

`python -m tests.bench.serving CONVERSATIONS WEIGHT LONG DELAY` is the child: it says where it is in one line of JSON,
and answers each line that comes in with the requests since the line before.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from tui.demo.project import Recipe, build_database
from tui.demo.server import DemoServer

_LIST = "/playground-conversations/"


@dataclass(frozen=True, slots=True)
class Asked:
    """Requests since somebody last looked: those of the list, and all."""

    lists: int
    all: int


class Service:
    """A running demo project; `weight` in kilobytes a history, `delay` in milliseconds an answer."""

    def __init__(self, conversations: int = 2400, *, weight: int = 0, long: bool = False, delay: int = 0) -> None:
        arguments = [str(number) for number in (conversations, weight, int(long), delay)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.serving", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.environ: Mapping[str, str] = self._line()
        """The variables that point the program at it."""

    def asked(self) -> Asked:
        """The requests since the last look."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return Asked(**self._line())

    def _line(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()


def main(conversations: int, weight: int, long: int, delay: int) -> None:
    """Serve until the parent closes the pipe."""
    database = build_database(Recipe(conversations, weight * 1024, long=bool(long)))
    server = DemoServer(database, token=os.urandom(24).hex(), delay=delay / 1000)
    server.start()
    address = {"BASE_URL": server.base_url, "PROJECT": server.project_id, "TOKEN": server.token}
    print(json.dumps({f"CLARIFEYE_{name}": value for name, value in address.items()}), flush=True)
    for _ in sys.stdin:
        requests = server.requests
        server.forget()
        lists = sum(request.path.endswith(_LIST) for request in requests)
        print(json.dumps({"lists": lists, "all": len(requests)}), flush=True)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
