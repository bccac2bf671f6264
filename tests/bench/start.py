"""Starting and leaving: how long until something is there, until the list is, and until the prompt is back."""

import subprocess
import sys
import time
from collections.abc import Mapping
from urllib.request import Request, urlopen

from tests.bench.browser import FRAME, LIST_ROWS, QUIET, browser, browsing, command, times
from tests.bench.probe import Probe
from tests.bench.report import Row, Spread, at_most, at_most_times, spread
from tests.bench.serving import Service
from tui.api.page import Record
from tui.api.query import ConversationFilter, list_url, request_headers
from tui.api.rows import decode_page
from tui.config.folders import state_folder
from tui.config.resolve import resolve
from tui.config.settings import Flags
from tui.store.saved.place import Place
from tui.store.saved.session import Session
from tui.store.saved.state_file import state_file

_RUNS = 5
_FAR = 5_000
"""The row of the list that a run comes back to."""

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
        rows = [*_starting(service, empty, heavy), *_coming_back(service), *_leaving(service)]
    for delay in (100, 300):
        with Service(2400, delay=delay) as late:
            rows.append(_late(late, delay))
    with Service(2400, delay=3000) as slow:
        rows.append(_leaving_a_request(slow))
    return [*rows, *_without_a_screen(), *_demo()]


def _starting(service: Service, empty: Service, heavy: Service) -> list[Row]:
    _start(service, LIST_ROWS)  # everything is in the disk cache and compiled from here on
    nothing, bare, full, none, weighty, keys = [], [], [], [], [], []
    for _ in range(_RUNS):
        nothing.append(nothing_ms())
        bare.append(bare_ms())
        full.append(_start(service, LIST_ROWS))
        none.append(_start(empty, _EMPTY))
        weighty.append(_start(heavy, LIST_ROWS))
        keys.append(_first_key(service))
    skeletons, frames, filled = (Spread(values).p50 for values in zip(*full, strict=True))
    heavy_filled = Spread([rows for _, _, rows in weighty]).p50
    without = Spread([rows for _, _, rows in none]).p50
    passing, framed = Spread(nothing).p50, Spread(bare).p50
    return [
        at_most("first thing on the screen", skeletons, 45, baseline=passing, whose="python -c pass"),
        at_most_times("rows on the screen", filled, 0.7, framed, "ms", "bare app"),
        at_most("... of a first page of 5 MB", heavy_filled, 150, baseline=framed, whose="bare app"),
        at_most_times("first real frame", frames, 1.3, framed, "ms", "bare app"),
        at_most_times("first key, pressed at once", Spread(keys).p50, 1.5, framed, "ms", "bare app"),
        at_most("200,000 conversations over none, to the rows", filled - without, 40),
    ]


def _start(service: Service, filled: str) -> tuple[float, float, float]:
    """Milliseconds to the first thing, the first real frame, and the list's content."""
    with browser(service) as probe:
        first, frame, rows = probe.watch(r"\S", FRAME, filled)
        probe.leave("ctrl+q")
    return first, frame, rows


def _first_key(service: Service) -> float:
    """Milliseconds until a Down that was pressed right at the start has acted and is painted."""
    with browser(service) as probe:
        probe.send("down")
        took = probe.wait(r"Conversations 2/")
        probe.leave("ctrl+q")
    return took


def _late(late: Service, delay: int) -> Row:
    """The rows where the server takes its time."""
    bare, rows = [], []
    for _ in range(_RUNS):
        bare.append(bare_ms())
        rows.append(_start(late, LIST_ROWS)[2] - delay)
    what = f"... beyond the {delay} ms that the server takes"
    return at_most_times(what, Spread(rows).p50, 0.7, Spread(bare).p50, "ms", "bare app")


def _coming_back(service: Service) -> list[Row]:
    """The rows around a remembered one, far down."""
    bare, rows, lists = [], [], []
    found = _id_at(_FAR, service.environ)

    def remember(environ: Mapping[str, str]) -> None:
        """Leave a state file behind, as a run that ended far down in the list."""
        settings = resolve(Flags(), environ)
        session = Session(state_file(state_folder(environ), settings.connection.name, settings.identity))
        session.remember_place(Place(conversation_id=found, index=_FAR))
        session.close()

    for _ in range(_RUNS):
        bare.append(bare_ms())
        service.asked()
        with browser(service, prepare=remember) as probe:
            rows.append(probe.wait(rf"Conversations {_FAR + 1:,}/"))
            probe.drain(quiet=0.3)
            lists.append(service.asked().lists)
            probe.leave("ctrl+q")
    return [
        at_most_times(
            f"rows at row {_FAR + 1:,}, remembered", Spread(rows).p50, 0.7, Spread(bare).p50, "ms", "bare app"
        ),
        at_most("... pages of the list that are asked for", max(lists), 1, ""),
    ]


def _id_at(row: int, environ: Mapping[str, str]) -> str:
    """The conversation in a row of the list."""
    connection = resolve(Flags(), environ).connection
    request = Request(list_url(connection, ConversationFilter(), 1, row), headers=request_headers(connection))
    with urlopen(request) as answer:
        (record,) = decode_page(answer.read()).records
    assert isinstance(record, Record)
    return record.id


def _without_a_screen() -> list[Row]:
    """What only prints a line."""
    rows = []
    for arguments in (("--version",), ("config", "path"), ("--help",)):
        nothing, took = [], []
        for _ in range(_RUNS):
            nothing.append(nothing_ms())
            begun = time.perf_counter()
            subprocess.run([*command(), *arguments], check=True, capture_output=True)
            took.append((time.perf_counter() - begun) * 1000)
        what = f"clarifeye-tui {' '.join(arguments)}"
        rows.append(at_most_times(what, Spread(took).p50, 3, Spread(nothing).p50, "ms", "python -c pass"))
    return rows


def _demo() -> list[Row]:
    """The demo, which builds its project in a process of its own."""
    took = []
    for _ in range(_RUNS):
        with browser(None, "--demo") as probe:
            took.append(probe.wait(LIST_ROWS))
            probe.leave("ctrl+q")
    return [at_most("rows of the demo", Spread(took).p50, 450)]


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
