"""The pages that are under way: which ones, how much has come, and that an answer nobody waits for is dropped."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator

from tui.api.transfer import Transfer
from tui.store.listing.request import Request


class InFlight:
    """Owns the tasks of the requests; what is given up is cancelled."""

    def __init__(self) -> None:
        self._tasks: dict[Request, asyncio.Task[None]] = {}
        self._transfers: dict[Request, Transfer] = {}
        self._excused: set[Request] = set()

    def __len__(self) -> int:
        """How many are under way."""
        return len(self._tasks)

    def __iter__(self) -> Iterator[Request]:
        """The requests, the oldest first."""
        return iter(list(self._tasks))

    @property
    def oldest(self) -> Transfer | None:
        """What has come of the page that has been under way longest."""
        return next(iter(self._transfers.values()), None)

    def start(
        self, group: asyncio.TaskGroup, request: Request, fetch: Callable[[Transfer], Coroutine[None, None, None]]
    ) -> None:
        """Send one more; `fetch` fills the transfer."""
        transfer = self._transfers[request] = Transfer()
        self._tasks[request] = group.create_task(fetch(transfer), name=f"page {request.offset}")

    def arrived(self, request: Request) -> bool:
        """Whether the user waits for the answer that the present task has got; nobody does after that."""
        if self._tasks.get(request) is not asyncio.current_task():
            return False
        self._forget(request)
        return True

    def excuse(self) -> None:
        """The user asks anew: a failure of what is under way now counts for nothing, for it was asked before."""
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

    def give_up_stuck(self) -> None:
        """Wait no longer for those of which nothing comes."""
        self.give_up(lambda request: self._transfers[request].is_stuck)

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
        self._transfers.clear()

    def _forget(self, request: Request) -> asyncio.Task[None]:
        del self._transfers[request]
        return self._tasks.pop(request)
