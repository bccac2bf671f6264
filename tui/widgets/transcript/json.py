"""Folding in the JSON of a tool call: siblings, all to a depth, tables, and the whole of what is windowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.views import transcript as reader
from tui.widgets.transcript.folds import TranscriptFolds

if TYPE_CHECKING:
    from tui.views.transcript.blocks.tool_section import TreeRow
    from tui.views.transcript.document import Document

_ELSEWHERE = "Open a tool call and put the cursor on a value first."


class TranscriptJson(TranscriptFolds):
    """What can be done to a value under the cursor, beyond folding it."""

    def action_siblings(self) -> None:
        """Fold or unfold the value under the cursor and all of its siblings."""
        self._change_tree(lambda at: at.tree.fold_siblings(at.row, at.width))

    def action_table(self) -> None:
        """Show the list under the cursor, or the one around it, as a table and back."""

        def turn(at: TreeRow) -> None:
            if not at.tree.toggle_table(at.row, at.width):
                self.say("Only a list of flat objects can be a table.")

        self._change_tree(turn)

    def action_whole(self) -> None:
        """Show all that a window under the cursor hides."""
        self._change_tree(lambda at: at.tree.show_all(at.row, at.width))

    def action_depth(self, unfolded: bool) -> None:
        """Unfold all values, with a count so many levels of them; or fold them all."""
        depth = (self.take_count() if self._count else None) if unfolded else 0

        def to_depth(at: TreeRow) -> None:
            if words := at.tree.fold_all(depth, at.width):
                self.say(words)

        self._change_tree(to_depth)

    def _change_tree(self, act: Callable[[TreeRow], None]) -> None:
        viewport = self.viewport
        if viewport is None:
            return
        index, line = viewport.cursor
        block = viewport.document.blocks[index]
        look = viewport.document.look
        at = block.tree_at(line, look, from_heading=True) if isinstance(block, reader.ToolBlock) else None
        if at is None:
            self.say(_ELSEWHERE)
            return
        self.keep_opened()

        def change(document: Document) -> None:
            act(at)
            block.forget()
            document.changed(index)

        self.change(change)
