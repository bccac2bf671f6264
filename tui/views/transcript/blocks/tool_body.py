"""What stands below the line of a tool call: its sections, and what a line of them is."""

from collections.abc import Iterator, Mapping, Sequence

from tui.store.history.messages import MessageParts
from tui.store.history.outcome import CallOutcome
from tui.views.jsontree.text_rows import TextLayout
from tui.views.text import format as fmt
from tui.views.text.ink import ASIDE, Line, Span
from tui.views.text.trace import Trace
from tui.views.text.wrap import crop_line
from tui.views.transcript.blocks.block import Marker
from tui.views.transcript.blocks.tool_section import (
    PARAMETERS_PART,
    RESULTS_PART,
    TEXT_PART,
    Section,
    TreeRow,
    json_section,
    text_section,
)

INDENT = 4
"""Cells before a row of a section."""


class ToolBody:
    """Sections one below the other; their lines are counted from 0 on."""

    def __init__(self, sections: Sequence[Section], width: int) -> None:
        self.sections = sections
        self._full = width
        self._width = width - INDENT

    @property
    def height(self) -> int:
        """The lines of all sections."""
        return sum(section.row_count(self._width) for section in self.sections)

    def placed(self) -> Iterator[tuple[Section, range]]:
        """Each section with its lines, the heading first."""
        line = 0
        for section in self.sections:
            count = section.row_count(self._width)
            yield section, range(line, line + count)
            line += count

    def _find(self, line: int) -> tuple[Section, int] | None:
        """The section of a line and the row in it, -1 for its heading."""
        for section, lines in self.placed():
            if line < lines.stop:
                return section, line - lines.start - 1
        return None

    def line(self, line: int, trace: Trace | None) -> Line:
        """One row of a heading, of a tree or of a text."""
        found = self._find(line)
        if found is None:
            return []
        section, row = found
        if row < 0:
            return crop_line([Span("   "), *section.heading], self._full)
        return [Span(" " * INDENT, f"text {ASIDE}"), *section.row(row, self._width, trace)]

    def text_at(self, line: int) -> tuple[TextLayout, int] | None:
        """The rows of the text that a line is one of, and which of them it is; None where it stands by itself."""
        found = self._find(line)
        return found[0].text_at(found[1], self._width) if found is not None else None

    def is_mark(self, line: int) -> bool:
        """Whether something can be folded there."""
        found = self._find(line)
        return found is not None and found[0].is_mark(found[1], self._width)

    def toggle(self, line: int) -> bool:
        """Fold or unfold the node of a line; False where there is none."""
        found = self._find(line)
        return found is not None and found[0].toggle(found[1], self._width)

    def fold_at(self, line: int, folded: bool) -> bool:
        """Fold or unfold the node of a line, or the one around it; False where there is none."""
        found = self._find(line)
        return found is not None and found[0].fold_at(found[1], self._width, folded)

    def folds(self) -> dict[str, object]:
        """What is folded in each tree."""
        return {section.name: section.tree.folds() for section in self.sections if section.tree is not None}

    def restore(self, folds: Mapping[str, object]) -> None:
        """Fold the trees as remembered."""
        for section in self.sections:
            section.restore(folds)

    def reveal(self, part: str, trail: tuple[int, ...] | None, offset: int | None, page: int) -> int | None:
        """Open what hides a node of a part, or a character of a page of its text, and tell its line."""
        for section, lines in self.placed():
            if section.name == part:
                row = None
                if section.tree is not None and trail is not None:
                    row = section.tree.reveal(trail, self._width, offset, page)
                return lines.start + 1 + (row or 0)
        return None

    def mark_at(self, line: int) -> Marker:
        """What to remember of a line."""
        found = self._find(line)
        return Marker() if found is None else found[0].mark_at(found[1], self._width)

    def line_of(self, marker: Marker) -> int | None:
        """The first line of what is remembered."""
        for section, lines in self.placed():
            if section.name == marker.part:
                return lines.start + min(len(lines) - 1, 1 + section.row_of(marker, self._width))
        return None

    def tree_at(self, line: int, *, from_heading: bool) -> TreeRow | None:
        """The tree and the row in it that a line shows; a heading may stand for the whole value below it."""
        found = self._find(line)
        if found is None or found[0].tree is None or (found[1] < 0 and not from_heading):
            return None
        return TreeRow(found[0].tree, max(0, found[1]), self._width)

    def path_at(self, line: int) -> str:
        """The JSON path of a line."""
        found = self._find(line)
        return "" if found is None else found[0].path_at(found[1], self._width)


def sections_of(
    parts: MessageParts, came: CallOutcome, said: list[Line], notes: list[Line], before: Sequence[Section]
) -> list[Section]:
    """The sections of a call: what was said beside it, what is odd about it, what was asked and what came.

    The trees among the sections of `before` are taken over, with what is folded in them.
    """
    trees = {section.name: section.tree for section in before}
    many = f"{fmt.plural(came.count, 'result')}, " if came.count is not None else ""
    sections = [text_section(name, lines) for name, lines in ((TEXT_PART, said), ("notes", notes)) if lines]
    sections.append(json_section(PARAMETERS_PART, parts.parameters, "", trees))
    sections.append(json_section(RESULTS_PART, parts.results, many, trees))
    return sections
