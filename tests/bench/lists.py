"""The list of 200,000 conversations: moving, jumping, and moving while heavy pages come in."""

from tests.bench.browser import QUIET, browsing, has_rows, marker_moved, moved, times
from tests.bench.probe import Probe
from tests.bench.report import Row, Spread, at_most, spread
from tests.bench.serving import Service
from tests.bench.start import BARE

_KEYS = 100


def measure() -> list[Row]:
    """All rows of this part."""
    with Service(200_000) as service, Service(1_000) as small:
        bare = bare_keys()
        rows = _moving(service, small, bare)
        rows += _jumping(service)
    for weight, size, p99 in ((50, "5 MB", 10), (200, "20 MB", 16)):
        with Service(20_000, weight=weight) as heavy:
            taken, pages = _under_load(heavy)
            rows.append(spread(f"Down while {pages} pages come in, {size} a hundred rows", taken, 8, p99, bare))
    return rows


def bare_keys() -> Spread:
    """A key in the least Textual app."""
    with Probe(BARE) as probe:
        probe.wait("Ready")
        probe.drain(quiet=0.3)
        return times(_KEYS, lambda: probe.press("down", quiet=QUIET).paint_ms)


def _moving(service: Service, small: Service, bare: Spread) -> list[Row]:
    with browsing(service) as large, browsing(small) as other:
        for probe in (large, other):
            _walk(probe)
        downs, compared = [], []
        for _ in range(_KEYS):
            downs.append(large.press("down", quiet=QUIET).paint_ms)
            compared.append(other.press("down", quiet=QUIET).paint_ms)
        pages = times(30, lambda: large.press("pagedown", quiet=QUIET).paint_ms)
    many, few = Spread(downs), Spread(compared)
    ratio = many.p50 / few.p50
    return [
        spread("Down, 200,000 conversations", many, 5, 16, bare),
        Row("... against 1,000", "<= 1.2x", str(many), ratio <= 1.2, f"{few} of 1,000", f"{ratio:.2f}x"),
        spread("PageDown to rows or placeholders", pages, 12, None, bare),
    ]


def _walk(probe: Probe) -> None:
    """To the middle of what is loaded, where each step scrolls."""
    for _ in range(14):
        probe.press("down", quiet=QUIET)


def _jumping(service: Service) -> list[Row]:
    first, filled, asked = [], [], []
    for _ in range(3):
        with browsing(service) as probe:
            service.asked()
            first.append(probe.press("end", quiet=QUIET).paint_ms)
            probe.drain(quiet=0.3)
            probe.wait(has_rows)
            asked.append(service.asked().lists)
            probe.press("home", quiet=0.3)
            filled.append(probe.press("end", until=has_rows, quiet=QUIET).paint_ms)
    return [
        spread("End to placeholders", Spread(first), 12, None),
        spread("End to rows, fetched", Spread(filled), 7, None),
        at_most("list requests of End", max(asked), 2, "requests"),
    ]


def _under_load(heavy: Service) -> tuple[Spread, int]:
    """A page down brings requests under way; Up and Down are pressed while their answers come in."""
    taken = []
    with browsing(heavy) as probe:
        probe.press("d", quiet=0.2)  # one line a row: more of them on a page
        heavy.asked()
        for _ in range(20):
            probe.press("pagedown", until=moved(probe.screen), quiet=0.004)
            for key in ("up", "down", "up", "down"):
                taken.append(probe.press(key, until=marker_moved(probe.screen), quiet=QUIET).paint_ms)
        return Spread(taken), heavy.asked().lists
