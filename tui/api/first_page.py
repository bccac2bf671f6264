"""The very first request, sent before Textual and httpx are even imported.

Importing the screen takes longer than most answers. So the command line starts this in a thread; by the time the first
frame is painted the first page is there. It takes no decisions: whatever is not a plain answer is left to the client,
which asks again and knows how to retry, how to speak to a proxy, and what to say.
"""

import contextlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.api.answer import BODY_LIMIT, Answer
from tui.api.query import FIRST_LIMIT, ConversationFilter, list_url, request_headers
from tui.config.settings import Connection

if TYPE_CHECKING:
    import http.client

_TIMEOUT = 30.0
"""Seconds for connecting, and for each read."""


class FirstPage:
    """One page under way in a daemon thread; `take` hands it over once."""

    def __init__(self, connection: Connection, query: ConversationFilter) -> None:
        self.url = list_url(connection, query, FIRST_LIMIT, 0)
        self._headers = request_headers(connection)
        self._answer: Answer | None = None
        self._lock = threading.Lock()
        self._done = False
        self._listener: Callable[[Answer | None], None] | None = None

    def start(self) -> "FirstPage":
        """Send the request."""
        threading.Thread(target=self._run, name="first-page", daemon=True).start()
        return self

    def take(self, listener: Callable[[Answer | None], None]) -> None:
        """Call `listener` with the answer, or None where there is none, from whichever thread knows first."""
        with self._lock:
            if not self._done:
                self._listener = listener
                return
        listener(self._answer)

    def _run(self) -> None:
        answer: Answer | None = None
        with contextlib.suppress(OSError, ValueError, EOFError):  # the client asks again and says what is wrong
            answer = _fetch(self.url, self._headers)
        self._headers = {}
        with self._lock:
            self._answer, self._done = answer, True
            listener = self._listener
        if listener is not None:
            listener(answer)


def _fetch(url: str, headers: dict[str, str]) -> Answer | None:
    import http.client
    import urllib.request
    import zlib
    from urllib.parse import urlsplit

    target = urlsplit(url)
    proxies = urllib.request.getproxies()
    if target.scheme in proxies or "all" in proxies:
        return None
    connection = _connect(target.scheme, target.netloc)
    try:
        connection.request("GET", f"{target.path}?{target.query}", headers={**headers, "Accept-Encoding": "gzip"})
        response = connection.getresponse()
        body = response.read(BODY_LIMIT + 1)
        if len(body) > BODY_LIMIT or not 200 <= response.status < 300:
            return None
        if response.headers.get("Content-Encoding", "").lower() == "gzip":
            unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
            body = unzip.decompress(body, BODY_LIMIT)
            if not unzip.eof:
                return None
        return Answer(response.status, {k.lower(): v for k, v in response.headers.items()}, body)
    except (http.client.HTTPException, zlib.error):
        return None
    finally:
        connection.close()


def _connect(scheme: str, netloc: str) -> "http.client.HTTPConnection":
    import http.client

    if scheme == "http":
        return http.client.HTTPConnection(netloc, timeout=_TIMEOUT)
    import ssl

    import certifi

    trust = ssl.create_default_context(cafile=certifi.where())
    trust.load_default_certs()
    return http.client.HTTPSConnection(netloc, timeout=_TIMEOUT, context=trust)
