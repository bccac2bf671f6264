"""The longest common subsequence of two sequences, in bounded time, worked out in slices.

What takes longer is a generator that gives back control every now and then and returns what it has found. The same two
sequences the other way round are always aligned alike: they are put in one order first.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar


class Ordered(Protocol):
    """What can be put in an order, and looked up."""

    def __lt__(self, other: Any, /) -> bool:
        """Whether it comes first."""

    def __hash__(self) -> int:
        """As for any key."""


Key = TypeVar("Key", bound=Ordered)
Made = TypeVar("Made")

Slices = Generator[None, None, Made]
"""Work in slices: each step is short, and the last one returns what was made."""

MOST_STEPS = 300_000
"""Steps after which an alignment is no longer looked for exactly."""

_SLICE = 2_000


Gap = tuple[range, range, tuple[int, int] | None]
"""What belongs to nothing, in each of two sequences, and the pair behind it; None at the end."""


class Alignment(NamedTuple):
    """Which positions belong to each other, both rising, and whether they were only looked for roughly."""

    pairs: list[tuple[int, int]]
    is_rough: bool = False

    def mirrored(self) -> "Alignment":
        """The same with the two sequences swapped."""
        return Alignment([(after, before) for before, after in self.pairs], self.is_rough)

    def gaps(self, before: int, after: int) -> "Iterator[Gap]":
        """What stands between the pairs in sequences of such lengths."""
        at, to = 0, 0
        for pair in self.pairs:
            yield range(at, pair[0]), range(to, pair[1]), pair
            at, to = pair[0] + 1, pair[1] + 1
        yield range(at, before), range(to, after), None


def finished(work: Slices[Made]) -> Made:
    """What comes of work in slices, done at once."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            made: Made = end.value
            return made


def aligned(before: Sequence[Key], after: Sequence[Key], most_steps: int = MOST_STEPS) -> Slices[Alignment]:
    """The longest common subsequence; where that takes more than so many steps, a common one that is found roughly."""
    if before == after:
        return Alignment([(at, at) for at in range(len(before))])
    if list(after) < list(before):
        return (yield from _aligned(after, before, most_steps)).mirrored()
    return (yield from _aligned(before, after, most_steps))


def _aligned(before: Sequence[Key], after: Sequence[Key], most_steps: int) -> Slices[Alignment]:
    head, tail = same_ends(before, after)
    known_before, known_after = set(before), set(after)
    yield
    # What the other one does not have at all can be in no pair.
    here = [at for at in range(head, len(before) - tail) if before[at] in known_after]
    there = [at for at in range(head, len(after) - tail) if after[at] in known_before]
    yield
    one, other = [before[at] for at in here], [after[at] for at in there]
    found = yield from _shortest_way(one, other, most_steps)
    is_rough = found is None
    if found is None:
        found = _by_rare_ones(one, other)
    return Alignment(
        [
            *((at, at) for at in range(head)),
            *((here[at], there[to]) for at, to in found),
            *((len(before) - back, len(after) - back) for back in range(tail, 0, -1)),
        ],
        is_rough,
    )


def same_ends(before: Sequence[Key], after: Sequence[Key]) -> tuple[int, int]:
    """How many elements are the same at the begin, and how many at the end; none is counted twice."""
    shorter = min(len(before), len(after))
    head = 0
    while head < shorter and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return head, tail


def _shortest_way(before: Sequence[Key], after: Sequence[Key], most_steps: int) -> Slices[list[tuple[int, int]] | None]:
    """By Myers' algorithm: the furthest points with ever more differences, on each diagonal; None: too many steps."""
    rows, columns = len(before), len(after)
    if not rows or not columns:
        return []
    goal = rows - columns
    trace: list[list[int]] = []
    furthest: list[int] = []
    steps = pause = 0
    for differences in range(rows + columns + 1):
        last, furthest = furthest, []
        for place in range(differences + 1):
            diagonal = 2 * place - differences
            if not differences:
                at = 0
            elif place == 0 or (place < differences and last[place - 1] < last[place]):
                at = last[place]
            else:
                at = last[place - 1] + 1
            while at < rows and at - diagonal < columns and before[at] == after[at - diagonal]:
                at += 1
                steps += 1
            furthest.append(at)
            if diagonal == goal and at >= rows:
                return _way_back(trace, furthest, goal, rows)
        trace.append(furthest)
        steps += differences + 1
        if steps > most_steps:
            return None
        if steps - pause > _SLICE:
            pause = steps
            yield
    return None


def _way_back(trace: list[list[int]], furthest: list[int], diagonal: int, end: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for differences in range(len(trace), 0, -1):
        last = trace[differences - 1]
        place = (diagonal + differences) // 2
        if place == 0 or (place < differences and last[place - 1] < last[place]):
            before, begin, origin = diagonal + 1, last[place], last[place]
        else:
            before, begin, origin = diagonal - 1, last[place - 1] + 1, last[place - 1]
        pairs += [(at, at - diagonal) for at in range(end - 1, begin - 1, -1)]
        diagonal, end = before, origin
    pairs += [(at, at - diagonal) for at in range(end - 1, -1, -1)]
    pairs.reverse()
    return pairs


def _by_rare_ones(before: Sequence[Key], after: Sequence[Key]) -> list[tuple[int, int]]:
    """Those that stand once in each are pairs, as long as they rise; from them on whatever follows alike."""
    counts, others = Counter(before), Counter(after)
    places = {key: at for at, key in enumerate(after) if others[key] == 1}
    rare = [(at, places[key]) for at, key in enumerate(before) if counts[key] == 1 and key in places]
    pairs: list[tuple[int, int]] = []
    at = to = 0
    for end, stop in [*_rising(rare), (len(before), len(after))]:
        head, tail = same_ends(before[at:end], after[to:stop])
        pairs += [(at + step, to + step) for step in range(head)]
        pairs += [(end - back, stop - back) for back in range(tail, 0, -1)]
        if end < len(before):
            pairs.append((end, stop))
        at, to = end + 1, stop + 1
    return pairs


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of these pairs, in the order of their first numbers, whose second numbers rise, too."""
    tops: list[int] = []
    chosen: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(tops, place)
        before.append(chosen[at - 1] if at else -1)
        if at == len(tops):
            tops.append(place)
            chosen.append(number)
        else:
            tops[at], chosen[at] = place, number
    found: list[tuple[int, int]] = []
    number = chosen[-1] if chosen else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    found.reverse()
    return found
