"""The small HTTP server, and the faults that tests send through it."""

import http.client
import socket
import threading
from urllib.parse import urlsplit

import pytest

from tests.servers import LiveProject, Reply, ScriptedServer, conversation, error, page_of, refused_base_url, reply
from tui.demo.http import Answer


def connect(server: ScriptedServer) -> http.client.HTTPConnection:
    address = urlsplit(server.base_url)
    assert address.hostname
    return http.client.HTTPConnection(address.hostname, address.port, timeout=20)


def get(connection: http.client.HTTPConnection, path: str = "/") -> tuple[int, bytes]:
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.read()


def talk(server: ScriptedServer, sent: bytes) -> bytes:
    address = urlsplit(server.base_url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        return connection.makefile("rb").read()


def test_a_connection_is_used_again(server: ScriptedServer) -> None:
    connection = connect(server)
    get(connection)
    used = connection.sock
    get(connection)
    assert connection.sock is used
    connection.close()
    assert len(server.requests) == 2


def test_requests_sent_at_once_are_answered_in_turn(server: ScriptedServer) -> None:
    server.answer(lambda request: reply({"path": request.path}))
    got = talk(server, b"GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n")
    assert got.index(b'"/a"') < got.index(b'"/b"')


@pytest.mark.asks_otherwise
@pytest.mark.parametrize(
    "nonsense", [b"hello\r\n\r\n", b"GET / SPDY/9\r\n\r\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"x" * 70_000]
)
def test_what_is_not_http_is_refused(server: ScriptedServer, nonsense: bytes) -> None:
    assert talk(server, nonsense).startswith(b"HTTP/1.1 400 ")
    assert server.requests == []


@pytest.mark.asks_otherwise
def test_a_body_does_not_become_the_next_request(server: ScriptedServer) -> None:
    talk(server, b"GET /a HTTP/1.1\r\nContent-Length: 18\r\n\r\nGET /x HTTP/1.1\r\n\r\n")
    assert [request.path for request in server.requests][:1] == ["/a"]
    assert "/x" not in [request.path for request in server.requests]


def test_an_old_client_gets_its_answer_and_a_closed_connection(server: ScriptedServer) -> None:
    server.answer(lambda request: Answer.of_json({"path": request.path}))
    got = talk(server, b"GET /a HTTP/1.0\r\n\r\nGET /b HTTP/1.0\r\n\r\n")
    assert b"Connection: close" in got
    assert b'"/b"' not in got


def test_replies_come_in_their_order_and_the_last_one_stays(server: ScriptedServer) -> None:
    server.reply(error(503), page_of([conversation(1)]))
    connection = connect(server)
    assert [get(connection)[0] for _ in range(3)] == [503, 200, 200]
    connection.close()


def test_a_held_answer_waits_for_the_test(server: ScriptedServer) -> None:
    gate = threading.Event()
    server.reply(page_of([], hold=gate))
    connection = connect(server)
    connection.request("GET", "/")
    server.wait_for(1)
    gate.set()
    assert connection.getresponse().read()
    connection.close()


def test_stopping_lets_go_of_what_is_held() -> None:
    server = ScriptedServer()
    server.start()
    server.reply(page_of([], hold=threading.Event()))
    connection = connect(server)
    connection.request("GET", "/")
    server.wait_for(1)
    server.stop()
    connection.close()


@pytest.mark.parametrize("fault", [Reply(drop=True), Reply(body=b"abc", cut=1), Reply(body=b"abc", announced=9)])
def test_a_broken_answer_is_broken_for_the_client(server: ScriptedServer, fault: Reply) -> None:
    server.reply(fault)
    connection = connect(server)
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        get(connection)
    connection.close()


def test_a_dripping_answer_arrives_whole(server: ScriptedServer) -> None:
    server.reply(page_of([conversation(1)], drip=7))
    connection = connect(server)
    assert conversation(1)["id"].encode() in get(connection)[1]
    connection.close()


def test_a_live_project_shifts_under_its_reader(server: ScriptedServer) -> None:
    project = LiveProject([conversation(number) for number in range(3)])
    server.answer(project)
    path = f"/api/v1/projects/{server.project_id}/playground-conversations/?limit=1&offset=1"
    connection = connect(server)
    assert b"Conversation 1" in get(connection, path)[1]
    project.rows.insert(0, conversation(9))
    assert b"Conversation 0" in get(connection, path)[1]
    connection.close()


def test_nobody_listens_at_the_refused_address() -> None:
    address = urlsplit(refused_base_url())
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.hostname, address.port), timeout=5)
