"""The parts of an unfolded tool call: a heading and, below it, a JSON tree or lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from tui.views.code.output import Seen
from tui.views.jsontree.text_rows import TextLayout
from tui.views.jsontree.tree import JsonTree
from tui.views.text import format as fmt
from tui.views.text.ink import Line, Span
from tui.views.text.trace import Trace
from tui.views.transcript.blocks.block import Marker

TEXT_PART, PARAMETERS_PART, RESULTS_PART = "text", "input parameters", "results"
"""The names of the parts of a tool call."""

_FIELDS = {PARAMETERS_PART: "input_parameters", RESULTS_PART: "results"}
"""The fields of a message that the parts show, as the API names them."""

Trees = dict[str, JsonTree | None]


class TreeRow(NamedTuple):
    """A row of a tree and the width that it is laid out for."""

    tree: JsonTree
    row: int
    width: int


@dataclass(slots=True)
class Section:
    """One part; row -1 is its heading, and widths are what is left beside the indent."""

    name: str
    heading: Line
    tree: JsonTree | None = None
    lines: tuple[Line, ...] = ()

    def row_count(self, width: int) -> int:
        """The rows of the section with its heading."""
        return 1 + (self.tree.row_count(width) if self.tree is not None else len(self.lines))

    def row(self, row: int, width: int, trace: Trace | None = None) -> Line:
        """One row below the heading."""
        return self.tree.row(row, width, trace) if self.tree is not None else self.lines[row]

    def show_as_written(self, wanted: bool) -> None:
        """Show the texts of the tree with all that was meant for a terminal, or as people saw them there."""
        if self.tree is not None:
            self.tree.show_as_written(wanted)

    def text_at(self, row: int, width: int) -> tuple[TextLayout, int] | None:
        """The rows of the text that a row is one of, and which of them it is; None where it stands by itself."""
        if row < 0 or self.tree is not None:
            return self.tree.text_at(row, width) if self.tree is not None and row >= 0 else None
        return (TextLayout(width, Seen(""), (), self.lines), row) if self.name == TEXT_PART else None

    def is_mark(self, row: int, width: int) -> bool:
        """Whether something can be folded on the row."""
        if self.tree is None or row < 0:
            return False
        node = self.tree.node_at(row, width)
        return node.is_window or node.folded is not None

    def toggle(self, row: int, width: int) -> bool:
        """Fold or unfold the node of the row; False where there is none."""
        if self.tree is None or row < 0:
            return False
        self.tree.toggle(row, width)
        return True

    def fold_at(self, row: int, width: int, folded: bool) -> bool:
        """Fold or unfold the node of the row or, to fold, the one around it; False where there is none."""
        if self.tree is None or row < 0:
            return False
        node = self.tree.node_at(row, width)
        if node.folded is not None and node.folded != folded:
            self.tree.toggle(row, width)
            return True
        above = self.tree.index_of(node.trail[:-1], width) if folded and node.trail else None
        if above is not None:
            self.tree.toggle(above, width)
        return above is not None or not folded

    def restore(self, folds: Mapping[str, object]) -> None:
        """Fold the tree as remembered under the section's name, if it is."""
        if self.tree is not None and self.name in folds:
            self.tree.restore(folds[self.name])

    def mark_at(self, row: int, width: int) -> Marker:
        """What to remember of a row."""
        if self.tree is None or row < 0:
            return Marker(row, self.name)
        trail, page = self.tree.node_at(row, width).trail, self.tree.page_at(row, width)
        return Marker(row - (self.tree.index_of(trail, width) or 0), self.name, trail, page=page[0] if page else 0)

    def row_of(self, marker: Marker, width: int) -> int:
        """The row of a remembered node, or of the nearest one around it that is not folded away."""
        if self.tree is None or marker.characters < 0:
            return marker.characters
        trail = marker.trail
        row = self.tree.index_of(trail, width)
        if row is not None:
            page = self.tree.page_at(row + 1, width) if marker.characters else None
            if page is None or page[0] == marker.page:
                return row + min(marker.characters, self.tree.height_of(trail, width) - 1)
            return page[1] if page[0] > marker.page else page[2]  # it was turned
        while row is None and trail:
            trail = trail[:-1]
            row = self.tree.index_of(trail, width)
        return row or 0

    def path_at(self, row: int, width: int) -> str:
        """The JSON path of a row, from the message on: `$.results[3].score`."""
        if self.tree is None or row < 0:
            return ""
        return f"$.{_FIELDS[self.name]}{self.tree.node_at(row, width).path.removeprefix('$')}"


def json_section(name: str, raw: msgspec.Raw | bytes | None, many: str, trees: Trees) -> Section:
    """The section of a JSON value; `many` says how many it holds, `trees` are those of before by name."""
    if raw is None:
        return Section(name, [Span(f"no {name}", "muted")])
    heading = [Span(name, "heading"), Span(f"  {many}{fmt.size(memoryview(raw).nbytes)}", "muted")]
    return Section(name, heading, trees.get(name) or JsonTree(bytes(raw), results=name == RESULTS_PART))


def text_section(name: str, lines: list[Line]) -> Section:
    """The section of some lines."""
    return Section(name, [Span(name, "heading")], lines=tuple(lines))
