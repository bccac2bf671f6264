"""Search in a whole transcript, folded parts and JSON included, in small slices of time.

What is searched is the source: the text of a message, in which marks around words do not count, the keys and decoded
values of a tool call's JSON. So nothing is laid out to be searched, and the count does not depend on what is folded.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from time import perf_counter

from tui.store.history.messages import parts_of
from tui.terminal.text.clean import clean
from tui.views.jsontree.find import find_slices
from tui.views.text.pattern import MOST_MATCHES, Pattern, RegexPattern, TooSlow
from tui.views.text.wrap import cell_width
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.header import HeaderBlock
from tui.views.transcript.blocks.tool_block import ToolBlock
from tui.views.transcript.blocks.tool_section import PARAMETERS_PART, RESULTS_PART, TEXT_PART
from tui.views.transcript.document import Document

MOST_IN_BLOCK = MOST_MATCHES
"""Matches of one block that are counted and can be gone to."""

_KEPT_AFTER = 0.004
"""Seconds of looking for the matches of a block, after which they are kept."""

_KEPT_FROM = 64 * 1024
"""Bytes of a tool call from which its matches are kept and not looked for again."""


@dataclass(frozen=True, slots=True)
class Query:
    """A pattern, and the bytes without which a block of ASCII holds no match; None where that cannot be said."""

    pattern: Pattern
    needle: bytes | None = None
    word: bytes | None = None
    """The same for prose, where marks and line ends may stand between words."""
    folded: bool = False
    """Whether letter case does not count; the bytes are in small letters then."""


_PLAIN = re.compile(r"[A-Za-z0-9 _.,:;-]")
_ESCAPE = re.compile(rb"\\[bfrtu]")
"""What JSON may write otherwise than it is shown."""

_FOLDS_TO_ASCII = re.compile("\N{LATIN SMALL LETTER LONG S}|\N{KELVIN SIGN}|\u0130|\u0131".encode())
"""Letters beyond ASCII that are the same as s, k and i when letter case does not count."""

_CODE_POINT = re.compile(rb"[0-9a-fA-FuU]+")
"""What cleaning may write in the place of an invisible character."""


def compile_query(text: str, *, regex: bool = False) -> Query:
    """What was typed, ready for a search; the letter case counts as soon as a capital letter is in it.

    Raises:
        BadPattern: it is no regular expression.
    """
    folded = not any(character.isupper() for character in text)
    flags = re.MULTILINE | re.IGNORECASE if folded else re.MULTILINE
    if regex:
        return Query(RegexPattern(text, flags), folded=folded)
    pattern = Pattern(re.compile(re.escape(text), flags), re.compile(_in_prose(text), flags))
    parts = [part for token in _TOKEN.findall(text) if not token.isspace() for part in _unbroken(token)]
    words = [_needle(part, folded=folded) or b"" for part in parts]
    word = max(words, key=len, default=b"")
    return Query(pattern, _needle(text, folded=folded), word or None, folded)


_TOKEN = re.compile(r"\s+|[^\W_]+|\S")
"""Blanks, a word, or any other character."""

_MARKS = frozenset("*_`~")
_AT_WORD, _AT_BLANK = "[*`~]{0,3}", "[*_`~]{0,3}"
"""What Markdown may have at the begin and at the end of a word; an underscore only beside a blank, as in names."""

_BLANK = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*(?:> ?)*)"
"""Blanks, or a line end with the marks of a quotation after it."""


def _in_prose(text: str) -> str:
    """A pattern for what is seen of a text: blanks may be a line end, words may have marks, characters may be escaped.

    It takes linear time: each part ends where the next one can begin, and blanks at the begin are tried once a run.
    """
    tokens = _TOKEN.findall(text)
    pattern = ""
    for before, token in zip(["", *tokens], tokens, strict=False):
        if before and before not in _MARKS and token not in _MARKS:
            pattern += _AT_BLANK if before.isspace() or token.isspace() else _AT_WORD
        if token.isspace():
            pattern += _BLANK if before else rf"(?<!\s){_BLANK}"
        else:
            word = r"\n?".join(map(re.escape, _unbroken(token)))
            pattern += word if token.isalnum() else rf"\\?{word}"
    return pattern


def is_unspaced(character: str) -> bool:
    """Whether it is of a script without blanks, so that a line may end after it."""
    return cell_width(character) > 1


def _unbroken(word: str) -> list[str]:
    """The parts of a word in which no line ends."""
    parts: list[str] = []
    for character in word:
        if parts and not (is_unspaced(character) and is_unspaced(parts[-1][-1])):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def _needle(text: str, *, folded: bool) -> bytes | None:
    """The longest run of the text that stands in JSON as it is; beyond ASCII only where letter case cannot matter."""

    def is_plain(character: str) -> bool:
        if character.isascii():
            return bool(_PLAIN.fullmatch(character))
        if "\ud800" <= character <= "\udfff":
            return False  # no bytes are it
        return not folded or character.lower() == character.upper() == character

    runs = "".join(character if is_plain(character) else "\n" for character in text).split("\n")
    longest = max(runs, key=len)
    return (longest.lower() if folded else longest).encode() or None


@dataclass(frozen=True, slots=True)
class Hit:
    """One match in a block: the part it is in, from where to where, and in a tree the node and whether in its key."""

    part: str
    start: int
    end: int
    trail: tuple[int, ...] | None = None
    in_key: bool = False


def hits_in(block: Block, pattern: Pattern) -> Iterator[Hit | None]:
    """The matches of a block in their order, and None now and then, where the caller may pause."""
    if not isinstance(block, ToolBlock):
        texts = block.texts() if isinstance(block, HeaderBlock) else [block.source()] if block.searchable else []
        yield from chain.from_iterable(_in_text(TEXT_PART, text, pattern.in_prose) for text in texts)
        return
    yield from _in_text("name", block.name, pattern)
    yield from _in_text(TEXT_PART, block.source(), pattern.in_prose)
    parts = parts_of(block.message.raw)
    for part, raw in ((PARAMETERS_PART, parts.parameters), (RESULTS_PART, parts.results)):
        if raw is not None:
            for found in find_slices(raw, pattern):
                yield None if found is None else Hit(part, found.start, found.end, found.trail, found.part == "key")


def _in_text(part: str, text: str, pattern: Pattern) -> Iterator[Hit | None]:
    for found in pattern.slices(clean(text)):
        yield None if found is None else Hit(part, *found)


def cannot_hold(block: Block, query: Query) -> bool:
    """Whether the bytes of a block rule out a match in it, without decoding them."""
    message = block.message
    if query.needle is None or query.word is None or message is None or not block.searchable_bytes:
        return False
    raw = bytes(message.raw)
    if _ESCAPE.search(raw):
        return False
    shown = raw.lower() if query.folded else raw
    needle = query.needle if isinstance(block, ToolBlock) else query.word
    if needle in shown or (query.word in shown and parts_of(message.raw).content is not None):
        return False
    if raw.isascii():
        return True
    return not (query.folded and _FOLDS_TO_ASCII.search(raw)) and not _CODE_POINT.fullmatch(query.word)


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
