"""The nodes of a JSON tree: what is folded, how many rows that takes, and where a row is.

A node exists only for what is on the screen or was unfolded. A folded value takes one row whatever it holds, so the
height of a list of 100,000 is its length plus what its unfolded elements add.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING
from weakref import ref

from tui.store.history.raw import (
    CONTAINERS,
    BrokenJson,
    Parts,
    RawValue,
    is_json,
    kind_of,
    size_of,
    source_of,
    split,
    string_of,
)
from tui.store.saved.folds import TEXT_WINDOW, WINDOW
from tui.terminal.text.clean import clean
from tui.views.jsontree.path import Step
from tui.views.text.output import Seen, seen, seen_text
from tui.views.text.wrap import wrap_offsets

if TYPE_CHECKING:
    from tui.views.jsontree.columns import Columns

MAX_DEPTH = 100
"""Levels that unfold; what lies deeper is shown as its JSON text."""

_KEPT = 2_000
_JSON_IN_STRING = 5 * 1024 * 1024
"""Bytes up to which a string is tried for JSON."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one row shows: the `head` of a node, its table `header`, line `number` of its `text`, or its `more` line."""

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


@dataclass(frozen=True, slots=True)
class _TextLayout:
    width: int
    seen: Seen
    slices: list[tuple[int, int]]


class Node:
    """One value of the tree; `step` leads to it from its parent, `place` is its number among the siblings."""

    __slots__ = (
        "__weakref__", "_kept", "_layout", "_parent", "_parts", "_text", "_text_layout", "as_json", "as_written",
        "columns", "depth", "kind", "opened", "place", "raw", "shown", "step", "table", "text_shown",
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
        self.as_written: bool = parent is not None and parent.as_written
        self.columns: Columns | None = None
        self.shown = WINDOW
        self.text_shown = TEXT_WINDOW
        self._kept: dict[int, Node] = {}
        self._parts: Parts | None = None
        self._text: str | None = None
        self._layout: _Layout | None = None
        self._text_layout: _TextLayout | None = None

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
                self._kept = {at: kept for at, kept in self._kept.items() if kept.opened}
            parts = self.parts()
            step: Step = None if self.as_json else parts.keys[place] if parts.keys is not None else place
            node = self._kept[place] = Node(parts.values[place], step, self, place)
        return node

    def text(self) -> str:
        """The decoded text of a string, the JSON text of anything else; not cleaned."""
        if self._text is None:
            self._text = string_of(self.raw) if self.kind == "string" else source_of(self.raw)
        return self._text

    def holds_json(self) -> bool:
        """Whether this is a string with a JSON object or list in it."""
        if self.kind != "string" or not 4 <= self.size <= _JSON_IN_STRING or self.depth + 1 >= MAX_DEPTH:
            return False
        text = self.text().strip()
        if text[:1] + text[-1:] not in ("{}", "[]") or len(text) < 3:
            return False
        return is_json(text.encode("utf-8", "surrogatepass"))

    def read_as_json(self, wanted: bool) -> None:
        """Show the JSON in this string as children, or the string as text."""
        self.as_json = wanted
        self._parts = None
        self._kept = {}
        self.changed()

    def show_as_written(self, wanted: bool) -> None:
        """Show texts with all that was meant for a terminal, or as people saw them there."""
        self.as_written = wanted
        self._layout = self._text_layout = None
        for child in self._kept.values():
            child.show_as_written(wanted)

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
            return 1 + len(self.text_layout(width).slices) + (self.text_shown < len(self.text()))
        return self._laid_out(width).height

    def text_layout(self, width: int) -> _TextLayout:
        """The lines of an unfolded text: the shown part of it, cleaned, and where each line starts and ends."""
        if self._text_layout is None or self._text_layout.width != width:
            written = self.text()[: self.text_shown]
            found = Seen(clean(written)) if self.as_written else seen(written)
            room = max(4, width - text_indent(self.depth, width))
            slices: list[tuple[int, int]] = []
            start = 0
            for paragraph in found.text.removesuffix("\n").split("\n"):
                length = len(paragraph)
                if length <= room and paragraph.isascii():
                    slices.append((start, start + length))
                else:
                    slices.extend((start + a, start + b) for a, b in wrap_offsets(paragraph, room, room))
                start += length + 1
            self._text_layout = _TextLayout(width, found, slices)
        return self._text_layout

    def show_text(self, characters: int) -> None:
        """Show so much of the text."""
        self.text_shown = characters
        self._text_layout = None

    def show_text_until(self, offset: int) -> None:
        """Show at least so many characters of the cleaned text."""
        whole = self.text()
        while self.text_shown < len(whole) and len(seen_text(whole[: self.text_shown])) < offset + TEXT_WINDOW:
            self.show_text(min(len(whole), max(2 * self.text_shown, offset + TEXT_WINDOW)))

    def row_of_text(self, offset: int, width: int) -> int | None:
        """The row, counted from this node's own, of a character of the cleaned text; None while it is hidden."""
        layout = self.text_layout(width)
        if not layout.slices or (offset >= len(layout.seen.text) and self.text_shown < len(self.text())):
            return None
        return max(1, bisect_right(layout.slices, offset, key=lambda piece: piece[0]))

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
                lines = len(node.text_layout(width).slices)
                return Row(node, "text", index) if index < lines else Row(node, "more")
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
