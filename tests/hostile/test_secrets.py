"""The token goes to the service and nowhere else: not into a file, a log, the screen, a child or another server."""

import asyncio
import json
import logging
import os
import re
import resource
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.harness.terminal_run import TerminalRun
from tests.hostile.tour import Tour
from tests.screens.browsing import browsing
from tests.servers import HTML, LiveProject, Reply, ScriptedServer, conversation, error, redirect
from tui.api.client import Client
from tui.api.errors import ApiError, RedirectRefused
from tui.api.http.first_page import FirstPage
from tui.api.http.transport import Transport
from tui.api.query import ConversationFilter
from tui.config.folders import state_folder
from tui.config.logs import open_log
from tui.config.profiles import default_path
from tui.config.secret import Secret
from tui.config.settings import Connection, Settings
from tui.demo.http import Request
from tui.terminal.text.clean import clean

ROOT = Path(__file__).parents[2]
TUI = [sys.executable, "-m", "tui"]


@pytest.fixture
def other() -> Iterator[ScriptedServer]:
    """Another origin; nothing secret may be sent there."""
    scripted = ScriptedServer()
    scripted.start()
    yield scripted
    scripted.stop()
    assert not scripted.requests


@pytest.fixture
def children(tmp_path: Path) -> Path:
    """A folder of programs that write down with what they were started."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = "import os, sys\nwith open({!r}, 'a') as file:\n    print(sys.argv, dict(os.environ), file=file)\n"
    for name in ("pager", "editor", "xclip", "xsel", "wl-copy"):
        path = folder / name
        path.write_text(f"#!{sys.executable}\n{program.format(str(tmp_path / 'children'))}")
        path.chmod(0o700)
    return folder


def _echo(server: ScriptedServer) -> Any:
    """Rows for the list; everything else is refused, with the token in the words."""
    rows = LiveProject([conversation(number) for number in range(3)])

    def answer(request: Request) -> Any:
        if request.path.endswith("/playground-conversations/") and "tags" not in request.query:
            return rows(request)
        return error(400, f"Authorization: Bearer {server.token}", ("X-Echo", server.token))

    return answer


_OTHER = "token-of-another-profile"

_RECORDERS = ("TEXTUAL_DEBUG", "TEXTUAL_SCREENSHOT", "TEXTUAL_SHOW_RETURN")
"""What makes Textual write down keys and pictures."""

_BACK = r"(?s)\A(?!.*(╭|╰)).*Conversations 1/3"
"""The main screen, with nothing above it."""

_BRINGS = [
    ("y", "conversation id"),
    ("i", "(?i)copied"),
    ("x", "Enter exports"),
    ("\r", "Exported"),
    ("?", "Everywhere"),
    ("q", _BACK),
    ("s", "no saved filter yet"),
    ("\x1b", _BACK),
]
"""The keys of a session, and what each brings to the screen."""


def until_started(run: Tour, children: Path, program: str) -> None:
    """Wait until a program has written down that it was started, and what it was started from is back."""
    deadline = time.monotonic() + 60
    while not children.exists() or f"/{program}'" not in children.read_text():
        assert time.monotonic() < deadline, run.text
        run.settle()
    run.wait_for(_BACK)


def _read(home: Path, folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in [*home.rglob("*"), *folder.rglob("*")] if path.is_file()}


def _placed(place: str, token: str, environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment with the token where it is to be found."""
    folder.mkdir(0o700)
    (folder / "token").write_text(token)
    (folder / "token").chmod(0o600)
    says = {"token_env": "ACME_TOKEN", "token_file": "token", "token_command": f"cat {folder}/token"}
    without = {name: value for name, value in environ.items() if name != "CLARIFEYE_TOKEN"}
    if place not in says:
        return {**without, place: token}
    config = folder / "config.toml"
    others = '[profiles.other]\ntoken_env = "OTHER_PROFILE"\n'
    config.write_text(f'default_profile = "acme"\n{others}[profiles.acme]\n{place} = "{says[place]}"\n')
    config.chmod(0o600)
    return {**without, "CLARIFEYE_CONFIG": str(config), **({"ACME_TOKEN": token} if place == "token_env" else {})}


