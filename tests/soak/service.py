"""The demo project behind bad weather, in a process of its own.

    with Weather() as weather:
        weather.set("stormy")     # calm, stormy, down, expired, shifting, slow
        weather.hide(3)           # the first rows of every list are gone, the total is smaller

`python -m tests.soak.service SEED LONG` is the child.
"""

import os
import random
import re
import sys
from dataclasses import replace
from urllib.parse import urlencode

from tests.harness.child import ChildServer, serve
from tests.servers import HTML, JSON, Reply, ScriptedServer, error
from tui.demo.contract import Contract
from tui.demo.http import Answer, Request
from tui.demo.project import Recipe, build_database

CONVERSATIONS = 400
_SHIFTS = (-3, -1, 1, 2, 4)
"""By how many rows a list shifts under the one who reads on in it."""

_DRIPS, _PAUSE = 20, 0.04
"""In so many pieces an answer comes over a slow line, and the seconds between two."""

_STORM = 0.4
"""The share of answers that a storm spoils."""


class StormyServer(ScriptedServer):
    """Answers from the demo's database, unless the weather is bad."""

    def __init__(self, seed: int, long: bool) -> None:
        super().__init__()
        self.token = os.urandom(24).hex()
        self.others = 0
        """Requests that were not GET."""
        self._contract = Contract(build_database(Recipe(CONVERSATIONS, long=long)), self.token, self.project_id)
        self._random = random.Random(seed)
        self._weather = "calm"
        self._hidden = self._shifted = 0
        self.answer(self._reply)

    def order(self, words: str) -> None:
        """Change the weather, or how many rows are hidden."""
        name, _, number = words.partition(" ")
        if name == "hide":
            self._hidden = int(number)
        else:
            self._weather, self._shifted = name, 0

    def _reply(self, request: Request) -> Answer:
        self._recorded.clear()
        self.others += request.method != "GET"
        if self._weather == "expired":
            return error(401, "Token expired.")
        good = self._good(request)
        if good.status == 401:
            return good  # spoilt, a wrong token would seem to work
        if self._weather == "down" or (self._weather == "stormy" and self._random.random() < _STORM):
            return self._random.choice(_faults(good.body))
        if self._weather == "slow":
            return Reply(good.status, good.body, good.headers, drip=1 + len(good.body) // _DRIPS, pause=_PAUSE)
        return good

    def _good(self, request: Request) -> Answer:
        if not request.path.endswith("/playground-conversations/"):
            return self._contract.answer(request)
        parameters = request.parameters
        offset = int(parameters.get("offset", ["0"])[-1])
        if offset and self._weather == "shifting":
            self._shifted = max(0, self._shifted + self._random.choice(_SHIFTS))
        parameters["offset"] = [str(offset + self._gone)]
        answer = self._contract.answer(replace(request, query=urlencode(parameters, doseq=True)))
        body = re.sub(rb'"count": ?(\d+)', lambda found: b'"count": %d' % self._left(found[1]), answer.body, count=1)
        return replace(answer, body=body)

    def _left(self, count: bytes) -> int:
        return max(0, int(count) - self._gone)

    @property
    def _gone(self) -> int:
        """Rows that are missing at the top."""
        return self._hidden + self._shifted


def _faults(body: bytes) -> list[Answer]:
    half = body[: len(body) // 2]
    return [
        error(500, "boom"),
        error(503, "Busy.", ("Retry-After", "0")),
        error(503, "Busy.", ("Retry-After", "9")),
        error(429, "Slow down."),
        error(403, "Not yours."),
        error(404, "Not found."),
        Reply(drop=True),
        Reply(200, body, cut=len(half)),
        Reply(200, body, cut=len(half), reset=True),
        Reply(200, half),
        Reply(200, b"<html><title>Sign in</title>", HTML),
        Reply(200, b""),
        Reply(200, body, drip=max(1, len(body) // 20), pause=0.02),
        Reply(200, body.replace(b'"name": "', b'"name": "\xff\x1b]0;x\x07')),
        Reply(200, b'{"count": 0, "results": []}', JSON),
        Reply(200, re.sub(rb'"count": ?\d+', b'"count": 7', body, count=1)),
    ]


class Weather(ChildServer):
    """The child process, and the orders to it; with long conversations each first page weighs tens of megabytes."""

    def __init__(self, seed: int, *, long: bool = True) -> None:
        super().__init__("tests.soak.service", seed, int(long))
        self.others = 0
        """Requests that were not GET."""

    def set(self, name: str) -> None:
        """Change the weather."""
        self.others = self.order(name)["others"]

    def hide(self, rows: int) -> None:
        """Take the first rows out of every list."""
        self.others = self.order(f"hide {rows}")["others"]


def main(seed: int, long: int) -> None:
    """Serve until the parent closes the pipe."""
    server = StormyServer(seed, bool(long))

    def carried_out(line: str) -> dict[str, int]:
        server.order(line)
        return {"others": server.others}

    serve(server, carried_out)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
