"""Copies of what is read, from a menu of letters."""

from functools import partial
from typing import TYPE_CHECKING

from tui.api.query import conversation_url
from tui.screens.browse.context import BrowseContext
from tui.screens.browse.out.exporting import report_options
from tui.screens.delivery import Make, copy_out
from tui.screens.dialogs.copy_menu import Choice, CopyMenu
from tui.views.export.copies import WholeCopyable, copies_at, copies_of_conversation, turn_number_at
from tui.views.export.way_back import way_back

if TYPE_CHECKING:
    from tui.views.transcript.viewport import Viewport


def open_menu(context: BrowseContext) -> None:
    """Show what can be copied at the cursor."""
    conversation = context.at_hand
    if conversation is None:
        context.say("There is nothing to copy yet.")
        return
    conversation_id = conversation.id
    viewport = context.view.reader.viewport if context.reads else None

    def chosen(choice: Choice | None) -> None:
        if isinstance(choice, WholeCopyable):
            copy_out(context.screen, choice.words, _when_fetched(context, conversation_id, choice))
        elif choice is not None:
            copy_out(context.screen, choice.words.partition(":")[0], choice.make)

    context.ask(CopyMenu(_choices(context, conversation_id, viewport)), chosen)


def _choices(context: BrowseContext, conversation_id: str, viewport: "Viewport | None") -> list[Choice]:
    turn = turn_number_at(viewport.document, viewport.cursor[0]) if viewport is not None else 0
    link = conversation_url(context.settings.connection, conversation_id)
    settings = context.settings
    command = way_back(conversation_id, turn, *settings.comes_back)
    near = copies_at(viewport.document, viewport.cursor, command) if viewport is not None else []
    return [*near, *copies_of_conversation(conversation_id, link, command, report_options(context))]


async def _when_fetched(context: BrowseContext, conversation_id: str, choice: WholeCopyable) -> Make:
    return partial(choice.make, await context.project.conversation(conversation_id))
