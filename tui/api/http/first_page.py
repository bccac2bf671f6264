"""The very first request, sent before Textual and httpx are even imported.

Importing the screen takes longer than most answers. So the command line starts this in a thread; by the time the first
frame is painted the first page is there. A page that can be read is read in this thread, too, and told at once, so that
its rows can be painted. It takes no decisions: an answer that says no is handed to the client as its
own first try, so that who asks for a pause is not asked twice; whatever is no plain answer the client asks for again,
and knows how to retry, how to speak to a proxy, and what to say. A silence that was as long as the client's own would
be is not waited for twice.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from tui.api.errors import ApiError, TimedOut, UnreadableAnswer
from tui.api.http.answer import Answer
from tui.api.http.body import ENCODING, Body
from tui.api.limits import Limits
from tui.api.query import FIRST_LIMIT, ConversationFilter, is_loopback, list_url, request_headers
from tui.api.transfer import Transfer
from tui.config.settings import Connection
from tui.terminal.process.turns import one_long_turn

if TYPE_CHECKING:
    import http.client

    from tui.api.page import Page

Outcome = Answer | TimedOut | None
"""None where there is no plain answer, for whatever reason."""

_PIECE = 1024 * 1024
"""The most bytes of an answer that are taken at once: a few large pieces wait for their turn less often than many."""
_GOOD = 200


class ReadPage(NamedTuple):
    """A page that has been read, and when it came, in seconds since the epoch."""

    page: "Page"
    fetched_at: float


class FirstPage:
    """One page under way in a daemon thread; `take_read` or `take` hands it over once."""

    def __init__(
        self, connection: Connection, query: ConversationFilter, limits: Limits | None = None, offset: int = 0
    ) -> None:
        self.connection = connection
        self.url = list_url(connection, query, FIRST_LIMIT, offset)
        self._headers = request_headers(connection)
        self._limits = limits or Limits()
        self._outcome: Outcome = None
        self._lock = threading.Lock()
        self._done = False
        self._listener: Callable[[Outcome], None] | None = None
        self._transfer = Transfer()
        self._read: ReadPage | None = None
        self._fault: Exception | None = None
        self._when_read: Callable[[ReadPage], None] | None = None

    def start(self) -> "FirstPage":
        """Send the request.

        What the thread is going to need is imported in this one: beside the imports that follow here it would wait at
        each file.
        """
        import http.client  # noqa: F401

        threading.Thread(target=self._run, name="first-page", daemon=True).start()
        import tui.api.rows  # noqa: F401 - while the request is under way

        return self

    def take(self, listener: Callable[[Outcome], None], transfer: Transfer | None = None) -> None:
        """Call `listener` with the outcome, from whichever thread knows it first; `transfer` is told what comes."""
        with self._lock:
            if transfer is not None:
                transfer.add(self._transfer.size)
                self._transfer = transfer
            if not self._done:
                self._listener = listener
                return
            outcome, self._outcome = self._outcome, None
            self._read = None
        listener(outcome)

    def tell(self, when_read: Callable[[ReadPage], None]) -> None:
        """Call `when_read` with the page, now or in the thread, unless it is taken before or cannot be read."""
        with self._lock:
            read, self._when_read = self._read, when_read
        if read is not None:
            when_read(read)

    def take_read(self) -> ReadPage | None:
        """The page, if it has come and could be read; then there is no outcome any more.

        Raises:
            Exception: a fault of our own, of who was told of the page.
        """
        with self._lock:
            if self._fault is not None:
                raise self._fault
            read, self._read = self._read, None
            if read is not None:
                self._outcome = None
        return read

    def _run(self) -> None:
        import http.client

        outcome: Outcome = None
        headers, self._headers = self._headers, {}
        try:
            outcome = _fetch(self.url, headers, self._limits, self._came)
        except TimeoutError as error:
            outcome = TimedOut(str(error))
        except (OSError, ValueError, http.client.HTTPException, ApiError):
            pass  # the client asks again and says what is wrong
        finally:
            with one_long_turn():
                self._settle(outcome)
                self._tell()

    def _tell(self) -> None:
        with self._lock:
            read, when_read = self._read, self._when_read
        if read is not None and when_read is not None:
            try:
                when_read(read)
            except Exception as error:  # noqa: BLE001 - the border of the thread: raised by who takes the page
                self._fault = error

    def _came(self, size: int) -> None:
        with self._lock:
            self._transfer.add(size)

    def _settle(self, outcome: Outcome) -> None:
        read = self._page_in(outcome) if self._listener is None else None
        with self._lock:
            self._done = True
            self._read = read if self._listener is None else None
            # Not kept: the listener holds the future, and that the whole page, for as long as this object lives.
            listener, self._listener = self._listener, None
            self._outcome = outcome if listener is None else None
        if listener is not None:
            listener(outcome)

    @staticmethod
    def _page_in(outcome: Outcome) -> ReadPage | None:
        """The page of a good answer that can be read."""
        if not isinstance(outcome, Answer) or outcome.status != _GOOD:
            return None
        from tui.api.rows import decode_page

        try:
            return ReadPage(decode_page(outcome.body, FIRST_LIMIT), time.time())
        except UnreadableAnswer:
            return None  # the client says what is wrong with it


def _fetch(url: str, headers: dict[str, str], limits: Limits, came: Callable[[int], None]) -> Answer | None:
    target = urlsplit(url)
    if _has_proxy(target.scheme, target.hostname or ""):
        return None
    connection = _connect(target.scheme, target.netloc, limits.read)
    try:
        connection.request("GET", f"{target.path}?{target.query}", headers={**headers, "Accept-Encoding": ENCODING})
        response = connection.getresponse()
        if not _is_plain(response):
            return None
        said = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, said, _read(response, limits, came))
    finally:
        connection.close()


def _is_plain(response: "http.client.HTTPResponse") -> bool:
    """Whether it is a page or a refusal, of a length that can be understood where one is told."""
    understood = response.length is not None or response.chunked or "Content-Length" not in response.headers
    return understood and (response.status == 200 or response.status >= 400)


def _read(response: "http.client.HTTPResponse", limits: Limits, came: Callable[[int], None]) -> bytes:
    """The whole body; `came` is told the size of each piece.

    Raises:
        TimeoutError: it did not come in time.
        OSError: it is cut short.
        ApiError: it is too large, or packed otherwise than it says.
    """
    end = time.monotonic() + limits.whole
    body = Body(response.headers.get("Content-Encoding", ""), limits.body)
    announced, size = response.length, 0
    while (announced is None or size < announced) and (piece := response.read1(_PIECE)):
        body.feed(piece)
        size += len(piece)
        came(len(piece))
        if time.monotonic() > end:
            raise TimeoutError
    if announced is not None and size < announced:
        raise OSError
    return body.whole()


def _has_proxy(scheme: str, host: str) -> bool:
    if is_loopback(host) or not _may_name_proxies():
        return False
    import urllib.request

    proxies = urllib.request.getproxies()
    return scheme in proxies or "all" in proxies


def _may_name_proxies() -> bool:
    """Whether the library has to be asked, whose import keeps the request waiting; macOS has settings beside these."""
    return sys.platform == "darwin" or any(name.lower().endswith("_proxy") for name in os.environ)


def _connect(scheme: str, netloc: str, timeout: float) -> "http.client.HTTPConnection":
    import http.client

    if scheme == "http":
        return http.client.HTTPConnection(netloc, timeout=timeout)
    from tui.api.http.trust import trust

    return http.client.HTTPSConnection(netloc, timeout=timeout, context=trust())
