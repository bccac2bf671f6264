"""Where a node of a JSON tree is: by the steps of its path, or by the numbers of the children that lead to it."""

from tui.views.jsontree.node import Node
from tui.views.jsontree.path import Step


def numbers_of(root: Node, steps: list[Step]) -> list[int] | None:
    """The children's numbers on a path; inside a string its JSON is read without showing it so."""
    node, numbers = root, []
    for step in steps:
        if step is None and not node.as_json:
            inner = Node(node.raw, node.step, node.parent, node.place)
            if not inner.holds_json():
                return None
            inner.read_as_json(True)
            node = inner
        parts = node.parts()
        if isinstance(step, str):
            number = list(parts.keys or ()).index(step) if step in (parts.keys or ()) else -1
        else:
            number = step or 0
        if not 0 <= number < len(parts.values) or (isinstance(step, int) and parts.keys is not None):
            return None
        numbers.append(number)
        node = node.child(number)
    return numbers


def steps_of(node: Node) -> list[Step]:
    """The steps that lead from the root to a node."""
    return [at.step for at in node.ancestors() if at.parent is not None][::-1]


def trail_of(node: Node) -> tuple[int, ...]:
    """The numbers of the children that lead from the root to a node."""
    return tuple(at.place for at in node.ancestors() if at.parent is not None)[::-1]
