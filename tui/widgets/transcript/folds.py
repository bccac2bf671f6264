"""Folding in a transcript: one thing at the cursor, or all of a kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.views.transcript.modes import LEVEL_WORDS
from tui.widgets.transcript.moves import TranscriptMoves

if TYPE_CHECKING:
    from tui.views.transcript.document import Document


class TranscriptFolds(TranscriptMoves):
    """Folds and modes; the line under the cursor stays where it is on the screen."""

    def change(self, change: Callable[[Document], object]) -> None:
        """Change what is shown without losing the place."""
        viewport = self.viewport
        self._count = ""
        if viewport is not None:
            with viewport.held():
                change(viewport.document)
            self.repaint(everything=True)

    def keep_opened(self) -> None:
        """Hook: what is open at the cursor is open by hand from now on."""

    def action_toggle_fold(self) -> None:
        """Fold or unfold what is at the cursor."""
        self._fold_at_cursor(None)

    def action_fold(self, folded: bool) -> None:
        """Fold, or unfold, what is at the cursor."""
        self._fold_at_cursor(folded)

    def _fold_at_cursor(self, folded: bool | None) -> None:
        viewport = self.viewport
        if viewport is None:
            return
        index, line = viewport.cursor

        self.keep_opened()

        def fold(document: Document) -> None:
            block = document.blocks[index]
            if folded is None:
                block.toggle(line, document.look)
            else:
                block.fold_at(line, document.look, folded)
            document.changed(index)

        self.change(fold)

    def action_tools(self) -> None:
        """Take all tool calls to the next level: closed, with parameters, with everything."""
        level = (self.modes.tools + 1) % len(LEVEL_WORDS)
        self.change(lambda document: document.set_tools(level))
        self.say(f"All tool calls: {LEVEL_WORDS[level]}")

    def action_reasoning(self) -> None:
        """Unfold or fold all reasoning."""
        shown = not self.modes.reasoning
        self.change(lambda document: document.set_reasoning(shown))
        self.say(f"Reasoning: {'shown' if shown else 'folded'}")

    def action_focused(self) -> None:
        """Show questions and final answers only, or everything."""
        on = not self.modes.focused
        self.change(lambda document: document.set_focused(on))
        self.say("Questions and final answers only" if on else "Everything is shown")

    def action_markdown(self) -> None:
        """Show text as it was written, or as rendered Markdown."""
        on = not self.modes.markdown
        self.change(lambda document: document.set_markdown(on))
        self.say("Text: rendered Markdown" if on else "Text: as it was written")
