"""Search in a whole transcript, folded parts and JSON included, in small slices of time.

What is searched is the source: the text of a message, in which marks around words do not count, the keys and decoded
values of a tool call's JSON. So nothing is laid out to be searched, and the count does not depend on what is folded.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from time import perf_counter

from tui.store.history.messages import parts_of
from tui.views.jsontree.find import find_slices
from tui.views.markdown.controls import seen_prose
from tui.views.text.pages import found_in
from tui.views.text.pattern import MOST_MATCHES, Pattern, TooSlow
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.tool_block import ToolBlock
from tui.views.transcript.blocks.tool_section import PARAMETERS_PART, RESULTS_PART, TEXT_PART
from tui.views.transcript.document import Document
from tui.views.transcript.search.query import Query, cannot_hold

MOST_IN_BLOCK = MOST_MATCHES
"""Matches of one block that are counted and can be gone to."""

_KEPT_AFTER = 0.004
"""Seconds of looking for the matches of a block, after which they are kept."""

_KEPT_FROM = 64 * 1024
"""Bytes of a tool call from which its matches are kept and not looked for again."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One match in a block: the part it is in, from where to where, and in a tree the node and whether in its key."""

    part: str
    start: int
    end: int
    trail: tuple[int, ...] | None = None
    in_key: bool = False
    page: int = 0
    """Of a text that has several, the one that it begins on; places are those on the page."""


def hits_in(block: Block, pattern: Pattern) -> Iterator[Hit | None]:
    """The matches of a block in their order, and None now and then, where the caller may pause."""
    if not isinstance(block, ToolBlock):
        yield from chain.from_iterable(_in_text(TEXT_PART, text, pattern.in_prose) for text in block.texts())
        return
    yield from _in_text("name", block.name, pattern)
    yield from _in_text(TEXT_PART, block.source(), pattern.in_prose)
    parts = parts_of(block.message.raw)
    for part, raw in ((PARAMETERS_PART, parts.parameters), (RESULTS_PART, parts.results)):
        if raw is not None:
            for found in find_slices(raw, pattern, results=part == RESULTS_PART):
                if found is None:
                    yield None
                else:
                    yield Hit(part, found.start, found.end, found.trail, found.part == "key", found.page)


def _in_text(part: str, text: str, pattern: Pattern) -> Iterator[Hit | None]:
    for found in found_in(text, seen_prose, pattern.slices):
        yield None if found is None else Hit(part, found.start, found.end, page=found.page)


class Search:
    """The matches of a pattern in a document, found from a block on and then from the begin."""

    def __init__(self, document: Document, query: Query, start: int = 0) -> None:
        self.document = document
        self.query = query
        self.blocks: list[int] = []
        """The blocks with matches, rising."""
        self.total = 0
        self.capped = False
        """Whether a block has more matches than are counted."""
        self.too_slow = False
        """Whether it ended because the pattern took too long in a block; what was found before stays."""
        self._counts: dict[int, int] = {}
        self._kept: dict[int, list[Hit]] = {}
        self._order = chain(range(start, len(document.blocks)), range(start))
        self._walk = self._all()
        self.done = False

    def step(self, seconds: float) -> bool:
        """Search for a slice of time; whether there is more to search."""
        end = perf_counter() + seconds
        try:
            for _ in self._walk:
                if perf_counter() >= end:
                    return True
        except TooSlow:
            self.too_slow = True
        self.done = True
        return False

    def _all(self) -> Iterator[None]:
        for index in self._order:
            block = self.document.blocks[index]
            if cannot_hold(block, self.query):
                yield
                continue
            hits: list[Hit] = []
            begin = perf_counter()
            try:
                yield from self._in_block(block, hits)
            except TooSlow:
                self._take(index, hits, keep=True)
                raise
            large = isinstance(block, ToolBlock) and block.message.size >= _KEPT_FROM
            self._take(index, hits, keep=large or perf_counter() - begin > _KEPT_AFTER)
            yield

    def _in_block(self, block: Block, hits: list[Hit]) -> Iterator[None]:
        for hit in hits_in(block, self.query.pattern):
            if hit is None:
                yield
            elif len(hits) >= MOST_IN_BLOCK:
                self.capped = True
                break
            else:
                hits.append(hit)

    def _take(self, index: int, hits: list[Hit], *, keep: bool) -> None:
        if not hits:
            return
        insort(self.blocks, index)
        self._counts[index] = len(hits)
        self.total += len(hits)
        if keep:
            self._kept[index] = hits

    def hits(self, index: int) -> list[Hit]:
        """The matches of a block; fewer than were counted only where the pattern takes too long all at once."""
        if index in self._kept:
            return self._kept[index]
        hits: list[Hit] = []
        with suppress(TooSlow):
            found = (hit for hit in hits_in(self.document.blocks[index], self.query.pattern) if hit is not None)
            hits.extend(islice(found, MOST_IN_BLOCK))
        return hits

    def count(self, index: int) -> int:
        """How many matches a block has."""
        return self._counts.get(index, 0)

    def number(self, index: int, place: int) -> int:
        """The number of a match among all known ones, from 1."""
        before = bisect_left(self.blocks, index)
        return sum(self._counts[block] for block in self.blocks[:before]) + place + 1

    def first_from(self, index: int) -> int | None:
        """The first block with a match from a block on, else from the begin."""
        if not self.blocks:
            return None
        return self.blocks[bisect_left(self.blocks, index) % len(self.blocks)]

    def after(self, index: int, place: int, step: int) -> tuple[int, int] | None:
        """The block and number in it of the match `step` after another one, around the ends."""
        if not self.blocks:
            return None
        wanted = (self.number(index, place) - 1 + step) % self.total
        for block in self.blocks:
            if wanted < self._counts[block]:
                return block, wanted
            wanted -= self._counts[block]
        return None
