"""The pages that are under way: which ones, since when, and that an answer which nobody waits for is dropped."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator

from tui.store.listing.request import Request


class Lanes:
    """Owns the tasks of the requests; what is given up is cancelled."""

    def __init__(self) -> None:
        self._tasks: dict[Request, asyncio.Task[None]] = {}
        self._since: dict[Request, float] = {}
        self._excused: set[Request] = set()

    def __len__(self) -> int:
        """How many are under way."""
        return len(self._tasks)

    def __iter__(self) -> Iterator[Request]:
        """The requests, the oldest first."""
        return iter(list(self._tasks))

    @property
    def waited(self) -> float:
        """Seconds that the oldest request has waited for its answer."""
        return time.monotonic() - min(self._since.values()) if self._since else 0.0

    def start(self, group: asyncio.TaskGroup, request: Request, fetching: Coroutine[None, None, None]) -> None:
        """Send one more."""
        self._since[request] = time.monotonic()
        self._tasks[request] = group.create_task(fetching, name=f"page {request.offset}")

    def arrived(self, request: Request) -> bool:
        """Whether somebody waits for the answer that the present task has got; nobody does after that."""
        if self._tasks.get(request) is not asyncio.current_task():
            return False
        self._forget(request)
        return True

    def excuse(self) -> None:
        """Somebody asks anew: a failure of what is under way now counts for nothing, for it was asked before."""
        self._excused = set(self)

    def takes_excuse(self, request: Request) -> bool:
        """Whether the failure of a request is to be overlooked, which it is once."""
        excused = request in self._excused
        self._excused.discard(request)
        return excused

    def give_up(self, which: Callable[[Request], bool]) -> None:
        """Wait no longer for these."""
        for request in filter(which, self):
            self._forget(request).cancel()

    def give_up_slow(self, seconds: float) -> None:
        """Wait no longer for what has been under way for so long."""
        now = time.monotonic()
        self.give_up(lambda request: now - self._since[request] >= seconds)

    def give_up_oldest(self) -> None:
        """Wait no longer for the one that has been under way longest."""
        oldest = next(iter(self))
        self.give_up(lambda request: request is oldest)

    def serve(self, wanted: Iterable[tuple[int, int]]) -> bool:
        """Whether any of them asks for rows between any of these first and last ones."""
        return any(request.touches(first, last) for first, last in wanted for request in self)

    def clear(self) -> None:
        """Forget all: their group has ended."""
        self._tasks.clear()
        self._since.clear()

    def _forget(self, request: Request) -> asyncio.Task[None]:
        del self._since[request]
        return self._tasks.pop(request)
