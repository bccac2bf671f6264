"""The demo project in a process of its own that counts what it is asked.

`python -m tests.bench.serving CONVERSATIONS WEIGHT LONG DELAY` is the child.
"""

import os
import sys
from dataclasses import asdict, dataclass

from tests.harness.child import ChildServer, serve
from tui.demo.project import Recipe, build_database
from tui.demo.server import DemoServer

_LIST = "/playground-conversations/"


@dataclass(frozen=True, slots=True)
class Asked:
    """Requests since somebody last looked: those of the list, and all."""

    lists: int
    all: int


class Service(ChildServer):
    """A running demo project; `weight` in kilobytes a history, `delay` in milliseconds an answer."""

    def __init__(self, conversations: int = 2400, *, weight: int = 0, long: bool = False, delay: int = 0) -> None:
        super().__init__("tests.bench.serving", conversations, weight, int(long), delay)

    def asked(self) -> Asked:
        """The requests since the last look."""
        return Asked(**self.order())


def main(conversations: int, weight: int, long: int, delay: int) -> None:
    """Serve until the parent closes the pipe."""
    database = build_database(Recipe(conversations, weight * 1024, long=bool(long)))
    server = DemoServer(database, token=os.urandom(24).hex(), delay=delay / 1000)

    def asked(_line: str) -> dict[str, int]:
        requests = server.requests
        server.forget()
        return asdict(Asked(sum(request.path.endswith(_LIST) for request in requests), len(requests)))

    serve(server, asked)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
