"""Where what is on the screen stands in the text that was written, told by the layout itself.

A traced layout makes the lines of an ordinary one, but where they show something written the ink says which stretch
of which text that is. A span without such an ink was put there by the layout: a bar, a mark, blanks that align, words
of ours. So wrapped lines, tables and bullets need no rules of their own when something is copied, and nobody who does
not ask pays for it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from tui.terminal.text.clean import visible
from tui.terminal.text.columns import cleaned_columns
from tui.views.text.ink import Line, Span
from tui.views.text.stretches import CodeBlock, Pair, Stretch, stretch_of
from tui.views.text.wrap import wrap_spans

_WORD = re.compile(r"\s+|\S+")
_BREAK = re.compile("\n")

Columns = Callable[[str, str, Callable[[str], str]], list[int]]
"""Gives the columns of a written line in a laid-out one, as `cleaned_columns` does."""


class WrittenText:
    """One text: as it was written, and as it was laid out, which is cleaned and has the same lines."""

    def __init__(
        self,
        number: int,
        written: str,
        laid_out: str,
        shown: Callable[[str], str] = visible,
        form: Callable[[str], str] = str,
        *,
        markup: bool = False,
        columns: Columns = cleaned_columns,
    ) -> None:
        """`shown` is what cleaning was told to make of what cannot be seen, and `form` what is seen of its outcome.

        `markup` says that some of the text is not to be seen, `columns` where the characters of a line have come to.
        """
        self.number = number
        self.written = written
        self.laid_out = laid_out
        self.markup = markup
        self.before = self.after = ""
        """What was written around it, where it is a page of a text."""
        self.pairs: list[Pair] = []
        self.code: list[CodeBlock] = []
        self.stretches: list[tuple[int, int]] = []
        """Whatever of it was laid out, folded away or not."""
        self._shown = shown
        self._form = form
        self._columns = columns
        self._breaks: list[int] | None = None

    # what the layout says

    def span(self, text: str, start: int, end: int) -> Span:
        """Something shown that stands for a stretch, as a whole or, where it is that stretch, letter by letter."""
        if text not in ("", " "):  # which nobody sees at the end of a line
            self.stretches.append((start, end))
        return Span(text, f"@{self.number}:{start}:{end}{'' if len(text) == end - start else '='}")

    def spans(self, text: str, start: int, end: int) -> Line:
        """The same in words, which wrapping may part, as far as the text stands in the stretch as it is shown."""
        at = self.laid_out.find(text, start, end)
        if at >= 0:
            return [self.span(word[0], at + word.start(), at + word.end()) for word in _WORD.finditer(text)]
        return self.letters(text, self.laid_out[start:end], range(start, end))

    def letters(self, text: str, content: str, places: Sequence[int]) -> Line:
        """What is shown of some content, letter by letter, with the place of each character of that content."""
        forms = [self._form(one) for one in content]
        if "".join(forms) == text:
            return [self.span(one, place, place + 1) for form, place in zip(forms, places, strict=True) for one in form]
        return [self.span(text, places[0], places[-1] + 1)] if text and places else []

    def parted(self, lines: Sequence[Line]) -> list[Line]:
        """The lines of the whole text once they are wrapped: where a word was parted each part has its own stretch."""
        taken: dict[str, int] = {}

        def part(span: Span) -> Span:
            stretch = stretch_of(span.ink)
            if stretch is None or stretch.is_one or len(span.text) == stretch.end - stretch.start:
                return span
            at = taken.get(span.ink, stretch.start)
            if not self.laid_out.startswith(span.text, at):
                at = self.laid_out.find(span.text, stretch.start, stretch.end)
            if at < 0:
                return span
            taken[span.ink] = at + len(span.text)
            return Span(span.text, f"@{self.number}:{at}:{at + len(span.text)}")

        return [list(map(part, line)) for line in lines]

    def begin(self, words: str) -> Span:
        """Words in the place of the pages before."""
        return self.span(words, -1, 0)

    def rest(self, words: str) -> Span:
        """Words in the place of all that is folded away behind what is shown."""
        return self.span(words, len(self.laid_out), len(self.laid_out) + 1)

    def shown_in(self, stretch: Stretch, text: str, first: int, last: int) -> tuple[int, int]:
        """The part of a stretch that some characters of a span show; all of it where the span only stands for it."""
        if not stretch.is_one and self.laid_out.startswith(text, stretch.start):
            return stretch.start + first, stretch.start + last
        return stretch.start, stretch.end

    # what is copied

    def copied(self, start: int, end: int, *, decorated: bool = False) -> str:
        """What was written in a stretch of which all is selected; `decorated` where a mark before it is, too.

        All of what is shown gives all of the text. Markup that opens or closes within comes in pairs; of several lines
        the first and the last are whole if all that is shown of them is selected. Code is what stands in its block.
        """
        if self._is_all(start, end):
            return f"{self.before}{self.written}{self.after}"
        if start < 0:
            return f"{self.before}{self.copied(0, end)}"
        if end > len(self.laid_out):
            return f"{self.written[self._place(start) :]}{self.after}"
        for block in self.code:
            if block.lines[0][0] <= start and end <= block.lines[-1][1]:
                start, end = self._whole_code(start, end)
                parts = [(max(start, first), min(end, last)) for first, last in block.lines]
                return "\n".join(self.between(first, last) for first, last in parts if first <= last)
        if self.markup:
            start, end = self._whole_lines(*self._in_pairs(start, end), decorated=decorated)
        return self.between(start, end)

    def between(self, start: int, end: int) -> str:
        """What was written there."""
        return self.written[self._place(start) : self._place(end, is_end=True)]

    def lines(self, start: int, end: int) -> str:
        """The whole lines that a stretch is in; in a block of code, the lines of the code."""
        if start >= len(self.laid_out):
            return ""
        for block in self.code:
            inside = [line for line in block.lines if line[0] <= end and start <= line[1]]
            if inside and block.lines[0][0] <= start and end <= block.lines[-1][1]:
                return "\n".join(self.between(*line) for line in inside)
        first, last = self._line_ends(start, end)
        head = self.before[self.before.rfind("\n") + 1 :] if not first else ""
        rest = self.after.partition("\n")[0] if last == len(self.laid_out) else ""
        return f"{head}{self.between(first, last)}{rest}"

    def code_near(self, number: int) -> CodeBlock | None:
        """The block of code at a line, else the next one below it, else the last one above."""
        below = (block for block in self.code if self.line_number(block.lines[-1][1]) >= number)
        return next(below, self.code[-1] if self.code else None)

    def code_text(self, block: CodeBlock) -> str:
        """The code as it was written."""
        return "\n".join(self.between(*line) for line in block.lines)

    def line_number(self, place: int) -> int:
        """The line of a place, counted from 0."""
        return self.laid_out.count("\n", 0, place)

    def _is_all(self, start: int, end: int) -> bool:
        return all(start <= first and last <= end for first, last in self.stretches)

    def _in_pairs(self, start: int, end: int) -> tuple[int, int]:
        before = None
        while before != (start, end):
            before = start, end
            for pair in self.pairs:
                if pair.opened == start and start <= pair.closes and pair.closed <= end:
                    start = pair.opens
                elif pair.closes == end and start <= pair.opens and pair.opened <= end:
                    end = pair.closed
        return start, end

    def _whole_lines(self, start: int, end: int, *, decorated: bool) -> tuple[int, int]:
        first, last = self._line_ends(start, end)
        several = "\n" in self.laid_out[start:end]
        if (decorated or several) and not any(begin < start and first < stop for begin, stop in self.stretches):
            start = first
        if several and not any(end < stop and begin < last for begin, stop in self.stretches):
            end = last
        return start, end

    def _whole_code(self, start: int, end: int) -> tuple[int, int]:
        """With what is not shown of lines of which all that is shown is selected: what a program told its terminal."""
        first, last = self._line_ends(start, end)
        if self.laid_out[first:start].strip() and not any(a < start and first < b for a, b in self.stretches):
            start = first
        if self.laid_out[end:last].strip() and not any(end < b and a < last for a, b in self.stretches):
            end = last
        return start, end

    def _line_ends(self, start: int, end: int) -> tuple[int, int]:
        stop = self.laid_out.find("\n", end)
        return self.laid_out.rfind("\n", 0, start) + 1, stop if stop >= 0 else len(self.laid_out)

    def _place(self, at: int, *, is_end: bool = False) -> int:
        """The character of the written text that one of the text as it was laid out comes from."""
        if self.written == self.laid_out:
            return at
        begin, stop = self._line_ends(at, at)
        if self._breaks is None:
            self._breaks = [match.start() for match in _BREAK.finditer(self.written)]
        number = self.line_number(at)
        first = self._breaks[number - 1] + 1 if number else 0
        line = self.written[first : self._breaks[number] if number < len(self._breaks) else len(self.written)]
        columns = self._columns(line, self.laid_out[begin:stop], self._shown)
        column = at - begin
        if is_end:
            return first + bisect_left(columns, column)
        return first + max(0, bisect_right(columns, column, 0, len(line)) - 1)


class Trace:
    """The texts that a traced layout shows, in the order in which it came to them."""

    def __init__(self) -> None:
        self.texts: list[WrittenText] = []
        self._by_rows: dict[int, tuple[object, WrittenText]] = {}
        self._lines: dict[int, tuple[object, list[Line]]] = {}

    def text(
        self,
        written: str,
        laid_out: str,
        shown: Callable[[str], str] = visible,
        form: Callable[[str], str] = str,
        *,
        markup: bool = False,
        columns: Columns = cleaned_columns,
    ) -> WrittenText:
        """A further text; see WrittenText."""
        made = WrittenText(len(self.texts), written, laid_out, shown, form, markup=markup, columns=columns)
        self.texts.append(made)
        return made

    def rows_of(
        self, owner: object, written: str, laid_out: str, rows: Sequence[tuple[int, int]], columns: Columns
    ) -> WrittenText:
        """A text that is laid out in rows, whichever of them are asked for; `owner` is what has it in this trace."""
        if id(owner) not in self._by_rows:
            text = self.text(written, laid_out, columns=columns)
            first = next((row for row in rows if row[0] < row[1]), (0, 0))
            last = next((row for row in reversed(rows) if row[0] < row[1]), (0, 0))
            text.stretches.append((first[0], last[1]))
            self._by_rows[id(owner)] = owner, text
        return self._by_rows[id(owner)][1]

    def lines_of(self, owner: object, make: Callable[[], list[Line]]) -> list[Line]:
        """The lines of a text, made once, whichever of them are asked for."""
        if id(owner) not in self._lines:
            self._lines[id(owner)] = owner, make()
        return self._lines[id(owner)][1]


def wrapped(
    span: Span, width: int, trace: Trace | None, lead: Line | tuple[()] = (), hang: Line | None = None
) -> list[Line]:
    """A cleaned text of ours as lines, as `wrap_spans` makes them; traced it is a text of its own."""
    if trace is None:
        return wrap_spans([span], width, lead, hang)
    text = trace.text(span.text, span.text)
    return text.parted(wrap_spans(text.spans(span.text, 0, len(span.text)), width, lead, hang))
