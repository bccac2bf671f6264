"""Tables across conversations: 100,000 calls of 20,000 conversations, and numbers of 200,000 conversations."""

import tempfile
from pathlib import Path

from msgspec.structs import replace

from tests.bench.browser import QUIET, browsing, times
from tests.bench.many import best, fill, resident_mb
from tests.bench.report import Row, Spread, at_most
from tests.bench.serving import Service
from tui.store.across.calls import CallOrder, CallsOf, calls_of, columns_of, rows_of
from tui.store.across.column import PARAMETER
from tui.store.across.numbers import TimeUnit, endings_of, spans_of, tokens_of
from tui.store.across.tools import failures_of, tools_of
from tui.store.across.values import values_of
from tui.store.facts.database import FactsDatabase
from tui.store.facts.question import FactsQuestion

_CALLS = 20_000
_MANY = 200_000
_KEYS = 60
_SCREEN = 60
"""Rows that are had at hand at once."""


def measure() -> list[Row]:
    """All rows of this part."""
    with tempfile.TemporaryDirectory(prefix="bench-across-") as folder:
        return [*_tables(Path(folder, "calls")), *_numbers(Path(folder, "many")), *_moving()]


def _tables(path: Path) -> list[Row]:
    """The questions as the thread of the facts answers them."""
    fill(path, _CALLS)
    before = resident_mb()
    database, asked = FactsDatabase(path), FactsQuestion()
    calls = CallsOf(asked, "retrieval")
    top = replace(calls, order=CallOrder(f"{PARAMETER}top_k", True))

    def first_screen() -> object:
        keys = calls_of(database, calls, 200)
        return columns_of(database, calls), rows_of(database, keys[:_SCREEN])

    rows = [
        at_most("tools of 100,000 calls", best(lambda: tools_of(database, asked)), 100),
        at_most("failures of 100,000 calls in groups", best(lambda: failures_of(database, asked)), 150),
        at_most("calls of a tool to the first screen", best(first_screen), 100),
        at_most("calls of a tool, all of them", best(lambda: calls_of(database, calls)), 200),
        at_most("calls sorted by a parameter", best(lambda: calls_of(database, top)), 200),
        at_most("values of a parameter", best(lambda: values_of(database, calls, f"{PARAMETER}query")), 150),
        at_most("resident meanwhile", resident_mb() - before, 40, "MB"),
    ]
    database.close()
    return rows


def _numbers(path: Path) -> list[Row]:
    fill(path, _MANY)
    database, asked = FactsDatabase(path), FactsQuestion()
    rows = [
        at_most(f"per {unit.value}, of 200,000", best(lambda unit=unit: spans_of(database, asked, unit)), 300)  # type: ignore[misc]
        for unit in TimeUnit
    ]
    rows += [
        at_most("tokens, of 200,000", best(lambda: tokens_of(database, asked)), 300),
        at_most("endings, of 200,000", best(lambda: endings_of(database, asked)), 300),
    ]
    database.close()
    return rows


def _moving() -> list[Row]:
    """Down in a table of calls beside Down in the list, and the bytes of a step."""
    with Service(1_000) as service, browsing(service) as probe:
        listed = times(_KEYS, lambda: probe.press("down", quiet=QUIET).paint_ms)
        probe.press("L", until=lambda screen: "Tools 1/" in screen.text, quiet=0.3)
        probe.press("enter", until=lambda screen: "Calls 1/" in screen.text, quiet=0.3)
        steps = [probe.press("down" if number < 15 else "up", quiet=QUIET) for number in range(30)]
    paints = Spread([step.paint_ms for step in steps])
    ratio = paints.p50 / listed.p50
    return [
        Row("Down in a table of calls against the list", "<= 1.2x", str(paints), ratio <= 1.2, f"{listed} in the list",
            f"{ratio:.2f}x"),
        at_most("a step in view", max(step.size for step in steps), 150, "B"),
    ]  # fmt: skip
