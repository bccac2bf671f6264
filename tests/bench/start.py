"""Starting and leaving: how long until something is there, until the list is, and until the prompt is back."""

import subprocess
import sys
import time

from tests.bench.browser import FRAME, LIST_ROWS, QUIET, browser, browsing, times
from tests.bench.probe import Probe
from tests.bench.report import Row, Spread, at_most, at_most_times, spread
from tests.bench.serving import Service

_RUNS = 5
BARE = [sys.executable, "-m", "tests.bench.bare_app"]
_EMPTY = "No conversations yet"


def nothing_ms() -> float:
    """How long Python takes to do nothing."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return (time.perf_counter() - begun) * 1000


def bare_ms() -> float:
    """The first frame of the least Textual app."""
    with Probe(BARE) as probe:
        took = probe.wait("Ready")
        probe.leave("ctrl+q")
    return took


def measure() -> list[Row]:
    """All rows of this part."""
    with Service(200_000) as service, Service(0) as empty, Service(2400, weight=125) as heavy:
        rows = [*_starting(service, empty, heavy), *_leaving(service)]
    with Service(2400, delay=3000) as slow:
        rows.append(_leaving_a_request(slow))
    return rows


def _starting(service: Service, empty: Service, heavy: Service) -> list[Row]:
    _start(service, LIST_ROWS)  # everything is in the disk cache and compiled from here on
    nothing, bare, full, none, weighty = [], [], [], [], []
    for _ in range(_RUNS):
        nothing.append(nothing_ms())
        bare.append(bare_ms())
        full.append(_start(service, LIST_ROWS))
        none.append(_start(empty, _EMPTY))
        weighty.append(_start(heavy, LIST_ROWS))
    skeletons, frames, filled = (Spread(values).p50 for values in zip(*full, strict=True))
    gaps = Spread([rows - frame for _, frame, rows in full]).p50
    heavy_gaps = Spread([rows - frame for _, frame, rows in weighty]).p50
    without = Spread([rows for _, _, rows in none]).p50
    passing, framed = Spread(nothing).p50, Spread(bare).p50
    return [
        at_most("first thing on the screen", skeletons, 60, baseline=passing, whose="python -c pass"),
        at_most_times("first real frame", frames, 1.3, framed, "ms", "bare app"),
        at_most("rows after the first real frame", gaps, 80),
        at_most("... with a first page of 5 MB", heavy_gaps, 80),
        at_most("200,000 conversations over none, to the rows", filled - without, 40),
    ]


def _start(service: Service, filled: str) -> tuple[float, float, float]:
    """Milliseconds to the first thing, the first real frame, and the list's content."""
    with browser(service) as probe:
        first, frame, rows = probe.watch(r"\S", FRAME, filled)
        probe.leave("ctrl+q")
    return first, frame, rows


def _leaving(service: Service) -> list[Row]:
    def leave() -> float:
        with browsing(service) as probe:
            return probe.leave("q").took_ms

    def escape() -> float:
        probe.press("/", quiet=QUIET)
        return probe.press("escape", quiet=QUIET).paint_ms

    with browsing(service) as probe:
        escapes = times(20, escape)
    return [
        spread("Escape out of an input", escapes, 60, None),
        at_most("quit", times(2, leave).p50, 150),
    ]


def _leaving_a_request(slow: Service) -> Row:
    def leave() -> float:
        with browser(slow) as probe:
            probe.wait(FRAME)
            probe.drain(quiet=0.3)
            return probe.leave("q").took_ms

    return at_most("quit with a request under way", times(2, leave).p50, 150)
