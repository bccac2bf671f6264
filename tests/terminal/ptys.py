"""A Python program in a pseudo-terminal, with the environment of the tests."""

import os
import sys

from tests.harness.terminal_run import ROOT, TerminalRun
from tests.terminal.screens import unwrapped


def running(
    *arguments: str, width: int = 90, height: int = 26, environment: dict[str, str] | None = None
) -> TerminalRun:
    """Start it; killed at the end if it is still there."""
    # A library of the tests leaves COLUMNS and LINES behind, and Textual would take them for the terminal's size.
    inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    environ = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
    run = TerminalRun([sys.executable, *arguments], environ=environ, folder=ROOT, columns=width, rows=height)
    run.screen = unwrapped(width, height)
    return run


def resize(run: TerminalRun, width: int, height: int) -> None:
    """Another size, with a screen full of rubbish as terminals have after it."""
    run.tell_size(width, height)
    run.screen = unwrapped(width, height)
    run.screen.feed(b"rubbish " * 20)
