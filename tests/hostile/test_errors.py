"""Whatever stands in errors, headers, settings and what is pasted: it is shown, and nothing of it acts."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

import pytest

from tests.hostile.payloads import HOSTILE, PAYLOADS, Payload, of_family
from tests.hostile.project import HISTORIES, HostileProject, share, to_json
from tests.hostile.tour import Tour
from tests.hostile.wire import findings
from tests.servers import LiveProject, Reply, ScriptedServer, conversation
from tui.demo.http import Answer, Request
from tui.terminal.text.clean import clean_line

ROOT = Path(__file__).parents[2]
TUI = [sys.executable, "-m", "tui"]
ROOM = 240
"""Cells of a server's words that surely are on the screen."""
WHOLE = 3_000
"""Cells of a server's words that surely are shown by the key that shows all of them."""


def _assert_clean(raw: bytes | bytearray) -> None:
    found = findings(bytes(raw))
    assert not found, "\n".join(found)


@pytest.fixture
def tour(server: ScriptedServer, environ: Mapping[str, str]) -> Iterator[Tour]:
    """The program at a server that refuses; at the end nothing may have come out that is not its own."""
    server.answer(lambda _: Reply(418, b'{"error": "begin"}'))
    with Tour(TUI, environ, ROOT, columns=150, rows=40) as run:
        run.wait_for("begin")
        yield run
        run.press("\x11")
        assert run.wait_for_exit() == 0
        assert run.is_restored
    _assert_clean(run.raw)


def _in_groups(field: str, most: int = ROOM) -> Iterator[tuple[Payload, ...]]:
    """As many payloads as fit into a server's words, or into so many cells."""
    group: list[Payload] = []
    room = most
    for payload in (payload for payload in PAYLOADS if len(payload.text) < 200):
        size = max(len(clean_line(payload.marked(field))), len(payload.text)) + 8
        if group and size > room:
            yield tuple(group)
            group, room = [], most
        group.append(payload)
        room -= size
    yield tuple(group)


def test_every_error_body_is_shown_and_does_not_act(server: ScriptedServer, tour: Tour) -> None:
    for number, group in enumerate(_in_groups("er")):
        words = " ".join(payload.marked("er") for payload in group)
        if number % 3 == 0:
            body = to_json({"error": words})
        elif number % 3 == 1:
            body = to_json({payload.marked("er"): ["x"] for payload in group[:5]})
        else:
            body = f"<html><script>x</script><title>{escape(words)}</title></html>".encode("utf-8", "replace")
        server.answer(lambda _, body=body: Reply(418, body))  # type: ignore[misc]
        tour.send("r")
        shown = group[:5] if number % 3 == 1 else group
        tour.wait_for(shown[0].marker("er"))
        tour.settle()
        assert not {payload.marker("er") for payload in shown} - tour.seen


def test_all_that_was_said_of_an_error_is_shown_and_does_not_act(server: ScriptedServer, tour: Tour) -> None:
    for group in _in_groups("wh", WHOLE):
        words = " ".join(payload.marked("wh") for payload in group)
        server.answer(lambda _, words=words: Reply(418, to_json({"error": words})))  # type: ignore[misc]
        tour.send("r")
        tour.wait_for(group[0].marker("wh"))
        tour.press("!")
        tour.wait_for("What went wrong, in full")
        tour.walk("j", {payload.marker("wh") for payload in group})  # what a page skips is not seen again
        tour.send("!")
        tour.wait_for("r refresh")


def test_what_comes_in_place_of_a_renewed_history_does_not_act(
    server: ScriptedServer, environ: Mapping[str, str]
) -> None:
    alone, project, words = LiveProject([conversation(3)]), LiveProject([conversation(1)]), list[str]()
    read = str(conversation(3)["id"])

    def answer(request: Request) -> Answer:
        if read not in request.path:
            return project(request)
        return Reply(418, to_json({"error": words[-1]})) if words else alone(request)

    server.answer(answer)
    with Tour([*TUI, "open", read], environ, ROOT, columns=150, rows=40) as run:
        run.wait_for("Question 3")
        run.wait_for("Conversation 1")
        for group in list(_in_groups("rn"))[::6]:
            words.append(" ".join(payload.marked("rn") for payload in group))
            run.send("r")
            run.wait_for(group[0].marker("rn"))
            run.settle()
        assert run.wait_for("Question 3")
        run.press("\x11")
        assert run.wait_for_exit() == 0
    _assert_clean(run.raw)


def test_headers_do_not_act(server: ScriptedServer, tour: Tour) -> None:
    tried = [payload for payload in (*of_family("c1", "bidi", "osc"), *HOSTILE[::20]) if len(payload.text) < 200][::12]
    for payload in tried:
        value = payload.marked("hd").encode("utf-8", "surrogatepass").translate(None, b"\r\n\0")
        for head in (
            b"302 Found\r\nLocation: http://other.example/%s",
            b"302 Found\r\nLocation: %s",
            b"418 %s\r\nRetry-After: 0",
            b"418 No\r\nRetry-After: %s",
            b"200 OK\r\nContent-Encoding: %s",
            b"200 OK\r\nContent-Type: text/html; charset=%s",
        ):
            whole = b"HTTP/1.1 " + head % value + b"\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]"
            server.answer(lambda _, whole=whole: Reply(raw=whole))  # type: ignore[misc]
            _ask_again(server, tour)


