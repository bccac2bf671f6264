"""What becomes of each fault of a server or a network: a table says what a person is told, or what still comes out."""

import gzip
import json
import threading
import tracemalloc
from dataclasses import dataclass, field

import pytest

from tests.api.conftest import MakeClient, News
from tests.servers import (
    HTML,
    JSON,
    TOKEN,
    Reply,
    ScriptedServer,
    conversation,
    error,
    page_of,
    redirect,
    refused_base_url,
    reply,
)
from tui.api.errors import (
    AnswerTooLarge,
    ApiError,
    BadRequest,
    ConnectionLost,
    Forbidden,
    NoProject,
    NotHttp,
    RateLimited,
    RedirectRefused,
    ServerFault,
    StatusError,
    TimedOut,
    Unauthorized,
    UnknownHost,
    Unreachable,
    UnreadableAnswer,
)
from tui.api.limits import Limits
from tui.api.query import ConversationFilter
from tui.api.retry import TRIES
from tui.demo.http import Answer, Request

LIMITS = Limits(connect=5, read=0.15, whole=0.6, body=3_000_000)
"""Short enough to be reached; no test waits for an answer that comes."""

ALL = ConversationFilter()
GOOD = page_of([conversation(1), conversation(2)])
PAGE = GOOD.body


def packed(body: bytes) -> Reply:
    return Reply(200, body, (*JSON, ("Content-Encoding", "gzip")))


@dataclass(frozen=True)
class Fault:
    """A server that answers `replies` in turn, the last for ever; `error` None where two rows come out all the same."""

    name: str
    replies: tuple[Reply, ...]
    error: type[ApiError] | None = None
    words: str = ""
    """What its detail holds."""
    requests: int = 1
    rows: int = 2
    count: int | None = 2
    limits: Limits = field(default=LIMITS)


DEEP = b'{"id": "deep", "name": "Deep", "chat_history": ' + b"[" * 2000 + b"]" * 2000 + b"}"
NEVER = threading.Event()

