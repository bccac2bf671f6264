"""Light or dark as the terminal answers, on a real terminal; and what --low-bandwidth leaves out."""

import sys
from collections.abc import Mapping
from pathlib import Path

from tests.harness.terminal_run import TerminalRun

TUI = [sys.executable, "-m", "tui"]
ROOT = Path(__file__).parent.parent
LIGHT = b"48;2;252;252;250"


def test_a_light_terminal_gets_the_light_theme_and_the_next_start_begins_with_it(
    demo_environ: Mapping[str, str], tmp_path: Path
) -> None:
    environ = {**demo_environ, "HOME": str(tmp_path), "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
    with TerminalRun(TUI, environ=environ, folder=ROOT) as run:
        run.wait_for("help")
        assert b"\x1b]11;?\x1b\\" in run.raw
        run.send("\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
        while LIGHT not in run.raw:
            run.wait_for(".")
            run.drain()
        assert "rgb:" not in run.text
        run.send("q")
        assert run.wait_for_exit() == 0
    with TerminalRun(TUI, environ=environ, folder=ROOT) as run:
        run.wait_for("help")
        assert LIGHT in run.raw
        assert b"48;2;21;24;28" not in run.raw
        run.send("q")
        assert run.wait_for_exit() == 0


def test_low_bandwidth_shows_one_pane_in_few_bytes_without_the_mouse(
    demo_environ: Mapping[str, str], tmp_path: Path
) -> None:
    environ = {**demo_environ, "HOME": str(tmp_path), "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
    with TerminalRun([*TUI, "--low-bandwidth"], environ=environ, folder=ROOT) as run:
        run.wait_for("↑")
        run.wait_for("help")
        assert b"38;2;" not in run.raw
        assert b"?1000" not in run.raw
        assert "Filter ─" not in run.text
        run.send("q")
        assert run.wait_for_exit() == 0
