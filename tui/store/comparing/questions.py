"""Which turns of two conversations belong to each other: those with like questions, in the same order."""

import re
from collections.abc import Iterator, Sequence

from tui.store.comparing.alignment import Alignment, Slices, aligned, same_ends

ALIKE = 0.5
"""The least share of words in common, of those of both, of two questions that are alike."""

_READ = 2_000
"""Characters of a question that are looked at for its words."""

_MOST_COMPARED = 250_000
"""Pairs of questions that are compared by their words, for each stretch."""

_SLICE = 2_000
_ONE = 1_000_000
"""What a pair counts for; it is more than the likeness of all pairs there can be."""

_WORD = re.compile(r"\w+")


def words_of(question: str) -> frozenset[str]:
    """The words of a question that is written without case."""
    return frozenset(_WORD.findall(question[:_READ]))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 to 1: the share of the words that both have, of the words of both."""
    words = len(one) + len(other)
    return 2 * len(one & other) / words if words else 0.0


def aligned_turns(before: Sequence[str], after: Sequence[str]) -> Slices[Alignment]:
    """The longest common subsequence, where like questions count as the same; of several the one that is most alike.

    Where there are too many for that, those with the same text come first, and the rest is aligned between them.
    """
    if list(after) < list(before):
        return (yield from _aligned(after, before)).mirrored()
    return (yield from _aligned(before, after))


def _aligned(before: Sequence[str], after: Sequence[str]) -> Slices[Alignment]:
    head, tail = same_ends(before, after)
    rows, columns = before[head : len(before) - tail], after[head : len(after) - tail]
    exact = Alignment([])
    if len(rows) * len(columns) > _MOST_COMPARED:
        exact = yield from aligned(rows, columns)
    pairs = [(at, at) for at in range(head)]
    is_rough = exact.is_rough
    for gap, other, pair in exact.gaps(len(rows), len(columns)):
        if len(gap) * len(other) > _MOST_COMPARED:
            is_rough = True
        elif gap and other:
            found = yield from _most_alike(rows[gap.start : gap.stop], columns[other.start : other.stop])
            pairs += [(head + gap.start + at, head + other.start + to) for at, to in found]
        if pair is not None:
            pairs.append((head + pair[0], head + pair[1]))
        yield
    pairs += [(len(before) - back, len(after) - back) for back in range(tail, 0, -1)]
    return Alignment(pairs, is_rough)


def _most_alike(before: Sequence[str], after: Sequence[str]) -> Slices[list[tuple[int, int]]]:
    """By a table of what the best alignment of the rest is worth from each pair on."""
    words, others = [words_of(one) for one in before], [words_of(one) for one in after]
    worth = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    done = 0
    for row in reversed(range(len(before))):
        line, below = worth[row], worth[row + 1]
        for column, question in reversed(list(enumerate(after))):
            same = before[row] == question
            alike = 1.0 if same else likeness(words[row], others[column])
            both = _ONE + round(alike * 1000) + same + below[column + 1] if alike >= ALIKE else 0
            line[column] = max(both, below[column], line[column + 1])
        done += len(after)
        if done > _SLICE:
            done = 0
            yield
    return list(_best(worth))


def _best(worth: list[list[int]]) -> Iterator[tuple[int, int]]:
    row = column = 0
    while worth[row][column]:
        now = worth[row][column]
        if now == worth[row + 1][column]:
            row += 1
        elif now == worth[row][column + 1]:
            column += 1
        else:
            yield row, column
            row, column = row + 1, column + 1
