"""A tool call: one line while folded, then its input parameters and its results as JSON trees."""

from collections.abc import Iterator

from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.store.history.messages import MessageParts, parts_of
from tui.store.history.outcome import CallOutcome, outcome_of
from tui.terminal.text.clean import clean_line
from tui.views.jsontree.text_rows import TextLayout
from tui.views.text.ink import ASIDE, Line, Span
from tui.views.text.wrap import crop_line
from tui.views.transcript.blocks.block import Block, Marker
from tui.views.transcript.blocks.history_message import HistoryMessage
from tui.views.transcript.blocks.tool_body import INDENT, ToolBody, sections_of
from tui.views.transcript.blocks.tool_line import CallLine, call_line
from tui.views.transcript.blocks.tool_run import CallRun, is_hidden, repeats
from tui.views.transcript.blocks.tool_section import RESULTS_PART, Section, TreeRow
from tui.views.transcript.modes import APART, CLOSED, EVERYTHING, PARAMETERS, Look, Modes

_NAME_LIMIT = 60
_TREE_KEPT = 64 * 1024
"""Bytes of a call up to which its trees are kept when it is closed, and with them what was folded."""


class ToolBlock(Block):
    """A tool call with its level of unfolding; `ended_at` is the time of the next message of its turn."""

    __slots__ = (
        "_folds",
        "_outcome",
        "_parts",
        "_patterns",
        "_sections",
        "before",
        "ended_at",
        "level",
        "message",
        "run",
    )

    kind = "tool"
    message: HistoryMessage

    def __init__(
        self, message: HistoryMessage, *, gap: bool, level: int, patterns: FailurePatterns = NO_PATTERNS
    ) -> None:
        super().__init__(gap=gap)
        self.message = message
        self._patterns = patterns
        self.level = level
        self.ended_at: float | None = None
        self.before: ToolBlock | None = None
        """The call before, where nobody has said anything in between."""
        self.run: CallRun | None = None
        self._parts: MessageParts | None = None
        self._outcome: CallOutcome | None = None
        self._sections: tuple[Look, list[Section]] | None = None
        self._folds: dict[str, object] = {}
        """What is to be folded in trees that are made later."""

    @property
    def beside(self) -> bool:
        """Unless it is to stay."""
        return not self.stays

    # runs

    def follow(self, before: "ToolBlock", *, directly: bool) -> None:
        """Take note of the call before; where both are the same, and nothing stands between, they are one run."""
        self.before = before
        if directly and not self.message.words and repeats(self.message, before.message):
            self.run = before.run = before.run or CallRun(before)
            self.run.size += 1

    # folding

    @property
    def foldable(self) -> bool:
        """Always."""
        return True

    def set_level(self, level: int) -> bool:
        """Unfold to a level; whether that changed anything."""
        if level == self.level:
            return False
        self.level = level
        self.forget()
        return True

    def set_folded(self, folded: bool) -> bool:
        """Step by step: all of it, its line alone, and one line for the whole run."""
        heads = self.run is not None and self.run.head is self
        if not folded:
            return self.set_level(APART if heads and self.level == CLOSED else EVERYTHING)
        if self.level > CLOSED:
            return self.set_level(APART if heads else CLOSED)
        return self.set_level(CLOSED) or (self.run is not None and self.run.head.set_level(CLOSED))

    def toggle(self, index: int, look: Look) -> bool:
        """On its own line the tool call, on a heading its section's call, in a tree the node."""
        below = index - int(self.gap) - 1
        if below < 0:
            return self.set_folded(self.level > CLOSED)
        self._look = None
        return self.body(look).toggle(below) or self.set_folded(True)

    def fold_at(self, index: int, look: Look, folded: bool) -> bool:
        """Fold or unfold the node of a row; what cannot fold hands it to the node around it, at last to the call."""
        self._look = None
        below = index - int(self.gap) - 1
        return (below >= 0 and self.body(look).fold_at(below, folded)) or self.set_folded(folded)

    def is_mark(self, index: int, look: Look) -> bool:
        """Its own line, and every row of a tree that can be folded."""
        below = index - int(self.gap) - 1
        return below == -1 if below < 0 else self.body(look).is_mark(below)

    def is_touched(self, modes: Modes) -> bool:
        """Whether it is at another level than all tool calls, or its trees were looked at."""
        return self.level != modes.tools or self._sections is not None or bool(self._folds)

    def fold_state(self) -> tuple[int, dict[str, object]]:
        """Its level, and what is folded in its trees."""
        if self._sections is None:
            return self.level, dict(self._folds)
        return self.level, ToolBody(self._sections[1], 0).folds()

    def restore(self, state: object) -> None:
        """Take its level and the folds in its trees back."""
        match state:
            case (int(level), dict(folds)):
                self._folds = folds
                for section in self._sections[1] if self._sections is not None else []:
                    section.restore(folds)
                self.forget()
                self.set_level(level)

    def reveal(
        self, part: str, trail: tuple[int, ...] | None, offset: int, look: Look, *, in_key: bool, page: int = 0
    ) -> int:
        """Open what hides a node, or a character of a page of its text, and tell its line."""
        if part != "name":
            self.set_level(max(self.level, EVERYTHING if part == RESULTS_PART else PARAMETERS))
        line = self.body(look).reveal(part, trail, None if in_key else offset, page)
        self._look = None
        return min(self.lay_out(look) - 1, int(self.gap) + (0 if line is None else 1 + line))

    # what it says

    def taken_apart(self) -> MessageParts:
        """The parts of the message, kept while the user looks at it: of megabytes they take a while to find."""
        if self._parts is None:
            self._parts = parts_of(self.message.raw)
        return self._parts

    def drop_lines(self) -> bool:
        """Give back what is quickly made again; of its trees what is folded in them is kept."""
        _, self._folds = self.fold_state()
        self._parts = self._sections = None
        return super().drop_lines()

    @property
    def outcome(self) -> CallOutcome:
        """How many results there are, how large, failed or empty."""
        if self._outcome is None:
            results = parts_of(self.message.raw).results
            self._outcome = outcome_of(None if results is None else bytes(results), self._patterns)
        return self._outcome

    @property
    def name(self) -> str:
        """The type of the tool."""
        facts = self.message.facts
        name = clean_line(facts.tool_type, _NAME_LIMIT) or "tool of no type"
        return name if facts.kind == "tool_call" else f"{name} (type: {clean_line(facts.kind, _NAME_LIMIT) or 'none'})"

    @property
    def seconds(self) -> float | None:
        """The time to the next message of its turn; None where that is not known or not later."""
        if self.ended_at is None or self.message.facts.at is None or self.ended_at < self.message.facts.at:
            return None
        return self.ended_at - self.message.facts.at

    @property
    def searchable_bytes(self) -> bool:
        """Not where the name says more than the bytes do."""
        return (
            not self.message.facts.odd and self.message.facts.kind == "tool_call" and bool(self.message.facts.tool_type)
        )

    def headline(self, width: int, *, as_written: bool = False) -> Line:
        """The one line of a folded tool call."""
        parts, before = self.taken_apart(), self.before
        alike = before is not None and before.message.facts.tool_type == self.message.facts.tool_type
        times = self.run.size if self.run is not None and self.run.head is self and self.level == CLOSED else 1
        call = CallLine(
            self.name,
            parts.parameters,
            self.outcome,
            self.seconds if times == 1 else None,
            self.message.words,
            before=before.taken_apart().parameters if before is not None and alike else None,
            results=parts.results,
            times=times,
            as_written=as_written,
            called=self.message.called,
        )
        return call_line(call, width, folded=self.level <= CLOSED)

    # rows

    def estimate(self, look: Look) -> int:
        """None where another call stands for it."""
        return 0 if self.run is not None and is_hidden(self) else super().estimate(look)

    def guess(self, look: Look) -> int:
        """One line while closed."""
        return 1 if self.level <= CLOSED else 1 + min(60, self.message.size // 40)

    def lay_out(self, look: Look) -> int:
        """Count the rows; nothing is composed but what is looked at."""
        if is_hidden(self):
            return 0
        if look is not self._look:
            self._look = look
            self._height = int(self.gap) + 1 + self.body(look).height
        return self._height

    def line(self, index: int, look: Look) -> Line:
        """One row of the call, of a heading or of a tree."""
        below = index - int(self.gap) - 1
        if below < 0:
            return self.headline(look.width, as_written=not look.markdown) if below == -1 else []
        return self.body(look).line(below, look.trace)

    def traced(self, lines: range, look: Look) -> list[Line]:
        """Row by row: there may be very many."""
        return [self.line(index, look) for index in lines]

    def body(self, look: Look) -> ToolBody:
        """What is shown below the call's own line at its level."""
        if self.level <= CLOSED:
            return ToolBody((), look.width)
        made = self._sections
        if made is None or (made[0] is not look and (look.details or made[0].details or self.taken_apart().content)):
            self._sections = made = (look, self._made(look, made[1] if made else []))
        for section in (shown := made[1]):
            section.show_as_written(not look.markdown)
        if self.level < EVERYTHING:
            shown = [section for section in shown if section.name != RESULTS_PART]
        return ToolBody(shown, look.width)

    def text_at(self, index: int, look: Look) -> tuple[TextLayout, int] | None:
        """As `ToolBody` tells."""
        return self.body(look).text_at(index - int(self.gap) - 1)

    def placed(self, look: Look) -> Iterator[tuple[Section, range]]:
        """Each section with its lines, the heading first."""
        first = int(self.gap) + 1
        for section, lines in self.body(look).placed():
            yield section, range(first + lines.start, first + lines.stop)

    def _made(self, look: Look, before: list[Section]) -> list[Section]:
        parts = self.taken_apart()
        said, leads = self.message.said(look, INDENT) if parts.content is not None else ([], {})
        for line in leads:
            said[line] = [Span("… more, which a copy and an export have", f"muted {ASIDE}")]
        notes = [crop_line(note, look.width - INDENT) for note in self.message.told(look, INDENT)]
        sections = sections_of(parts, self.outcome, said, notes, before)
        for section in sections:
            if section not in before:
                section.restore(self._folds)
        return sections

    # places

    def forget(self) -> None:
        """Count the rows anew; trees keep what is folded in them."""
        super().forget()
        if self.level <= CLOSED and self.message.size > _TREE_KEPT:
            self._sections = None

    def mark_at(self, index: int, look: Look) -> Marker:
        """The row's node; its own line where it is in no tree."""
        below = index - int(self.gap) - 1
        return Marker() if below < 0 else self.body(look).mark_at(below)

    def line_of(self, marker: Marker, look: Look) -> int:
        """The first row of the remembered node."""
        line = self.body(look).line_of(marker)
        return int(self.gap) if line is None else min(self.lay_out(look) - 1, int(self.gap) + 1 + line)

    def tree_at(self, index: int, look: Look, *, from_heading: bool = False) -> TreeRow | None:
        """The tree and the row in it that a line shows; a heading may stand for the whole value below it."""
        below = index - int(self.gap) - 1
        return None if below < 0 else self.body(look).tree_at(below, from_heading=from_heading)

    def path_at(self, index: int, look: Look) -> str:
        """The JSON path of a row of a tree."""
        return self.body(look).path_at(index - int(self.gap) - 1)
