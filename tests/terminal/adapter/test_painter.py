"""The app in a real pseudo-terminal: the same picture as Textual's own, for fewer bytes."""

import os
import re
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.harness.terminal_run import TerminalRun
from tests.terminal.probe_app import Painted
from tests.terminal.ptys import resize, running
from tests.terminal.screens import unwrapped
from tui.terminal.adapter.painter import ScreenPainter

DOWN, UP, PAGE_DOWN, PAGE_UP, TAB = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[5~", b"\t"
APP = ("-m", "tests.terminal.probe_app")
Step = bytes | tuple[int, int]


def fence(session: TerminalRun, number: int) -> None:
    session.send(b"f")
    session.wait_for(f"fence {number}")


def play(session: TerminalRun, steps: list[Step], number: int) -> None:
    for step in steps:
        if isinstance(step, tuple):
            resize(session, *step)
        else:
            session.send(step)
    fence(session, number)


def assert_repaint_changes_nothing(session: TerminalRun) -> None:
    """What the terminal shows is what an empty one shows after painting everything."""
    session.settle()
    before, screen = session.screen.seen(), session.screen
    session.screen = unwrapped(screen.columns, screen.rows)
    session.send(b"\x0c")
    session.wait_until(lambda: session.screen.seen() == before)


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
            title = painted.text.splitlines()[0]
            assert "Painted" in title
            # All but the title line, which names the app.
            stock.wait_until(lambda: not painted.take(0.05) and stock.screen.seen()[1:] == painted.screen.seen()[1:])
            sent = len(painted.raw)
            assert_repaint_changes_nothing(painted)
            repaints += len(painted.raw) - sent
        assert len(painted.raw) - repaints < len(stock.raw) / 3


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

        def rests() -> bool:
            """For a second: what a busy machine has left to do may come later than one thinks, but once."""
            before = ticks(session.pid)
            return not session.take(1.0) and ticks(session.pid) - before <= 1

        session.wait_until(rests)


@pytest.mark.parametrize("kind", ["painted", "threads"])
def test_a_slow_line_gets_the_newest_frame_not_all_of_them(kind: str) -> None:
    with running(*APP, kind, width=140, height=50) as session:
        session.wait_for("quiet")
        fence(session, 1)
        session.raw.clear()
        session.bytes_per_second = 20_000  # a busy machine may take ten seconds for the keys
        for _ in range(150):
            session.send(PAGE_DOWN)
            session.send(PAGE_UP)
        fence(session, 2)
        session.bytes_per_second = 0
        assert len(session.raw) < 400_000
        assert_repaint_changes_nothing(session)


@pytest.mark.parametrize("kind", ["painted", "threads"])
def test_stopping_and_coming_back_restores_terminal_and_picture(kind: str) -> None:
    with running(*APP, kind) as session:
        session.wait_for("quiet")
        fence(session, 1)
        picture = session.screen.seen()
        os.kill(session.pid, signal.SIGTSTP)
        _, status = os.waitpid(session.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        session.settle()
        assert session.raw.endswith(b"\x1b[?1049l\x1b[?25h\x1b[?1004l")
        session.screen = unwrapped(90, 26)
        session.screen.feed(b"$ fg")
        os.kill(session.pid, signal.SIGCONT)
        session.wait_until(lambda: session.screen.seen() == picture)
        session.send(b"q")
        assert session.wait_for_exit() == 0


@pytest.mark.parametrize("environment", [("NO_COLOR", "1"), ("TERM", "vt100")])
def test_without_colours_no_colour_is_sent(environment: tuple[str, str]) -> None:
    with running(*APP, "painted", environment=dict([environment])) as session:
        session.wait_for("quiet")
        fence(session, 1)
        assert not re.search(rb"\x1b\[[0-9;]*\b[349]8;[25]|\x1b\[(?:[0-9]+;)*[349][0-7][;m]", session.raw)
        assert b";7" in session.raw or b"[7" in session.raw


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
        assert set(re.findall(r"[\[;][34]8;([25]);", session.raw.decode())) == set(kinds)
