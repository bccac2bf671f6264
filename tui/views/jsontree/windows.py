"""What hides a part of a list, an object or a text: a row that says how much it is, and shows more of it."""

from tui.store.saved.folds import TEXT_WINDOW, WINDOW
from tui.views.jsontree.node import Node, Row, text_indent
from tui.views.jsontree.text_rows import TextRows
from tui.views.text.format import size, thousands
from tui.views.text.ink import ASIDE, Line, Span
from tui.views.text.pages import is_large, page_count, page_numbered

MORE_CHILDREN = 1_000
"""Children that one Enter on a window's line adds."""

WINDOWS = ("more", "before")
"""The parts of a row that stand for what is hidden."""


def window_line(row: Row, width: int) -> Line:
    """What is said of what is hidden, and how it is shown."""
    node = row.node
    said = _of_children(node) if node.branches else _of_text(node.rows(), before=row.part == "before")
    return [Span(" " * text_indent(node.depth, width)), Span(said, f"muted {ASIDE}")]


def _of_children(node: Node) -> str:
    hidden = node.count - node.visible
    enter = f"Enter shows {thousands(MORE_CHILDREN)} more, * all" if hidden > MORE_CHILDREN else "Enter shows all"
    return f"… {thousands(hidden)} more of {thousands(node.count)} — {enter}"


def _of_text(rows: TextRows, *, before: bool) -> str:
    text, page = rows.text, rows.page
    at = f"page {page.number + 1} of {page_count(text)}"
    if before:
        return f"… {size(_bytes(text[: page.start]))} before this ({at}: Enter turns back)"
    said = f"… {size(_bytes(text[page.end :]))} more"
    if not is_large(text):
        return f"{said} (Enter shows all)"
    more = page_numbered(text, page.number).end - page.end
    return f"{said} (Enter shows {size(more)} of it)" if more else f"{said} ({at}: Enter turns to the next)"


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def turn(row: Row) -> None:
    """Show the next part of what the window on a row hides."""
    node = row.node
    if node.branches:
        node.shown = (node.shown // WINDOW - 1) * WINDOW + WINDOW + MORE_CHILDREN
    else:
        node.show_text(node.rows().turned(-1 if row.part == "before" else 1))
    node.changed()


def whole_window(row: Row) -> None:
    """Show everything that the window of a row hides; of a text that is large, one page at a time."""
    node = row.node
    if node.branches:
        node.shown = node.count
    elif is_large(node.text()) and row.part in WINDOWS:
        turn(row)
    elif not is_large(node.text()):
        node.show_text(max(len(node.text()), TEXT_WINDOW))
    node.changed()
