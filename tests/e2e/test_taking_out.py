"""Copies, pager and editor in a real pseudo-terminal and a real tmux, with the installed command."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun
from tests.servers import LiveProject, ScriptedServer, conversation, message, uuid_of

EVIL = "Look:\x1b[31m red \u202e and a bell\x07"
BACK = r"(?s)\A(?!.*PROGRAM-IS-HERE).* 1/2 "
PROGRAM = """\
#!/bin/sh
trap 'echo GOT-INT' INT
printf '%s\\n' "$@" > "$OUT/arguments"
env > "$OUT/environment"
stty -a > "$OUT/stty"
for file; do :; done
stat -c %a "$file" > "$OUT/mode"
cp "$file" "$OUT/text"
printf "\\r\\n%s\\r\\n" PROGRAM-IS-HERE
until read line; do :; done
exit "${STATUS:-0}"
"""


@pytest.fixture
def command() -> str:
    """The command as it was installed beside this Python."""
    found = shutil.which("clarifeye-tui", path=str(Path(sys.executable).parent))
    assert found is not None, "the package is not installed: run make test"
    return found


@pytest.fixture
def environ(server: ScriptedServer, tmp_path: Path) -> dict[str, str]:
    """Settings that lead to a server with two conversations, and `less` as a program that records what it gets."""
    history = [message("Question 1"), message(EVIL, role="assistant"), message("Second question", query_id=2)]
    server.answer(LiveProject([conversation(1, chat_history=history), conversation(2)]))
    program = tmp_path / "bin" / "less"
    program.parent.mkdir()
    program.write_text(PROGRAM)
    program.chmod(0o755)
    shutil.copy(program, tmp_path / "bin" / "vi")
    (tmp_path / "out").mkdir()
    return {
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "LANG": "C.UTF-8",
        "PATH": os.environ["PATH"],
        "OUT": str(tmp_path / "out"),
        "TMPDIR": str(tmp_path),
        "CLARIFEYE_TOKEN": server.token,
        "SAME_TOKEN_ELSEWHERE": f"Bearer {server.token}",
        "CLARIFEYE_BASE_URL": server.base_url,
        "CLARIFEYE_PROJECT": server.project_id,
    }


def started(command: str, environ: dict[str, str]) -> TerminalRun:
    run = TerminalRun([command, "--fresh"], environ=environ, columns=130, rows=40)
    run.wait_for("Question 1")
    return run


def read(run: TerminalRun) -> None:
    """Go into the conversation, and wait until it has the keys."""
    run.send("\r")
    run.wait_for("R reasoning")


@pytest.mark.parametrize(("key", "variable", "name"), [("v", "PAGER", "less -X"), ("V", "EDITOR", "vi")])
def test_the_pager_and_the_editor_get_the_terminal_and_give_it_back(
    command: str, environ: dict[str, str], server: ScriptedServer, tmp_path: Path, key: str, variable: str, name: str
) -> None:
    environ[variable] = f"{tmp_path}/bin/{name}"
    out = tmp_path / "out"
    with started(command, environ) as run:
        read(run)
        run.send("]]J" + key)
        run.wait_for("PROGRAM-IS-HERE")
        assert b"\x1b[?1049l" in run.raw
        run.send("\x03")
        run.wait_for("GOT-INT")
        assert run.is_running
        *_, line, path = (out / "arguments").read_text().split()
        text = (out / "text").read_text().splitlines()
        assert text[int(line[1:]) - 1].startswith("### User")
        assert text[int(line[1:]) + 1] == "> Second question"
        assert "> Look:^[[31m red <U+202E> and a bell^G" in text
        assert (out / "mode").read_text() == "600\n"
        assert server.token not in (out / "environment").read_text()
        assert " icanon" in (out / "stty").read_text()
        before = len(run.raw)
        run.send("\r")
        run.wait_for(BACK)
        run.wait_for(r"Turn 2[^\n]*\n[^\n]*▌▌ You")
        assert not Path(path).exists()
        assert not Path(path).parent.exists()
        assert b"\x1b[?1000;1002;1006h" in run.raw[before:]
        run.send("\x11")
        assert run.wait_for_exit() == 0
        assert run.is_restored


def test_a_program_that_fails_is_said_on_the_screen_that_has_come_back(
    command: str, environ: dict[str, str], tmp_path: Path
) -> None:
    environ |= {"PAGER": f"{tmp_path}/bin/less", "STATUS": "3", "EDITOR": "/nonexistent/editor --wait"}
    with started(command, environ) as run:
        run.send("v")
        run.wait_for("PROGRAM-IS-HERE")
        run.send("\r")
        run.wait_for(BACK)
        run.wait_for(r"ended with an error")
        run.send("V")
        run.wait_for(r"cannot be started")
        run.send("q")
        assert run.wait_for_exit() == 0
        assert run.is_restored


def test_a_note_is_written_in_the_editor_of_the_list_and_of_a_queue(
    command: str, environ: dict[str, str], tmp_path: Path
) -> None:
    editor = tmp_path / "bin" / "notes"
    editor.write_text('#!/bin/sh\nfor file; do :; done\nprintf "paid half\\nof %s" "$(cat "$file")" > "$file"\n')
    editor.chmod(0o755)
    folder = tmp_path / ".config" / "clarifeye-tui"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('[review]\nname = "ana"\n')
    environ |= {"EDITOR": str(editor)}
    with started(command, environ) as run:
        run.send(".")
        run.wait_for("note in the editor")
        run.send("I")
        run.wait_for("note: paid half of|paid half")
        run.send("Q")
        run.wait_for(r"\[p\] pass(?s:.*)note: paid half of")
        run.send("I")
        run.wait_for("note: paid half of paid half of")
        run.send("p")
        run.wait_for(r" 2\. ")
        run.send("\x11")
        assert run.wait_for_exit() == 0
    [path] = (tmp_path / ".local" / "share" / "clarifeye-tui" / "verdicts").glob("*.jsonl")
    said = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert [(one["note"], one["label"]) for one in said] == [
        ("paid half\nof", ""), ("paid half\nof paid half\nof", ""), ("paid half\nof paid half\nof", "pass")
    ]  # fmt: skip


def test_over_ssh_the_terminal_is_asked_and_a_file_is_kept(
    command: str, environ: dict[str, str], tmp_path: Path
) -> None:
    with started(command, environ | {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}) as run:
        run.send("yi")
        run.wait_for("Sent to the terminal: conversation id, 36 B")
        run.wait_for("If the paste is empty")
        assert b"\x1b]52;c;" + base64.b64encode(uuid_of(1).encode()) + b"\x07" in run.raw
        (kept,) = (tmp_path / "state" / "clarifeye-tui" / "copied").iterdir()
        assert kept.read_text() == uuid_of(1)
        assert kept.stat().st_mode & 0o777 == 0o600
        read(run)
        run.send("JJyy")
        run.wait_for("has control|control characters|characters in it")
        assert b"\x1b]52;c;" + base64.b64encode(EVIL.encode()) + b"\x07" in run.raw


def test_the_mouse_is_given_to_the_terminal_and_taken_back(command: str, environ: dict[str, str]) -> None:
    with started(command, environ) as run:
        run.send("m")
        run.wait_for("the mouse selects in the terminal")
        assert run.raw.rindex(b"\x1b[?1000;1002;1006l") > run.raw.rindex(b"\x1b[?1000;1002;1006h")
        run.send("m")
        run.wait_for(r"clarifeye-tui · \S+ · \S+ +2 conversations")
        assert run.raw.rindex(b"\x1b[?1000;1002;1006h") > run.raw.rindex(b"\x1b[?1000;1002;1006l")


class Tmux:
    """A tmux server of our own with one window."""

    def __init__(self, folder: Path, environ: dict[str, str], command: str) -> None:
        self._socket = folder / "tmux"
        self._environ = {**environ, "TERM": "xterm-256color"}
        self.run("new-session", "-d", "-x", "130", "-y", "40", f"{command} --fresh")

    def run(self, *arguments: str) -> str:
        """What a tmux command says."""
        tmux = ["tmux", "-u", "-S", str(self._socket), "-f", os.devnull, *arguments]
        done = subprocess.run(tmux, env=self._environ, capture_output=True, check=True, timeout=30)
        return done.stdout.decode()

    def wait_for(self, pattern: str) -> None:
        """Wait for something in the window."""
        deadline = time.monotonic() + 60
        while not re.search(pattern, shown := self.run("capture-pane", "-p")):
            assert time.monotonic() < deadline, shown


@pytest.fixture
def tmux(command: str, environ: dict[str, str], tmp_path: Path) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    made = Tmux(tmp_path, environ, command)
    yield made
    made.run("kill-server")


def test_inside_tmux_it_goes_to_the_buffer_of_tmux(tmux: Tmux) -> None:
    tmux.wait_for("Question 1")
    tmux.run("send-keys", "Enter")
    tmux.wait_for("R reasoning")
    tmux.run("send-keys", "J", "J", "y", "y")
    tmux.wait_for("Copied to tmux: message")
    assert tmux.run("save-buffer", "-") == EVIL
