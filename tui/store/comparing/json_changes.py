"""What is different between two values of JSON: each place that was added, removed or changed, by its path."""

from collections.abc import Iterator
from typing import NamedTuple

from tui.store.history.raw import CONTAINERS, BrokenJson, Parts, RawValue, kind_of, source_of, split, string_of

MOST_CHANGES = 2_000
"""Differences of one value from which on what still differs is told whole and not place by place."""

_SLICE = 1_000

Path = tuple[str | int, ...]


class Change(NamedTuple):
    """A place of which only one value has something (the other is None), or both something else."""

    path: Path
    before: RawValue | None
    after: RawValue | None


def changes(before: RawValue | None, after: RawValue | None) -> Iterator[Change]:
    """The places where two values differ, keys whatever their order, lists by order; None is a value that is missing.

    A key that comes twice makes its object one that is told whole.
    """
    return (one for one in looked_through(before, after) if one is not None)


def looked_through(before: RawValue | None, after: RawValue | None) -> Iterator[Change | None]:
    """The same, with None now and then: so long a look that others may have their turn."""
    waiting = [Change((), before, after)]
    found = seen = 0
    while waiting:
        path, before, after = waiting.pop()
        seen += 1
        if seen % _SLICE == 0:
            yield None
        if _is_same(before, after):
            continue
        inner = (
            _inner(path, before, after) if before is not None and after is not None and found < MOST_CHANGES else None
        )
        if inner is None:
            found += 1
            yield Change(path, before, after)
        else:
            inner.reverse()
            waiting += inner


def is_rough(found: int) -> bool:
    """Whether so many differences are so many that not each is told by its own place."""
    return found >= MOST_CHANGES


def _is_same(before: RawValue | None, after: RawValue | None) -> bool:
    if before is None or after is None:
        return before is after
    if memoryview(before) == memoryview(after):
        return True
    if kind_of(before) != "string" or kind_of(after) != "string":
        return False
    said = string_of(before)
    return said == string_of(after) and "\ufffd" not in said


def _inner(path: Path, before: RawValue, after: RawValue) -> list[Change] | None:
    """What is within, by turns of both; None where they are not two objects or two lists that can be taken apart."""
    kind = kind_of(before)
    if kind not in CONTAINERS or kind != kind_of(after):
        return None
    try:
        one, other = split(before), split(after)
    except BrokenJson:
        return None
    if one.keys is None or other.keys is None:
        return _by_order(path, one, other)
    here, there = dict(zip(one.keys, one.values, strict=True)), dict(zip(other.keys, other.values, strict=True))
    if len(here) < len(one.keys) or len(there) < len(other.keys):
        return None if source_of(before) != source_of(after) else []
    return [Change((*path, key), here.get(key), there.get(key)) for key in {**here, **there}]


def _by_order(path: Path, one: Parts, other: Parts) -> list[Change]:
    longer = max(len(one.values), len(other.values))
    return [
        Change(
            (*path, at),
            one.values[at] if at < len(one.values) else None,
            other.values[at] if at < len(other.values) else None,
        )
        for at in range(longer)
    ]
