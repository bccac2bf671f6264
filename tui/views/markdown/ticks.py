"""Where code stands between backticks, in a paragraph or in the row of a table."""

import re
from bisect import bisect_left
from collections.abc import Iterator

_TICKS = re.compile("`+")


class Ticks:
    """The runs of backticks of a text by their length, so that the end of each code is found at once."""

    def __init__(self, text: str) -> None:
        self._places: dict[int, list[int]] = {}
        for run in _TICKS.finditer(text):
            self._places.setdefault(run.end() - run.start(), []).append(run.start())

    def closing(self, opening: int, inside: int) -> int | None:
        """Where the run begins that ends the code behind a run from `opening` to `inside`; None for plain backticks."""
        places = self._places.get(inside - opening, [])
        at = bisect_left(places, inside)
        return places[at] if at < len(places) else None


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """From where to where there is code, backticks included."""
    ticks, at = Ticks(text), 0
    while (run := _TICKS.search(text, at)) is not None:
        at = run.end()
        closing = ticks.closing(*run.span())
        if closing is not None:
            at = closing + len(run.group())
            yield run.start(), at
