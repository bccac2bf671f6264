"""The probe itself: what it measures has to be true."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.bench.keys import encode
from tests.bench.probe import Probe
from tests.harness.emulator import Answerer, Emulator
from tests.harness.terminal_run import NeverCame

_ECHO = """
import os, sys, termios, tty
settings = termios.tcgetattr(0)
tty.setraw(0)
print("ready", end="\\r\\n", flush=True)
while (key := os.read(0, 64)) != b"q":
    os.write(1, b"got %r\\r\\n" % key)
termios.tcsetattr(0, termios.TCSADRAIN, settings)
sys.exit(7)
"""


@contextmanager
def script(source: str, columns: int = 80, rows: int = 24, bytes_per_second: int = 0) -> Iterator[Probe]:
    command = [sys.executable, "-S", "-c", source]
    with Probe(command, columns=columns, rows=rows, bytes_per_second=bytes_per_second) as probe:
        yield probe


def test_a_key_is_sent_and_its_paint_is_seen() -> None:
    with script(_ECHO) as probe:
        assert probe.wait("ready") > 0
        burst = probe.press("down", until="got")
        assert probe.screen.lines[1] == r"got b'\x1b[B'"
        assert burst.raw == b"got b'\\x1b[B'\r\n"
        assert 0 < burst.paint_ms <= burst.settled_ms
        leaving = probe.leave("q")
        assert leaving.code == 7


def test_any_change_of_the_screen_ends_a_press() -> None:
    with script(_ECHO) as probe:
        probe.wait("ready")
        probe.press("x")
        assert "got b'x'" in probe.screen.text


def test_what_never_comes_is_said_with_the_screen() -> None:
    with script(_ECHO) as probe:
        probe.wait("ready")
        with pytest.raises(NeverCame, match="ready"):
            probe.press("x", until="never", quiet=0.01, seconds=0.1)


def test_a_program_that_has_ended_is_not_waited_for() -> None:
    with script("print('bye')") as probe, pytest.raises(NeverCame, match="bye"):
        probe.wait("never")


def test_several_things_are_seen_in_any_order() -> None:
    with script("print('one'); print('two'); input()") as probe:
        two, one = probe.watch("two", "one")
        assert one <= two


def test_a_resize_reaches_the_program() -> None:
    source = (
        "import os, signal\n"
        "signal.signal(signal.SIGWINCH, lambda *_: print(os.get_terminal_size(), flush=True))\n"
        "print('ready', flush=True)\n"
        "while True: signal.pause()"
    )
    with script(source) as probe:
        probe.wait("ready")
        probe.resize(60, 20, until="columns=60, lines=20")
        assert (probe.screen.columns, probe.screen.rows) == (60, 20)


def test_a_slow_line_carries_no_more_than_it_can() -> None:
    with script("print('x' * 1000, end='\\nend\\n', flush=True); input()", bytes_per_second=2000) as probe:
        assert probe.wait("end") >= 1000 * (1000 - 512) / 2000


def test_memory_and_threads_are_those_of_the_program_and_its_children() -> None:
    source = "import subprocess, sys; print('on', flush=True); subprocess.run([sys.executable, '-c', 'input()'])"
    with script(source) as probe:
        probe.wait("on")
        while (sample := probe.sample()).processes < 2:
            probe.run(0.01)
        assert sample.resident_mb > 5
        assert sample.cpu_ms > 0
        assert sample.threads >= 2


def test_cut_sequences_and_what_the_emulator_does_not_know_draw_nothing() -> None:
    screen = Emulator(20, 2)
    for piece in (b"a\x1b[3", b"1mb\x1b]0;ti", b"tle\x07c\x1b[>1u\x1b[?2026$p\x1bPq#0\x1b\\", b"d\xe2\x94", b"\x80"):
        screen.feed(piece)
    assert screen.lines[0] == "abcd─"


def test_only_what_looks_different_is_a_change() -> None:
    screen = Emulator(20, 2)
    screen.feed(b"\x1b[31mred")
    screen.mark()
    screen.feed(b"\x1b[1;1H\x1b[31mred")
    assert not screen.changed()
    screen.feed(b"\x1b[1;1H\x1b[32mred")
    assert screen.changed()


def test_a_row_comes_back_as_text_with_its_colours() -> None:
    screen = Emulator(20, 2)
    screen.feed(b"plain \x1b[1;38;2;1;2;3mbold\x1b[m end")
    assert screen.ansi(0) == "plain \x1b[;1;38;2;1;2;3mbold\x1b[m end"


def test_a_question_in_two_pieces_is_answered_once() -> None:
    answerer = Answerer()
    assert answerer.answers(b"text\x1b[?20") == b""
    assert answerer.answers(b"26$p") == b"\x1b[?2026;2$y"
    assert answerer.answers(b"more\x1b[1m") == b""


@pytest.mark.parametrize(
    ("names", "application_cursor", "data"),
    [
        (("ctrl+q",), False, b"\x11"),
        (("alt+b",), False, b"\x1bb"),
        (("up", "x"), True, b"\x1bOAx"),
        (("hällo",), False, "hällo".encode()),
    ],
)
def test_keys(names: tuple[str, ...], application_cursor: bool, data: bytes) -> None:
    assert encode(*names, application_cursor=application_cursor) == data
