"""What stands above the history: the conversation's own fields, its instructions and its tokens per turn."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tui.store.history.turns import Turn
from tui.terminal.text.clean import clean_line
from tui.views.listing.name import agent_of, name_of, untagged_words
from tui.views.text import format as fmt
from tui.views.text.ink import ASIDE, Line, Span
from tui.views.text.trace import wrapped
from tui.views.text.wrap import crop_line, line_width
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.history_message import SHORT_ID
from tui.views.transcript.blocks.prose import prose_of
from tui.views.transcript.blocks.text_pages import Lead, fold_mark
from tui.views.transcript.blocks.turns import chart_lines
from tui.views.transcript.kinds import HEADER
from tui.views.transcript.modes import Look, Modes

if TYPE_CHECKING:
    from tui.api.conversation import Conversation

_LABEL = 12
"""Cells of the name of a field."""

_LONG, _LONG_LINES = 1_000, 12
"""Characters and lines from which instructions are long."""

_SEPARATOR = Span(" · ", "rule")
_AGENT_HINT = Span(" · Enter: what it was told", f"muted {ASIDE}")


def owner_of(user_id: str | None, people: Mapping[str, str]) -> str:
    """The e-mail address of a user, else the begin of the id."""
    if not user_id:
        return "owner unknown"
    return clean_line(people.get(user_id) or user_id[:SHORT_ID])


class HeaderBlock(Block):
    """Two lines: the name, and of agent, owner, times, counts, tokens and tags what fits; with details every field."""

    __slots__ = ("_agent_lines", "conversation", "failed", "people", "told")

    kind = HEADER

    def __init__(self, conversation: "Conversation", people: Mapping[str, str]) -> None:
        super().__init__(height_hint=2)
        self.conversation = conversation
        self.people = people
        self.told: Mapping[int | None, Sequence[Line]] = {}
        """What reviewers said of the turns by query_id, and of the conversation under None, a line each."""
        self.failed = ""
        """How many of its tool calls failed, in words; empty as long as that is not known, and where none did."""
        self._agent_lines = range(0)

    @property
    def foldable(self) -> bool:
        """Always; it is folded together with that of every other conversation."""
        return True

    def is_mark(self, index: int, look: Look) -> bool:
        """The line below the name."""
        return index == (0 if look.details else 1)

    def compose(self, look: Look) -> list[Line]:
        """The name and a line of facts, or the name and a line for each field."""
        name = Span(name_of(self.conversation), "title")
        if not look.details:
            facts = [fold_mark(True), *self._facts(look.width - 2)]
            verdicts: list[Line] = [[Span("  "), *said] for said in self.told.get(None, ())]
            return [crop_line(line, look.width) for line in ([name], facts, *verdicts)]
        lines = wrapped(name, look.width, look.trace, [fold_mark(False)], [Span("  ")])
        first = len(lines)
        for label, words, ink in self._fields():
            lead = [Span(f"  {label:<{_LABEL}}", f"muted {ASIDE}")]
            lines += wrapped(Span(words, ink), look.width, look.trace, lead, [Span(" " * (_LABEL + 2))])
            if label == "agent":
                self._agent_lines = range(first, len(lines))
        if self.conversation.agent_settings:
            lines[self._agent_lines[-1]].append(_AGENT_HINT)
        lines += [[Span(f"  {'verdict':<{_LABEL}}", f"muted {ASIDE}"), *said] for said in self.told.get(None, ())]
        return [crop_line(line, look.width) for line in lines]

    def names_agent(self, index: int, look: Look) -> bool:
        """Whether a line is that of an agent whose settings can be asked for."""
        self.lay_out(look)
        return look.details and bool(self.conversation.agent_settings) and index in self._agent_lines

    def _facts(self, width: int) -> Line:
        """Side by side the facts that fit, the first ones first."""
        conversation = self.conversation
        origin = Span(agent_of(conversation), "strong"), Span(owner_of(conversation.created_by, self.people))
        begin, end, zone = self._times()
        times = [Span(" → ".join(filter(None, (begin, end))), "muted")]
        labels = [[label] for label in self._labels()]
        line: Line = []
        for fact in (*([span] for span in origin), times, *self._sums(), *labels):
            more = [*line, _SEPARATOR, *fact] if line else fact
            if line and line_width(more) > width:
                if fact in labels:
                    break  # a tag behind one that is missing would read as the first
                continue
            line = more
            if fact is times and line_width(line) + len(zone) < width:  # where it does not fit the title names it
                line.append(Span(f" {zone}" if zone else "", "muted"))
        return line

    def _times(self) -> tuple[str, str, str]:
        """When it began, when it was last written to where that is not the same, and the zone of what comes last."""
        created, updated = self.conversation.created_at, self.conversation.updated_at
        if created is None:
            return "created at an unknown time", "", ""
        begin, zone = fmt.day_and_time(created), fmt.zone_name(created)
        end = fmt.day_and_time(updated) if updated is not None else begin
        if updated is None or end == begin:
            return begin, "", zone
        if fmt.same_day(created, updated):
            return begin, end.rpartition(" ")[2], zone
        last = fmt.zone_name(updated)  # another one where summer time began or ended meanwhile
        return f"{begin} {zone}" if zone and last != zone else begin, end, last

    def _sums(self) -> list[Line]:
        conversation, tokens = self.conversation, self.conversation.tokens
        sums: list[Line] = []
        if conversation.message_count is not None:
            sums.append([Span(f"{fmt.thousands(conversation.message_count)} msg")])
        calls = [Span(self.failed, "failed")] if self.failed else []
        if conversation.tool_call_count is not None:
            called = Span(fmt.plural(conversation.tool_call_count, "call"))
            calls = [called, *([Span(", "), *calls] if calls else [])]
        sums += [calls] if calls else []
        if tokens.input is not None or tokens.output is not None:
            sums.append([Span(f"↑{fmt.compact(tokens.input or 0)} ↓{fmt.compact(tokens.output or 0)}")])
        elif tokens.total is not None:
            sums.append([Span(f"{fmt.compact(tokens.total)} tokens")])
        return sums

    def _labels(self) -> list[Span]:
        conversation = self.conversation
        labels = [Span(clean_line(tag), "tag") for tag in conversation.tags or ()]
        labels = labels or [Span(untagged_words(conversation), "muted")]
        if conversation.is_archived or conversation.archived_at is not None:
            since = f" since {fmt.day(conversation.archived_at)}" if conversation.archived_at else ""
            labels.append(Span(f"archived{since}", "archived"))
        if conversation.is_shared:
            labels.append(Span("shared", "success"))
        labels += [Span("partly unreadable", "warning")] if conversation.notes else []
        return labels

    def _fields(self) -> Iterator[tuple[str, str, str]]:
        """Every field of the API but the history: its label, in words and exactly, and the ink."""
        conversation, tokens = self.conversation, self.conversation.tokens
        settings = _known(conversation.agent_settings, "settings {}", "no settings named")
        yield "agent", f"{agent_of(conversation)} · {settings}", "text"
        owner = self.people.get(conversation.created_by or "")
        yield "owner", _joined(owner, _known(conversation.created_by, "user {}", "unknown")), "text"
        yield "created", _time(conversation.created_at), "text"
        yield "updated", _time(conversation.updated_at), "text"
        archived = _time(conversation.archived_at) if conversation.archived_at else ""
        if conversation.is_archived or archived:
            yield "archived", f"yes, since {archived}" if archived else "yes, since when is not told", "archived"
        else:
            yield "archived", "no", "text"
        yield "messages", _number(conversation.message_count), "text"
        yield "tool calls", _number(conversation.tool_call_count), "text"
        if self.failed:
            yield "of these", self.failed, "failed"
        told = (tokens.input, "in"), (tokens.output, "out"), (tokens.total, "in all")
        yield "tokens", " · ".join(f"{_number(number)} {words}" for number, words in told), "text"
        if conversation.tags:
            yield "tags", ", ".join(map(clean_line, conversation.tags)), "tag"
        else:
            yield "tags", "none" if conversation.tags is not None else "not told", "text"
        yield "type", _known(conversation.type, "{}", "not told"), "text"
        shared = "yes, others see it too" if conversation.is_shared else "no"
        yield "shared", shared, "text"
        goes_on = "you may continue it in the web app" if conversation.can_send_messages else "you may only read it"
        yield "writing", goes_on, "text"
        yield "id", clean_line(conversation.id), "text"
        for note in conversation.notes:
            yield "note", clean_line(note), "warning"

    def source(self) -> str:
        """The conversation's id."""
        return self.conversation.id

    def texts(self) -> list[str]:
        """What a search looks through: all that is seen of it unfolded, but the names of the fields."""
        return [name_of(self.conversation), *(words for _, words, _ in self._fields())]


