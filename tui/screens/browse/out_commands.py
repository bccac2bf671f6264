"""The commands of the list that mark and compare, and the mouse."""

from typing import TYPE_CHECKING

from tui.screens.browse.context import BrowseContext

if TYPE_CHECKING:
    from textual.widget import AwaitMount

    from tui.screens.compare.context import ComparedSubject

_MOUSE_GIVEN = ("the mouse selects in the terminal, m takes it back", "m takes the mouse back")


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


def compare_marked(context: BrowseContext) -> "AwaitMount | None":
    """Compare the two marked conversations, or the marked one with the one under the cursor."""
    from tui.screens.compare.context import ComparedSubject

    marked = list(context.project.marks)
    here = context.rows.at.conversation
    if len(marked) == 1 and here is not None and here.id != marked[0]:
        marked.append(here.id)
    if len(marked) == 2:
        return compare(context, ComparedSubject(marked[0]), ComparedSubject(marked[1]))
    if len(marked) > 2:
        context.say(f"{len(marked)} are marked: D compares two. U takes all marks away.")
    else:
        context.say("D compares two: mark one with Space, and go to the other, or mark that, too.")
    return None


def compare(context: BrowseContext, before: "ComparedSubject", after: "ComparedSubject") -> "AwaitMount":
    """Compare two conversations, or two messages of some, such as marked tool calls; Esc comes back to here."""
    from tui.screens.compare.screen import CompareScreen

    folder = context.exported_to or context.app.surroundings.folder
    return context.ask(CompareScreen(context.project, before, after, folder))


def _show_marks(context: BrowseContext) -> None:
    context.rows.refresh()
    context.list.show()


def give_mouse(context: BrowseContext) -> None:
    """Give the mouse to the terminal, whose own selecting works then, or take it back; the title says so."""
    given = context.list.remark != _MOUSE_GIVEN
    context.list.remark = _MOUSE_GIVEN if given else ("", "")
    context.app.set_mouse(not given)
    context.list.show_position()
