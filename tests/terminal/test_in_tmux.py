"""The painter inside a real tmux, which is where most people run it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.segment import Segment

from tests.terminal.ptys import resize, running
from tests.terminal.screens import frame, place, unwrapped

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

ATTACH = """
import os, sys
folder, python = sys.argv[1:]
program = python + " -m tests.terminal.probe_app painted"
options = ["set", "-g", "status", "off", ";", "new-session", program]
os.execvp("tmux", ["tmux", "-S", folder + "/socket", "-f", "/dev/null", "start-server", ";", *options])
"""


def test_after_keys_and_a_resize_tmux_shows_what_a_repaint_shows(tmp_path: Path) -> None:
    environment = {"LC_ALL": "C.UTF-8", "TMUX": ""}
    arguments = ("-c", ATTACH, str(tmp_path), sys.executable)
    with running(*arguments, width=100, height=30, environment=environment) as session:
        session.wait_for("quiet")
        for number, (width, height) in enumerate([(100, 30), (80, 24)], 1):
            if number > 1:
                resize(session, width, height)
            session.send(b"\x1b[B" * 9 + b"\x1b[6~\x1b[6~\x1b[Ath\x1b[B\x1b[5~f")
            session.wait_for(f"fence {number}")
            session.settle()
            before = session.screen.seen()
            # Repainted inside by the app, then drawn anew outside by tmux.
            session.send(b"\x0c")
            session.settle()
            session.screen = unwrapped(width, height)
            tmux = ["tmux", "-S", str(tmp_path / "socket"), "refresh-client", "-t", session_client(tmp_path)]
            subprocess.run(tmux, check=True, timeout=30, env={**os.environ, "TMUX": ""})
            session.settle()
            assert session.screen.seen() == before
        session.send(b"q")
        assert session.wait_for_exit() == 0


ROWS = [
    ["日本語、テスト　空白|end", "한국어 테스트 日本|end", "x日本語日本語|end", "plain words that are long"],
    ["क्षि ශ්‍රී தமிழ்|end", "क्षि क्षि|end", "❤️ 漢\U000e0100x 👩‍🚀|end", "☰☰ ㉈㉉ ䷀|end"],
    ["xक्षि ❤️❤️|end", "　　日　本|end", "ab日本 क्षि|end", "日🏳️‍🌈本 1️⃣|end"],
]
"""Pictures in which wide, joined and disputed characters take each other's places, by one cell to the side."""

WIDTH = 40


@pytest.mark.parametrize("first", range(3))
@pytest.mark.parametrize("second", range(3))
def test_tmux_shows_what_was_meant_wherever_wide_and_joined_characters_stood_before(
    first: int, second: int, tmp_path: Path
) -> None:
    pictures = [[[Segment(row)] for row in rows] for rows in (ROWS[first], ROWS[second])]
    changed, fresh = frame(), frame()
    output = ""
    for picture in pictures:
        place(changed, picture, WIDTH)
        output += changed.flush()
    place(fresh, pictures[1], WIDTH)
    shown = [_in_tmux(tmp_path / name, text) for name, text in (("a", output), ("b", fresh.flush()))]
    assert shown[0] == shown[1]
    assert {one for one in "".join(ROWS[second]) if "\u0900" <= one <= "\u9fff"} <= set(shown[0])
    # What stands before a mark is blanked, so that its place is seen, however tmux measures what stood there.
    columns = [cell_len(row.partition("|")[0]) if "|" in row else 0 for row in ROWS[second]]
    blanked = "".join(f"\x1b[{y};{column}H\x1b[1K" for y, column in enumerate(columns, 1) if column)
    marks = _in_tmux(tmp_path / "c", output + blanked).splitlines()
    expected = [" " * column + "|end" for column in columns]
    assert [row for row in marks if "|" in row] == [row for row in expected if row != "|end"]


@pytest.mark.parametrize("wrapping", ["\x1b[?7l", "\x1b[?7h"], ids=["cut", "wrapped"])
def test_tmux_shows_a_disputed_character_in_the_last_column(wrapping: str, tmp_path: Path) -> None:
    rows = [("plain words " * 4)[: WIDTH - cell_len(last)] + last for last in "☰䷀㉈日\u093e\u0903"]
    painter = frame()
    place(painter, [[Segment("·" * WIDTH)] for _ in rows], WIDTH)
    output = wrapping + painter.flush()
    place(painter, [[Segment(row)] for row in rows], WIDTH)
    assert [row.rstrip() for row in _in_tmux(tmp_path / "a", output + painter.flush()).splitlines()] == rows


def _in_tmux(folder: Path, output: str) -> str:
    """What tmux has on its screen after these bytes."""
    folder.mkdir()
    (folder / "output").write_text(output, encoding="utf-8")
    tmux = ["tmux", "-u", "-S", str(folder / "socket")]
    environment = {**os.environ, "TMUX": "", "LC_ALL": "C.UTF-8"}

    def run(*arguments: str) -> str:
        command = [*tmux, *arguments]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, encoding="utf-8", timeout=30, env=environment
        ).stdout

    shown = f"stty -opost; cat {folder}/output; tmux -S {folder}/socket wait-for -S painted; sleep 60"
    run("-f", "/dev/null", "new-session", "-d", "-x", str(WIDTH), "-y", "12", shown)
    try:
        run("wait-for", "painted")
        return run("capture-pane", "-p").rstrip()
    finally:
        run("kill-server")


def session_client(folder: Path) -> str:
    """The name of the only client."""
    command = ["tmux", "-S", str(folder / "socket"), "list-clients", "-F", "#{client_name}"]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout.strip()
