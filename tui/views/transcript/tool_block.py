"""A tool call: one line while folded, then its input parameters and its results as JSON trees."""

from dataclasses import dataclass

import msgspec

from tui.terminal.clean import clean_line
from tui.views import format as fmt
from tui.views.ink import Line, Span
from tui.views.json_summary import ResultSummary, result_summary, telling_parameters
from tui.views.json_tree import JsonTree
from tui.views.transcript.blocks import Look, Marker, fold_mark
from tui.views.transcript.message_block import RawBlock
from tui.views.transcript.modes import CLOSED, EVERYTHING
from tui.views.transcript.prose import prose_lines
from tui.views.transcript.scan import Facts, parts_of
from tui.views.wrap import cell_width, crop_line, line_width

_INDENT = 4
_NAME_LIMIT = 60
_PARAMETERS_LIMIT = 400

_LEAST_ROOM = 8
_TREE_KEPT = 64 * 1024
"""Bytes of a call up to which its trees are kept when it is closed, and with them what was folded."""

NO_PARAMETERS, NO_RESULTS = "no input parameters", "no results"


@dataclass(slots=True)
class Section:
    """A part of an unfolded tool call: a heading and, below it, a JSON tree or lines."""

    name: str
    heading: Line
    tree: JsonTree | None = None
    lines: tuple[Line, ...] = ()

    def row_count(self, width: int) -> int:
        """The rows of the section with its heading."""
        return 1 + (self.tree.row_count(width) if self.tree is not None else len(self.lines))


Trees = dict[str, JsonTree | None]