FAULTS = [
    # -- no answer, or not all of it
    Fault("silent", (Reply(hold=NEVER),), TimedOut),
    Fault("drips single bytes", (Reply(200, PAGE, drip=1, pause=0.02),), TimedOut),
    Fault("stops in the middle", (Reply(200, PAGE, drip=100, pause=0.4),), TimedOut),
    Fault("hangs up", (Reply(drop=True),), ConnectionLost, "hung up without an answer", requests=TRIES),
    Fault("hangs up once", (Reply(drop=True), GOOD), requests=2),
    Fault("resets in the middle", (Reply(200, PAGE, cut=200, reset=True),), ConnectionLost, requests=TRIES),
    Fault("resets in the middle once", (Reply(200, PAGE, cut=200, reset=True), GOOD), requests=2),
    Fault("truncated", (Reply(200, PAGE, cut=500),), ConnectionLost, "after 500 of ", requests=TRIES),
    Fault(
        "cut between two chunks",
        (Reply(raw=b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{"count":\r\n'),),
        ConnectionLost,
        "in the middle of the answer",
        requests=TRIES,
    ),
    Fault("length too large", (Reply(200, PAGE, announced=len(PAGE) + 10),), ConnectionLost, requests=TRIES),
    Fault("length too small", (Reply(200, PAGE, announced=len(PAGE) - 10),), UnreadableAnswer, "cut short"),
    Fault(
        "length is no number",
        (Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"),),
        NotHttp,
        "not HTTP",
        requests=2,
    ),
    Fault("not HTTP", (Reply(raw=b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),), NotHttp, "“SSH-2.0-O", requests=2),
    Fault("not HTTP once", (Reply(raw=b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), GOOD), requests=2),
    Fault(
        "headers without end", (Reply(200, PAGE, (("X-Long", "x" * 200_000),)),), UnreadableAnswer, "its headers are"
    ),
    Fault(
        "an error object with a good status",
        (reply({"error": "Being migrated."}),),
        UnreadableAnswer,
        "missing; the server says: Being migrated.",
    ),
    Fault("cut gzip", (packed(gzip.compress(PAGE)[:-20]),), ConnectionLost, requests=TRIES),
    # -- statuses
    Fault("400", (reply({"limit": ["Too large."]}, 400),), BadRequest, "limit: Too large."),
    Fault("401", (error(401, "Token expired."),), Unauthorized, "Token expired."),
    Fault("403", (error(403, "Not yours."),), Forbidden, "Not yours."),
    Fault("404 in HTML", (Reply(404, b"<h1>Not <b>Found</b></h1>", HTML),), NoProject, "Not Found"),
    Fault("405", (error(405),), StatusError),
    Fault("429", (error(429, "Slow down."),), RateLimited, "Slow down."),
    Fault("429, seconds", (error(429, "Slow.", ("Retry-After", "0")), GOOD), requests=2),
    Fault("429, date", (error(429, "Slow.", ("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT")), GOOD), requests=2),
    Fault("429, absurd", (error(429, "Slow.", ("Retry-After", "9" * 40)),), RateLimited, "It asks to wait"),
    Fault("429, a day", (error(429, "Slow.", ("Retry-After", "86400")),), RateLimited, "wait 24 hours"),
    Fault("429, nonsense", (error(429, "Slow.", ("Retry-After", "soon")),), RateLimited, "Slow."),
    Fault("500", (error(500),), ServerFault),
    Fault("502", (error(502),), ServerFault, requests=TRIES),
    Fault("502 once", (error(502), GOOD), requests=2),
    Fault("503", (error(503),), ServerFault),
    Fault("503, seconds", (error(503, "Busy.", ("Retry-After", "0")), GOOD), requests=2),
    Fault("504 for ever", (error(504),), ServerFault, requests=TRIES),
    Fault(
        "words that would harm", (error(500, "\x1b]0;own\x07\u202e" + "x" * 9000),), ServerFault, "^[]0;own^G<U+202E>"
    ),
    Fault(
        "a reference longer than any number",
        (Reply(500, b"<title>No &amp; &#" + b"9" * 5_000 + b";</title>", HTML),),
        ServerFault,
        "No &amp; &#999",
    ),
    # -- bodies
    Fault("HTML", (Reply(200, b"<html><title>Sign in</title>", HTML),), UnreadableAnswer, "a web page: Sign in"),
    Fault("empty", (Reply(200, b""),), UnreadableAnswer, "empty"),
    Fault("204", (Reply(204, b""),), UnreadableAnswer, "empty"),
    Fault("wrong content type", (Reply(200, PAGE, HTML),)),
    Fault("wrong charset", (Reply(200, PAGE, (("Content-Type", "application/json; charset=latin-1"),)),)),
    Fault("unknown charset", (Reply(200, PAGE, (("Content-Type", "application/json; charset=klingon"),)),)),
    Fault("invalid UTF-8", (Reply(200, PAGE.replace(b"Conversation 1", b"Con\xff\xc3(")),)),
    Fault("BOM", (Reply(200, b"\xef\xbb\xbf" + PAGE),)),
    Fault("UTF-16", (Reply(200, PAGE.decode().encode("utf-16")),)),
    Fault("NaN", (Reply(200, PAGE.replace(b'"count": 2', b'"count": NaN')),), count=None),
    Fault("duplicate keys", (Reply(200, PAGE.replace(b'"count": 2', b'"count": 9, "count": 2')),)),
    Fault("nested too deeply", (Reply(200, PAGE.replace(b'"results": [', b'"results": [' + DEEP + b", ")),), rows=3),
    Fault("deep where it matters", (Reply(200, b'{"results": ' + b"[" * 9000),), UnreadableAnswer, "cut short"),
    Fault("long integers", (Reply(200, PAGE.replace(b'"input": ', b'"input": ' + b"7" * 400)),)),
    Fault("results is no list", (reply({"count": 2, "results": {}}),), UnreadableAnswer, "not a list"),
    Fault("results missing", (reply({"count": 2}),), UnreadableAnswer, "missing"),
    Fault("ids missing", (page_of([{"name": "a"}, {"id": None}]),)),
    Fault("chat_history null", (page_of([conversation(1, chat_history=None), conversation(2, chat_history="x")]),)),
    Fault("gzip", (Reply(200, PAGE, compress=True),)),
    Fault("gzip in two members", (packed(gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:])),)),
    Fault("gzip is none", (packed(PAGE),), UnreadableAnswer, "not packed as announced"),
    Fault("br", (Reply(200, PAGE, (*JSON, ("Content-Encoding", "br\x01"))),), UnreadableAnswer, "packed as br"),
    Fault("gzip bomb", (packed(gzip.compress(bytes(30_000_000))),), AnswerTooLarge, "more than 2 MB"),
    Fault("over the limit", (Reply(200, b" " * 3_000_001),), AnswerTooLarge),
    Fault("long wait without a stop", (error(429, "slow", ("Retry-After", "999999")),), RateLimited, "slow. It asks"),
    # -- redirects
    Fault("redirect in a circle", (redirect("?again"),), RedirectRefused, "circles", requests=4),
    Fault("redirect to another host", (redirect("http://other.invalid/api/v1/"),), RedirectRefused, "other.invalid"),
    Fault("redirect to another scheme", (redirect("https://127.0.0.1/"),), RedirectRefused, "https://127.0.0.1/"),
    Fault("redirect to a file", (redirect("file:///etc/passwd"),), RedirectRefused),
    Fault("redirect to nonsense", (redirect("http://[half"),), RedirectRefused, "http://[half"),
    Fault("redirect to a script", (redirect("javascript:alert(1)"),), RedirectRefused, "javascript:alert(1)"),
    Fault("redirect to half an address", (redirect("http://[::1/"),), RedirectRefused, "http://[::1/"),
    Fault("redirect with controls", (redirect("/\x1b]0;x\x07"),), RedirectRefused, "^[]0;x^G"),
    Fault("redirect to no port", (redirect("http://127.0.0.1:99999999/"),), RedirectRefused),
    Fault("redirect here", (redirect("/elsewhere/"), GOOD), requests=2),
    Fault("redirect without a target", (Reply(302, b""),), StatusError),
    Fault("next elsewhere", (reply({**json.loads(PAGE), "next": "https://other.invalid/steal"}),)),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_each_fault_gives_its_error_or_what_can_be_read(
    fault: Fault, server: ScriptedServer, make_client: MakeClient, news: News
) -> None:
    server.reply(*fault.replies)
    client = make_client(server.base_url, fault.limits)
    if fault.error is None:
        page = await client.conversations(ALL, 40, 0)
        assert len(page.records) == fault.rows
        assert page.count == fault.count
    else:
        with pytest.raises(ApiError) as caught:
            await client.conversations(ALL, 40, 0)
        assert type(caught.value) is fault.error
        assert fault.words in caught.value.detail
        assert len(caught.value.detail) <= 8_000
        assert TOKEN not in repr(caught.value) + str(caught.value)
    assert len(server.requests) == fault.requests
    if news:
        assert news[-1] is None
        assert [entry.attempt for entry in news if entry and entry.seconds] == list(range(2, fault.requests + 1))


@pytest.mark.parametrize(
    "fault", [fault for fault in FAULTS if fault.error not in (None, TimedOut)], ids=lambda fault: fault.name
)
async def test_the_client_recovers_when_the_fault_is_over(
    fault: Fault, server: ScriptedServer, make_client: MakeClient
) -> None:
    server.reply(*fault.replies)
    client = make_client(server.base_url, fault.limits)
    with pytest.raises(ApiError):
        await client.conversations(ALL, 40, 0)
    server.reply(GOOD)
    assert len((await client.conversations(ALL, 40, 0)).records) == 2


async def test_nobody_listens(make_client: MakeClient, news: News) -> None:
    with pytest.raises(ApiError) as caught:
        await make_client(refused_base_url()).conversations(ALL, 40, 0)
    assert type(caught.value) is Unreachable
    assert [entry.attempt for entry in news if entry and entry.seconds] == [2, 3, 4]


async def test_a_server_without_tls_is_told_from_a_network_that_is_down(
    server: ScriptedServer, make_client: MakeClient
) -> None:
    client = make_client(server.base_url.replace("http:", "https:"))
    with pytest.raises(Unreachable, match="it does not speak TLS: perhaps https has to be http"):
        await client.conversations(ALL, 40, 0)


async def test_an_unknown_host_is_not_asked_again(make_client: MakeClient, news: News) -> None:
    with pytest.raises(UnknownHost):
        await make_client("http://nobody.invalid/api/v1").conversations(ALL, 40, 0)
    assert news == []


async def test_the_token_is_not_sent_where_a_redirect_points(
    server: ScriptedServer, other_server: ScriptedServer, make_client: MakeClient
) -> None:
    server.reply(redirect(f"{other_server.base_url}/projects/", 308))
    with pytest.raises(RedirectRefused) as caught:
        await make_client(server.base_url).conversations(ALL, 40, 0)
    assert caught.value.status == 308
    assert other_server.requests == []


async def test_a_redirect_to_the_slash_form_is_followed_with_the_token(
    server: ScriptedServer, make_client: MakeClient
) -> None:
    def answer(request: Request) -> Answer:
        return GOOD if request.query.endswith("&again") else redirect(f"{request.path}?{request.query}&again", 301)

    server.answer(answer)
    assert (await make_client(server.base_url).conversations(ALL, 40, 0)).count == 2
    assert [request.headers["authorization"] for request in server.requests] == [f"Bearer {TOKEN}"] * 2


async def test_next_is_not_followed_and_offsets_are_ours(
    server: ScriptedServer, other_server: ScriptedServer, make_client: MakeClient
) -> None:
    server.reply(reply({**json.loads(PAGE), "next": f"{other_server.base_url}/steal"}))
    client = make_client(server.base_url)
    await client.conversations(ALL, 2, 0)
    await client.conversations(ALL, 2, 2)
    await client.people()
    assert other_server.requests == []
    assert [request.parameters["offset"] for request in server.requests[:2]] == [["0"], ["2"]]


async def test_a_bomb_takes_no_more_memory_than_its_limit(server: ScriptedServer, make_client: MakeClient) -> None:
    server.reply(packed(gzip.compress(bytes(200_000_000))))
    client = make_client(server.base_url, LIMITS)
    tracemalloc.start()
    try:
        with pytest.raises(AnswerTooLarge):
            await client.conversations(ALL, 40, 0)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * LIMITS.body
