"""Servers on loopback for all tests: one whose answers a test scripts, and builders of JSON in the API's shapes.

    def test_it(server: ScriptedServer) -> None:
        server.answer(lambda request: page_of([conversation(1), conversation(2)], count=500))
        ...
        assert server.requests[0].parameters["limit"] == ["100"]

`server.base_url`, `.project_id` and `.token` are what the client needs. Every request is recorded, and at the end of
each test all of them must have been GET.
"""

import asyncio
import contextlib
import json
import socket
import struct
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tui.demo.http import Answer, HttpServer, Request, gzipped, head_of

JSON = (("Content-Type", "application/json"),)
HTML = (("Content-Type", "text/html; charset=utf-8"),)

PROJECT_ID = "11111111-2222-4333-8444-555555555555"
TOKEN = "scripted-token-that-nobody-may-see"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply(Answer):
    """An answer, and what goes wrong with it; the body is sent as it is, never compressed unless `compress` says so."""

    hold: threading.Event | None = None
    """Nothing is sent before this is set, or the server stops."""
    held_from: int | None = None
    """The byte of the body from which on `hold` keeps it back; None for all of the answer."""
    compress: bool = False
    announced: int | None = None
    """The Content-Length that is claimed; None for the true one."""
    cut: int | None = None
    """Only so many bytes of the body are sent, then the connection closes."""
    drip: int | None = None
    """Bytes that are sent at a time."""
    pause: float = 0.0
    """Seconds between two drips."""
    drop: bool = False
    """The connection closes without a byte."""
    reset: bool = False
    """The connection closes the rude way: what was sent may be lost, and the client sees a reset."""
    raw: bytes | None = None
    """Sent instead of everything, then the connection closes."""


Handler = Callable[[Request], Answer]


def reply(value: Any, status: int = 200, **faults: Any) -> Reply:
    """A reply with `value` as JSON."""
    return Reply(status, json.dumps(value, ensure_ascii=False).encode(), **faults)


def error(status: int, words: str = "No.", *headers: tuple[str, str], **faults: Any) -> Reply:
    """The service's error object."""
    return Reply(status, json.dumps({"error": words}).encode(), (*JSON, *headers), **faults)


def redirect(location: str, status: int = 302) -> Reply:
    """A reply that points elsewhere."""
    return Reply(status, b"", (("Location", location),))


class ScriptedServer(HttpServer):
    """Answers as a test says: `answer(handler)`, or `reply(...)` for a sequence whose last element repeats."""

    def __init__(self, listen_socket: socket.socket | None = None) -> None:
        super().__init__(self._respond, listen_socket)
        self.project_id = PROJECT_ID
        self.token = TOKEN
        self._script: Handler = lambda _: page_of([])
        self._recorded: list[Request] = []
        self._changed = threading.Condition()

    @property
    def base_url(self) -> str:
        """The address with the path /api/v1."""
        return f"{self.origin}/api/v1"

    @property
    def requests(self) -> list[Request]:
        """What was asked so far, oldest first."""
        with self._changed:
            return list(self._recorded)

    @property
    def list_requests(self) -> list[Request]:
        """The calls of the list among the requests."""
        return [request for request in self.requests if request.path.endswith("/playground-conversations/")]

    def answer(self, handler: Handler) -> None:
        """From now on `handler` makes every answer; it runs on the thread of its connection."""
        self._script = handler

    def reply(self, *replies: Answer) -> None:
        """Give these answers one after the other, and the last one for ever."""
        waiting = list(replies)
        self._script = lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def wait_for(self, count: int, *, timeout: float = 60.0) -> list[Request]:
        """Block until so many requests came in."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._recorded) >= count, timeout), (
                f"{count} requests expected, got {self._recorded}"
            )
            return list(self._recorded)

    async def asked(self, count: int) -> list[Request]:
        """Wait, without blocking the event loop, until so many requests came in."""
        return await asyncio.to_thread(self.wait_for, count)

    def assert_only_reads(self) -> None:
        """Nothing but GET may ever have come in."""
        others = [request for request in self.requests if request.method != "GET"]
        assert not others, f"not only GET: {others}"

    def _respond(self, request: Request) -> Answer:
        with self._changed:
            self._recorded.append(request)
            self._changed.notify_all()
        return self._script(request)

    def deliver(self, connection: socket.socket, request: Request | None, answer: Answer) -> bool:
        """Send an answer with its faults."""
        if not isinstance(answer, Reply):
            return super().deliver(connection, request, answer)
        if answer.held_from is None:
            self._keep_back(answer)
        if answer.raw is not None:
            connection.sendall(answer.raw)
            return False
        if not answer.drop:
            _send(connection, answer, lambda: self._keep_back(answer))
        if answer.reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        broken = answer.drop or answer.reset or answer.cut is not None or answer.announced is not None
        return not broken and request is not None

    def _keep_back(self, answer: Reply) -> None:
        while answer.hold is not None and not self.is_stopping and not answer.hold.wait(timeout=0.05):
            pass


def _send(connection: socket.socket, answer: Reply, keep_back: Callable[[], None]) -> None:
    body, headers = answer.body, list(answer.headers)
    if answer.compress:
        body = gzipped(body)
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("Content-Length", str(len(body) if answer.announced is None else answer.announced)))
    body = body if answer.cut is None else body[: answer.cut]
    connection.sendall(head_of(answer.status, headers))
    if answer.held_from is not None:
        connection.sendall(body[: answer.held_from])
        keep_back()
        body = body[answer.held_from :]
    step = answer.drip or len(body) or 1
    for start in range(0, len(body), step):
        if start and answer.pause:
            time.sleep(answer.pause)
        connection.sendall(body[start : start + step])


def refused_base_url() -> str:
    """A base URL on a port where nobody listens."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}/api/v1"


