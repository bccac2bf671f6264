"""The program under the probe, as the parts of the bench need it: started, at its first rows, somewhere to read."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.bench.probe import Probe
from tests.bench.report import Spread
from tests.bench.serving import Service
from tests.harness.emulator import Emulator

COLUMNS, ROWS = 120, 40
FRAME = r"\? help"
"""In the first real frame, and not in what is painted before it."""

LIST_ROWS = r"↑\d"
QUIET = 0.025
"""Seconds that end a burst: the detail, which follows when the cursor rests, comes later than that."""

LISTED = re.compile(r"[━─┮┬] (?:Conversations(?: ([\d,]+)/|\b)|([\d,]+)/[\d,]+\+? )")
"""The title of the list, in words or in numbers alone."""

_POSITION = re.compile(r"Conversations ([\d,]+)/")


def command() -> list[str]:
    """The installed command of this very environment."""
    return [str(Path(sys.executable).with_name("clarifeye-tui"))]


@contextmanager
def browser(
    service: Service | None,
    *arguments: str,
    columns: int = COLUMNS,
    rows: int = ROWS,
    bytes_per_second: int = 0,
    prepare: Callable[[Mapping[str, str]], object] = lambda _environ: None,
) -> Iterator[Probe]:
    """The program just started, with a home folder of its own, which `prepare` may fill."""
    home = tempfile.mkdtemp(prefix="bench-home-")
    # With PYTHONPATH another checkout can be measured by the same bench.
    kept = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    state = {"HOME": home, "XDG_STATE_HOME": str(Path(home, "state"))}  # the latter for `prepare`: ours is another home
    environ: Mapping[str, str] = {**state, **kept, **(service.environ if service else {})}
    prepare(environ)
    try:
        with Probe(
            [*command(), *arguments],
            columns=columns,
            rows=rows,
            environ=environ,
            bytes_per_second=bytes_per_second,
        ) as probe:
            yield probe
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def browsing(service: Service, *arguments: str, columns: int = COLUMNS, rows: int = ROWS) -> Iterator[Probe]:
    """The program with its first rows and the first conversation on the screen, and nothing under way any more."""
    with browser(service, *arguments, columns=columns, rows=rows) as probe:
        probe.wait(LIST_ROWS)
        probe.drain(quiet=0.5)
        yield probe


def position(screen: Emulator) -> int | None:
    """The row of the list that the cursor is on, as the list's title tells it."""
    found = _POSITION.search(screen.text)
    return int(found[1].replace(",", "")) if found else None


def moved(screen: Emulator) -> Callable[[Emulator], bool]:
    """Whether the cursor of the list has moved since now."""
    before = position(screen)
    return lambda now: position(now) not in {None, before}


def marker_moved(screen: Emulator) -> Callable[[Emulator], bool]:
    """Whether the mark beside the row under the cursor has moved since now, which comes before the title tells so."""
    before = _marker(screen)
    return lambda now: _marker(now) != before


def _marker(screen: Emulator) -> int | None:
    begin, _ = list_column(screen)
    return next((row for row, line in enumerate(screen.lines) if line[begin : begin + 1] == "▌"), None)


def list_column(screen: Emulator) -> tuple[int, int]:
    """Where the list begins and ends, from the line of titles."""
    line = screen.lines[1]
    listed = LISTED.search(line)
    assert listed is not None, f"there is no list:\n{screen.text}"
    title = listed.start() + 1
    joints = [found.start() for found in re.finditer("[┬┭┮┯]", line)]
    begin = max((joint for joint in joints if joint < title), default=-1)
    end = min((joint for joint in joints if joint > title), default=len(line))
    return begin + 1, end


def has_rows(screen: Emulator) -> bool:
    """Whether the list shows conversations and no placeholder for one that is on its way."""
    begin, end = list_column(screen)
    body = "".join(line[begin:end] for line in screen.lines[2:-1])
    return "⋯" not in body and not body.isspace()


def times(repeat: int, act: Callable[[], float]) -> Spread:
    """Do something again and again."""
    return Spread([act() for _ in range(repeat)])
