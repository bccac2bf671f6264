"""The very first request, sent before Textual and httpx are even imported.

Importing the screen takes longer than most answers. So the command line starts this in a thread; by the time the first
frame is painted the first page is there. It takes no decisions: an answer that says no is handed to the client as its
own first try, so that who asks for a pause is not asked twice; whatever is no plain answer the client asks for again,
and knows how to retry, how to speak to a proxy, and what to say. A silence that was as long as the client's own would
be is not waited for twice.
"""

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.api.errors import ApiError, TimedOut
from tui.api.http.answer import Answer
from tui.api.http.body import ENCODING, Body
from tui.api.limits import Limits
from tui.api.query import FIRST_LIMIT, ConversationFilter, is_loopback, list_url, request_headers
from tui.api.transfer import Transfer
from tui.config.settings import Connection

if TYPE_CHECKING:
    import http.client

Outcome = Answer | TimedOut | None
"""None where there is no plain answer, for whatever reason."""

_PIECE = 64 * 1024


class FirstPage:
    """One page under way in a daemon thread; `take` hands it over once."""

    def __init__(self, connection: Connection, query: ConversationFilter, limits: Limits | None = None) -> None:
        self.connection = connection
        self.url = list_url(connection, query, FIRST_LIMIT, 0)
        self._headers = request_headers(connection)
        self._limits = limits or Limits()
        self._outcome: Outcome = None
        self._lock = threading.Lock()
        self._done = False
        self._listener: Callable[[Outcome], None] | None = None
        self._transfer = Transfer()

    def start(self) -> "FirstPage":
        """Send the request."""
        threading.Thread(target=self._run, name="first-page", daemon=True).start()
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
        listener(outcome)

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
            self._settle(outcome)

    def _came(self, size: int) -> None:
        with self._lock:
            self._transfer.add(size)

    def _settle(self, outcome: Outcome) -> None:
        with self._lock:
            self._done = True
            # Not kept: the listener holds the future, and that the whole page, for as long as this object lives.
            listener, self._listener = self._listener, None
            self._outcome = outcome if listener is None else None
        if listener is not None:
            listener(outcome)


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
    import urllib.request

    proxies = urllib.request.getproxies()
    return (scheme in proxies or "all" in proxies) and not is_loopback(host)


def _connect(scheme: str, netloc: str, timeout: float) -> "http.client.HTTPConnection":
    import http.client

    if scheme == "http":
        return http.client.HTTPConnection(netloc, timeout=timeout)
    from tui.api.http.trust import trust

    return http.client.HTTPSConnection(netloc, timeout=timeout, context=trust())
