"""The first frame comes from nothing but the standard library, and undoes itself."""

import os
import pty
import select
import subprocess
import sys
import termios

import pytest

from tests.harness.terminal_run import ROOT, set_size
from tests.terminal.screens import unwrapped
from tui.terminal.paint.skeleton import paint_skeleton, pane_widths


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
