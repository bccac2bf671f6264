"""A small HTTP/1.1 server on threads: keep-alive, gzip, and nothing that takes long to import."""

import contextlib
import json
import socket
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, BinaryIO
from urllib.parse import parse_qs

_LINE_LIMIT = 64 * 1024
"""Bytes of a request line or header that are read."""

_HEADER_LIMIT = 100
"""Headers of a request that are read."""

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


class MalformedRequest(Exception):
    """What came in is not HTTP/1.x."""


def read_request(stream: BinaryIO) -> Request | None:
    """The next request on a connection, or None where the client has hung up.

    Raises:
        MalformedRequest: it is not HTTP/1.x, or larger than anybody needs.
    """
    line = _read_line(stream)
    if not line:
        return None
    parts = line.split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise MalformedRequest(line)
    path, _, query = parts[1].partition("?")
    headers = _read_headers(stream)
    length = headers.get("content-length", "0")
    if not length.isdigit():
        raise MalformedRequest(length)
    return Request(parts[0], path, query, headers, stream.read(int(length)) if length != "0" else b"", parts[2])


def _read_line(stream: BinaryIO) -> str:
    line = stream.readline(_LINE_LIMIT + 1)
    if len(line) > _LINE_LIMIT:
        raise MalformedRequest("a line is too long")
    return line.decode("latin-1").rstrip("\r\n")


def _read_headers(stream: BinaryIO) -> dict[str, str]:
    headers: dict[str, str] = {}
    for _ in range(_HEADER_LIMIT):
        line = _read_line(stream)
        if not line:
            return headers
        name, colon, value = line.partition(":")
        if not colon:
            raise MalformedRequest(line)
        headers[name.strip().lower()] = value.strip()
    raise MalformedRequest("too many headers")


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


class HttpServer:
    """Answers each connection on a thread of its own until it is stopped."""

    def __init__(self, handler: Callable[[Request], Answer], listen_socket: socket.socket | None = None) -> None:
        self._handler = handler
        self._listener = listen_socket or listening_socket()
        self._lock = threading.Lock()
        self._open: dict[socket.socket, threading.Thread] = {}
        self._stopping = False
        self._acceptor = threading.Thread(target=self._accept, name="http-accept", daemon=True)

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        host, port = self._listener.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def start(self) -> None:
        """Begin to answer; connections that waited in the backlog come first."""
        self._acceptor.start()

    def stop(self) -> None:
        """Close the door and every connection, and wait for their threads."""
        self._stopping = True
        if self._acceptor.is_alive():
            with contextlib.suppress(OSError):
                socket.create_connection(self._listener.getsockname()[:2], timeout=1).close()
            self._acceptor.join()
        self._listener.close()
        with self._lock:
            connections = list(self._open.items())
        for connection, _ in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for _, thread in connections:
            thread.join()

    def _accept(self) -> None:
        while not self._stopping:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if self._stopping:
                connection.close()
                return
            thread = threading.Thread(target=self._converse, args=(connection,), name="http-answer", daemon=True)
            with self._lock:
                self._open[connection] = thread
            thread.start()

    def _converse(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rb") as stream, contextlib.suppress(OSError):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while self._exchange(connection, stream):
                    pass
        finally:
            with self._lock:
                self._open.pop(connection, None)

    def _exchange(self, connection: socket.socket, stream: BinaryIO) -> bool:
        try:
            request = read_request(stream)
        except MalformedRequest:
            self.deliver(connection, None, Answer.of_json({"error": "Bad request."}, 400))
            return False
        if request is None:
            return False
        return self.deliver(connection, request, self._handler(request)) and request.keeps_alive

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
        connection.sendall(head_of(answer.status, headers))
        connection.sendall(body if request is None or request.method != "HEAD" else b"")
        return request is not None
