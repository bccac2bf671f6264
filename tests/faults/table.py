"""Each fault of a server or a network beside what a person sees of it; README.md here is made from this table.

python -m tests.faults      writes README.md anew
"""

import gzip
import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.servers import HTML, JSON, Json, Reply, conversation, error, page_of, redirect, reply
from tui.demo.http import Answer, Request

README = Path(__file__).with_name("README.md")
BODY_LIMIT = 3_000_000
"""Bytes of a body that the tests allow, in place of 128 MB."""

ROWS = [conversation(number) for number in range(1, 121)]
"""The project before and after each fault."""
NEVER = threading.Event()

ListAnswer = Callable[[Request, int, int], Answer]
"""What the list call answers: request, offset, limit."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong with the list call, and what is seen after `r`; the rows that were there stay in any case."""

    name: str
    answer: ListAnswer | Reply
    sees: tuple[str, ...] = ()
    """Words on the screen; none where nothing is lost and nothing is said."""
    shows: str = ""
    """A row that came with the answer all the same."""
    keys: tuple[str, ...] = ("r",)
    """What is pressed to meet it."""
    leaves_by: tuple[str, ...] = ()
    """What is pressed before it is over."""
    at_start: str = ""
    """What is seen where it meets the very first request, if not the first of `sees`."""

    @property
    def keeps_rows(self) -> bool:
        """Whether the rows of before are what is seen."""
        return bool(self.sees) and not self.shows and "row 1 cannot be read" not in self.sees

    @property
    def sees_at_start(self) -> str:
        """What is seen in place of rows; the status stands elsewhere there."""
        return self.at_start or re.sub(r"\(?\d{3}\).*", "", self.sees[0]).strip()

    def respond(self, request: Request, offset: int, limit: int) -> Answer:
        """The answer of the list call while the fault lasts."""
        return self.answer if isinstance(self.answer, Reply) else self.answer(request, offset, limit)


def renamed(offset: int, limit: int, **fields: object) -> list[Json]:
    """A page of the rows under another name, so that it is seen that this answer was read."""
    rows = ROWS[offset : offset + limit]
    return [{**row, "name": f"Fresh {offset + place}", **fields} for place, row in enumerate(rows, 1)]


def page(offset: int, limit: int) -> bytes:
    """A good page as bytes."""
    return page_of(renamed(offset, limit), count=len(ROWS)).body


def sent(**faults: object) -> ListAnswer:
    """A good page that is sent with these faults."""
    return lambda _request, offset, limit: Reply(200, page(offset, limit), **faults)  # type: ignore[arg-type]  # by name


def changed(change: Callable[[bytes], bytes], headers: Sequence[tuple[str, str]] = JSON) -> ListAnswer:
    """A good page whose bytes are changed."""
    return lambda _request, offset, limit: Reply(200, change(page(offset, limit)), headers)


def replaced(old: bytes, new: bytes) -> ListAnswer:
    """A good page in which something is replaced."""
    return changed(lambda body: body.replace(old, new))


def packed(body: bytes) -> Reply:
    """A body that is announced as gzip."""
    return Reply(200, body, (*JSON, ("Content-Encoding", "gzip")))


def claiming(count: object) -> ListAnswer:
    """Good rows with another total."""
    return lambda _request, offset, limit: reply(
        {"count": count, "next": None, "previous": None, "results": renamed(offset, limit)}
    )


