"""A fault of our own ends the program in two plain lines, with a usable terminal and a discreet report."""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun
from tests.hostile.wire import findings
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.terminal.process.crash import crash_words, report

ROOT = Path(__file__).parents[2]
TEXT = "a stranger said this"
_LATER = ("key", "timer", "worker", "thread", "reader", "paint", "callback")
_AT_ONCE = ("mount", "start", "cancelled", "exit")
LAST_MODES = {"1049": "l", "25": "h", "1000": "l", "1002": "l", "1006": "l", "2004": "l", "1004": "l"}
"""How each mode has to be left."""


@pytest.mark.parametrize("kind", [*_LATER, *_AT_ONCE])
def test_a_fault_leaves_a_usable_terminal_the_place_and_a_private_report(
    kind: str, server: ScriptedServer, environ: Mapping[str, str], tmp_path: Path
) -> None:
    server.answer(LiveProject([conversation(number, name=TEXT) for number in range(3)]))
    with TerminalRun([sys.executable, "-m", "tests.hostile.faulty", kind], environ=environ, folder=ROOT) as run:
        if kind in _LATER:
            run.wait_for("Conversations 1/3")
            run.send("&")
        assert run.wait_for_exit() == 1
        assert run.is_restored
        raw = bytes(run.raw)
    said = re.sub(r"\x1b\[[^a-z]*[a-zA-Z]", "", raw.decode().rpartition("\x1b[?1049l")[2])
    for mode, end in LAST_MODES.items():
        changes = [
            match[2].decode()
            for match in re.finditer(rb"\x1b\[\?([0-9;]+)([hl])", raw)
            if mode in match[1].decode().split(";")
        ]
        assert not changes or changes[-1] == end, mode
    assert findings(raw) == []
    lines = said.strip().splitlines()
    assert len(lines) == 2
    assert "a fault in the program itself ended it" in lines[0]
    (written,) = (tmp_path / ".local/state/clarifeye-tui").glob("crash-*.txt")
    assert str(written) in lines[1]
    _is_private(written, server.token, raw)


def _is_private(written: Path, token: str, raw: bytes) -> None:
    assert written.stat().st_mode & 0o777 == 0o600
    assert written.parent.stat().st_mode & 0o777 == 0o700
    content = written.read_text()
    assert re.search(r"(Error|SystemExit): \(", content)
    assert "faulty.py, line" in content
    for secret in (token, TEXT, "what a stranger said"):
        assert secret not in content, content
    assert token.encode() not in raw
    assert b"what a stranger said" not in raw


def test_a_fault_that_ends_nothing_is_said_and_leaves_a_report(
    server: ScriptedServer, environ: Mapping[str, str], tmp_path: Path
) -> None:
    server.answer(LiveProject([conversation(number, name=TEXT) for number in range(3)]))
    command = [sys.executable, "-m", "tests.hostile.faulty", "quiet worker"]
    with TerminalRun(command, environ=environ, folder=ROOT) as run:
        run.wait_for("Conversations 1/3")
        run.send("&")
        run.wait_for("A fault in clarifeye-tui itself")
        run.send("j")
        run.wait_for("Conversations 2/3")
        run.send("\x11")
        assert run.wait_for_exit() == 0
    (written,) = (tmp_path / ".local/state/clarifeye-tui").glob("crash-*.txt")
    _is_private(written, server.token, bytes(run.raw))


def test_the_place_is_kept(server: ScriptedServer, environ: Mapping[str, str], tmp_path: Path) -> None:
    server.answer(LiveProject([conversation(number) for number in range(9)]))
    with TerminalRun([sys.executable, "-m", "tests.hostile.faulty", "key"], environ=environ, folder=ROOT) as run:
        run.wait_for("Conversations 1/9")
        run.send("jjj")
        run.wait_for("Conversations 4/9")
        run.send("&")
        assert run.wait_for_exit() == 1
    (state,) = (tmp_path / ".local/state/clarifeye-tui").glob("*.json")
    assert json.loads(state.read_text())["place"]["index"] == 3


def _raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as raised:  # noqa: BLE001 - any
        return raised


@pytest.mark.parametrize(
    "error",
    [
        ValueError("secret words"),
        KeyError("secret words"),
        TypeError("secret words"),
        OSError(2, "secret words", "secret words"),
        UnicodeDecodeError("utf-8", b"secret words", 0, 1, "secret words"),
        ExceptionGroup("secret words", [ValueError("secret words")]),
        RuntimeError("s" * 9),
    ],
)
def test_no_exception_brings_data_into_a_report(error: Exception) -> None:
    text = report(_raised(error), {"TERM": "xterm\x1b]0;x\x07" * 99, "CLARIFEYE_TOKEN": "secret words"})
    assert "secret words" not in text
    assert all(line.isprintable() for line in text.splitlines())
    assert type(error).__name__ in text


def test_what_python_words_from_names_is_kept() -> None:
    with pytest.raises(AttributeError) as raised:
        getattr(None, "nothing" + "")
    assert "'NoneType' object has no attribute 'nothing'" in report(raised.value, {})


def test_reports_are_few_and_a_folder_that_takes_none_is_said(tmp_path: Path) -> None:
    for number in range(15):
        (tmp_path / f"crash-20200101-0000{number:02d}-1.txt").write_text("old")
    crash_words(_raised(ValueError()), tmp_path, {})
    assert len(list(tmp_path.iterdir())) == 10
    (tmp_path / "file").touch()
    assert "No report could be written" in crash_words(_raised(ValueError()), tmp_path / "file" / "x", {})[1]
