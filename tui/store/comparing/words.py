"""What is different between two texts, by their words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tui.store.comparing.alignment import Gap, Slices, aligned

LONG = 60_000
"""Characters from which on texts are compared by their lines."""

_LEAST_COMMON = 4
"""One in so many characters at least is the same in texts of which not all is different."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(rf"\n|[^\S\n]+|[{_CJK}]|[^\W{_CJK}]+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_has_word = re.compile(r"\w|\n").search


class Segment(NamedTuple):
    """A stretch of both texts: the same in both, or what stands in one in place of what stands in the other."""

    before: str
    after: str

    @property
    def is_same(self) -> bool:
        """Whether nothing is different here."""
        return self.before == self.after


class WordDifference(NamedTuple):
    """Two texts in stretches, of which joined each is whole, and whether they were compared only roughly."""

    segments: list[Segment]
    is_rough: bool = False


def compared_words(before: str, after: str) -> Slices[WordDifference]:
    """The stretches of two texts that are the same and those that differ, by turns."""
    if before == after:
        return WordDifference([Segment(before, after)] if before else [])
    by_lines = max(len(before), len(after)) > LONG
    pattern = _LINE if by_lines else _TOKEN
    here, there = pattern.findall(before), pattern.findall(after)
    yield
    found = yield from aligned(here, there)
    segments = list(_merged(_stretches(here, there, found.gaps(len(here), len(there)))))
    same = sum(len(one.before) for one in segments if one.is_same)
    if same * _LEAST_COMMON < max(len(before), len(after)) and "\n" not in before and "\n" not in after:
        segments = [Segment(before, after)]
    return WordDifference(segments, found.is_rough or by_lines)


def _stretches(here: Sequence[str], there: Sequence[str], gaps: Iterable[Gap]) -> Iterator[Segment]:
    same: list[str] = []
    for gap, other, pair in gaps:
        if gap or other:
            if same:
                yield Segment("".join(same), "".join(same))
                same = []
            yield Segment("".join(here[gap.start : gap.stop]), "".join(there[other.start : other.stop]))
        if pair is not None:
            same.append(here[pair[0]])
    if same:
        yield Segment("".join(same), "".join(same))


def _merged(segments: Iterator[Segment]) -> Iterator[Segment]:
    """A blank or a mark alone between two differences is part of one: it is not what two texts have in common."""
    held: list[Segment] = []
    for segment in segments:
        if segment.is_same and (not held or _has_word(segment.before)):
            yield from _joined(held)
            yield segment
            held = []
        else:
            held.append(segment)
    yield from _joined(held)


def _joined(held: list[Segment]) -> list[Segment]:
    """One difference of several with what is between them; what is the same behind the last stays by itself."""
    last = held.pop() if held and held[-1].is_same else None
    if not held:
        return [last] if last is not None else []
    one = Segment("".join(part.before for part in held), "".join(part.after for part in held))
    return [one, last] if last is not None else [one]
