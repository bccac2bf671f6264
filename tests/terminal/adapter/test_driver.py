"""Keys, signals and lost terminals, with the real driver in a pseudo-terminal."""

import os
import re
import signal
import termios
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun
from tests.terminal.ptys import resize, running
from tui.terminal.adapter.tty import Line

APP = ("-m", "tests.terminal.probe_app")

both_ways = pytest.mark.parametrize("kind", ["painted", "threads"])
"""Read and written to in the event loop, and by threads, as where the terminal cannot be opened anew."""


def ready(session: TerminalRun) -> None:
    session.wait_for("quiet")
    session.send(b"f")
    session.wait_for("fence 1")


@both_ways
def test_escape_is_a_key_of_its_own_and_arrows_stay_whole(kind: str) -> None:
    with running(*APP, kind, environment={"ESCDELAY": "300"}) as session:
        ready(session)
        session.send(b"\x1b[")
        session.send(b"B\x1b")
        session.wait_for("escaped")
        assert "▌   1" in session.text


@both_ways
def test_pasting_and_clicking_arrive(kind: str) -> None:
    with running(*APP, kind) as session:
        ready(session)
        session.send("\x1b[200~größe\x1b[201~".encode())
        session.wait_for("pasted größe")
        session.send(b"\x1b[<0;31;5M\x1b[<0;31;5m")
        session.wait_for("clicked 30,4")


def test_the_mouse_acts_on_nothing_beside_the_screen() -> None:
    with running(*APP, "painted") as session:
        ready(session)
        session.send(b"\x1b[<0;9999;9999M\x1b[<0;9999;9999m\x1b[<64;91;5M\x1b[<64;5;27M")
        session.send(b"f")
        session.wait_for("fence 2")
        session.send(b"\x1b[<0;31;5M\x1b[<0;99;5m\x1b[<0;31;5M\x1b[<0;31;5m")
        session.wait_for("clicked 30,4")


@both_ways
def test_half_a_character_waits_for_its_other_half(kind: str) -> None:
    with running(*APP, kind) as session:
        ready(session)
        session.send(b"\x1b[200~\xc3")
        session.send(b"\xa9\x1b[201~")
        session.wait_for("pasted é")


def test_a_size_that_nobody_asked_for_is_checked_with_the_kernel() -> None:
    with running(*APP, "painted") as session:
        ready(session)
        session.send(b"\x1b[?2048;2$y\x1b[48;0;0;0;0t\x1b[48;65535;65535;9;9t\x1b[<0;31;5M\x1b[<0;31;5m")
        session.wait_for("clicked 30,4")  # in cells, not in pixels
        assert "▎" in session.screen.lines[24][89:]
        assert b"2048" not in session.raw
        resize(session, 70, 20)
        session.send(b"\x1b[48;20;70;400;700t")
        session.wait_until(lambda: "▎" in session.screen.lines[18][69:])


def test_an_absurd_size_is_drawn_on_as_far_as_any_screen_goes() -> None:
    with running(*APP, "skeleton", width=65535, height=65535) as session:
        session.wait_until(lambda: b"fence" in session.raw or b"\x1b[?2004h" in session.raw)
        session.send(b"ff")
        session.wait_until(lambda: b"fence 2" in session.raw)
        moves = re.findall(rb"\x1b\[(\d+);(\d+)H", session.raw)
        assert 490 < max(int(line) for line, _ in moves) <= 500
        assert 990 < max(int(column) for _, column in moves) <= 1000


@both_ways
@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143), (signal.SIGQUIT, 131)])
def test_a_polite_end_restores_the_terminal(number: signal.Signals, code: int, kind: str) -> None:
    with running(*APP, kind) as session:
        ready(session)
        os.kill(session.pid, number)
        session.wait_for_exit()
        assert f"left with {code}".encode() in session.raw
        assert b"\x1b[?1049l" in session.raw


@both_ways
def test_a_terminal_that_goes_away_ends_the_program(kind: str) -> None:
    with running(*APP, kind) as session:
        ready(session)
        session.hang_up()
        assert session.wait_for_exit() in {0, 1, 120}  # printing at the end finds no terminal any more


def test_a_line_survives_its_end() -> None:
    lost: list[bool] = []
    reader, writer = os.pipe()
    line = Line(writer, lambda: None, lambda: lost.append(True))
    line.write(b"as long as it lasts")
    assert os.read(reader, 100) == b"as long as it lasts"
    os.close(reader)
    line.write(b"nobody there")
    line.write(b"and dropped")
    assert (lost, line.taken, line.lost) == ([True], 3, True)
    os.close(writer)


def test_a_line_waits_when_the_terminal_is_full(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    pid = os.fork()
    if pid == 0:
        os.close(writer)
        size = 0
        while data := os.read(reader, 65536):
            size += len(data)
        (tmp_path / "size").write_text(str(size))
        os._exit(0)
    os.close(reader)
    Line(writer, lambda: None, lambda: None).write(b"x" * 1_000_000)
    os.close(writer)
    os.waitpid(pid, 0)
    assert (tmp_path / "size").read_text() == "1000000"


def test_a_terminal_that_is_lent_goes_with_what_was_typed_and_not_read() -> None:
    with running(*APP, "painted") as session:
        ready(session)
        for number, (typed, then) in enumerate([(b"x", "lent b'x'"), (b"xf", "fence 2")], 1):
            session.send(b"l")
            session.wait_until(lambda number=number: session.raw.count(b"lending") == number)  # type: ignore[misc]
            session.send(typed)
            session.wait_for(then)


def test_the_terminal_is_cooked_again_in_the_end_and_the_alternate_screen_left_once() -> None:
    with running(*APP, "skeleton") as session:
        before = session.settings
        session.wait_until(lambda: b"\x1b[?1049h" in session.raw)
        session.send(b"f")
        session.wait_for("fence 1")
        assert not session.settings[3] & termios.ICANON
        session.send(b"q")
        assert session.wait_for_exit() == 0
        assert session.raw.count(b"\x1b[?1049h") == 1
        assert session.raw.count(b"\x1b[?1049l") == 1
        after = session.settings
        assert after[3] & termios.ICANON
        assert after[3] & termios.ECHO
        assert after[:4] == before[:4] or not before[3] & termios.ICANON
