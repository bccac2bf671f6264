"""One table: what was measured, what the goal is, what the same run's baseline is."""

import math
import os
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `met` is None where there is no goal."""

    what: str
    goal: str
    measured: str
    met: bool | None = None
    baseline: str = ""
    ratio: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """Measurements of one thing, over its repeats."""

    values: Sequence[float]

    @property
    def p50(self) -> float:
        """The median."""
        return statistics.median(self.values)

    @property
    def p99(self) -> float:
        """The value that 99 of 100 do not exceed: the largest but one of 100, the largest of fewer."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, math.ceil(0.99 * len(ordered)) - 1)]

    def __str__(self) -> str:
        return f"{self.p50:.1f} / {self.p99:.1f} ms"


def at_most(
    what: str, value: float, limit: float, unit: str = "ms", *, baseline: float | None = None, whose: str = ""
) -> Row:
    """A number that must not exceed a limit."""
    return Row(
        what,
        f"<= {amount(limit, unit)}",
        amount(value, unit),
        value <= limit,
        "" if baseline is None else f"{amount(baseline, unit)} {whose}".rstrip(),
        "" if not baseline else f"{value / baseline:.1f}x",
    )


def at_most_times(what: str, value: float, times: float, baseline: float, unit: str, whose: str) -> Row:
    """A number that must not exceed so many times its baseline."""
    goal, measured = f"<= {times}x {whose}", amount(value, unit)
    ratio = value / baseline
    return Row(what, goal, measured, ratio <= times, f"{amount(baseline, unit)} {whose}", f"{ratio:.2f}x")


def spread(what: str, taken: Spread, p50: float | None, p99: float | None, bare: Spread | None = None) -> Row:
    """Times of many repeats, with a limit to the median, to the 99th percentile, or both."""
    goals = [f"{name} <= {limit:g}" for name, limit in (("p50", p50), ("p99", p99)) if limit is not None]
    met = (p50 is None or taken.p50 <= p50) and (p99 is None or taken.p99 <= p99)
    baseline = "" if bare is None else f"{bare} bare app"
    return Row(
        what,
        ", ".join(goals) + " ms" if goals else "",
        str(taken),
        met if goals else None,
        baseline,
        "" if bare is None else f"{taken.p50 / bare.p50:.1f}x",
    )


def amount(value: float, unit: str) -> str:
    """A number with its unit, as precise as is worth reading."""
    return f"{value:,.0f} {unit}" if unit == "B" or abs(value) >= 100 else f"{value:.1f} {unit}"


_TITLES = ("what", "goal", "measured (p50 / p99)", "baseline of this run", "ratio", "")


def table(sections: Iterable[tuple[str, Sequence[Row]]]) -> str:
    """The rows of all parts in aligned columns."""
    lines: list[tuple[str, ...]] = [_TITLES]
    heads: dict[int, str] = {}
    for name, rows in sections:
        heads[len(lines)] = name
        lines += [
            (
                row.what,
                row.goal,
                row.measured,
                row.baseline,
                row.ratio,
                {True: "met", False: "MISSED", None: ""}[row.met],
            )
            for row in rows
        ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_TITLES))]
    said = []
    for number, line in enumerate(lines):
        if number in heads:
            said.append(f"\n{heads[number]}")
        said.append("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    return "\n".join(said)


def machine() -> str:
    """What else this machine was doing: numbers of a busy one mean little."""
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} processors, load {load:.1f}"
