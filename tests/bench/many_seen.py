"""Many conversations at once, as the screen shows them: reading on, sorted lists, columns, and going to a day."""

import re
import shutil
import statistics
from collections.abc import Mapping
from pathlib import Path

from tests.bench.browser import LIST_ROWS, QUIET, browser, browsing, has_rows
from tests.bench.probe import Probe
from tests.bench.report import Row, Spread, at_most, spread
from tests.bench.serving import Service
from tui.config.folders import state_folder
from tui.config.resolve import resolve
from tui.config.settings import Flags
from tui.store.facts.kept_file import facts_file

_KEYS = 60
_ALL_READ = "all read"
_HASTE = 0.01
_DAYS = ("2026-08-15", "2025-12-24", "2026-03-01")


def measure(facts: Path) -> list[Row]:
    """All rows of this part that a screen shows; `facts` is a file with those of 200,000 conversations."""
    with Service(2_300, weight=42) as service:
        rows = _reading_on(service)
    with Service(200_000) as service:
        return [*rows, *_sorted(service, facts), _day(service)]


def _reading_on(service: Service) -> list[Row]:
    """From the key that sorts to all that was read; once undisturbed, once with a key after the other."""
    with browsing(service, "--read-on-below", "1GB") as probe:
        took = probe.press("o", "f", until=_ALL_READ, quiet=0.1).paint_ms
    keys = []
    with browsing(service, "--read-on-below", "1GB") as probe:
        probe.press("d", quiet=0.2)
        probe.send("o", "f")
        probe.wait(r"read [\d,]+/")
        while not re.search(_ALL_READ, probe.screen.text):
            keys += [probe.press(key, quiet=QUIET).paint_ms for key in ("down", "up")]
    return [
        at_most("reading on over 2,300 conversations of 97 MB", took / 1000, 4, "s"),
        spread("... keys meanwhile", Spread(keys), None, 16),
    ]


def _sorted(service: Service, facts: Path) -> list[Row]:
    """A sorted list that is limited by a term, of facts that are kept, beside the plain list of the server."""

    def keep(environ: Mapping[str, str]) -> None:
        settings = resolve(Flags(), environ)
        path = facts_file(state_folder(environ), settings.connection.name, settings.identity)
        path.parent.mkdir(mode=0o700, parents=True)
        shutil.copyfile(facts, path)

    limited = ("--keep", "facts", "--read-on-below", "0", "--filter", "calls:>1")
    with browsing(service) as plain, browser(service, *limited, prepare=keep) as probe:
        probe.wait(LIST_ROWS)
        probe.drain(quiet=0.5)
        probe.press("o", "f", quiet=0.5)
        for one in (plain, probe):
            one.press("d", quiet=0.3)
            one.tap(*["down"] * 40, quiet=0.3)
        before, after = [], []
        for _ in range(_KEYS):
            before.append(plain.press("down", quiet=QUIET).paint_ms)
            after.append(probe.press("down", quiet=QUIET).paint_ms)
        columns = _in_view(probe)
        resident = probe.sample().resident_mb - plain.sample().resident_mb
    here, there = Spread(after), Spread(before)
    ratio = here.p50 / there.p50
    return [
        Row("Down, sorted and limited, 200,000", "<= 1.1x", str(here), ratio <= 1.1, f"{there} plain", f"{ratio:.2f}x"),
        at_most("Down in columns, in view", columns, 150, "B"),
        at_most("resident with 200,000 facts over none", resident, 40, "MB"),
    ]


def _in_view(probe: Probe) -> float:
    """Bytes of a step where nothing scrolls and the next one comes before the detail follows."""
    rounds = []
    for _ in range(3):
        probe.tap("home", quiet=0.5)
        before = len(probe.received)
        for _ in range(10):
            probe.press("down", quiet=_HASTE)
        rounds.append((len(probe.received) - before) / 10)
    return min(rounds)


def _day(service: Service) -> Row:
    """Requests of the list that going to a day takes, those for the rows there among them."""
    asked = []
    with browsing(service) as probe:
        for day in _DAYS:
            service.asked()
            probe.tap("@", quiet=0.2)
            probe.tap(day, quiet=0.1)
            probe.tap("enter", quiet=0.5)
            probe.wait(has_rows)
            asked.append(service.asked().lists)
    return at_most("requests to a day in 200,000", statistics.median(asked), 20, "")
