"""The JSON of a tool call: siblings, all to a depth, tables, and the whole of what is windowed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.views import transcript
from tui.views.reader.reader import Reader

if TYPE_CHECKING:
    from tui.views.transcript.blocks.tool_section import TreeRow
    from tui.views.transcript.document import Document

_ELSEWHERE = "Open a tool call and put the cursor on a value first."


def siblings(reader: Reader) -> None:
    """Fold or unfold the value under the cursor and all of its siblings."""
    _change_tree(reader, lambda at: at.tree.fold_siblings(at.row, at.width))


def table(reader: Reader) -> None:
    """Show the list under the cursor, or the one around it, as a table and back."""

    def turn(at: "TreeRow") -> None:
        if not at.tree.toggle_table(at.row, at.width):
            reader.say("Only a list of flat objects can be a table.")

    _change_tree(reader, turn)


def whole(reader: Reader) -> None:
    """Show all that a window under the cursor hides."""
    _change_tree(reader, lambda at: at.tree.show_all(at.row, at.width))


def depth(reader: Reader, unfolded: bool) -> None:
    """Unfold all values, with a count so many levels of them; or fold them all."""
    levels = (reader.take_count() if reader.count else None) if unfolded else 0

    def to_depth(at: "TreeRow") -> None:
        if words := at.tree.fold_all(levels, at.width):
            reader.say(words)

    _change_tree(reader, to_depth)


def _change_tree(reader: Reader, act: "Callable[[TreeRow], None]") -> None:
    viewport = reader.viewport
    if viewport is None:
        return
    index, line = viewport.cursor
    block = viewport.document.blocks[index]
    look = viewport.document.look
    at = block.tree_at(line, look, from_heading=True) if isinstance(block, transcript.ToolBlock) else None
    if at is None:
        reader.say(_ELSEWHERE)
        return
    reader.finder.keep_opened()

    def change(document: "Document") -> None:
        act(at)
        block.forget()
        document.changed(index)

    reader.change(change)
