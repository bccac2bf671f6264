"""A copy goes by the route that serves where the person sits, and says no more than is known."""

import base64
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pyperclip
import pytest

from tests.terminal.ptys import running
from tui.terminal.clipboard import OSC52_LIMIT, TMUX_LIMIT, copy, osc52, routes

TEXT = "größe\n日本 \x1b[31m and all\n"
SSH = {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}


@pytest.fixture
def no_native(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str) -> None:
        raise pyperclip.PyperclipException("no clipboard")

    monkeypatch.setattr(pyperclip, "copy", fail)


def test_a_local_copy_is_native(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    got: list[str] = []
    monkeypatch.setattr(pyperclip, "copy", got.append)
    report = copy(TEXT, {"DISPLAY": ":0"}, tmp_path)
    assert (report.route, report.bytes, report.uncertain, report.sequence) == ("native", len(TEXT.encode()), "", "")
    assert got == [TEXT]
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("no_native")
@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":0"}])
def test_without_any_clipboard_a_private_file(environment: dict[str, str], tmp_path: Path) -> None:
    report = copy(TEXT, environment, tmp_path / "state")
    assert report.route == "file"
    assert report.path is not None
    assert report.path.read_bytes() == TEXT.encode()
    assert report.path.stat().st_mode & 0o777 == 0o600
    assert report.path.parent.stat().st_mode & 0o777 == 0o700
    assert report.uncertain == "no clipboard was reachable"


def test_old_files_go(tmp_path: Path) -> None:
    for number in range(30):
        copy(f"copy {number}", {}, tmp_path)
    assert len(list((tmp_path / "copied").iterdir())) <= 20


def test_over_ssh_the_terminal_is_asked() -> None:
    report = copy(TEXT, SSH, Path("/nonexistent"))
    assert report.route == "osc52"
    assert report.uncertain
    assert report.sequence.startswith("\x1b]52;c;")
    assert base64.b64decode(report.sequence[7:-1]) == TEXT.encode()


def test_what_a_terminal_would_cut_goes_to_a_file(tmp_path: Path) -> None:
    largest = OSC52_LIMIT // 4 * 3
    assert copy("x" * largest, SSH, tmp_path).route == "osc52"
    report = copy("x" * (largest + 1), SSH, tmp_path)
    assert report.route == "file"
    assert report.path is not None
    assert report.path.stat().st_size == largest + 1
    assert report.uncertain == "it is too large to be sent to the terminal"


def test_what_is_too_large_for_tmux_is_said_to_be(tmp_path: Path) -> None:
    report = copy("x" * (TMUX_LIMIT + 1), {"PATH": str(tmp_path), "TMUX": "x"}, tmp_path)
    assert (report.route, report.uncertain) == ("file", "it is too large for tmux")


def test_screen_gets_it_in_pieces() -> None:
    sequence = osc52(b"x" * 3000, {"STY": "1.pts"})
    assert sequence is not None
    pieces = sequence.split("\x1b\\")[:-1]
    assert all(piece.startswith("\x1bP") and len(piece) < 256 for piece in pieces)
    assert "".join(piece[2:] for piece in pieces) == osc52(b"x" * 3000, {})


def test_when_nothing_works_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    report = copy(TEXT, {}, tmp_path / "file")
    assert (report.route, report.bytes) == ("none", 0)
    assert "no file could be written" in report.uncertain


def test_the_routes_are_known_beforehand() -> None:
    assert routes({"TMUX": "x", **SSH}) == ["tmux", "file"]
    assert routes(SSH) == ["osc52", "file"]
    assert routes({}) == ["native", "file"]


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a pane in a tmux server of our own."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    socket = tmp_path / "socket"
    plain = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)}
    subprocess.run(["tmux", "-S", socket, "-f", os.devnull, "new-session", "-d"], env=plain, check=True, timeout=30)
    yield {**plain, "TMUX": f"{socket},1,0"}
    subprocess.run(["tmux", "-S", socket, "kill-server"], env=plain, check=False, timeout=30)


def test_tmux_keeps_it_byte_by_byte(tmux: dict[str, str], tmp_path: Path) -> None:
    report = copy(TEXT, {**tmux, **SSH}, tmp_path)
    assert report.route == "tmux"
    assert report.uncertain
    kept = subprocess.run(["tmux", "save-buffer", "-"], env=tmux, capture_output=True, check=True, timeout=30).stdout
    assert kept == TEXT.encode()


def test_an_older_tmux_takes_it_without_passing_it_on(tmp_path: Path) -> None:
    program = tmp_path / "tmux"
    program.write_text('#!/bin/sh\n[ "$2" = -w ] && exit 1\nexec cat > "$HOME/buffer"\n')
    program.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path), "TMUX": "x"}
    report = copy(TEXT, environment, tmp_path)
    assert report.route == "tmux"
    assert "only in the tmux buffer" in report.uncertain
    assert (tmp_path / "buffer").read_bytes() == TEXT.encode()


def test_a_tmux_that_fails_leaves_a_file(tmp_path: Path) -> None:
    assert copy(TEXT, {"PATH": str(tmp_path), "TMUX": "x"}, tmp_path).route == "file"
    assert copy(TEXT, {"PATH": os.environ["PATH"], "TMUX": f"{tmp_path}/none,1,0"}, tmp_path).route == "file"


def test_the_sequence_reaches_a_terminal_unharmed() -> None:
    code = (
        "import sys; from pathlib import Path; from tui.terminal.clipboard import copy;"
        f"sys.stdout.write(copy({TEXT!r}, {SSH!r}, Path('x')).sequence); print('done')"
    )
    with running("-c", code) as session:
        session.wait_for("done")
        assert b"\x1b]52;c;" + base64.b64encode(TEXT.encode()) + b"\x07" in session.raw
