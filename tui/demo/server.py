"""The demo project as a server object, for its own process as for tests."""

import socket
import threading
import time
from collections.abc import Callable

from tui.demo.contract import Contract
from tui.demo.database import Database
from tui.demo.http import Answer, HttpServer, Request
from tui.demo.launch import PROJECT_ID


class Neighbour:
    """Another project behind the same token, whose database is made when it is asked for first."""

    def __init__(self, project_id: str, build: Callable[[], Database]) -> None:
        self.project_id = project_id
        self._build = build
        self._contract: Contract | None = None
        self._lock = threading.Lock()

    def contract(self, token: str) -> Contract:
        """What answers for it."""
        with self._lock:
            if self._contract is None:
                self._contract = Contract(self._build(), token, self.project_id)
            return self._contract


class DemoServer:
    """Serves a database as one project, perhaps another one beside it, and remembers what was asked when told to."""

    def __init__(
        self,
        database: Database,
        *,
        token: str,
        project_id: str = PROJECT_ID,
        listen_socket: socket.socket | None = None,
        delay: float = 0.0,
        remember: bool = True,
        beside: Neighbour | None = None,
    ) -> None:
        self.database = database
        self.token = token
        self.project_id = project_id
        self.delay = delay
        self._remember = remember
        self._beside = beside
        self._contract = Contract(database, token, project_id)
        self._requests: list[Request] = []
        self._lock = threading.Lock()
        self._http = HttpServer(self._answer, listen_socket)

    @property
    def base_url(self) -> str:
        """The address with the path /api/v1."""
        return f"{self._http.origin}/api/v1"

    @property
    def requests(self) -> list[Request]:
        """What was asked so far, oldest first."""
        with self._lock:
            return list(self._requests)

    def forget(self) -> None:
        """Drop the requests that were remembered."""
        with self._lock:
            self._requests.clear()

    def start(self) -> None:
        """Begin to answer."""
        self._http.start()

    def stop(self) -> None:
        """Stop answering; the database stays open."""
        self._http.stop()

    def _answer(self, request: Request) -> Answer:
        if self._remember:
            with self._lock:
                self._requests.append(request)
        if self.delay:
            time.sleep(self.delay)
        beside = self._beside
        if beside is not None and f"/{beside.project_id}/" in request.path.lower():
            return beside.contract(self.token).answer(request)
        return self._contract.answer(request)
