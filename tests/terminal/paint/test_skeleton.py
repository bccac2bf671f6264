"""The first frame comes from nothing but the standard library, and undoes itself."""

import os
import pty
import select
import signal
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator

import pytest

from tests.harness.terminal_run import ROOT, set_size
from tests.terminal.screens import unwrapped
from tui.terminal.paint.frame import Frame
from tui.terminal.paint.pens import Pens
from tui.terminal.paint.skeleton import Skeleton, paint_skeleton, pane_widths


def taken(master: int) -> bytes:
    """All that has been written to the terminal so far."""
    data = b""
    while select.select([master], [], [], 0.05)[0]:
        data += os.read(master, 65536)
    return data


@pytest.mark.parametrize(
    ("width", "height", "panes"), [(130, 30, 3), (90, 26, 2), (60, 20, 1), (130, 12, 1), (5, 2, 1)]
)
def test_panes_and_title_and_back(width: int, height: int, panes: int) -> None:
    master, slave = pty.openpty()
    set_size(slave, width, height)
    before = termios.tcgetattr(slave)
    skeleton = paint_skeleton("a title\x1b]0;x\x07", slave, slave)
    screen = unwrapped(width, height)
    screen.feed(taken(master))
    lines = screen.lines
    assert lines[0].startswith(" a title^[]0;x^G"[: max(width - 1, 0)])
    if width > 10:
        assert lines[1].count("─") == width - panes + 1
        assert lines[height - 2].count("│") == panes - 1
        assert lines[height - 1].strip() == ""
    assert len(pane_widths(width, height)) == panes
    assert sum(pane_widths(width, height)) == width
    local = termios.tcgetattr(slave)[3]
    assert not local & (termios.ECHO | termios.ICANON)
    assert local & termios.ISIG
    skeleton.undo()
    skeleton.undo()
    assert taken(master) == b"\x1b[H\x1b[2J\x1b[?25h\x1b[?1049l"
    assert termios.tcgetattr(slave) == before
    os.close(master)
    os.close(slave)


def test_after_a_hand_over_there_is_nothing_to_undo() -> None:
    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    skeleton = paint_skeleton("title", slave, slave)
    taken(master)
    assert skeleton.hand_over() == before
    skeleton.undo()
    assert not termios.tcgetattr(slave)[3] & termios.ICANON
    os.close(master)
    os.close(slave)


def test_without_a_terminal_nothing_breaks() -> None:
    with open(os.devnull, "r+b") as null:
        paint_skeleton("title", null.fileno(), null.fileno(), unicode=False).undo()


def test_it_imports_neither_textual_nor_rich() -> None:
    names = "tui.terminal.paint.skeleton, tui.terminal.capabilities, tui.terminal.clipboard"
    code = f"import sys, {names}; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=30
    ).stdout.split()
    assert not {"textual", "rich", "pyperclip", "asyncio"} & set(modules)


def a_picture(width: int, height: int) -> Frame:
    pens = Pens(1 << 24)
    frame = Frame(pens, bce=True)
    frame.resize(width, height)
    frame.place(0, 0, pens.cells([("early", pens.pen(1, "31", ""))], 5))
    return frame


@pytest.fixture
def painted_on() -> Iterator[tuple[Skeleton, int, int]]:
    """A skeleton that expects a picture, and the two ends of its terminal."""
    master, slave = pty.openpty()
    set_size(slave, 90, 26)
    before = signal.getsignal(signal.SIGWINCH)
    skeleton = paint_skeleton("title", slave, slave)
    skeleton.expect()
    taken(master)
    yield skeleton, master, slave
    signal.signal(signal.SIGWINCH, before)
    os.close(master)
    os.close(slave)


def test_a_picture_is_painted_and_handed_over_once(painted_on: tuple[Skeleton, int, int]) -> None:
    skeleton, master, _ = painted_on
    skeleton.paint(a_picture)
    assert b"early" in taken(master)
    skeleton.hand_over()
    frame = skeleton.take_picture()
    assert frame is not None
    assert not frame.flush()
    assert skeleton.take_picture() is None


@pytest.mark.parametrize("end", ["undo", "hand_over", "be_still"])
def test_nothing_is_painted_once_it_is_over(painted_on: tuple[Skeleton, int, int], end: str) -> None:
    skeleton, master, _ = painted_on
    getattr(skeleton, end)()
    taken(master)
    skeleton.paint(a_picture)
    assert taken(master) == b""
    assert skeleton.take_picture() is None


def test_who_ends_it_waits_for_what_is_being_painted(painted_on: tuple[Skeleton, int, int]) -> None:
    skeleton, master, _ = painted_on
    ended = threading.Event()

    def end() -> None:
        skeleton.undo()
        ended.set()

    def end_meanwhile(width: int, height: int) -> Frame:
        threading.Thread(target=end).start()
        assert ended.wait(10)
        return a_picture(width, height)

    skeleton.paint(end_meanwhile)
    assert taken(master).endswith(b"\x1b[?1049l")


def test_without_a_picture_or_a_size_nothing_is_painted(painted_on: tuple[Skeleton, int, int]) -> None:
    skeleton, master, slave = painted_on
    skeleton.paint(lambda _width, _height: None)
    set_size(slave, 0, 0)
    skeleton.paint(a_picture)
    assert taken(master) == b""


def test_a_picture_of_another_size_is_not_relied_on(painted_on: tuple[Skeleton, int, int]) -> None:
    skeleton, master, _ = painted_on
    skeleton.paint(a_picture)
    os.kill(os.getpid(), signal.SIGWINCH)
    assert skeleton.take_picture() is None

    def resized_meanwhile(width: int, height: int) -> Frame:
        os.kill(os.getpid(), signal.SIGWINCH)
        return a_picture(width, height)

    taken(master)
    skeleton.paint(resized_meanwhile)
    assert taken(master) == b""


def test_who_takes_over_is_told_of_sizes_too(painted_on: tuple[Skeleton, int, int]) -> None:
    skeleton, _, _ = painted_on
    told: list[int] = []
    skeleton.paint(a_picture)
    skeleton.heed_resizes(lambda number, _stack: told.append(number))
    os.kill(os.getpid(), signal.SIGWINCH)
    assert told == [signal.SIGWINCH]
    assert skeleton.take_picture() is None