@pytest.mark.parametrize("place", ["CLARIFEYE_TOKEN", "token_env", "token_file", "token_command"])
def test_a_whole_session_leaves_no_token_anywhere(
    place: str, server: ScriptedServer, environ: Mapping[str, str], children: Path, tmp_path: Path
) -> None:
    server.answer(_echo(server))
    work = tmp_path / "work"
    work.mkdir()
    programs = {"PATH": f"{children}:{os.defpath}", "PAGER": "pager", "EDITOR": "editor", "VISUAL": "editor"}
    variables = {
        **_placed(place, server.token, environ, tmp_path / "placed"),
        **programs,
        "DISPLAY": ":9",
        "OTHER": f"x{server.token}x",
        "OTHER_PROFILE": _OTHER,
        **dict.fromkeys(_RECORDERS, "1"),
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_LOG": "textual.log",
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(work),
    }
    with Tour([*TUI, "--log-file", "log"], variables, work, columns=130, rows=40) as run:
        run.wait_for("Conversations 1/3")
        for key, program in (("v", "pager"), ("V", "editor")):
            run.send(key)
            until_started(run, tmp_path / "children", program)
        for key, brings in _BRINGS:
            run.send(key)
            run.wait_for(brings)
        until_started(run, tmp_path / "children", "xclip")
        assert server.token.encode() not in Path(f"/proc/{run.pid}/cmdline").read_bytes()
        limits = Path(f"/proc/{run.pid}/limits").read_text()
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        least = 0 if most == 0 else 1
        assert re.search(rf"Max core file size +{least} ", limits), "0 keeps no program from taking it"
        run.send("/")
        run.wait_for("Esc back")
        run.send("\x1b")
        run.send("\x11")
        assert run.wait_for_exit() == 0
    assert server.token.encode() not in bytes(run.raw)
    written = _read(tmp_path, work)
    assert str(tmp_path / "children") in written, "no child was started"
    exported = [path.name for path in work.iterdir() if path.name != "log"]
    assert exported == ["conversation-0.md"], "nobody else writes here, Textual's recorders least of all"
    assert str(work / "log") in written
    assert written.pop(str(tmp_path / "placed" / "token")) == server.token.encode()
    if place != "CLARIFEYE_TOKEN":  # where no config file names it, nobody can know that it is one
        assert _OTHER.encode() not in written[str(tmp_path / "children")]
    for name, content in written.items():
        assert server.token.encode() not in content, name
    for path in (tmp_path / ".local/state/clarifeye-tui").rglob("*"):
        assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), path
    assert (work / "log").stat().st_mode & 0o777 == 0o600
    for request in server.requests:
        assert server.token not in f"{request.path}?{request.query}"
        assert [name for name, value in request.headers.items() if server.token in value] == ["authorization"]


def test_all_that_is_made_is_private_whatever_the_umask(
    server: ScriptedServer, environ: Mapping[str, str], tmp_path: Path
) -> None:
    server.answer(LiveProject([conversation(number) for number in range(3)]))
    work = tmp_path / "work"
    work.mkdir(0o700)
    (work / "log").touch()
    (work / "log").chmod(0o666)
    careless = ["sh", "-c", 'umask 000; exec "$@"', "sh"]
    variables = {**environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.defpath}
    with TerminalRun([*careless, *TUI, "--log-file", "log"], environ=variables, folder=work) as run:
        run.wait_for("Conversations 1/3")
        run.send("y")
        run.wait_for("conversation id")
        run.send("i")
        run.wait_for("(?i)copied|file")
        run.send("x")
        run.wait_for("Enter exports")
        run.send("\r")
        run.wait_for("Exported")
        run.send("\x11")
        assert run.wait_for_exit() == 0
    made = list(tmp_path.rglob("*"))
    assert {"copied", "log", ".local", "conversation-0.md"} <= {path.name for path in made}
    for path in made:
        assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), path


