"""The nodes of a JSON tree: what is folded, how many rows that takes, and where a row is.

A node exists only for what is on the screen or was unfolded. A folded value takes one row whatever it holds, so the
height of a list of 100,000 is its length plus what its unfolded elements add.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from weakref import ref

from tui.store.history.raw import (
    CONTAINERS,
    BrokenJson,
    Parts,
    RawValue,
    kind_of,
    size_of,
    source_of,
    split,
    string_of,
)
from tui.store.saved.folds import TEXT_WINDOW, WINDOW
from tui.views.jsontree.path import Step
from tui.views.jsontree.text_rows import HeldText, TextForm, TextRows

MAX_DEPTH = 100
"""Levels that unfold; what lies deeper is shown as its JSON text."""

_KEPT = 2_000
_JSON_IN_STRING = 5 * 1024 * 1024
"""Bytes up to which a string is tried for JSON."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one row shows: the `head` of a node, its table `header`, line `number` of its `text`, or its `more` line.

    Of a text with pages it may also be what is hidden `before` the one that is shown.
    """

    node: "Node"
    part: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which children take more than one row at a width: their places, first rows and heights, in order."""

    width: int
    height: int
    places: list[int]
    starts: list[int]
    heights: list[int]


class Node:
    """One value of the tree; `step` leads to it from its parent, `place` is its number among the siblings."""

    __slots__ = (
        "__weakref__", "_kept", "_layout", "_parent", "_parts", "_rows", "_text", "as_json", "by_hand", "depth",
        "form", "kind", "opened", "place", "raw", "shown", "step", "table", "text_shown",
    )  # fmt: skip

    def __init__(self, raw: RawValue, step: Step = None, parent: "Node | None" = None, place: int = 0) -> None:
        self.raw = raw
        self.step = step
        # Weak, or every tree that is given up would wait for the garbage collection, with all that it has taken apart.
        self._parent = None if parent is None else ref(parent)
        self.place = place
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.kind = kind_of(raw) if self.depth < MAX_DEPTH or kind_of(raw) not in CONTAINERS else "deep"
        self.opened = False
        self.table = False
        self.as_json = False
        self.by_hand = False
        """Whether it is as the user wanted it, and stays so at every width."""
        self.form: TextForm = TextForm.SEEN if parent is None else parent.form
        self.shown = WINDOW
        self.text_shown = TEXT_WINDOW
        self._kept: dict[int, Node] = {}
        self._parts: Parts | None = None
        self._text: HeldText | None = None
        self._layout: _Layout | None = None
        self._rows: TextRows | None = None

    @property
    def parent(self) -> "Node | None":
        """The value that it is in; a node lives no longer than its tree."""
        return None if self._parent is None else self._parent()

    @property
    def size(self) -> int:
        """Bytes of the value."""
        return size_of(self.raw)

    @property
    def branches(self) -> bool:
        """Whether its rows are children: a container, or a string that is read as JSON."""
        return self.kind in CONTAINERS or self.as_json

    def parts(self) -> Parts:
        """The children, split when first asked for; a container that cannot be split turns into text."""
        if self._parts is None:
            if self.as_json:
                self._parts = Parts(None, [self.text().strip().encode("utf-8", "surrogatepass")])
            else:
                try:
                    self._parts = split(self.raw)
                except BrokenJson:
                    self.kind = "broken"
                    self._parts = Parts(None, [])
        return self._parts

    @property
    def count(self) -> int:
        """The number of children."""
        return len(self.parts().values)

    @property
    def visible(self) -> int:
        """The number of children that are not behind the window."""
        return min(self.shown, self.count)

    def child(self, place: int) -> "Node":
        """One child, with its folds if it was unfolded before."""
        node = self._kept.get(place)
        if node is None:
            if len(self._kept) >= _KEPT:
                self._kept = {at: kept for at, kept in self._kept.items() if kept.opened or kept.by_hand}
            parts = self.parts()
            step: Step = None if self.as_json else parts.keys[place] if parts.keys is not None else place
            node = self._kept[place] = Node(parts.values[place], step, self, place)
        return node

    def text(self) -> str:
        """The decoded text of a string, the JSON text of anything else; not cleaned."""
        return self._held().text

    def _held(self) -> HeldText:
        if self._text is None:
            self._text = HeldText(string_of(self.raw) if self.kind == "string" else source_of(self.raw))
        return self._text

    def holds_json(self) -> bool:
        """Whether this is a string with a JSON object or list in it."""
        if self.kind != "string" or not 4 <= self.size <= _JSON_IN_STRING or self.depth + 1 >= MAX_DEPTH:
            return False
        return self._held().holds_json

    def is_output(self) -> bool:
        """Whether this is a string with something in it that is meant for a terminal."""
        return self.kind == "string" and self._held().is_output

    def read_as_json(self, wanted: bool) -> None:
        """Show the JSON in this string as children, or the string as text."""
        self.as_json = wanted
        self._parts = None
        self._kept = {}
        self.changed()

    def show_as(self, form: TextForm) -> None:
        """Show the texts in it so."""
        self.form = form
        self._layout = self._rows = None
        for child in self._kept.values():
            child.show_as(form)

    def forget_children(self) -> None:
        """Fold every child, and what is in it."""
        self._kept = {}
        self.changed()

    def known_children(self) -> list["Node"]:
        """The children that were looked at."""
        return list(self._kept.values())

    def ancestors(self) -> Iterator["Node"]:
        """The node, its parent, and so on to the root."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def changed(self) -> None:
        """Forget the heights that depend on this node."""
        for node in self.ancestors():
            node._layout = None

    def height(self, width: int) -> int:
        """The rows that it takes at the width."""
        if not self.opened:
            return 1
        if not self.branches:
            return 1 + self.rows().height(self.text_room(width))
        return self._laid_out(width).height

    def is_markdown(self) -> bool:
        """Whether it is shown as Markdown once it is unfolded."""
        return self.kind == "string" and not self.as_json and self.rows().is_markdown

    def rows(self) -> TextRows:
        """The rows of its text."""
        if self._rows is None:
            form = self.form if self.kind == "string" or self.form is TextForm.WRITTEN else TextForm.SEEN
            self._rows = TextRows(self.text(), self.text_shown, form)
        return self._rows

    def text_room(self, width: int) -> int:
        """The cells for the rows of its text."""
        return max(4, width - text_indent(self.depth, width))

    def show_text(self, characters: int) -> None:
        """Show the text up to there, or the page that ends there."""
        self.text_shown = characters
        if self._rows is not None:
            self._rows.show(characters)

    def show_text_until(self, offset: int, page: int) -> None:
        """Show a page of the text, at least up to some character of it as it is seen."""
        self.show_text(self.rows().shown_for(offset, page))

    def row_of_text(self, offset: int, width: int, page: int) -> int | None:
        """The row, counted from this node's own, of a character of a page as it is seen; None while it is hidden."""
        row = self.rows().row_of(offset, page, self.text_room(width))
        return None if row is None else 1 + row

    def _laid_out(self, width: int) -> _Layout:
        if self._layout is None or self._layout.width != width:
            visible = self.visible
            tall = sorted(place for place, kept in self._kept.items() if kept.opened and place < visible)
            heights = [self._kept[place].height(width) for place in tall]
            added = [0, *accumulate(height - 1 for height in heights)]
            starts = [place + extra for place, extra in zip(tall, added, strict=False)]
            height = 1 + self.table + visible + added[-1] + (visible < self.count)
            self._layout = _Layout(width, height, tall, starts, heights)
        return self._layout

    def row(self, index: int, width: int) -> Row:
        """What row `index` of this node shows; 0 is the node itself."""
        node = self
        while index:
            index -= 1
            if not node.branches:
                return Row(node, *node.rows().row(index, node.text_room(width)))
            if node.table:
                if index == 0:
                    return Row(node, "header")
                index -= 1
            place, index = node._place_of(index, width)
            if place >= node.visible:
                return Row(node, "more")
            node = node.child(place)
        return Row(node, "head")

    def _place_of(self, index: int, width: int) -> tuple[int, int]:
        """The child at a row counted from the first child, and the row within that child."""
        layout = self._laid_out(width)
        at = bisect_right(layout.starts, index) - 1
        if at < 0:
            return index, 0
        inside = index - layout.starts[at]
        if inside < layout.heights[at]:
            return layout.places[at], inside
        return layout.places[at] + 1 + inside - layout.heights[at], 0

    def row_of_child(self, place: int, width: int) -> int | None:
        """The row of a child counted from this node's own, or None while it is hidden."""
        if not self.opened or place >= self.visible:
            return None
        layout = self._laid_out(width)
        before = bisect_right(layout.places, place - 1)
        extra = sum(layout.heights[:before]) - before
        return 1 + self.table + place + extra


def text_indent(depth: int, width: int) -> int:
    """Cells before the text below a node of this depth."""
    return indent(depth, width) + 2


def indent(depth: int, width: int) -> int:
    """Cells before the fold mark of a node of this depth; deep levels share the last third of the room."""
    return min(2 * depth, width // 3)
