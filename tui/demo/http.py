"""The demo's HTTP/1.1 server: the standard library's, with keep-alive, gzip, and an answer in one write."""

import contextlib
import json
import socket
import sys
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

_GZIP_FROM = 512
"""Bytes from which a body is worth compressing."""

BACKLOG = 128
"""Connections that wait while nobody accepts yet."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked for; header names are in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    version: str = "HTTP/1.1"

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The query decoded: every value of every name, in the order they came."""
        return parse_qs(self.query, keep_blank_values=True)

    @property
    def keeps_alive(self) -> bool:
        """Whether the client wants to ask again on this connection."""
        wish = self.headers.get("connection", "").lower()
        return wish != "close" if self.version == "HTTP/1.1" else wish == "keep-alive"


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, headers beyond the framing, and a body."""

    status: int = 200
    body: bytes = b""
    headers: Sequence[tuple[str, str]] = (("Content-Type", "application/json"),)

    @classmethod
    def of_json(cls, value: Any, status: int = 200, headers: Sequence[tuple[str, str]] = ()) -> "Answer":
        """An answer that carries `value` as JSON."""
        body = json.dumps(value, ensure_ascii=False).encode()
        return cls(status, body, (("Content-Type", "application/json"), *headers))


def head_of(status: int, headers: Sequence[tuple[str, str]]) -> bytes:
    """Status line and headers, with the empty line that ends them."""
    reason = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode("latin-1")


def gzipped(body: bytes) -> bytes:
    """The body in the gzip format, compressed with more haste than care."""
    squeezer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return squeezer.compress(body) + squeezer.flush()


def listening_socket(host: str = "127.0.0.1", port: int = 0) -> socket.socket:
    """A socket that clients can connect to at once; port 0 takes a free one.

    Raises:
        OSError: the address cannot be had.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


class _Doors(ThreadingHTTPServer):
    """Answers each connection on a thread of its own; knows which are open."""

    request_queue_size = BACKLOG

    def __init__(self, listener: socket.socket, answer: Callable[[socket.socket, Request | None, bytes], bool]) -> None:
        super().__init__(listener.getsockname(), _Conversation, bind_and_activate=False)
        self.socket.close()
        self.socket = listener
        self.answer = answer
        self._lock = threading.Lock()
        self._open: dict[socket.socket, threading.Thread] = {}
        self.is_closing = False

    def serve(self) -> None:
        """Let clients in until the door is closed; the library's own loop would look twice a second whether it is."""
        while not self.is_closing:
            self.handle_request()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one connection until one side is done with it."""
        with self._lock:
            self._open[request] = threading.current_thread()
        try:
            if self.is_closing:
                self.shutdown_request(request)
            else:
                super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                del self._open[request]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is no news; anything else is a fault of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def close_all(self) -> None:
        """Close the door and every connection, and wait for their threads."""
        self.is_closing = True
        self.server_close()
        with self._lock:
            connections = list(self._open.items())
        for connection, _ in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for _, thread in connections:
            thread.join()


class _Conversation(BaseHTTPRequestHandler):
    """One connection: its requests are read here and answered by the server's handler."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Doors
    raw_requestline: bytes

    def _answer(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.headers.defects or not headers.get("content-length", "0").isdigit():
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        body = self.rfile.read(int(headers.get("content-length", "0")))
        path, _, query = self.path.partition("?")
        request = Request(self.command, path, query, headers, body, self.request_version)
        goes_on = self.server.answer(self.connection, request, self.raw_requestline)
        self.close_connection = not (goes_on and request.keeps_alive)

    # The contract says which of them it takes.
    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_CONNECT = _answer  # noqa: N815

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request, in the service's way."""
        self.close_connection = True
        self.server.answer(self.connection, None, self.raw_requestline)

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - the library's own name
        """Nobody reads a log of the demo."""


class HttpServer:
    """Answers each connection on a thread of its own until it is stopped."""

    def __init__(self, handler: Callable[[Request], Answer], listen_socket: socket.socket | None = None) -> None:
        self._handler = handler
        self._doors = _Doors(listen_socket or listening_socket(), self.exchange)
        self._acceptor = threading.Thread(target=self._doors.serve, name="http-accept", daemon=True)

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        host, port = self._doors.server_address[:2]
        return f"http://[{host!s}]:{port}" if ":" in str(host) else f"http://{host!s}:{port}"

    @property
    def is_stopping(self) -> bool:
        """Whether nothing more is going to be answered."""
        return self._doors.is_closing

    def start(self) -> None:
        """Begin to answer; connections that waited in the backlog come first."""
        self._acceptor.start()

    def stop(self) -> None:
        """Close the door and every connection, and wait for their threads."""
        self._doors.is_closing = True
        if self._acceptor.is_alive():
            with contextlib.suppress(OSError):
                socket.create_connection(self._doors.socket.getsockname()[:2], timeout=1).close()
            self._acceptor.join()
        self._doors.close_all()

    def exchange(self, connection: socket.socket, request: Request | None, line: bytes) -> bool:
        """Answer a request, or what is none (None) and began with this line; says whether the connection can go on."""
        answer = Answer.of_json({"error": "Bad request."}, 400) if request is None else self._handler(request)
        return self.deliver(connection, request, answer)

    def deliver(self, connection: socket.socket, request: Request | None, answer: Answer) -> bool:
        """Send an answer; says whether the connection can go on. Tests replace this to send faults."""
        body, headers = answer.body, list(answer.headers)
        if len(body) >= _GZIP_FROM and request and "gzip" in request.headers.get("accept-encoding", ""):
            body = gzipped(body)
            headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
        headers += [
            ("Content-Length", str(len(body))),
            ("Connection", "keep-alive" if request and request.keeps_alive else "close"),
        ]
        shown = body if request is None or request.method != "HEAD" else b""
        connection.sendall(head_of(answer.status, headers) + shown)
        return request is not None