def _time(moment: datetime | None) -> str:
    return "at an unknown time" if moment is None else fmt.exact_time(moment)


def _known(text: str | None, words: str, without: str) -> str:
    return words.format(clean_line(text)) if text else without


def _joined(first: str | None, second: str) -> str:
    return f"{clean_line(first)} · {second}" if first else second


def _number(number: int | None) -> str:
    return fmt.thousands(number) if number is not None else "?"


class InstructionsBlock(Block):
    """The conversation's instructions, with its details; long ones are folded to one line."""

    __slots__ = ("_is_long", "text")

    kind = "instructions"

    def __init__(self, text: str) -> None:
        self._is_long = len(text) > _LONG or text.count("\n") >= _LONG_LINES
        super().__init__(folded=self._is_long, height_hint=0)
        self.text = text

    def is_touched(self, modes: Modes) -> bool:
        """Whether they are folded or unfolded by hand."""
        return self.folded is not self._is_long

    @property
    def foldable(self) -> bool:
        """Always."""
        return True

    def guess(self, look: Look) -> int:
        """One line while folded."""
        if not look.details:
            return 0
        return 1 if self.folded else 1 + len(self.text) // max(20, look.prose)

    def compose(self, look: Look) -> list[Line]:
        """One line that says how much there is; unfolded the text below it."""
        if not look.details:
            return []
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
    """Input and output tokens of each turn as two small charts, with the details of the conversation.

    It reads the turns whenever it is laid out.
    """

    __slots__ = ("turns",)

    kind = "chart"

    def __init__(self, turns: Sequence[Turn]) -> None:
        super().__init__()
        self.turns = turns

    def guess(self, look: Look) -> int:
        """Nothing without details."""
        return len(self.compose(look))

    def compose(self, look: Look) -> list[Line]:
        """Nothing for a single turn."""
        return chart_lines(self.turns, look.width) if look.details and len(self.turns) > 1 else []
