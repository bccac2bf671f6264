"""The app in a real pseudo-terminal: the same picture as Textual's own, for fewer bytes."""

import os
import re
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.terminal.probe_app import Painted
from tests.terminal.ptys import Session, running
from tests.terminal.screens import Terminal
from tui.terminal.adapter.painter import ScreenPainter

DOWN, UP, PAGE_DOWN, PAGE_UP, TAB = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[5~", b"\t"
APP = ("-m", "tests.terminal.probe_app")
Step = bytes | tuple[int, int]


def fence(session: Session, number: int) -> None:
    session.send(b"f")
    session.wait_for(f"fence {number}")


def play(session: Session, steps: list[Step], number: int) -> None:
    for step in steps:
        if isinstance(step, tuple):
            session.resize(*step)
        else:
            session.send(step)
    fence(session, number)


def assert_repaint_changes_nothing(session: Session) -> None:
    """What the terminal shows is what an empty one shows after painting everything."""
    session.settle()
    before, screen = session.terminal.seen(), session.terminal.screen
    session.terminal = Terminal(screen.columns, screen.lines)
    session.send(b"\x0c")
    session.wait(lambda: session.terminal.seen() == before)


STORIES: list[list[Step]] = [
    [*[DOWN] * 12, UP, UP, UP],
    [PAGE_DOWN, PAGE_DOWN, b"t", UP],
    [TAB, DOWN, PAGE_DOWN, b"h"],
    [(120, 30), DOWN, DOWN],
    [(60, 20), PAGE_UP, b"h", DOWN],
    [(90, 26), *[DOWN] * 8],
]


def test_the_same_as_textual_itself_after_keys_and_resizes() -> None:
    repaints = 0
    with running(*APP, "stock") as stock, running(*APP, "painted") as painted:
        for number, story in enumerate(STORIES, 1):
            play(stock, story, number)
            play(painted, story, number)
            title = painted.text().splitlines()[0]
            assert "Painted" in title
            # All but the title line, which names the app.
            stock.wait(lambda: not painted.pump(0.05) and stock.terminal.seen()[1:] == painted.terminal.seen()[1:])
            sent = len(painted.received)
            assert_repaint_changes_nothing(painted)
            repaints += len(painted.received) - sent
        assert len(painted.received) - repaints < len(stock.received) / 3


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate])
@given(
    st.lists(
        st.one_of(
            st.sampled_from([DOWN, DOWN, UP, PAGE_DOWN, PAGE_UP, TAB, b"t", b"h"]),
            st.tuples(st.integers(40, 130), st.integers(18, 40)),
        ),
        max_size=12,
    )
)
def test_any_keys_and_resizes_equal_a_full_repaint(steps: list[Step]) -> None:
    # From the second pane on the input would swallow the fence, so the focus returns first.
    steps = [step for step in steps if step != TAB]
    with running(*APP, "painted") as session:
        session.wait_for("quiet")
        play(session, steps, 1)
        assert_repaint_changes_nothing(session)


def test_an_idle_screen_sends_nothing_and_uses_no_processor() -> None:
    def ticks(pid: int) -> int:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    with running(*APP, "painted") as session:
        session.wait_for("quiet")
        fence(session, 1)
        session.settle()
        before = ticks(session.pid)
        assert not session.pump(1.0)
        assert ticks(session.pid) - before <= 1


@pytest.mark.parametrize("kind", ["painted", "threads"])
def test_a_slow_line_gets_the_newest_frame_not_all_of_them(kind: str) -> None:
    with running(*APP, kind, width=140, height=50) as session:
        session.wait_for("quiet")
        fence(session, 1)
        session.received = b""
        # Nobody reads the terminal while the keys are sent: what does not fit must be merged.
        for _ in range(150):
            session.send(PAGE_DOWN)
            session.send(PAGE_UP)
        fence(session, 2)
        assert len(session.received) < 400_000
        assert_repaint_changes_nothing(session)


@pytest.mark.parametrize("kind", ["painted", "threads"])
def test_stopping_and_coming_back_restores_terminal_and_picture(kind: str) -> None:
    with running(*APP, kind) as session:
        session.wait_for("quiet")
        fence(session, 1)
        picture = session.terminal.seen()
        os.kill(session.pid, signal.SIGTSTP)
        _, status = os.waitpid(session.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        session.settle()
        assert session.received.endswith(b"\x1b[?1049l\x1b[?25h\x1b[?1004l")
        session.terminal = Terminal(90, 26)
        session.terminal.feed("$ fg")
        os.kill(session.pid, signal.SIGCONT)
        session.wait(lambda: session.terminal.seen() == picture)
        session.send(b"q")
        assert session.wait_end() == 0


@pytest.mark.parametrize("environment", [("NO_COLOR", "1"), ("TERM", "vt100")])
def test_without_colours_no_colour_is_sent(environment: tuple[str, str]) -> None:
    with running(*APP, "painted", environment=dict([environment])) as session:
        session.wait_for("quiet")
        fence(session, 1)
        assert not re.search(rb"\x1b\[[0-9;]*\b[349]8;[25]|\x1b\[(?:[0-9]+;)*[349][0-7][;m]", session.received)
        assert b";7" in session.received or b"[7" in session.received


async def test_headless_and_screenshots_are_textuals_own() -> None:
    app = Painted()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down")
        assert "invoice" in app.export_screenshot()
        app.forget_frame()


def test_the_painter_steps_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScreenPainter, "enabled", False)
    assert not Painted().painter.paints
    monkeypatch.setattr(ScreenPainter, "enabled", True)
    assert Painted().painter.paints


@pytest.mark.parametrize(
    ("term", "kinds"), [("xterm", ""), ("mlterm", "5"), ("xterm-256color", "5"), ("alacritty", "2"), ("foot", "2")]
)
def test_colours_are_sent_as_the_terminal_has_them(term: str, kinds: str) -> None:
    with running(*APP, "painted", environment={"TERM": term, "COLORTERM": ""}) as session:
        session.wait_for("quiet")
        session.settle()
        assert set(re.findall(r"[\[;][34]8;([25]);", session.received.decode())) == set(kinds)
