"""Unfolding many nodes of a JSON tree at once, within bounds."""

from collections import deque
from collections.abc import Iterator

from tui.store.history.raw import CONTAINERS
from tui.views.jsontree.lines import can_fold, inline_line
from tui.views.jsontree.node import Node, indent

_LOOKED_AT = 400
_SPLIT_BYTES = 8 * 1024 * 1024
"""Bytes that unfolding by default splits at most: some 8 ms."""

MOST_UNFOLDED = 3_000
"""Nodes that unfolding everything unfolds at most."""

_ALL_BYTES = 64 * 1024 * 1024


def unfold_by_default(root: Node, width: int, budget: int) -> None:
    """Unfold breadth-first what keeps the whole within `budget` rows; the root always."""
    if not can_fold(root, width) or inline(root, width):
        return
    rows, scanned = 1, 0
    queue = deque([root])
    for _ in range(_LOOKED_AT):
        if not queue or scanned > _SPLIT_BYTES:
            break
        node = queue.popleft()
        scanned += node.size
        if node is not root and (inline(node, width) or not can_fold(node, width) or node.holds_json()):
            continue
        added = _rows_inside(node, width)
        if node is root or rows + added <= budget:
            node.opened = True
            node.changed()
            rows += added
            queue.extend(shown_children(node))


def inline(node: Node, width: int) -> bool:
    """Whether a folded container shows all it holds on its row."""
    if node.kind not in CONTAINERS:
        return False
    key = len(str(node.step)) + 2 if node.step is not None else 0
    return node.count == 0 or inline_line(node, width - indent(node.depth, width) - 2 - key) is not None


def _rows_inside(node: Node, width: int) -> int:
    if node.branches:
        return node.visible + (node.visible < node.count)
    return len(node.text_layout(width).slices) + 1


def shown_children(node: Node) -> Iterator[Node]:
    """The children that are not behind the window; a text has none."""
    if node.branches:
        for place in range(node.visible):
            yield node.child(place)


def unfold_to(root: Node, width: int, depth: int | None) -> bool:
    """Unfold everything above a depth (None: all), long texts too; False when it stopped at the bounds."""
    unfolded = scanned = 0
    queue = deque([root])
    while queue:
        node = queue.popleft()
        if depth is not None and node.depth - root.depth >= depth:
            continue
        if not can_fold(node, width) or (node.kind in CONTAINERS and inline(node, width) and node is not root):
            continue
        if unfolded >= MOST_UNFOLDED or scanned > _ALL_BYTES:
            return False
        unfolded += 1
        scanned += node.size
        open_node(node)
        queue.extend(shown_children(node))
    return True


def open_node(node: Node) -> None:
    """Unfold one node; a string that holds JSON opens as that JSON."""
    if not node.opened and node.kind == "string" and not node.as_json and node.holds_json():
        node.read_as_json(True)
        node.child(0).opened = True
    node.opened = True
    node.changed()
