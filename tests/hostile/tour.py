"""Leads the real program in a real pseudo-terminal past everything that it shows, and takes note of what was seen."""

import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.harness.terminal_run import ROOT, TerminalRun
from tests.hostile.glance import Glance
from tests.hostile.wire import findings

TUI = [sys.executable, "-m", "tui"]
_MARKER = re.compile(r"[a-z]{2}\d{3}q")
_QUIET = 0.01
_ANSWER = 1.5
"""Seconds in which a key is answered on a busy machine; the end of a text answers nothing."""
_PATIENCE = 120.0


class Tour(TerminalRun):
    """A run that knows which markers were on the screen at some time."""

    def __init__(
        self, command: list[str], environ: Mapping[str, str], folder: Path, *, columns: int = 150, rows: int = 60
    ):
        super().__init__(command, environ=environ, folder=folder, columns=columns, rows=rows)
        self._glance = Glance(columns, rows)
        self.seen: set[str] = set()

    @property
    def text(self) -> str:
        """What is on the screen, one line per row."""
        return self._glance.text

    def take(self, seconds: float) -> bool:
        """Look at one piece of output; False when nothing came in this time, or nothing will."""
        piece = self.read(seconds)
        if piece is not None:
            self._glance.feed(piece[1])
        return piece is not None

    def press(self, keys: str) -> bool:
        """Type, and read until nothing more comes; says whether something came."""
        before = len(self.raw)
        self.send(keys)
        self.take(_ANSWER)
        self.settle()
        return len(self.raw) > before

    def settle(self) -> None:
        """Read until nothing comes for a moment, and look at the screen."""
        self.drain(_QUIET)
        self.look()

    def look(self) -> None:
        """Take note of the markers on the screen; a line break may cut one."""
        self.seen.update(_MARKER.findall(self.text))

    def walk(self, key: str, wanted: Iterable[str], *, start: str = "", end: str = r"100 %") -> None:
        """Press a key until all wanted markers were seen; where the pattern `end` is on the screen, press `start`."""
        wanted = set(wanted)
        deadline = time.monotonic() + _PATIENCE
        while missing := wanted - self.seen:
            if time.monotonic() > deadline:
                raise AssertionError(f"{len(missing)} never seen: {sorted(missing)[:20]}\n{self.text}")
            self.press(start if start and re.search(end, self.text) else key)

    def paste(self, text: str) -> None:
        """Paste, as terminals do it."""
        self.press(f"\x1b[200~{text}\x1b[201~")


@contextmanager
def begun(environ: Mapping[str, str]) -> Iterator[Tour]:
    """The program with its first rows; at the end nothing may have come out that is not its own."""
    with Tour(TUI, environ, ROOT, columns=180, rows=100) as run:
        run.wait_for(r"Conversations 1/")
        run.settle()
        yield run
        run.press("\x03")
        assert run.wait_for_exit() == 0
        assert run.is_restored
    assert findings(bytes(run.raw)) == []
