"""Judging: two hundred conversations of the demo by a scripted reviewer, at a server that takes its time."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench.browser import LIST_ROWS, QUIET, browser
from tests.bench.probe import Probe
from tests.bench.report import Row, Spread, at_most, spread
from tests.bench.serving import Service
from tests.harness.emulator import Emulator
from tests.harness.terminal_run import NeverCame

_COUNT = 200
_DELAY = 150
"""Milliseconds that each answer of the server takes."""

_PLACE = re.compile(r"^ (\d+)\. ", re.MULTILINE)
_CONFIG = '[review]\nname = "bench"\n'


def measure() -> list[Row]:
    """Keys, times and requests for each conversation, each of which is read to its end."""
    homes: list[Path] = []

    def prepare(environ: Mapping[str, str]) -> None:
        homes.append(Path(environ["HOME"]))
        folder = homes[0] / ".config" / "clarifeye-tui"
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text(_CONFIG)

    with Service(_COUNT, delay=_DELAY) as service, browser(service, prepare=prepare) as probe:
        probe.wait(LIST_ROWS)
        probe.drain(quiet=0.5)
        service.asked()
        probe.press("Q", until=r"\[p\] pass", quiet=0.6)
        count = int(re.findall(r"· 0/(\d+) ", probe.screen.text)[0])
        took, keys = _review(probe, homes[0], count)
        asked = service.asked().all
    return [
        at_most("keys per conversation, paging not counted", keys / count, 2, "keys"),
        spread("to the next conversation, server at 150 ms", Spread(took), 30, 80),
        at_most("requests per conversation, the queue's own too", asked / count, 1.1, "requests"),
    ]


def _review(probe: Probe, home: Path, count: int) -> tuple[list[float], int]:
    """Read each to its end, judge it, and look that it is in the file; times to the next one, and keys."""
    took: list[float] = []
    for number in range(1, count + 1):
        probe.press("G", quiet=QUIET)
        burst = probe.press("p", until="Done" if number == count else _is_next(probe.screen), quiet=QUIET)
        took.append(burst.paint_ms)
        [path] = (home / ".local" / "share" / "clarifeye-tui" / "verdicts").glob("*.jsonl")
        written = path.read_bytes().count(b"\n")
        if written != number:
            raise NeverCame(f"{written} verdicts are in the file after {number}")
    return took, count


def _is_next(screen: Emulator) -> Callable[[Emulator], bool]:
    """Whether another conversation than the present one is there to be read."""
    before = _PLACE.findall(screen.text)
    return lambda now: _PLACE.findall(now.text) not in ([], before) and "conversation is on its way" not in now.text
