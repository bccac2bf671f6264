"""A foldable view of raw JSON that reads only what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from tui.store.history.raw import CONTAINERS, RawValue, scalar_kind
from tui.store.saved.folds import Fold
from tui.views.jsontree.fold import (
    MOST_UNFOLDED,
    close_node,
    close_what_is_not_by_hand,
    is_tabular,
    open_node,
    recall,
    remembered,
    unfold_by_default,
    unfold_to,
)
from tui.views.jsontree.lines import can_fold, line_of
from tui.views.jsontree.node import Node, Row
from tui.views.jsontree.path import Step, parse_path, path_text
from tui.views.jsontree.places import numbers_of, steps_of, trail_of
from tui.views.jsontree.text_rows import TextForm, TextLayout
from tui.views.jsontree.windows import WINDOWS, turn, whole_window
from tui.views.text.ink import Line
from tui.views.text.trace import Trace

_ALL_LEVELS = 1_000
"""A depth below which there is nothing."""

Place = str | Sequence[int]
"""Where a node is: its path, or the numbers of the children that lead to it (exact where a key comes twice)."""

Folds = Fold | None
"""A memory of what is folded, to be given back to `restore`; None is what a tree begins with."""


@dataclass(frozen=True, slots=True)
class JsonNode:
    """What a row is about: `folded` is None for what cannot fold, `is_window` marks the line of a window."""

    path: str
    trail: tuple[int, ...]
    kind: str
    folded: bool | None
    step: Step
    """What leads to it from what it is in: a key, or its number."""
    raw_value: RawValue
    is_window: bool


class JsonTree:
    """The rows of one JSON value at any width; nothing is decoded until a row asks for it."""

    def __init__(self, raw: bytes, *, budget_lines: int = 60, results: bool = False) -> None:
        """`results` are what a tool gave back: texts among them that are Markdown are shown as that."""
        self._raw = raw.strip().removeprefix(b"\xef\xbb\xbf")
        self._is_result = results
        self._form = TextForm.RENDERED if results else TextForm.SEEN
        self._root = self._new_root()
        self._budget = budget_lines
        self._width = 0
        """The width for which it is unfolded as far as nobody has done that by hand; 0: for none yet."""
        self._depth: int | None = None
        """The depth to which everything was unfolded, if that was asked for."""
        self._restored: Folds = None
        """What was restored and not yet laid out."""

    def _new_root(self) -> Node:
        root = Node(self._raw)
        root.form = self._form
        if root.kind not in CONTAINERS:
            root.kind = scalar_kind(self._raw)
        return root

    def _at(self, width: int) -> Node:
        if self._width != width:
            close_what_is_not_by_hand(self._root)
            self._width = width
            self._unfold(width)
        return self._root

    def _unfold(self, width: int) -> bool:
        """Unfold for a width what nobody has folded or unfolded by hand; False where that is too much."""
        if self._depth is None:
            unfold_by_default(self._root, width, self._budget)
            return True
        return self._depth == 0 or unfold_to(self._root, width, self._depth)

    def _row(self, index: int, width: int) -> Row:
        if not 0 <= index < self.row_count(width):
            raise IndexError(index)
        return self._root.row(index, width)

    def show_as_written(self, wanted: bool) -> None:
        """Show texts as they were written, or as people see them."""
        form = TextForm.WRITTEN if wanted else TextForm.RENDERED if self._is_result else TextForm.SEEN
        if self._form is not form:
            self._form = form
            self._root.show_as(form)

    def row_count(self, width: int) -> int:
        """The number of rows, at least one."""
        return self._at(width).height(width)

    def row(self, index: int, width: int, trace: Trace | None = None) -> Line:
        """One row as a line of at most `width` cells."""
        return line_of(self._row(index, width), width, trace)

    @property
    def raw(self) -> bytes:
        """The bytes of the whole value."""
        return self._raw

    def node_at(self, index: int, width: int) -> JsonNode:
        """The node that a row belongs to."""
        row = self._row(index, width)
        node = row.node
        folded = None if row.part in WINDOWS or not can_fold(node, width) else not node.opened
        return JsonNode(
            path=path_text(steps_of(node)),
            trail=trail_of(node),
            kind=node.kind,
            step=node.step,
            folded=folded,
            raw_value=node.raw,
            is_window=row.part in WINDOWS,
        )

    def text_at(self, index: int, width: int) -> tuple[TextLayout, int] | None:
        """The rows of the text that a row is one of, and which of them it is; None for any other row."""
        row = self._row(index, width)
        return (row.node.rows().layout(row.node.text_room(width)), row.number) if row.part == "text" else None

    def page_at(self, index: int, width: int) -> tuple[int, int, int] | None:
        """The page of the text that a row is of, and its first and last row; None for any other row."""
        row = self._row(index, width) if index < self.row_count(width) else None
        if row is None or row.part not in ("text", *WINDOWS) or row.node.branches:
            return None
        rows = row.node.rows()
        first = (self.index_of(trail_of(row.node), width) or 0) + 1 + (rows.page.start > 0)
        return rows.page.number, first, first + rows.layout(row.node.text_room(width)).height - 1

    def toggle(self, index: int, width: int) -> None:
        """Fold or unfold the node of a row; a window's line shows more, a string that holds JSON opens as that JSON."""
        row = self._row(index, width)
        if row.part in WINDOWS:
            row.node.by_hand = True
            turn(row)
        elif row.node.opened:
            _close(row.node)
        elif can_fold(row.node, width):
            _open(row.node)

    def show_all(self, index: int, width: int) -> None:
        """Show all that the window on this row, or of the node on it, hides."""
        row = self._row(index, width)
        row.node.by_hand = True
        whole_window(row)

    def toggle_table(self, index: int, width: int) -> bool:
        """Turn the list on this row, or the one around it, into a table and back; False when there is none."""
        row = self._row(index, width)
        for node in row.node.ancestors():
            if is_tabular(node):
                node.table = not node.table
                node.opened = node.by_hand = True
                if node.table:
                    node.forget_children()
                node.changed()
                return True
        return False

    def fold_all(self, depth: int | None, width: int = 100) -> str:
        """Unfold down to a depth (0: fold all, None: unfold all) and say in words what was too much."""
        self._root = self._new_root()
        self._depth, self._width = _ALL_LEVELS if depth is None else depth, width
        if self._unfold(width):
            return ""
        return f"{MOST_UNFOLDED:,} values are unfolded; the deeper ones stay folded"

    def fold_siblings(self, index: int, width: int) -> None:
        """Give all siblings in sight the opposite of the fold that the node of this row has now."""
        node = self._row(index, width).node
        opening = not node.opened
        siblings = [node] if node.parent is None else [node.parent.child(at) for at in range(node.parent.visible)]
        for sibling in siblings[:MOST_UNFOLDED]:
            if not opening:
                _close(sibling)
            elif can_fold(sibling, width):
                _open(sibling)

    def index_of(self, place: Place, width: int, offset: int | None = None, page: int = 0) -> int | None:
        """The row of a node, or of character `offset` of a page of its text; None while it is hidden, or is none."""
        node, index = self._at(width), 0
        for number in self._numbers(place) or ():
            at = node.row_of_child(number, width) if node.branches else None
            if at is None:
                return None
            index += at
            node = node.child(number)
        if self._numbers(place) is None:
            return None
        if offset is None or not node.opened or node.branches:
            return index
        row = node.row_of_text(offset, width, page)
        return None if row is None else index + row

    def height_of(self, trail: Sequence[int], width: int) -> int:
        """The rows of a node that is not hidden."""
        node = self._at(width)
        for number in trail:
            node = node.child(number)
        return node.height(width)

    def reveal(self, place: Place, width: int, offset: int | None = None, page: int = 0) -> int | None:
        """Unfold whatever hides a node, or character `offset` of a page of its text, and tell its row."""
        node = self._at(width)
        numbers = self._numbers(place)
        if numbers is None:
            return None
        for number in numbers:
            if not node.branches and node.holds_json():
                node.read_as_json(True)
            if not node.branches or number >= node.count:
                return None
            node.opened = node.by_hand = True
            node.shown = max(node.shown, number + 1)
            node.changed()
            node = node.child(number)
        if offset is not None:
            _reveal_text(node, offset, page, width)
        return self.index_of(numbers, width, offset, page)

    def folds(self) -> Folds:
        """What is folded and shown now."""
        return remembered(self._root, self._depth) if self._width else self._restored

    def restore(self, folds: object) -> None:
        """Go back to what was folded and shown then."""
        self._root = self._new_root()
        self._restored = folds if isinstance(folds, Fold) else None
        self._width, self._depth = 0, self._restored.depth if self._restored is not None else None
        if self._restored is not None:
            recall(self._root, self._restored)

    def _numbers(self, place: Place) -> Sequence[int] | None:
        if not isinstance(place, str):
            return place
        found = parse_path(place)
        return None if found is None else numbers_of(self._root, found)


def _close(node: Node) -> None:
    close_node(node)
    node.by_hand = True


def _open(node: Node) -> None:
    open_node(node)
    node.by_hand = True
    if node.as_json:
        node.child(0).by_hand = True


def _reveal_text(node: Node, offset: int, page: int, width: int) -> None:
    if node.as_json:
        node.read_as_json(False)
    if not node.branches and can_fold(node, width):
        node.opened = node.by_hand = True
        node.show_text_until(offset, page)
    node.changed()
