"""Every route to a clipboard is tried with a text of its own; what cannot be known is not claimed."""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyperclip
import pytest

from tests.harness.terminal_run import TerminalRun
from tui.doctor.clipboard import Trial, sample, try_clipboard

DISPLAY = {"DISPLAY": ":0"}
SSH = {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}
ROOT = Path(__file__).parents[2]


def tried(environ: Mapping[str, str], folder: Path, *, terminal: bool = True) -> dict[str, Trial]:
    return {trial.finding.name: trial for trial in try_clipboard(environ, folder, terminal=terminal)}


@pytest.fixture
def clipboard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The clipboard of this machine: what was copied, newest last."""
    held: list[str] = []
    monkeypatch.setattr(pyperclip, "copy", held.append)
    monkeypatch.setattr(pyperclip, "paste", lambda: held[-1])
    return held


def test_what_is_read_back_from_this_machine_is_sure(clipboard: list[str], tmp_path: Path) -> None:
    trials = tried(DISPLAY, tmp_path)
    assert trials["native"].finding.state == "ok"
    assert clipboard == ["clarifeye-tui by native"]
    assert "copies by native here" in trials["y"].finding.words


def test_a_clipboard_that_gives_back_something_else_is_wrong(
    clipboard: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pyperclip, "paste", lambda: "of somebody else")
    assert tried(DISPLAY, tmp_path)["native"].finding.state == "wrong"

    def fail(*_: object) -> str:
        raise pyperclip.PyperclipException("cannot")

    monkeypatch.setattr(pyperclip, "paste", fail)
    finding = tried(DISPLAY, tmp_path)["native"].finding
    assert (finding.state, "cannot be read back" in finding.words) == ("note", True)
    monkeypatch.setattr(pyperclip, "copy", fail)
    trials = tried(DISPLAY, tmp_path)
    assert (trials["native"].finding.state, "Install xclip" in trials["native"].finding.fix) == ("wrong", True)
    assert "copies by file here" in trials["y"].finding.words


def test_over_ssh_the_terminal_is_asked_and_nothing_is_claimed(tmp_path: Path) -> None:
    trials = tried(SSH, tmp_path)
    finding, served, sequence = trials["osc52"]
    assert served
    assert base64.b64decode(sequence.removeprefix("\x1b]52;c;").removesuffix("\x07")).decode() == sample("osc52")
    assert (finding.state, "Paste to see" in finding.fix) == ("note", True)
    assert "not tried" in trials["native"].finding.words
    assert "copies by osc52 here" in trials["y"].finding.words


def test_where_nothing_serves_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    trials = tried({}, tmp_path / "file", terminal=False)
    assert trials["osc52"].sequence == ""
    assert (trials["file"].finding.state, trials["y"].finding.state) == ("wrong", "wrong")


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


@pytest.mark.parametrize("value", ["external", "on"])
def test_a_real_tmux_is_asked_what_it_holds_and_how_it_is_set(tmux: dict[str, str], value: str, tmp_path: Path) -> None:
    subprocess.run(["tmux", "set-option", "-s", "set-clipboard", value], env=tmux, check=True, timeout=30)
    trials = tried(tmux, tmp_path / "state")
    finding = trials["tmux"].finding
    assert finding.state in ("ok", "note"), finding
    assert f'"{sample("tmux")}" is in the buffer (tmux ' in finding.words
    assert f"set-clipboard {value}, -w " in finding.words
    held = subprocess.run(["tmux", "show-buffer"], env=tmux, capture_output=True, check=True, timeout=30).stdout
    assert held.decode() == sample("tmux")
    assert ("swallows" in trials["osc52"].finding.words) is (value == "external")
    assert "copies by tmux here" in trials["y"].finding.words


def test_an_older_tmux_and_one_that_is_gone(tmp_path: Path) -> None:
    program = tmp_path / "tmux"
    program.write_text(
        '#!/bin/sh\ncase "$1 $2" in "-V "*) echo tmux 3.1c;; "load-buffer -w") exit 1;;'
        ' "load-buffer "*) cat > "$HOME/buffer";; "save-buffer "*) cat "$HOME/buffer";; esac\n'
    )
    program.chmod(0o755)
    environ = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path), "TMUX": "x"}
    finding = tried(environ, tmp_path / "state")["tmux"].finding
    assert (finding.state, "tmux 3.1c" in finding.words, "-w not understood" in finding.words) == ("note", True, True)
    program.write_text("#!/bin/sh\n[ $1 = -V ] && echo tmux 3.4 || exit 1\n")
    trials = tried(environ, tmp_path / "state")
    assert trials["tmux"].finding.state == "wrong"
    assert "copies by file here" in trials["y"].finding.words


def test_the_terminal_gets_the_sequence_and_the_person_a_line_for_each(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "LANG": "C.UTF-8", **SSH}
    command = [sys.executable, "-m", "tui", "--demo", "doctor", "--clipboard"]
    with TerminalRun(command, environ=environ, folder=ROOT, columns=120, rows=40) as run:
        run.wait_for("copies by osc52 here")
        assert run.wait_for_exit() == 0
        for route in ("native", "tmux", "osc52", "file"):
            assert f"{route}  " in run.text
        assert base64.b64encode(sample("osc52").encode()) in run.raw
