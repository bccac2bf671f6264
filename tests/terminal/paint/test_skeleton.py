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
from hypothesis import given
from hypothesis import strategies as st

from tests.harness.terminal_run import ROOT, set_size
from tests.terminal.screens import unwrapped
from tui.terminal.input.steps import leading_steps
from tui.terminal.paint.frame import Frame
from tui.terminal.paint.pens import Pens
from tui.terminal.paint.skeleton import Skeleton, paint_skeleton, pane_widths
from tui.widgets.lists.list_commands import LIST, step


def wait_for(master: int, words: bytes) -> None:
    """Wait until that has been written to the terminal."""
    data = b""
    while words not in data:
        assert select.select([master], [], [], 30)[0], data
        data += os.read(master, 65536)


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


def a_picture(width: int, height: int, _steps: int = 0) -> Frame:
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
    skeleton.be_still()
    wait_until_ended()
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

    def end_meanwhile(width: int, height: int, _steps: int) -> Frame:
        threading.Thread(target=end).start()
        assert ended.wait(10)
        return a_picture(width, height)

    skeleton.paint(end_meanwhile)
    assert taken(master).endswith(b"\x1b[?1049l")


def test_without_a_picture_or_a_size_nothing_is_painted(painted_on: tuple[Skeleton, int, int]) -> None:
    skeleton, master, slave = painted_on
    skeleton.paint(lambda _width, _height, _steps: None)
    set_size(slave, 0, 0)
    skeleton.paint(a_picture)
    assert taken(master) == b""


def test_a_picture_of_another_size_is_not_relied_on(painted_on: tuple[Skeleton, int, int]) -> None:
    skeleton, master, _ = painted_on
    skeleton.paint(a_picture)
    os.kill(os.getpid(), signal.SIGWINCH)
    assert skeleton.take_picture() is None

    def resized_meanwhile(width: int, height: int, _steps: int) -> Frame:
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


class Moving:
    """A picture of ten rows that tells where its cursor is."""

    def __init__(self) -> None:
        self.frame = Frame(Pens(1 << 24), bce=True)

    def drawn(self, width: int, height: int, steps: int) -> Frame | None:
        if not 0 <= steps < 10:
            return None
        self.frame.resize(width, height)
        self.frame.place(0, 0, self.frame.pens.cells([(f"<{steps}>", self.frame.pens.pen(0, "", ""))], 4))
        return self.frame


def test_steps_that_are_typed_move_the_cursor_and_what_follows_waits(painted_on: tuple[Skeleton, int, int]) -> None:
    skeleton, master, slave = painted_on
    skeleton.paint(Moving().drawn)
    wait_for(master, b"<0>")
    os.write(master, b"j\x1b[B")
    wait_for(master, b"2")
    os.write(master, b"jjj\x1bOAk/j")
    wait_for(master, b"3")
    os.write(master, b"jj")
    wait_until_ended()
    skeleton.hand_over()
    assert (skeleton.steps, skeleton.take_typed(), skeleton.take_typed()) == (3, b"/j", b"")
    assert os.read(slave, 9) == b"jj"
    frame = skeleton.take_picture()
    assert frame is not None
    assert not frame.flush()


@pytest.mark.parametrize(
    "typed", [b"k", b"jjjjjjjjjj", b"\x1b", b"\x1b[", b"\r", b"G", b"\x1b[6~", b"5j", "é".encode()]
)
def test_a_key_that_is_no_step_among_the_rows_waits(painted_on: tuple[Skeleton, int, int], typed: bytes) -> None:
    skeleton, master, _ = painted_on
    skeleton.paint(Moving().drawn)
    taken(master)
    os.write(master, typed)
    wait_until_ended()
    skeleton.hand_over()
    assert (skeleton.steps, skeleton.take_typed()) == (0, typed)
    assert taken(master) == b""


@pytest.mark.parametrize("end", ["undo", "hand_over", "be_still"])
def test_no_key_is_taken_once_it_is_over(painted_on: tuple[Skeleton, int, int], end: str) -> None:
    skeleton, master, slave = painted_on
    skeleton.paint(Moving().drawn)
    getattr(skeleton, end)()
    wait_until_ended()
    taken(master)
    os.write(master, b"j\n")
    assert os.read(slave, 1) == b"j"
    assert taken(master) in {b"", b"j\r\n"}  # echoed by the terminal, as it was before
    assert skeleton.steps == 0


def test_no_key_is_taken_where_another_size_has_come(painted_on: tuple[Skeleton, int, int]) -> None:
    skeleton, master, slave = painted_on
    skeleton.paint(Moving().drawn)
    taken(master)
    os.kill(os.getpid(), signal.SIGWINCH)
    os.write(master, b"j")
    wait_until_ended()
    assert os.read(slave, 1) == b"j"
    assert taken(master) == b""


def test_a_fault_while_the_cursor_moves_is_one_of_who_takes_over(painted_on: tuple[Skeleton, int, int]) -> None:
    skeleton, master, _ = painted_on

    def fails(width: int, height: int, steps: int) -> Frame:
        assert not steps
        return a_picture(width, height)

    skeleton.paint(fails)
    os.write(master, b"j")
    wait_until_ended()
    with pytest.raises(AssertionError):
        skeleton.hand_over()


def test_the_steps_are_those_of_the_list() -> None:
    for key in ("j", "k"):
        rows, rest = leading_steps(key.encode())
        found = LIST.find(key)
        assert found is not None
        assert (found.run, found.arguments, rest) == (step, (rows,), b"")


@given(st.lists(st.sampled_from([b"j", b"k", b"\x1b[A", b"\x1b[B", b"\x1bOA", b"\x1bOB", b"x", b"\x1b", b"["])))
def test_nothing_of_what_is_typed_is_lost(keys: list[bytes]) -> None:
    typed = b"".join(keys)
    rows, rest = leading_steps(typed)
    taken, _ = leading_steps(typed[: len(typed) - len(rest)])
    assert typed.endswith(rest)
    assert taken == rows
    assert bool(rows) == (len(rest) < len(typed))


def wait_until_ended() -> None:
    """Wait for the thread that takes keys."""
    for thread in threading.enumerate():
        if thread.name == "first-steps":
            thread.join(30)
            assert not thread.is_alive()
