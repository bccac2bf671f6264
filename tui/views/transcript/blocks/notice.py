"""What stands in the place of a history; by itself, since the very first frame has one and no history."""

from tui.terminal.text.clean import clean
from tui.views.text.ink import Line, Span
from tui.views.text.trace import wrapped
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.modes import Look


class NoticeBlock(Block):
    """A sentence in the place of a history: that it is on its way, empty, or could not be had."""

    __slots__ = ("paragraphs",)

    kind = "notice"
    searchable = False

    def __init__(self, *paragraphs: Span) -> None:
        super().__init__(gap=True)
        self.paragraphs = paragraphs

    def compose(self, look: Look) -> list[Line]:
        """One paragraph after the other."""
        spans = [Span(clean(span.text), span.ink) for span in self.paragraphs if span.text]
        return [line for span in spans for line in wrapped(span, look.prose, look.trace)]

    def source(self) -> str:
        """The words of it."""
        return "\n".join(span.text for span in self.paragraphs)
