"""The commands that take things out: copies, marks, exports, pager and editor, and the mouse.

What they need is imported with the first of them: nobody copies before the first frame.
"""

from typing import TYPE_CHECKING, Any

from tui.screens.browse.context import COPYING, BrowseContext
from tui.screens.reading_stage import ReadingStage
from tui.terminal.input.keymap import Command
from tui.views.export.copy_letters import COPIES

if TYPE_CHECKING:
    from textual.widget import AwaitMount

    from tui.screens.delivery import Make

_MOUSE_GIVEN = ("the mouse selects in the terminal, m takes it back", "m takes the mouse back")


def copy(context: ReadingStage) -> None:
    """Show what can be copied here, and wait for its letter."""
    from tui.screens.browse.out.copying import offer

    offer(context)


def copy_at(context: ReadingStage, letter: str) -> None:
    """Copy what a letter stands for here."""
    from tui.screens.browse.out.copying import copy_at

    copy_at(context, letter)


def copies() -> list[Command[Any]]:
    """The letters that copy something, for a table of any screen on which a conversation is read."""
    return [
        Command(f"copy_{letter}", letter, f"copy {words}", copy_at, (letter,), after=COPYING)
        for letter, words in COPIES.items()
    ]


def copy_selected(context: ReadingStage, make: "Make") -> None:
    """Copy what was selected with the mouse."""
    from tui.screens.delivery import copy_out

    copy_out(context.screen, "selection", make)


def export(context: ReadingStage) -> None:
    """Export this conversation, the marked ones, or all that the filter finds."""
    from tui.screens.browse.out.exporting import open_export

    open_export(context)


def outside(context: ReadingStage, editor: bool) -> None:
    """Read the conversation in the pager, or open it in the editor."""
    from tui.screens.browse.out.outside import read_outside

    context.run(read_outside(context, editor=editor), "outside")


def mark(context: BrowseContext) -> None:
    """Mark the conversation under the cursor, or take its mark away, and go on to the next."""
    rows, conversation = context.rows, context.at_hand
    if conversation is not None:
        context.project.marks.toggle(conversation.id)
        rows.go(rows.cursor + 1)
        _show_marks(context)
    elif rows.window is not None and rows.count and rows.window.row(rows.cursor) is None:
        context.say("Not marked: this row is not here yet.")


def unmark_all(context: BrowseContext) -> None:
    """Take all marks away."""
    if context.project.marks:
        context.project.marks.clear()
        _show_marks(context)


def compare(context: BrowseContext) -> "AwaitMount | None":
    """Compare two marked conversations, or the marked one with the one under the cursor."""
    from tui.screens.browse.out.comparing import compare_marked

    return compare_marked(context)


def _show_marks(context: BrowseContext) -> None:
    context.rows.refresh()
    context.list.show()


def give_mouse(context: BrowseContext) -> None:
    """Give the mouse to the terminal, whose own selecting works then, or take it back; the title says so."""
    given = context.list.remark != _MOUSE_GIVEN
    context.list.remark = _MOUSE_GIVEN if given else ("", "")
    context.app.set_mouse(not given)
    context.list.show_position()
