"""What stands above the history: the conversation's own fields, its instructions and its tokens per turn."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.store.history.turns import Turn
from tui.terminal.text.clean import clean_line
from tui.views.listing.name import agent_of, name_of
from tui.views.text import format as fmt
from tui.views.text.ink import Line, Span
from tui.views.text.trace import wrapped
from tui.views.text.wrap import crop_line, line_width
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.fold_mark import fold_mark
from tui.views.transcript.blocks.prose import prose_of
from tui.views.transcript.blocks.text_pages import Lead
from tui.views.transcript.blocks.turns import chart_lines
from tui.views.transcript.modes import Look, Modes

if TYPE_CHECKING:
    from tui.api.conversation import Conversation

SHORT_ID = 8
"""Characters of an id that stand for it where no e-mail address is known."""

_SEPARATOR = Span(" · ", "rule")


def owner_of(user_id: str | None, people: Mapping[str, str]) -> str:
    """The e-mail address of a user, else the begin of the id."""
    if not user_id:
        return "owner unknown"
    return clean_line(people.get(user_id) or user_id[:SHORT_ID])


class HeaderBlock(Block):
    """Name, agent, owner, times, counts, tokens, tags, id, and what could not be read."""

    __slots__ = ("conversation", "people")

    kind = "header"

    def __init__(self, conversation: "Conversation", people: Mapping[str, str]) -> None:
        super().__init__(height_hint=6)
        self.conversation = conversation
        self.people = people

    def compose(self, look: Look) -> list[Line]:
        """One idea a line; facts that do not fit go on to the next."""
        conversation = self.conversation
        name = name_of(conversation)
        lines = wrapped(Span(name, "title"), look.width, look.trace)
        lines += _flowed(self._origin(), look.width)
        lines += _flowed(self._sums(), look.width)
        lines += _flowed(self._labels(), look.width, Span("  "))
        lines += wrapped(Span(f"id {clean_line(conversation.id)}", "muted"), look.width, look.trace)
        for note in conversation.notes:
            lines += wrapped(Span(f"note: {clean_line(note)}", "warning"), look.width, look.trace)
        return lines

    def _origin(self) -> list[Span]:
        conversation = self.conversation
        agent = agent_of(conversation)
        owner = owner_of(conversation.created_by, self.people)
        return [Span(agent, "strong"), Span(owner), Span(self._times(), "muted")]

    def _times(self) -> str:
        created, updated = self.conversation.created_at, self.conversation.updated_at
        if created is None:
            return "created at an unknown time"
        begin = fmt.day_and_time(created)
        if updated is None or updated == created:
            return begin
        if fmt.same_day(created, updated):
            return f"{begin} → {fmt.day_and_time(updated).rsplit(' ', 1)[-1]}"
        return f"{begin} → {fmt.day_and_time(updated)}"

    def _sums(self) -> list[Span]:
        conversation, tokens = self.conversation, self.conversation.tokens
        sums = []
        if conversation.message_count is not None:
            sums.append(fmt.plural(conversation.message_count, "message"))
        if conversation.tool_call_count is not None:
            sums.append(fmt.plural(conversation.tool_call_count, "tool call"))
        if tokens.input is not None or tokens.output is not None:
            total = f" = {fmt.compact(tokens.total)}" if tokens.total is not None else ""
            sums.append(f"↑{fmt.compact(tokens.input or 0)} ↓{fmt.compact(tokens.output or 0)}{total} tokens")
        elif tokens.total is not None:
            sums.append(f"{fmt.compact(tokens.total)} tokens")
        return [Span(text) for text in sums]

    def _labels(self) -> list[Span]:
        conversation = self.conversation
        labels = [Span(clean_line(tag), "tag") for tag in conversation.tags] or [Span("untagged", "muted")]
        if conversation.is_archived or conversation.archived_at is not None:
            since = f" since {fmt.day(conversation.archived_at)}" if conversation.archived_at else ""
            labels.append(Span(f"· archived{since}", "archived"))
        if conversation.is_shared:
            labels.append(Span("· shared", "success"))
        return labels

    def source(self) -> str:
        """The conversation's id."""
        return self.conversation.id

    def texts(self) -> list[str]:
        """What a search looks through."""
        conversation = self.conversation
        return [conversation.name or "", conversation.agent_settings_name or "", *conversation.tags, conversation.id]


def _flowed(facts: Sequence[Span], width: int, separator: Span = _SEPARATOR) -> list[Line]:
    """Facts one after the other, each on a line of its own where it does not fit beside the one before."""
    lines: list[Line] = []
    for fact in facts:
        if lines and line_width([*lines[-1], separator, fact]) <= width:
            lines[-1] += [separator, fact]
        else:
            lines.append([fact])
    return [crop_line(line, width) for line in lines]


class InstructionsBlock(Block):
    """The conversation's instructions, folded to one line."""

    __slots__ = ("text",)

    kind = "instructions"

    def __init__(self, text: str) -> None:
        super().__init__(folded=True)
        self.text = text

    def is_touched(self, modes: Modes) -> bool:
        """Whether they are unfolded."""
        return not self.folded

    @property
    def foldable(self) -> bool:
        """Always."""
        return True

    def guess(self, look: Look) -> int:
        """One line while folded."""
        return 1 if self.folded else 1 + len(self.text) // max(20, look.prose)

    def compose(self, look: Look) -> list[Line]:
        """One line that says how much there is; unfolded the text below it."""
        head: Line = [fold_mark(self.folded), Span(f"instructions ({fmt.lines(self.text)})", "muted")]
        if self.folded:
            return [crop_line(head, look.width)]
        prose = prose_of(self.text, look, 2, markdown=look.markdown, page=self.page_of(0))
        if look.trace is None:
            self.lead({1 + line: Lead(0, to) for line, to in prose.leads.items()})
        return [crop_line(line, look.width) for line in (head, *([Span("  "), *line] for line in prose.lines))]

    @property
    def first_text_line(self) -> int:
        """The line below its own."""
        return 1

    def source(self) -> str:
        """The instructions, raw."""
        return self.text


class ChartBlock(Block):
    """Input and output tokens of each turn as two small charts; it reads the turns whenever it is laid out."""

    __slots__ = ("turns",)

    kind = "chart"

    def __init__(self, turns: Sequence[Turn]) -> None:
        super().__init__(height_hint=2)
        self.turns = turns

    def compose(self, look: Look) -> list[Line]:
        """Nothing for a single turn."""
        return chart_lines(self.turns, look.width) if len(self.turns) > 1 else []
