"""The part of the main screen that takes things out: copies, marks, exports, pager and editor, and the mouse.

What the keys need is imported with the first of them: nobody copies before the first frame.
"""

from typing import TYPE_CHECKING, Any, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui.config.settings import Settings
from tui.screens.browse.list_control import ListControl
from tui.store.project import Project
from tui.terminal.adapter.app import TerminalApp
from tui.terminal.text.clean import clean_line
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.transcript.view import TranscriptView

if TYPE_CHECKING:
    from pathlib import Path

    from tui.api.models import Conversation

TAKING_OUT_KEYS: tuple[BindingType, ...] = (
    Binding("y", "copy", "copy", tooltip="Copy: a letter says what"),
    Binding("x", "export", "export", tooltip="Export to a file"),
    Binding("space", "mark", "Mark, or take the mark away", show=False),
    Binding("U", "unmark_all", "Take all marks away", show=False),
    Binding("v", "outside(False)", "Read in the pager", show=False),
    Binding("V", "outside(True)", "Open in the editor", show=False),
    Binding("m", "give_mouse", "Give the mouse to the terminal for selecting, or take it back", show=False),
)
"""For the screen's own bindings, where the help finds them."""

_MOUSE_GIVEN = ("the mouse selects in the terminal, m takes it back", "m takes the mouse back")
_SECONDS = 8.0
_WORDS_LIMIT = 600


class TakingOutKeys(Screen[None]):
    """Needs what the main screen has: the project, the settings and the wiring of the list."""

    project: Project
    settings: Settings
    list_control: ListControl
    exported_to: "Path | None" = None
    """The folder of the last export of this run."""

    @property
    def painted_app(self) -> "TerminalApp[Any]":
        """The app, which knows its terminal."""
        return cast("TerminalApp[Any]", self.app)

    @property
    def transcript(self) -> TranscriptView:
        """The reader of the conversation."""
        return self.query_one(TranscriptView)

    @property
    def at_hand(self) -> "Conversation | None":
        """The conversation that is read, or the one under the cursor of the list."""
        document = self.transcript.reader.document
        if self.transcript.has_focus and document is not None:
            return document.conversation
        return self.query_one(ConversationList).at.conversation

    def tell(self, words: str, *, warning: bool = False) -> None:
        """Say something that need not stay."""
        said = clean_line(words, _WORDS_LIMIT)
        self.notify(said, severity="warning" if warning else "information", timeout=_SECONDS, markup=False)

    def action_copy(self) -> None:
        """Show what can be copied here, by letter."""
        from tui.screens.browse.copying import open_menu

        open_menu(self)

    def action_export(self) -> None:
        """Export this conversation, the marked ones, or all that the filter finds."""
        from tui.screens.browse.exporting import open_export

        open_export(self)

    def action_outside(self, editor: bool) -> None:
        """Read the conversation in the pager, or open it in the editor."""
        from tui.screens.browse.outside import read_outside

        self.run_worker(read_outside(self, editor=editor), group="outside", exclusive=True, exit_on_error=False)

    @on(TranscriptView.TextSelected)
    def _text_selected(self, event: TranscriptView.TextSelected) -> None:
        from tui.screens.delivery import copy_out

        copy_out(self, "selection", event.text)

    def action_mark(self) -> None:
        """Mark the conversation under the cursor, or take its mark away, and go on to the next."""
        conversations = self.query_one(ConversationList)
        conversation, window = self.at_hand, conversations.window
        if not conversations.has_focus or window is None:
            return
        if conversation is not None:
            self.project.marks.toggle(conversation.id)
            conversations.go(conversations.cursor + 1)
            self._show_marks()
        elif window.count and window.row(conversations.cursor) is None:
            self.tell("Not marked: this row is not here yet.")

    def action_unmark_all(self) -> None:
        """Take all marks away."""
        if self.project.marks:
            self.project.marks.clear()
            self._show_marks()

    def _show_marks(self) -> None:
        self.query_one(ConversationList).refresh()
        self.list_control.show()

    def action_give_mouse(self) -> None:
        """Give the mouse to the terminal, whose own selecting works then, or take it back; the title says so."""
        given = self.list_control.remark != _MOUSE_GIVEN
        self.list_control.remark = _MOUSE_GIVEN if given else ("", "")
        self.painted_app.set_mouse(not given)
        self.list_control.show_position()
