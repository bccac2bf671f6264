"""The rows of an unfolded text in a JSON tree: as it was written, as on a terminal, a diff, or Markdown."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from tui.store.history.raw import is_json
from tui.store.saved.folds import TEXT_WINDOW
from tui.terminal.text.clean import clean
from tui.views.code.output import Seen, is_output, seen, seen_text
from tui.views.markdown.detect import is_markdown
from tui.views.markdown.lines import markdown_lines
from tui.views.text.ink import Line
from tui.views.text.pages import TextPage, is_large, page_numbered, page_with
from tui.views.text.stretches import stretch_of
from tui.views.text.trace import Trace
from tui.views.text.wrap import wrap_offsets


class TextForm(Enum):
    """How texts are shown: as they were written, as they are seen, or where they are Markdown rendered."""

    WRITTEN = 0
    SEEN = 1
    RENDERED = 2


def is_prose(text: str) -> bool:
    """Whether a text among results is shown as Markdown."""
    return not is_large(text) and is_markdown(text) and not is_output(text)


class HeldText:
    """The text of a value; what is in it is looked for once, for its rows ask again at each frame."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def holds_json(self) -> bool:
        """Whether it is a JSON object or list; of a large one that takes longer than a frame."""
        text = self.text.strip()
        may_be = text[:1] + text[-1:] in ("{}", "[]") and len(text) >= 3
        return may_be and is_json(text.encode("utf-8", "surrogatepass"))

    @cached_property
    def is_output(self) -> bool:
        """Whether there is anything in it that is meant for a terminal."""
        return is_output(self.text)


@dataclass(frozen=True, slots=True)
class TextLayout:
    """The rows at a width: from where to where each is in the text as it is seen, or else rendered lines."""

    room: int
    seen: Seen
    slices: Sequence[tuple[int, int]]
    lines: Sequence[Line] | None = None

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.slices if self.lines is None else self.lines)


class TextRows:
    """What is shown of a text: a page, or only the begin of the first one; and its rows."""

    __slots__ = ("_form", "_layout", "is_markdown", "page", "text")

    def __init__(self, text: str, shown: int, form: TextForm) -> None:
        self.text = text
        self._form = form
        self.is_markdown = form is TextForm.RENDERED and is_prose(text)
        self.show(shown)

    def show(self, shown: int) -> None:
        """Show the page that ends there, or so much of the first one."""
        whole = page_with(self.text, max(0, shown - 1))
        end = whole.end if whole.number else min(whole.end, shown)
        if self.is_markdown and end < whole.end:
            end = self.text.rfind("\n\n", 0, end) + 1 or end
        self.page = TextPage(whole.number, whole.start, end)
        self._layout: TextLayout | None = None

    @property
    def written(self) -> str:
        """What is shown, as it was written."""
        return self.text[self.page.start : self.page.end]

    def layout(self, room: int) -> TextLayout:
        """The rows in so many cells."""
        if self._layout is None or self._layout.room != room:
            self._layout = self._laid_out(room)
        return self._layout

    def _laid_out(self, room: int) -> TextLayout:
        if self.is_markdown:
            return TextLayout(room, Seen(""), (), markdown_lines(self.written, room))
        found = Seen(clean(self.written)) if self._form is TextForm.WRITTEN else seen(self.written)
        slices: list[tuple[int, int]] = []
        start = 0
        for paragraph in found.text.removesuffix("\n").split("\n"):
            length = len(paragraph)
            if length <= room and paragraph.isascii():
                slices.append((start, start + length))
            else:
                slices.extend((start + a, start + b) for a, b in wrap_offsets(paragraph, room, room))
            start += length + 1
        return TextLayout(room, found, slices)

    def height(self, room: int) -> int:
        """The rows, with those that stand for what is hidden."""
        return (self.page.start > 0) + self.layout(room).height + (self.page.end < len(self.text))

    def row(self, index: int, room: int) -> tuple[str, int]:
        """What a row is: the number of a row of `text`, or what is hidden `before` it, or what is `more`."""
        number = index - (self.page.start > 0)
        if number < 0:
            return "before", 0
        return ("text", number) if number < self.layout(room).height else ("more", 0)

    def turned(self, step: int) -> int:
        """Up to where the text is to be shown next: the rest of the page, or the next or the previous one."""
        whole = page_numbered(self.text, self.page.number)
        if step > 0 and self.page.end < whole.end:
            return whole.end
        return page_numbered(self.text, self.page.number + step).end

    def shown_for(self, offset: int, number: int) -> int:
        """Up to where it is to be shown so that some character of a page, as it is seen, is."""
        whole = page_numbered(self.text, number)
        is_there = self.page.number == number and len(seen_text(self.written)) >= offset + TEXT_WINDOW
        return self.page.end if is_there else whole.end

    def row_of(self, offset: int, number: int, room: int) -> int | None:
        """The row of some character of a page as it is seen; None while it is hidden."""
        layout, first = self.layout(room), self.page.start > 0
        if self.page.number != number or not layout.height:
            return None
        if layout.lines is not None:
            return self._row_of_markdown(offset, room)
        if offset >= len(layout.seen.text) and self.page.end < page_numbered(self.text, number).end:
            return None
        return first + max(0, bisect_right(layout.slices, offset, key=lambda piece: piece[0]) - 1)

    def _row_of_markdown(self, offset: int, room: int) -> int | None:
        """The row that shows the character, or the last one before it; None where it is not among what is shown."""
        if offset >= len(self.written):
            return None
        found = 0
        for row, line in enumerate(self.traced(room, Trace())):
            for span in line:
                stretch = stretch_of(span.ink)
                if stretch is not None and stretch.start <= offset:
                    found = row
                if stretch is not None and stretch.start <= offset < stretch.end:
                    return row
        return found

    def traced(self, room: int, trace: Trace) -> list[Line]:
        """The lines of Markdown that tell what they show of the text."""
        return trace.lines_of(self, lambda: markdown_lines(self.written, room, trace=trace))