def test_bodies_that_are_not_json_or_not_utf8_do_not_act(server: ScriptedServer, tour: Tour) -> None:
    whole = b" ".join(payload.text.encode("utf-8", "surrogatepass") for payload in HOSTILE)
    for body in (whole, b"\x9b2J\x9d0;x\x9c", b'{"results": [{"id": "\x9b2J"}], "count": 1}', b'{"count": "\x1b[2J"}'):
        for status in (200, 418):
            server.answer(lambda _, body=body, status=status: Reply(status, body))  # type: ignore[misc]
            _ask_again(server, tour)


def _ask_again(server: ScriptedServer, tour: Tour) -> None:
    """A key that comes while a request is under way asks for nothing."""
    before = len(server.requests)
    while len(server.requests) == before:
        tour.press("r")
    tour.settle()


def test_what_is_pasted_does_not_act(server: ScriptedServer, tour: Tour) -> None:
    server.answer(LiveProject([conversation(1)]))
    tour.send("r")
    tour.wait_for("Conversations 1/1")
    hostile = [payload for payload in HOSTILE if "\x1b" not in payload.text and len(payload.text) < 100]
    for keys, leave in (("/", "\x1b"), ("s", "\x1b")):
        tour.press(keys)
        for start in range(0, len(hostile), 40):
            group = hostile[start : start + 40]
            tour.paste(
                " ".join(payload.marked("pa") for payload in group)
                .replace("\ud800", "")
                .encode("utf-8", "ignore")
                .decode()
            )
        tour.press("\r")
        tour.press(leave)
        tour.press("\x0c")


def _said(arguments: list[str], environ: Mapping[str, str]) -> bytes:
    command = [sys.executable, "-m", "tui", *arguments]
    usual = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env={**usual, **environ}, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    return done.stdout + done.stderr


def test_what_a_start_says_does_not_act(tmp_path: Path) -> None:
    text = " ".join(
        payload.marked("st") for payload in HOSTILE[::2] if "\0" not in payload.text and len(payload.text) < 60
    )
    text = text.encode("utf-8", "ignore").decode()
    config = tmp_path / "config.toml"
    config.write_text(f"[profiles.{json.dumps(text[:3000], ensure_ascii=True)}]\nproject = {json.dumps(text[:900])}\n")
    home = {"HOME": str(tmp_path)}
    for arguments, variables in (
        (["--config", str(config), "config", "show"], {}),
        (["--config", str(config)], {}),
        (["--config", str(config), "--profile", text], {}),
        (["--config", str(tmp_path / "\x1b[2J\u202e")], {}),
        (["--project", text], {}),
        (["--base-url", text], {}),
        (["--text", text, "--tag", text], {}),
        ([f"--{text}"], {}),
        (["open", text], {}),
        (["config", "show"], {"CLARIFEYE_PROJECT": text, "CLARIFEYE_REGION": text}),
        (["config", "show"], {"CLARIFEYE_BASE_URL": text, "XDG_CONFIG_HOME": "/\x1b]0;x\x07"}),
    ):
        said = _said(arguments, {**home, **variables})
        assert findings(said) == [], arguments
        assert said
        assert b"Traceback" not in said


def test_the_line_at_the_end_does_not_act(server: ScriptedServer, environ: Mapping[str, str]) -> None:
    row = conversation(1, id="x\x1b]0;owned\x07\u202e\x9b2J;rm -rf #")
    server.answer(lambda _: Reply(200, to_json({"count": 1, "results": [row], "next": None})))
    with Tour(TUI, environ, ROOT, columns=150, rows=40) as run:
        run.wait_for("Conversations 1/1")
        run.press("\r")
        run.wait_for("Question 1")
        run.send("\x11")
        assert run.wait_for_exit() == 0
    _assert_clean(run.raw)


def test_the_pager_shows_nothing_that_acts(server: ScriptedServer, environ: Mapping[str, str], tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text('#!/bin/sh\ncat "$@"\necho "$@"\necho that is all\n')
    pager.chmod(0o700)
    server.answer(HostileProject())
    with Tour(TUI, {**environ, "PAGER": str(pager)}, ROOT, columns=150, rows=40) as run:
        run.wait_for("Conversations 1/")
        for number in range(HISTORIES):
            run.wait_for(share(number)[1].marker("hn"))
            before = run.raw.count(b"that is all")
            run.send("v")
            while run.raw.count(b"that is all") == before:
                run.settle()
            run.wait_for(f"Conversations {number + 1}/")
            run.send("j")
        run.send("\x11")
        assert run.wait_for_exit() == 0
    _assert_clean(run.raw.replace(b"\t", b" "))  # a pager knows tabs
    for field in ("mc", "re", "tt", "pv", "rv"):
        assert all(payload.marker(field).encode() in run.raw for payload in PAYLOADS), field


def test_the_demo_sends_nothing_else_either(tmp_path: Path) -> None:
    with Tour([*TUI, "--demo"], {"HOME": str(tmp_path), "LANG": "C.UTF-8"}, ROOT, columns=150, rows=40) as run:
        run.wait_for("Conversations 1/")
        for key in ("\r", " ", " ", "T", "T", ">", "?"):
            run.press(key)
        run.send("\x11")
        assert run.wait_for_exit() == 0
    _assert_clean(run.raw)