class ToolBlock(RawBlock):
    """A tool call with its level of unfolding; `ended_at` is the time of the next message of its turn."""

    __slots__ = ("_sections", "_summary", "ended_at", "level")

    kind = "tool"

    def __init__(self, raw: msgspec.Raw, facts: Facts, *, gap: bool, level: int, words: str = "") -> None:
        super().__init__(raw, facts, gap=gap, words=words)
        self.level = level
        self.ended_at: float | None = None
        self._summary: ResultSummary | None = None
        self._sections: tuple[Look, list[Section]] | None = None

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
        if section.tree is None or row < 0:
            return self.set_folded(True)
        section.tree.toggle(row, look.width - _INDENT)
        self._look = None
        return True

    def fold_at(self, index: int, look: Look, folded: bool) -> bool:
        """Fold or unfold the node of a row; what cannot fold hands it to the node around it, at last to the call."""
        found = self._find(index, look)
        if found is None or found[0].tree is None or found[1] < 0:
            return self.set_folded(folded)
        (section, row), width = found, look.width - _INDENT
        tree = section.tree
        assert tree is not None
        node = tree.node_at(row, width)
        if node.folded is None or node.folded == folded:
            above = tree.index_of(node.trail[:-1], width) if folded and node.trail else None
            if above is None:
                return folded and self.set_folded(True)
            row = above
        tree.toggle(row, width)
        self._look = None
        return True

    def is_mark(self, index: int, look: Look) -> bool:
        """Its own line, and every row of a tree that can be folded."""
        if index <= self.gap:
            return index == int(self.gap)
        found = self._find(index, look)
        if found is None or found[0].tree is None or found[1] < 0:
            return False
        node = found[0].tree.node_at(found[1], look.width - _INDENT)
        return node.is_window or node.folded is not None

    # what it says

    @property
    def summary(self) -> ResultSummary:
        """How many results there are, how large, failed or empty."""
        if self._summary is None:
            results = parts_of(self.raw).results
            self._summary = result_summary(None if results is None else bytes(results))
        return self._summary

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

    def outcome(self) -> Line:
        """What came back, in words."""
        summary = self.summary
        spans = [Span("→ ", "muted")]
        if summary.failed:
            spans.append(Span(f"failed: {clean_line(summary.failed, _NAME_LIMIT)}", "failed"))
        elif summary.empty:
            spans.append(Span("empty", "warning"))
        else:
            count = f"{fmt.plural(summary.count, 'result')}, " if summary.count is not None else ""
            spans.append(Span(f"{count}{fmt.size(summary.size)}", "muted"))
        if self.seconds is not None:
            spans.append(Span(f", {fmt.duration(self.seconds)}", "muted"))
        if self.words:
            spans.append(Span(f" · {self.words}", "warning"))
        return spans

    def headline(self, width: int) -> Line:
        """The one line of a folded tool call; what came back stays whole, the parameters give way."""
        outcome = self.outcome()
        head: Line = [Span(" "), fold_mark(self.level == CLOSED), Span(self.name, "tool")]
        room = width - line_width(head) - line_width(outcome) - 3
        telling = _telling(parts_of(self.raw).parameters, room)
        if telling:
            head = [*head, Span("  "), Span(telling, "text")]
        return crop_line([*crop_line(head, max(8, width - line_width(outcome) - 1)), Span(" "), *outcome], width)

    # rows

    def guess(self, look: Look) -> int:
        """One line while closed."""
        return 1 if self.level == CLOSED else 1 + min(60, len(memoryview(self.raw)) // 40)

    def lay_out(self, look: Look) -> int:
        """Count the rows; nothing is composed but what is looked at."""
        if look != self._look:
            self._look = look
            sections = self.sections(look)
            self._height = int(self.gap) + 1 + sum(section.row_count(look.width - _INDENT) for section in sections)
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
        body = section.tree.row(row, look.width - _INDENT) if section.tree is not None else section.lines[row]
        return [Span(" " * _INDENT), *body]

    def _find(self, index: int, look: Look) -> tuple[Section, int] | None:
        """The section of a line and the row in it, -1 for its heading."""
        row = index - self.gap - 1
        if row < 0:
            return None
        for section in self.sections(look):
            count = section.row_count(look.width - _INDENT)
            if row < count:
                return section, row - 1
            row -= count
        return None

    def sections(self, look: Look) -> list[Section]:
        """What is shown below the call's own line at its level."""
        if self.level == CLOSED:
            return []
        if self._sections is None or (self._sections[0] != look and self.source()):
            self._sections = (look, self._made(look, self._sections[1] if self._sections else []))
        shown = self._sections[1]
        return shown if self.level == EVERYTHING else [section for section in shown if section.name != "results"]

    def _made(self, look: Look, before: list[Section]) -> list[Section]:
        trees = {section.name: section.tree for section in before}
        parts, summary = parts_of(self.raw), self.summary
        sections: list[Section] = []
        if text := self.source():
            lines = prose_lines(text, look.width - _INDENT, markdown=look.markdown)
            sections.append(Section("text", [Span("text", "heading")], lines=tuple(lines)))
        notes = self.notes()
        if notes:
            lines = [crop_line(note, look.width - _INDENT) for note in notes]
            sections.append(Section("notes", [Span("notes", "heading")], lines=tuple(lines)))
        many = f"{fmt.plural(summary.count, 'result')}, " if summary.count is not None else ""
        sections.append(_section("input parameters", parts.parameters, "", NO_PARAMETERS, trees))
        sections.append(_section("results", parts.results, many, NO_RESULTS, trees))
        return sections

    # places

    def forget(self) -> None:
        """Count the rows anew; trees keep what is folded in them."""
        super().forget()
        if self.level == CLOSED and len(memoryview(self.raw)) > _TREE_KEPT:
            self._sections = None

    def mark_at(self, index: int, look: Look) -> Marker:
        """The row's node; its own line where it is in no tree."""
        found = self._find(index, look)
        if found is None:
            return Marker()
        section, row = found
        if section.tree is None or row < 0:
            return Marker(row, section.name)
        width = look.width - _INDENT
        trail = section.tree.node_at(row, width).trail
        return Marker(row - (section.tree.index_of(trail, width) or 0), section.name, trail)

    def line_of(self, marker: Marker, look: Look) -> int:
        """The first row of the remembered node."""
        height = self.lay_out(look)
        line = int(self.gap) + 1
        for section in self.sections(look):
            count = section.row_count(look.width - _INDENT)
            if section.name == marker.part:
                return min(height - 1, line + min(count - 1, 1 + _row_of(section, marker, look.width - _INDENT)))
            line += count
        return int(self.gap)

    def path_at(self, index: int, look: Look) -> str:
        """The JSON path of a row of a tree."""
        found = self._find(index, look)
        if found is None or found[0].tree is None or found[1] < 0:
            return ""
        return found[0].tree.node_at(found[1], look.width - _INDENT).path


def _row_of(section: Section, marker: Marker, width: int) -> int:
    """The row of a remembered node, or of the nearest one around it that is not folded away."""
    if section.tree is None or marker.characters < 0:
        return marker.characters
    trail = marker.trail
    row = section.tree.index_of(trail, width)
    if row is not None:
        return row + marker.characters
    while row is None and trail:
        trail = trail[:-1]
        row = section.tree.index_of(trail, width)
    return row or 0


def _telling(raw: msgspec.Raw | bytes | None, room: int) -> str:
    """The telling parameters, cut by cells."""
    if raw is None or room < _LEAST_ROOM:
        return ""
    text = telling_parameters(bytes(raw), min(room, _PARAMETERS_LIMIT))
    if cell_width(text) <= room:
        return text
    return "".join(span.text for span in crop_line([Span(text)], room))


def _section(name: str, raw: msgspec.Raw | bytes | None, many: str, nothing: str, trees: Trees) -> Section:
    if raw is None:
        return Section(name, [Span(nothing, "muted")])
    heading = [Span(name, "heading"), Span(f"  {many}{fmt.size(memoryview(raw).nbytes)}", "muted")]
    return Section(name, heading, trees.get(name) or JsonTree(bytes(raw)))