def cut_short(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _too_many(_request: Request, offset: int, limit: int) -> Reply:
    more = b"".join(b',{"id":"i%d"}' % number for number in range(100_000))
    body = page(offset, limit)
    end = body.rindex(b"]")
    return packed(gzip.compress(body[:end] + more + body[end:], 1))


_MILLION = gzip.compress(b'{"count": 120, "results": [' + b"[]," * 900_000 + b"[]]}")
_DEEP = b'"name": "Deep", "deep": ' + b"[" * 2000 + b"]" * 2000 + b","
_LOST = ("The connection was lost", "r tries again")
_FRESH = "Fresh 1"
_WRONG = "The answer cannot be read"

_MANY = (("cOnTeNt-TyPe", "APPLICATION/JSON"), *((f"x-number-{number}", "x" * 100) for number in range(200)))


def _headed(head: bytes, body: bytes = b"{}") -> Reply:
    return Reply(raw=b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + body)


def _chunked(chunks: bytes) -> Reply:
    return _headed(b"Transfer-Encoding: chunked\r\n", chunks)


def _old(_request: Request, offset: int, limit: int) -> Reply:
    return Reply(raw=b"HTTP/1.0 200 OK\r\n\r\n" + page(offset, limit))


def _with_more(_request: Request, offset: int, limit: int) -> Reply:
    body = page(offset, limit)
    return _headed(b"Content-Length: %d\r\n" % len(body), body + b"more than that\r\n\r\n")


TOO_LATE = [
    Fault("silent", Reply(hold=NEVER), ("The service did not answer in time", "r tries again")),
    Fault("drips single bytes", sent(drip=1, pause=0.05), ("The service did not answer in time",)),
    Fault("stops in the middle", sent(drip=100, pause=1.5), ("The service did not answer in time",)),
]

NOT_ALL = [
    Fault("hangs up without a word", Reply(drop=True), _LOST),
    Fault("resets in the middle", sent(cut=200, reset=True), _LOST),
    Fault("truncated", lambda _r, o, n: Reply(200, page(o, n), cut=500), _LOST),
    Fault("announces more than it sends", lambda _r, o, n: Reply(200, page(o, n), announced=9_000_000), _LOST),
    Fault(
        "announces less than it sends", lambda _r, o, n: Reply(200, page(o, n), announced=300), (_WRONG, "cut short")
    ),
    Fault("chunks that stop", _chunked(b'5\r\n{"cou\r\n'), (*_LOST, "in the middle of the answer")),
    Fault("a chunk without a size", _chunked(b"zz\r\n"), (_WRONG, "it is not HTTP")),
    Fault("a length that is no number", _headed(b"Content-Length: many\r\n"), (_WRONG, "it is not HTTP")),
    Fault("two lengths", _headed(b"Content-Length: 3\r\nContent-Length: 4\r\n"), (_WRONG, "it is not HTTP")),
    Fault("a header without end", _headed(b"X-Long: " + b"x" * 200_000 + b"\r\n"), (_WRONG, "headers are too large")),
    Fault("more bytes after the answer", _with_more, shows="Fresh 1"),
    Fault("HTTP/1.0", _old, shows="Fresh 1"),
    Fault("headers in another case, and 200 of them", sent(headers=_MANY), shows="Fresh 1"),
    Fault(
        "changes the protocol",
        Reply(raw=b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
        (_WRONG, "the server changes to another protocol (status 101)"),
    ),
    Fault("a status below 100", Reply(raw=b"HTTP/1.1 099 Odd\r\n\r\n"), (_WRONG, "its status is 99")),
    Fault("does not speak HTTP", Reply(raw=b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), (_WRONG, "it is not HTTP")),
]

STATUSES = [
    Fault("400", reply({"limit": ["Too large."]}, 400), ("does not accept the request (400)", "limit: Too large.")),
    Fault("403", error(403, "Not yours."), ("No permission (403): Not yours.", "r tries again")),
    Fault("404", error(404, "Gone."), ("The project was not found (404): Gone.", "r tries again, ! shows all")),
    Fault(
        "404 as a web page",
        Reply(404, b"<h1>Not <b>Found</b></h1>", HTML),
        ("The project was not found (404): Not Found",),
    ),
    Fault("405", error(405, "Method."), ("The server refused (405): Method.",)),
    Fault("429", error(429, "Slow down."), ("Too many requests (429): Slow down.", "r tries again")),
    Fault(
        "429, wait 20 seconds",
        error(429, "Slow.", ("Retry-After", "20")),
        ("Too many requests: Slow. Trying again in 20 s (try 2 of 4).",),
    ),
    Fault("429, until a day that never ends", error(429, "Slow.", ("Retry-After", "9" * 40)), ("It asks to wait",)),
    Fault(
        "429, until a date", error(429, "", ("Retry-After", "Fri, 01 Jan 2100 00:00:00 GMT")), ("asks to wait", "days")
    ),
    Fault(
        "429, until a date by a clock that is years ahead",
        error(
            429,
            "Slow.",
            ("Date", "Fri, 01 Jan 2100 00:00:00 GMT"),
            ("Retry-After", "Fri, 01 Jan 2100 00:00:25 GMT"),
        ),
        ("Too many requests: Slow. Trying again in 25 s (try 2 of 4).",),
    ),
    Fault("500", error(500, "boom"), ("The service has a fault (500): boom", "r tries again")),
    Fault("502", error(502, "Bad gateway."), ("The service has a fault (502): Bad gateway.",)),
    Fault("503", error(503, "Maintenance."), ("The service has a fault (503): Maintenance.",)),
    Fault("504", error(504, "Timeout."), ("The service has a fault (504): Timeout.",)),
    Fault("429, no pause asked for", error(429, "Slow.", ("Retry-After", "0")), ("Too many requests (429): Slow.",)),
    Fault(
        "words that would harm",
        error(500, "\x1b]0;own\x07\u202e[bold]"),
        ("(500): ^[]0;own^G<U+202E>[bold]",),
        at_start="500: ^[]0;own^G<U+202E>[bold]",
    ),
    Fault(
        "401: the token expired",
        error(401, "Token expired."),
        ("The token is no longer accepted", "The server says: Token expired.", "Enter goes on where you were"),
        leaves_by=("escape",),
        at_start="The token is not accepted",
    ),
]

BODIES = [
    Fault("a web page", Reply(200, b"<html><title>Sign in</title>", HTML), (_WRONG, "a web page: Sign in")),
    Fault("an empty body", Reply(200, b""), (_WRONG, "empty")),
    Fault("204", Reply(204, b""), (_WRONG, "empty")),
    Fault("JSON that stops", changed(cut_short), (_WRONG, "cut short")),
    Fault("an error object with status 200", error(200, "Moving."), (_WRONG, "the server says: Moving.")),
    Fault("no list of results", reply({"count": 2}), (_WRONG, "missing")),
    Fault("results that are no list", reply({"count": 2, "results": {}}), (_WRONG, "not a list")),
    Fault("gzip that is none", packed(page(0, 40)), (_WRONG, "not packed as announced")),
    Fault(
        "a packing nobody asked for", Reply(200, b"x", (*JSON, ("Content-Encoding", "br"))), (_WRONG, "packed as br")
    ),
    Fault("a gzip bomb", packed(gzip.compress(bytes(30_000_000))), ("The answer is too large", "more than 2 MB")),
    Fault("a body over the limit", Reply(200, b" " * (BODY_LIMIT + 1)), ("The answer is too large", "more than 2 MB")),
    Fault("a wrong content type", sent(headers=HTML), shows=_FRESH),
    Fault("an unknown charset", sent(headers=(("Content-Type", "application/json; charset=klingon"),)), shows=_FRESH),
    Fault("invalid UTF-8", replaced(b"Fresh 1", b"Fresh 1 \xff\xc3("), shows="Fresh 1 �"),
    Fault("a byte order mark", changed(lambda body: b"\xef\xbb\xbf" + body), shows=_FRESH),
    Fault("UTF-16", changed(lambda body: body.decode().encode("utf-16")), shows=_FRESH),
    Fault("NaN", replaced(b'"input": ', b'"input": NaN, "was": '), shows=_FRESH),
    Fault("duplicate keys", replaced(b'"name": ', b'"name": "Other", "name": '), shows=_FRESH),
    Fault("2,000 levels of nesting", replaced(b'"name": "Fresh 1",', _DEEP), shows="Deep"),
    Fault("integers of 400 digits", replaced(b'"input": ', b'"input": ' + b"7" * 400), shows=_FRESH),
    Fault("chat_history null", lambda _r, o, n: page_of(renamed(o, n, chat_history=None), count=120), shows=_FRESH),
    Fault("chat_history no list", lambda _r, o, n: page_of(renamed(o, n, chat_history="x"), count=120), shows=_FRESH),
    Fault(
        "ids missing",
        lambda _r, o, n: page_of([{"name": "x"}] * min(n, 120 - o), count=120),
        sees=("row 1 cannot be read", "it has no id"),
    ),
]

REDIRECTS = [
    Fault("a redirect in a circle", redirect("?again"), ("The server redirects elsewhere", "circles")),
    Fault("a redirect to another host", redirect("http://other.invalid/"), ("redirects elsewhere", "other.invalid")),
    Fault(
        "a redirect to another scheme", redirect("https://127.0.0.1/"), ("redirects elsewhere", "https://127.0.0.1/")
    ),
    Fault("a redirect to a file", redirect("file:///etc/passwd"), ("redirects elsewhere", "file:///etc/passwd")),
    Fault("a redirect to a script", redirect("javascript:alert(1)"), ("redirects elsewhere", "javascript:alert(1)")),
    Fault("a redirect to half an address", redirect("http://[::1/"), ("redirects elsewhere", "http://[::1/")),
    Fault("a redirect with controls", redirect("/\x1b]0;x\x07"), ("redirects elsewhere", "^[]0;x^G")),
    Fault(
        "a next that leads elsewhere",
        lambda _r, o, n: reply({**json.loads(page(o, n)), "next": "https://other.invalid/steal"}),
        shows=_FRESH,
    ),
]

LIES = [
    Fault("a total that is too large", claiming(500), shows="Fresh 120", keys=("end", "r")),
    Fault("a total that is too small", claiming(7), shows=_FRESH),
    Fault("a negative total", claiming(-5), shows=_FRESH),
    Fault("a total that is no number", claiming("many"), shows=_FRESH),
    Fault("more rows than asked for", lambda _r, o, n: page_of(renamed(o, n + 30), count=120), shows=_FRESH),
    Fault("100,000 rows more than asked for", _too_many, shows=_FRESH),
    Fault("a million empty rows", packed(_MILLION), sees=("row 1 cannot be read", "it is not a JSON object")),
    Fault("fewer rows than asked for", lambda _r, o, n: page_of(renamed(o, min(n, 3)), count=120), shows=_FRESH),
    Fault(
        "the same page for ever", lambda _r, _o, n: page_of(renamed(0, n), count=120), shows=_FRESH, keys=("end", "r")
    ),
    Fault("ids twice", lambda _r, o, n: page_of(renamed(o, n // 2) * 2, count=120), shows=_FRESH),
    Fault("no rows at all", lambda _r, _o, _n: page_of([], count=120), (_WRONG, "the server left these rows out")),
]

GROUPS = {
    "No answer in time": TOO_LATE,
    "Not all of an answer": NOT_ALL,
    "The server says no": STATUSES,
    "An answer that is not what it should be": BODIES,
    "Redirects": REDIRECTS,
    "Pages that contradict themselves": LIES,
}


def readme() -> str:
    """The table for people."""
    lines = [
        "# What the user sees when a server or a network fails",
        "",
        "Made from `table.py` by `python -m tests.faults`; `test_screen.py` plays each row in the real program against",
        "a real server, in the middle and, where there are rows to miss, at the very first request. In each case a key",
        "is answered while the fault lasts, the rows that were there stay, and `r` goes on when it is over, without a",
        "restart. `test_reading_on.py` plays some of each kind while the list is read on behind the screen: there the",
        "line below the rows says how many did not come and why, `!` tells it in full, and `R` goes on.",
        "",
    ]
    for title, faults in GROUPS.items():
        lines += [f"## {title}", "", "| the fault | what the user sees |", "| --- | --- |"]
        lines += [f"| {fault.name} | {_seen(fault)} |" for fault in faults]
        lines.append("")
    return "\n".join(lines)


def _seen(fault: Fault) -> str:
    if not fault.sees:
        return "the rows; nothing is lost"
    return " … ".join(f"“{words}”" for words in fault.sees).replace("|", "\\|")
