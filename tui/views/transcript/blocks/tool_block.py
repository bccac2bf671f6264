"""A tool call: one line while folded, then its input parameters and its results as JSON trees."""

from collections.abc import Iterator

import msgspec

from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.store.history.messages import Facts, MessageParts, parts_of
from tui.store.history.outcome import CallOutcome, outcome_of
from tui.terminal.text.clean import clean_line
from tui.views.text import format as fmt
from tui.views.text.ink import ASIDE, Line, Span
from tui.views.text.wrap import crop_line
from tui.views.transcript.blocks.block import Look, Marker
from tui.views.transcript.blocks.message_block import RawBlock
from tui.views.transcript.blocks.tool_line import CallLine, call_line
from tui.views.transcript.blocks.tool_section import (
    PARAMETERS_PART,
    RESULTS_PART,
    TEXT_PART,
    Section,
    TreeRow,
    json_section,
    text_section,
)
from tui.views.transcript.modes import CLOSED, EVERYTHING, PARAMETERS, Modes

_INDENT = 4
_NAME_LIMIT = 60
_TREE_KEPT = 64 * 1024
"""Bytes of a call up to which its trees are kept when it is closed, and with them what was folded."""


class ToolBlock(RawBlock):
    """A tool call with its level of unfolding; `ended_at` is the time of the next message of its turn."""

    __slots__ = ("_folds", "_outcome", "_parts", "_patterns", "_sections", "ended_at", "level")

    kind = "tool"

    def __init__(
        self,
        raw: msgspec.Raw,
        facts: Facts,
        *,
        gap: bool,
        level: int,
        words: str = "",
        patterns: FailurePatterns = NO_PATTERNS,
    ) -> None:
        super().__init__(raw, facts, gap=gap, words=words)
        self._patterns = patterns
        self.level = level
        self.ended_at: float | None = None
        self._parts: MessageParts | None = None
        self._outcome: CallOutcome | None = None
        self._sections: tuple[Look, list[Section]] | None = None
        self._folds: dict[str, object] = {}
        """What is to be folded in trees that are made later."""

    @property
    def beside(self) -> bool:
        """Always."""
        return True

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
        """Close it, or open all of it."""
        return self.set_level(CLOSED if folded else EVERYTHING)

    def toggle(self, index: int, look: Look) -> bool:
        """On its own line the tool call, on a heading its section's call, in a tree the node."""
        found = self._find(index, look)
        if found is None:
            return self.set_folded(self.level != CLOSED)
        section, row = found
        self._look = None
        return section.toggle(row, look.width - _INDENT) or self.set_folded(True)

    def fold_at(self, index: int, look: Look, folded: bool) -> bool:
        """Fold or unfold the node of a row; what cannot fold hands it to the node around it, at last to the call."""
        found = self._find(index, look)
        self._look = None
        if found is None:
            return self.set_folded(folded)
        section, row = found
        return section.fold_at(row, look.width - _INDENT, folded) or self.set_folded(folded)

    def is_mark(self, index: int, look: Look) -> bool:
        """Its own line, and every row of a tree that can be folded."""
        if index <= self.gap:
            return index == int(self.gap)
        found = self._find(index, look)
        return found is not None and found[0].is_mark(found[1], look.width - _INDENT)

    def is_touched(self, modes: Modes) -> bool:
        """Whether it is at another level than all tool calls, or its trees were looked at."""
        return self.level != modes.tools or self._sections is not None or bool(self._folds)

    def fold_state(self) -> tuple[int, dict[str, object]]:
        """Its level, and what is folded in its trees."""
        if self._sections is None:
            return self.level, dict(self._folds)
        sections = self._sections[1]
        return self.level, {section.name: section.tree.folds() for section in sections if section.tree is not None}

    def restore(self, state: object) -> None:
        """Take its level and the folds in its trees back."""
        match state:
            case (int(level), dict(folds)):
                self._folds = folds
                for section in self._sections[1] if self._sections is not None else []:
                    section.restore(folds)
                self.forget()
                self.set_level(level)

    def reveal(self, part: str, trail: tuple[int, ...] | None, offset: int, look: Look, *, in_key: bool) -> int:
        """Open what hides a node, or a character of its text, and tell its line."""
        needed = CLOSED if part == "name" else EVERYTHING if part == RESULTS_PART else PARAMETERS
        self.set_level(max(self.level, needed))
        for section, lines in self.placed(look):
            if section.name == part:
                row = None
                if section.tree is not None and trail is not None:
                    row = section.tree.reveal(trail, look.width - _INDENT, None if in_key else offset)
                    self._look = None
                    self.lay_out(look)
                return lines.start + 1 + (row or 0)
        return self.lay_out(look) - 1

    # what it says

    def _taken_apart(self) -> MessageParts:
        """The parts of the message, kept while somebody looks at it: of megabytes they take a while to find."""
        if self._parts is None:
            self._parts = parts_of(self.raw)
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
            results = parts_of(self.raw).results
            self._outcome = outcome_of(None if results is None else bytes(results), self._patterns)
        return self._outcome

    @property
    def name(self) -> str:
        """The type of the tool."""
        facts = self.facts
        name = clean_line(facts.tool_type, _NAME_LIMIT) or "tool of no type"
        return name if facts.kind == "tool_call" else f"{name} (type: {clean_line(facts.kind, _NAME_LIMIT) or 'none'})"

    @property
    def seconds(self) -> float | None:
        """The time to the next message of its turn; None where that is not known or not later."""
        if self.ended_at is None or self.facts.at is None or self.ended_at < self.facts.at:
            return None
        return self.ended_at - self.facts.at

    @property
    def searchable_bytes(self) -> bool:
        """Not where the name says more than the bytes do."""
        return not self.facts.odd and self.facts.kind == "tool_call" and bool(self.facts.tool_type)

    def headline(self, width: int) -> Line:
        """The one line of a folded tool call."""
        asked = self._taken_apart().parameters
        call = CallLine(self.name, None if asked is None else bytes(asked), self.outcome, self.seconds, self.words)
        return call_line(call, width, folded=self.level == CLOSED)

    # rows

    def guess(self, look: Look) -> int:
        """One line while closed."""
        return 1 if self.level == CLOSED else 1 + min(60, self.size // 40)

    def lay_out(self, look: Look) -> int:
        """Count the rows; nothing is composed but what is looked at."""
        if look is not self._look:
            self._look = look
            self._height = int(self.gap) + 1 + sum(len(lines) for _, lines in self.placed(look))
        return self._height

    def line(self, index: int, look: Look) -> Line:
        """One row of the call, of a heading or of a tree."""
        if index < self.gap:
            return []
        if index == int(self.gap):
            return self.headline(look.width)
        found = self._find(index, look)
        if found is None:
            return []
        section, row = found
        if row < 0:
            return crop_line([Span("   "), *section.heading], look.width)
        return [Span(" " * _INDENT, f"text {ASIDE}"), *section.row(row, look.width - _INDENT, look.trace)]

    def traced(self, lines: range, look: Look) -> list[Line]:
        """Row by row: there may be very many."""
        return [self.line(index, look) for index in lines]

    def _find(self, index: int, look: Look) -> tuple[Section, int] | None:
        """The section of a line and the row in it, -1 for its heading."""
        for section, lines in self.placed(look) if index > self.gap else ():
            if index < lines.stop:
                return section, index - lines.start - 1
        return None

    def placed(self, look: Look) -> Iterator[tuple[Section, range]]:
        """Each section with its lines, the heading first."""
        line = int(self.gap) + 1
        for section in self.sections(look):
            count = section.row_count(look.width - _INDENT)
            yield section, range(line, line + count)
            line += count

    def is_text(self, index: int, look: Look) -> bool:
        """Whether a line shows what was said beside the call, and not JSON."""
        found = self._find(index, look)
        return found is not None and found[0].name == TEXT_PART

    def sections(self, look: Look) -> list[Section]:
        """What is shown below the call's own line at its level."""
        if self.level == CLOSED:
            return []
        if self._sections is None or (self._sections[0] is not look and self._taken_apart().content is not None):
            self._sections = (look, self._made(look, self._sections[1] if self._sections else []))
        shown = self._sections[1]
        return shown if self.level == EVERYTHING else [section for section in shown if section.name != RESULTS_PART]

    def _made(self, look: Look, before: list[Section]) -> list[Section]:
        trees = {section.name: section.tree for section in before}
        parts, count = self._taken_apart(), self.outcome.count
        many = f"{fmt.plural(count, 'result')}, " if count is not None else ""
        said = self.said(look.width - _INDENT, look) if parts.content is not None else []
        notes = [crop_line(note, look.width - _INDENT) for note in self.notes()]
        sections = [text_section(name, lines) for name, lines in ((TEXT_PART, said), ("notes", notes)) if lines]
        sections.append(json_section(PARAMETERS_PART, parts.parameters, "", trees))
        sections.append(json_section(RESULTS_PART, parts.results, many, trees))
        for section in sections:
            if trees.get(section.name) is None:
                section.restore(self._folds)
        return sections

    # places

    def forget(self) -> None:
        """Count the rows anew; trees keep what is folded in them."""
        super().forget()
        if self.level == CLOSED and self.size > _TREE_KEPT:
            self._sections = None

    def mark_at(self, index: int, look: Look) -> Marker:
        """The row's node; its own line where it is in no tree."""
        found = self._find(index, look)
        return Marker() if found is None else found[0].mark_at(found[1], look.width - _INDENT)

    def line_of(self, marker: Marker, look: Look) -> int:
        """The first row of the remembered node."""
        height = self.lay_out(look)
        for section, lines in self.placed(look):
            if section.name == marker.part:
                row = 1 + section.row_of(marker, look.width - _INDENT)
                return min(height - 1, lines.start + min(len(lines) - 1, row))
        return int(self.gap)

    def tree_at(self, index: int, look: Look, *, from_heading: bool = False) -> TreeRow | None:
        """The tree and the row in it that a line shows; a heading may stand for the whole value below it."""
        found = self._find(index, look)
        if found is None or found[0].tree is None or (found[1] < 0 and not from_heading):
            return None
        return TreeRow(found[0].tree, max(0, found[1]), look.width - _INDENT)

    def path_at(self, index: int, look: Look) -> str:
        """The JSON path of a row of a tree."""
        found = self._find(index, look)
        return "" if found is None else found[0].path_at(found[1], look.width - _INDENT)
