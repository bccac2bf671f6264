"""From the list, and from a table of calls, to a comparison."""

from textual.widget import AwaitMount

from tui.screens.browse.context import BrowseContext
from tui.screens.compare.context import ComparedSubject


def compare_marked(context: BrowseContext) -> AwaitMount | None:
    """Compare the two marked conversations, or the marked one with the one under the cursor."""
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


def compare(context: BrowseContext, before: ComparedSubject, after: ComparedSubject) -> AwaitMount:
    """Compare two conversations, or two messages of some, such as marked tool calls; Esc comes back to here."""
    from tui.screens.compare.screen import CompareScreen

    folder = context.exported_to or context.app.surroundings.folder
    return context.ask(CompareScreen(context.project, before, after, folder))
