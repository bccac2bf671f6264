"""The block of what an agent thought."""

from tui.views.text import format as fmt
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import crop_line, plain
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.history_message import HistoryMessage
from tui.views.transcript.blocks.prose import prose_lines
from tui.views.transcript.blocks.text_pages import fold_mark
from tui.views.transcript.modes import Look, Modes


class ReasoningBlock(Block):
    """What the agent thought; folded to one line."""

    __slots__ = ("message",)

    kind = "reasoning"
    message: HistoryMessage

    def __init__(self, message: HistoryMessage, *, gap: bool, folded: bool) -> None:
        super().__init__(gap=gap, folded=folded)
        self.message = message

    def is_touched(self, modes: Modes) -> bool:
        """Whether it is not as all reasoning is."""
        return self.folded == modes.reasoning

    @property
    def part(self) -> str:
        """The word for it."""
        return self.kind

    @property
    def beside(self) -> bool:
        """Always."""
        return True

    @property
    def foldable(self) -> bool:
        """Always."""
        return True

    def guess(self, look: Look) -> int:
        """One line while folded."""
        return 1 if self.folded else 2 + self.message.size // max(20, look.prose)

    def compose(self, look: Look) -> list[Line]:
        """One line that says how much there is; unfolded the text below it."""
        text = self.source()
        head: Line = [Span(" "), fold_mark(self.folded), Span(f"reasoning ({fmt.lines(text)})", "reasoning")]
        if self.message.words:
            head.append(Span(f" · {self.message.words}", "warning"))
        if self.folded:
            first = text.strip()[: look.width].split("\n")[0]
            untraced = Look(look.width, look.markdown)
            shown = prose_lines(first, untraced, 0, markdown=self.message.is_markdown(look))
            begin = "".join(map(plain, shown)).strip()
            return [crop_line([*head, Span(f"  {begin}", "muted")] if begin else head, look.width)]
        body, leads = self.message.said(look, 4, self.pages)
        head.append(Span(f"  {self.message.aside(self.message.clock())}", "muted"))
        notes = [[Span("    "), *note] for note in self.message.told(look, 4)]
        if look.trace is None:
            self.lead({1 + len(notes) + line: lead for line, lead in leads.items()})
        return [crop_line(line, look.width) for line in (head, *notes, *([Span("    "), *line] for line in body))]
