"""Memory: after the start, and after paging through 20,000 conversations of 1.5 GB."""

from tests.bench.browser import QUIET, browser, browsing, has_rows
from tests.bench.probe import Probe
from tests.bench.report import Row, Spread, amount, at_most
from tests.bench.serving import Service
from tests.bench.start import BARE

_CONVERSATIONS = 20_000


def measure() -> list[Row]:
    """All rows of this part."""
    bare = _bare()
    with Service(2400) as service, Service(200_000) as large, Service(0) as empty:
        standard, many, none = (_started(which) for which in (service, large, empty))
    rows = [
        at_most("resident after the start", standard, 60, "MB", baseline=bare, whose="bare app"),
        at_most("200,000 conversations over none", many - none, 10, "MB"),
    ]
    with Service(_CONVERSATIONS, weight=75) as heavy:
        rows += _paging(heavy)
    return rows


def _bare() -> float:
    with Probe(BARE) as probe:
        probe.wait("Ready")
        probe.run(0.5)
        return probe.sample().resident_mb


def _started(service: Service) -> float:
    """With whatever the list has to show, and the first conversation."""

    def measure_one() -> float:
        with browser(service) as probe:
            probe.wait(r"↑\d|No conversations yet")
            probe.run(1.0)
            return probe.sample().resident_mb

    return Spread([measure_one() for _ in range(2)]).p50


def _paging(heavy: Service) -> list[Row]:
    """One line a row, and a page down as soon as the page before has come, to the end; then half the way back."""
    with browsing(heavy) as probe:
        probe.press("d", quiet=0.2)
        half = _page(probe, "pagedown", _CONVERSATIONS * 0.85 / 2 / 36)
        _page(probe, "pagedown", _CONVERSATIONS * 0.85 / 2 / 36)
        probe.run(1)
        whole = probe.sample()
        after = _page(probe, "pageup", 120)
    asked = heavy.asked()
    grown = after - half
    return [
        at_most("resident after paging through 1.5 GB", whole.resident_mb, 115, "MB"),
        Row(
            "... flat from the middle on",
            "<= +5 MB",
            f"{grown:+.1f} MB",
            grown <= 5,
            amount(half, "MB") + " in the middle",
        ),
        Row("... requests for it", "", f"{asked.lists} pages"),
    ]


def _page(probe: Probe, key: str, pages: float) -> float:
    for _ in range(int(pages)):
        probe.send(key)
        probe.drain(quiet=QUIET)
        if not has_rows(probe.screen):
            probe.wait(has_rows)
    return probe.sample().resident_mb
