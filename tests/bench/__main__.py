"""`python -m tests.bench [PART ...]`: measures and prints one table; never fails on time."""

import argparse
import sys
import time
from collections.abc import Callable

from tests.bench import across, comparing, judging, lists, many, memory, reader, start, walks, wire
from tests.bench.report import Row, machine, table
from tests.harness.terminal_run import NeverCame

_PARTS: dict[str, Callable[[], list[Row]]] = {
    "start": start.measure,
    "list": lists.measure,
    "reader": reader.measure,
    "wire": wire.measure,
    "memory": memory.measure,
    "many": many.measure,
    "across": across.measure,
    "compare": comparing.measure,
    "judge": judging.measure,
    "walks": walks.measure,
}


def main() -> int:
    """Run the parts that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure what a person feels.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"all when none is named: {', '.join(_PARTS)}")
    chosen = parser.parse_args().parts or list(_PARTS)
    if unknown := [name for name in chosen if name not in _PARTS]:
        parser.error(f"there is no part {', '.join(unknown)}; there are {', '.join(_PARTS)}")
    begun = time.monotonic()
    sections: list[tuple[str, list[Row]]] = []
    for name in chosen:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        try:
            sections.append((name, _PARTS[name]()))
        except NeverCame as error:
            print(error, file=sys.stderr)
            sections.append((name, [Row("this part stopped", "", "see above", False)]))
    print(table(sections))
    print(f"\n{machine()}; took {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
