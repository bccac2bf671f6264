"""Unfolding many nodes of a JSON tree at once, within bounds, and remembering what is unfolded."""

from collections import deque
from collections.abc import Iterator

from tui.store.history.raw import CONTAINERS
from tui.store.saved.folds import TEXT_WINDOW, WINDOW, Fold
from tui.views.jsontree.lines import can_fold, inline_line
from tui.views.jsontree.node import Node, indent
from tui.views.jsontree.table import tabular_parts

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
            if not node.by_hand:
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
    return 1 + node.rows().layout(node.text_room(width)).height


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
        if not node.by_hand:
            open_node(node)
        queue.extend(shown_children(node))
    return True


def close_what_is_not_by_hand(root: Node) -> None:
    """Take away what another width has unfolded by itself."""
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if node.opened and not node.by_hand:
            close_node(node)
        nodes.extend(node.known_children())


def close_node(node: Node) -> None:
    """Fold one node; JSON that was read in a string is a string again."""
    node.opened = False
    if node.as_json:
        node.read_as_json(False)
    node.changed()


def open_node(node: Node) -> None:
    """Unfold one node; a string that holds JSON opens as that JSON."""
    if not node.opened and node.kind == "string" and not node.as_json and node.holds_json():
        node.read_as_json(True)
        node.child(0).opened = True
    node.opened = True
    node.changed()


def is_tabular(node: Node) -> bool:
    """Whether it can be shown as a table."""
    return node.kind == "list" and tabular_parts(node.parts())


def remembered(node: Node, depth: int | None = None) -> Fold:
    """What is folded and shown in a node and all that is in it; `depth` is that to which it was unfolded, if it was."""
    inside = {
        child.place: remembered(child)
        for child in node.known_children()
        if child.opened or child.by_hand or child.known_children()
    }
    return Fold(node.opened, node.table, node.as_json, node.shown, node.text_shown, inside, node.by_hand, depth)


def recall(node: Node, fold: Fold) -> None:
    """Fold a node as remembered, as far as that makes sense: the memory may be of an earlier value, or made up."""
    if fold.as_json and node.holds_json():
        node.read_as_json(True)
    node.opened = fold.opened and (not node.branches or node.count > 0)
    node.table = fold.table and is_tabular(node)
    node.by_hand = fold.by_hand
    node.shown = max(WINDOW, fold.shown)
    node.show_text(max(TEXT_WINDOW, fold.text_shown))
    for place, inner in fold.inside.items() if node.branches else ():
        if place < node.count:
            recall(node.child(place), inner)