def uuid_of(number: int) -> str:
    """A UUID that tells which one it is."""
    return str(uuid.UUID(int=number, version=4))


def message(content: str = "Hello", **fields: Any) -> Json:
    """A user's message; give `role="assistant"` for an answer, `type="reasoning_flow"` for reasoning."""
    return {
        "role": "user",
        "content": content,
        "type": "message",
        "query_id": 1,
        "user_id": uuid_of(7),
        "used_tokens_input": 0,
        "used_tokens_output": 0,
        "timestamp": "2025-03-12T14:02:11.000000Z",
        **fields,
    }


def tool_call(tool_type: str = "retrieval", **fields: Any) -> Json:
    """A tool call with one result."""
    return message(
        "",
        **{
            "role": "assistant",
            "type": "tool_call",
            "used_tokens_input": 900,
            "used_tokens_output": 30,
            "tool_type": tool_type,
            "input_parameters": {"query": "refund window", "top_k": 5},
            "results": [{"chunk_id": uuid_of(8), "text": "Within 30 days.", "score": 0.91}],
            **fields,
        },
    )


def conversation(number: int = 1, **fields: Any) -> Json:
    """A conversation as the API gives it; counts and tokens follow from `chat_history` unless they are given."""
    history = fields.get(
        "chat_history",
        [
            message(f"Question {number}"),
            tool_call(),
            message(f"Answer {number}", role="assistant", used_tokens_input=1000, used_tokens_output=200),
        ],
    )
    messages = [entry for entry in history if isinstance(entry, dict)] if isinstance(history, list) else []
    tokens_in = sum(entry.get("used_tokens_input") or 0 for entry in messages)
    tokens_out = sum(entry.get("used_tokens_output") or 0 for entry in messages)
    return {
        "id": uuid_of(number),
        "name": f"Conversation {number}",
        "type": "playground",
        "created_by": uuid_of(7),
        "chat_history": history,
        "agent_settings": uuid_of(9),
        "agent_settings_name": "Support v3",
        "created_at": "2025-03-12T14:02:11.000000Z",
        "updated_at": "2025-03-12T14:09:00.000000Z",
        "message_count": sum(entry.get("type") == "message" for entry in messages),
        "tool_call_count": sum(entry.get("type") == "tool_call" for entry in messages),
        "tokens": {"input": tokens_in, "output": tokens_out, "total": tokens_in + tokens_out},
        "tags": ["billing"],
        "conversation_instructions": None,
        "is_shared": False,
        "can_send_messages": True,
        "is_archived": False,
        "archived_at": None,
        **fields,
    }


def page_of(conversations: Iterable[Any], *, count: Any = None, status: int = 200, **faults: Any) -> Reply:
    """An answer of the list call; `count` is the number of conversations unless it is given."""
    results = list(conversations)
    total = len(results) if count is None else count
    return reply({"count": total, "next": None, "previous": None, "results": results}, status, **faults)


@dataclass(slots=True)
class LiveProject:
    """A handler for a project whose rows a test changes while somebody pages: `server.answer(LiveProject(rows))`.

    It slices `rows` by offset and limit, archived or not, and knows no filter; `on_list` may answer instead.
    """

    rows: list[Json] = field(default_factory=list)
    tags: Sequence[str] | None = ("billing", "review")
    """None answers 404."""
    people: Sequence[Json] | None = ()
    """None answers 403."""
    count: Any = None
    """What the server claims instead of the true total."""
    beside: Mapping[str, Sequence[Any] | Answer] = field(default_factory=dict)
    """What is told of `agent-settings`, `tools` and `grouped_by_conversation`; what is missing answers 404."""
    on_list: Callable[[Request, int, int], Answer | None] | None = None
    """Gets the request, offset and limit; None lets the rows be sliced."""

    def __call__(self, request: Request) -> Answer:
        """The answer to one request."""
        last = request.path.rstrip("/").rpartition("/")[2]
        if last == "playground-conversations":
            return self._list(request)
        if last == "all-tags":
            return error(404, "Not found.") if self.tags is None else reply(_tags_of(self.tags))
        if last == "users":
            return error(403, "Forbidden.") if self.people is None else page_of(self.people)
        if last in self.beside:
            told = self.beside[last]
            return told if isinstance(told, Answer) else page_of(told)
        found = next((row for row in self.rows if row["id"] == last), None)
        return error(404, "Conversation not found.") if found is None else reply(found)

    def _list(self, request: Request) -> Answer:
        offset, limit = (int(request.parameters.get(name, [default])[-1]) for name, default in _PAGING)
        special = self.on_list(request, offset, limit) if self.on_list else None
        if special is not None:
            return special
        rows = list(self.rows)
        return page_of(rows[offset : offset + limit], count=len(rows) if self.count is None else self.count)


_PAGING = (("offset", "0"), ("limit", "100"))


def _tags_of(tags: Sequence[str]) -> Json:
    return {"tags": sorted(tags), "count": len(tags)}


def person(number: int, email: str) -> Json:
    """Somebody of the project as the people call gives them; `created_by` holds `uuid_of(number)`."""
    user = {"id": uuid_of(number), "email": email, "date_joined": "2024-01-02T08:00:00Z"}
    return {"id": uuid_of(number + 100_000), "user": user, "permissions": ["VIEW_PROJECT"]}
