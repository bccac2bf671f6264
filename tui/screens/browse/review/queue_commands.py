"""Makes the queue of the marked rows, or of all that the filter finds, and goes on with one that is there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.api.errors import ApiError
from tui.api.page import Record
from tui.errors import ClarifeyeError
from tui.screens.browse.context import BrowseContext
from tui.screens.browse.review.judging_commands import ask_who
from tui.store.listing.rows import ListedConversation
from tui.views.text.format import thousands

if TYPE_CHECKING:
    from textual.widget import AwaitMount

_GROUP = "queue"


def review(context: BrowseContext, anew: bool) -> "AwaitMount | None":
    """Go through the queue of the filter, or of the marked rows; `anew` makes it of what there is now."""

    def begin() -> None:
        context.run(_begin(context, anew=anew), _GROUP)

    return ask_who(context, begin)


async def _begin(context: BrowseContext, *, anew: bool) -> None:
    from tui.screens.queue.screen import QueueScreen
    from tui.store.verdicts.queue import KeptQueue, ReviewQueue

    project, verdicts = context.project, context.judging.verdicts
    marked = list(project.marks)
    line = project.query.line
    kept = None
    if verdicts.folder is not None:
        name = f"{line}\nmarked" if marked else line
        kept = KeptQueue(verdicts.folder, name, context.session.tell)
    queue, notice = kept.read() if kept is not None else (None, "")
    if notice:
        context.say(notice, warning=True)
    if queue is not None and queue.tally(verdicts.book, verdicts.reviewer).left and not anew:
        queue = ReviewQueue(line, queue.ids, queue.at)
        gone = set() if marked else await _gone(context, queue.ids)
    elif not marked and _is_coming(context):
        context.say("The list is still being read: Q again once it is there.")
        return
    else:
        gone = set()
        try:
            ids = marked or await _all_ids(context)
        except ClarifeyeError as error:
            context.say(f"No queue: {error.title}. {error.hint}", warning=True)
            return
        if not ids:
            context.say("There is nothing to review: the list is empty.")
            return
        queue = ReviewQueue(line, ids, len(ids) - 1)
        first = queue.next_unjudged(verdicts.book, verdicts.reviewer, verdicts.review.skip)
        queue.at = first or 0
        if not marked and (partial := project.facts.partial_words):
            context.say(f"The queue is {partial}; once all is judged, Q makes it anew.", warning=True)
    screen = QueueScreen(project, context.judging, context.beside, queue, kept)
    screen.context.gone |= gone
    judging, shown, evidence = context.judging, context.judging.changed, context.judging.evidence
    judging.changed = lambda: screen.context.changed()  # what nobody sees meanwhile is shown once, at the end
    judging.evidence = screen.context.evidence

    def left(_: None) -> None:
        judging.changed, judging.evidence = shown, evidence
        shown()

    context.ask(screen, left)


def _is_coming(context: BrowseContext) -> bool:
    """Whether more of the list is being read, or none of it is here."""
    project, found = context.project, context.project.facts.found
    is_read_on = found is not None and (found.is_running or found.is_nearly_known)
    return is_read_on or project.is_switching or project.shown.count is None


async def _gone(context: BrowseContext, ids: Sequence[str]) -> set[str]:
    """Those of a queue that the list has no more, where all of the list is known."""
    project = context.project
    if _is_coming(context) or project.facts.partial_words:
        return set()
    if project.facts.derived is None and project.window.loaded < (project.window.count or 0):
        return set()
    try:
        return set(ids) - set(await _all_ids(context))
    except ClarifeyeError:
        return set()


async def _all_ids(context: BrowseContext) -> list[str]:
    """The ids of all that the list has, fetched as far as they are not here."""
    project = context.project
    if project.facts.derived is not None:
        return await project.facts.found_ids()
    window, ids = project.window, list[str]()
    told = context.screen.set_interval(1.0, lambda: context.say(f"Making the queue: {thousands(len(ids))} …"))
    try:
        index, count = 0, window.count or 0
        while index < count:
            row = window.row(index)
            if isinstance(row, ListedConversation):
                ids.append(row.conversation.id)
                index += 1
                continue
            page = await project.page(index, count - index)
            ids += [record.id for record in page.records if isinstance(record, Record)]
            index += max(1, len(page.records))
    except ApiError:
        if not ids:
            raise
        context.say(f"Only {thousands(len(ids))} came; the queue is of those.", warning=True)
    finally:
        told.stop()
    return ids