@pytest.mark.parametrize("relative", ["somewhere", ".", "../up", " "])
def test_no_folder_that_one_happens_to_be_in_decides(relative: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    environ = {"XDG_CONFIG_HOME": relative, "XDG_STATE_HOME": relative}
    assert default_path(environ) == str(Path.home() / ".config/clarifeye-tui/config.toml")
    assert state_folder(environ) == Path.home() / ".local/state/clarifeye-tui"


def test_the_doctor_gives_it_to_no_program(
    server: ScriptedServer, environ: Mapping[str, str], children: Path, tmp_path: Path
) -> None:
    server.answer(_echo(server))
    variables = {
        **_placed("CLARIFEYE_TOKEN", server.token, environ, tmp_path / "placed"),
        "OTHER": f"x{server.token}x",
        "OTHER_PROFILE": _OTHER,
        "DISPLAY": ":9",
        "PATH": str(children),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run([*TUI, "doctor", "--clipboard"], env=variables, capture_output=True, check=False, timeout=60)
    started = (tmp_path / "children").read_text()
    assert "xclip" in started
    for text in (started, done.stdout.decode(), done.stderr.decode()):
        assert server.token not in text


@pytest.mark.parametrize("status", [400, 403, 404, 418, 500])
async def test_a_token_in_an_error_is_hidden(server: ScriptedServer, status: int) -> None:
    server.answer(lambda request: Reply(status, f'{{"error": "you sent {request.headers["authorization"]}"}}'.encode()))
    async with browsing(server) as it:
        await it.until_seen("(the token)")
        assert server.token not in it.text


_ODD = "o\"d<d&%41\\\\x'y=" + "z" * 300
"""A token with everything that some notation writes otherwise, longer than the words that are shown."""


def _in_json(token: str) -> bytes:
    return b'{"error": "' + "".join(f"\\u{ord(character):04x}" for character in token).encode() + b'"}'


def _in_html(token: str) -> bytes:
    return b"<title>" + "".join(f"&#{ord(character)};" for character in token).encode() + b"</title>"


_SAID: dict[str, Callable[[str], Reply]] = {
    "escaped in JSON": lambda token: Reply(400, _in_json(token)),
    "escaped in HTML": lambda token: Reply(502, _in_html(token), HTML),
    "at the end of what is read": lambda token: Reply(400, b" " * (20_000 - len(token) // 2) + token.encode()),
    "status line": lambda token: Reply(raw=f"HTTP/1.1 {token}\r\n\r\n".encode()),
    "no HTTP at all": lambda token: Reply(raw=f"hello {token}\r\n\r\n".encode()),
    "header": lambda token: Reply(raw=f"HTTP/1.1 200 OK\r\nno header {token}\r\n\r\n".encode()),
    "chunk": lambda token: Reply(raw=f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{token}\r\n".encode()),
    "encoding": lambda token: Reply(200, b"", (("Content-Encoding", token),)),
    "redirect": lambda token: redirect(f"http://127.0.0.1:1/{token}"),
}


@pytest.mark.parametrize("place", _SAID)
@pytest.mark.parametrize("token", ["plain-token-of-somebody", _ODD], ids=["plain", "odd"])
async def test_a_token_is_hidden_wherever_a_server_repeats_it(
    place: str, token: str, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.api.retry.FIRST_WAIT", 0.0)
    server.answer(lambda _: _SAID[place](token))
    client = Client(Connection(server.base_url, server.project_id, Secret(token)))
    with pytest.raises(ApiError) as raised:
        await client.conversations(ConversationFilter(), 10, 0)
    await client.close()
    for shown in (str(raised.value), repr(raised.value)):
        assert token[:8].lower() not in shown.lower()


async def test_a_redirect_cannot_put_a_name_in_the_place_of_the_token(server: ScriptedServer) -> None:
    server.answer(lambda _: redirect(f"{server.origin.replace('//', '//name:word@')}/api/v1/"))
    client = Client(Connection(server.base_url, server.project_id, Secret(server.token)))
    with pytest.raises(RedirectRefused):
        await client.conversations(ConversationFilter(), 10, 0)
    await client.close()
    assert [request.headers["authorization"] for request in server.requests] == [f"Bearer {server.token}"]


async def test_a_redirect_or_a_next_elsewhere_gets_nothing(server: ScriptedServer, other: ScriptedServer) -> None:
    server.answer(lambda _: redirect(f"{other.origin}/api/v1/?key={server.token}"))
    async with browsing(server) as it:
        await it.until_seen("redirects elsewhere")
        assert server.token not in it.text
        rows = [conversation(number) for number in range(40)]
        link = f"{other.base_url}/projects/x/playground-conversations/"
        body = {"count": 400, "next": link, "previous": link, "results": rows}
        server.answer(lambda _: Reply(200, json.dumps(body).encode()))
        await it.press("r")
        await it.until_seen("Conversation 0")
        await it.press("end")
        await it.until_quiet()


def test_no_object_that_holds_it_shows_it(server: ScriptedServer) -> None:
    secret = Secret("a-token-that-nobody-may-see")
    connection = Connection(server.base_url, server.project_id, secret)
    settings = Settings(connection)
    holders: list[object] = [secret, connection, settings, Client(connection), Transport(connection)]
    holders.append(FirstPage(connection, ConversationFilter()))
    for holder in holders:
        for shown in (repr(holder), str(holder), f"{holder}", f"{holder!r}"):
            assert secret.reveal() not in shown
    server.answer(lambda _: Reply(500, b""))


async def test_the_running_program_keeps_the_raw_token_out_of_its_frames(server: ScriptedServer) -> None:
    """A traceback with variables, as Textual shows them, would print it."""
    server.answer(LiveProject([conversation(1)]))
    async with browsing(server) as it:
        await it.until_seen("Conversation 1")
        shown = [
            repr(thing) for thing in (it.app, it.screen, it.screen.project, it.screen.settings, it.rows, it.transcript)
        ]
        assert not [text for text in shown if server.token in text]


@pytest.fixture
def log(tmp_path: Path, server: ScriptedServer) -> Iterator[Path]:
    """The log file, with all that the libraries say at their most talkative."""
    path, root = tmp_path / "log", logging.getLogger()
    before = root.level
    handler = open_log(path, Secret(server.token), clean)
    root.setLevel(logging.DEBUG)
    yield path
    root.removeHandler(handler)
    root.setLevel(before)
    handler.close()


async def test_the_log_hides_it_even_where_libraries_tell_all(server: ScriptedServer, log: Path) -> None:
    server.answer(_echo(server))
    async with browsing(server) as it:
        await it.until_seen("Conversation 1")
        await it.press("r")
        await it.until_quiet()
    said = await asyncio.to_thread(log.read_text)
    assert "receive_response_headers.complete" in said
    assert "(the token)" in said
    assert server.token not in said


def test_plain_http_to_another_machine_needs_a_flag(environ: Mapping[str, str]) -> None:
    variables = {**environ, "CLARIFEYE_BASE_URL": "http://service.example/api/v1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(TUI, env=variables, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "--allow-http" in done.stderr
    assert environ["CLARIFEYE_TOKEN"] not in done.stderr + done.stdout


@pytest.mark.parametrize("command", [["config", "show"], ["config", "path"], ["--help"], ["--version"]])
def test_no_command_prints_it(command: list[str], environ: Mapping[str, str]) -> None:
    variables = {**environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*TUI, *command], env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert environ["CLARIFEYE_TOKEN"] not in done.stderr + done.stdout
