"""Where what a rendered Markdown text shows stands in its source."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from tui.views.markdown.inline import marks_in
from tui.views.markdown.marks import Mark, spans_of
from tui.views.text.ink import Line, Span
from tui.views.text.stretches import CodeBlock, Pair
from tui.views.text.trace import WrittenText
from tui.views.text.wrap import plain

if TYPE_CHECKING:
    from markdown_it.token import Token

_FENCE = "fence"
_Ends = tuple[int, int]


class CodePiece(NamedTuple):
    """What is shown of a line of code: from which to which character of the line, and in which ink."""

    text: str
    start: int
    end: int
    ink: str


class Origins:
    """Gives what the renderer shows its places in the text; the words themselves stay as they are."""

    def __init__(self, text: WrittenText) -> None:
        self._text = text
        self._lines = text.laid_out.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        self._taken: dict[int, int] = {}
        """How many characters of a line are the signs of lists, or cells, that were met."""

    def whole(self, number: int, span: Span) -> Line:
        """Something that stands for a whole line."""
        return self._text.spans(span.text, *self._ends(number))

    def sign(self, token: "Token", span: Span) -> Span:
        """The bullet or the number of an item of a list."""
        number = token.map[0] if token.map else 0
        written = f"{token.info}{token.markup}"
        start, end = self._next(number, written)
        return self._text.span(span.text, start, end)

    def code(self, token: "Token", lines: Sequence[Line]) -> list[Line]:
        """The lines of a block of code, as many as the token has."""
        places = self._code(token)
        return [self._text.spans(plain(line), *place) for line, place in zip(lines, places, strict=False)]

    def output(self, token: "Token", lines: Sequence[Sequence["CodePiece"]]) -> list[Line]:
        """The same of one of which not all is shown."""
        return [
            [span for piece in line for span in self._text.spans(piece.text, at + piece.start, at + piece.end)]
            for line, (at, _) in zip(lines, self._code(token), strict=False)
        ]

    def _code(self, token: "Token") -> list[_Ends]:
        """Where the lines of a block of code stand."""
        first, last = token.map or (0, 0)
        is_fence = token.type == _FENCE
        content = token.content.removesuffix("\n").split("\n")
        places = [self._at_end(first + is_fence + place, line) for place, line in enumerate(content)]
        self._text.code.append(CodeBlock(token.info.strip(), tuple(places)))
        if is_fence:
            self._text.pairs.append(Pair(self._starts[first], places[0][0], places[-1][1], self._ends(last - 1)[1]))
        return places

    def text(self, token: "Token", ink: str, *, typed: bool, lines: bool) -> Line:
        """The text of a paragraph or a heading; see `inline_spans`."""
        first = token.map[0] if token.map else 0
        places = [self._at_end(number, line) for number, line in enumerate(token.content.split("\n"), first)]
        return self._inline(token.content, places, marks_in(token.content, typed=typed, lines=lines), ink)

    def cell(self, text: str, number: int, ink: str, *, typed: bool) -> Line:
        """A cell in a line of a table."""
        return self._inline(text, [self._next(number, text)], marks_in(text, typed=typed), ink)

    def _inline(self, text: str, places: Sequence[_Ends], marks: Sequence[Mark], ink: str) -> Line:
        """A text whose lines stand at these places."""
        offsets = [*accumulate((len(line) + 1 for line in text.split("\n")), initial=0)]

        def laid_out(at: int) -> int:
            number = min(bisect_right(offsets, at), len(places)) - 1
            start, end = places[number]
            return min(start + at - offsets[number], end)

        self._text.pairs += (Pair(*map(laid_out, pair)) for pair in _pairs(marks))
        spans: Line = []
        shown_at: list[_Ends] = []
        for span, (at, end) in zip(spans_of(text, marks, ink, shown_at), shown_at, strict=True):
            words, written = span.text.split("\n"), text[at:end].split("\n")
            if len(words) != len(written):
                words, written = [span.text], [text[at:end]]
            for number, (word, line) in enumerate(zip(words, written, strict=True)):
                spans += [Span("\n")] if number else []
                spans += self._text.spans(word, laid_out(at), laid_out(at + len(line)))
                at += len(line) + 1
        return spans

    def _ends(self, number: int) -> _Ends:
        if number >= len(self._lines):
            return len(self._text.laid_out), len(self._text.laid_out)
        return self._starts[number], self._starts[number] + len(self._lines[number])

    def _at_end(self, number: int, text: str) -> _Ends:
        """Where a line stands behind the marks of what it is in, and before those that close a heading."""
        start, end = self._ends(number)
        line = self._text.laid_out[start:end]
        for rest in (line, line.rstrip(), line.rstrip().rstrip("#").rstrip()):
            if rest.endswith(text):
                return start + len(rest) - len(text), start + len(rest)
        return start, end

    def _next(self, number: int, text: str) -> _Ends:
        """Where a text stands in a line, behind what was met there before; where it cannot be told, it is the line."""
        start, end = self._ends(number)
        at = self._text.laid_out.find(text, start + self._taken.get(number, 0), end) if text else -1
        if at < 0:
            return start, end
        self._taken[number] = at + len(text) - start
        return at, at + len(text)


def _pairs(marks: Iterable[Mark]) -> list[tuple[int, int, int, int]]:
    """What opens and what closes, each with where it begins and ends."""
    pairs: list[tuple[int, int, int, int]] = []
    opened: list[Mark] = []
    at = 0
    for mark in marks:
        if mark.start < at:
            continue  # it is left out on the screen, too
        at = mark.end
        if mark.push and not mark.pop:
            opened.append(mark)
        elif mark.pop and not mark.push and opened:
            opening = opened.pop()
            pairs.append((opening.start, opening.end, mark.start, mark.end))
    return pairs
