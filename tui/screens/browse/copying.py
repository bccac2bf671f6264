"""Copies of what is read, from a menu of letters."""

from functools import partial
from typing import TYPE_CHECKING

from tui.api.query import conversation_url
from tui.screens.browse.out_commands import TakingOutKeys
from tui.screens.delivery import Make, copy_out
from tui.screens.dialogs.copy_menu import Choice, CopyMenu
from tui.views.export.copies import WholeCopyable, copies_at, copies_of_conversation, turn_number_at
from tui.views.export.way_back import way_back

if TYPE_CHECKING:
    from tui.views.transcript.viewport import Viewport


def open_menu(host: TakingOutKeys) -> None:
    """Show what can be copied at the cursor."""
    conversation = host.at_hand
    if conversation is None:
        host.tell("There is nothing to copy yet.")
        return
    conversation_id = conversation.id
    viewport = host.transcript.reader.viewport if host.transcript.has_focus else None

    def chosen(choice: Choice | None) -> None:
        if isinstance(choice, WholeCopyable):
            copy_out(host, choice.words, _when_fetched(host, conversation_id, choice))
        elif choice is not None:
            copy_out(host, choice.words.partition(":")[0], choice.make)

    host.app.push_screen(CopyMenu(_choices(host, conversation_id, viewport)), chosen)


def _choices(host: TakingOutKeys, conversation_id: str, viewport: "Viewport | None") -> list[Choice]:
    turn = turn_number_at(viewport.document, viewport.cursor[0]) if viewport is not None else 0
    link = conversation_url(host.settings.connection, conversation_id)
    settings = host.settings
    command = way_back(conversation_id, turn, *settings.comes_back)
    near = copies_at(viewport.document, viewport.cursor, command) if viewport is not None else []
    project = host.project
    return [*near, *copies_of_conversation(conversation_id, link, command, project.people, project.patterns)]


async def _when_fetched(host: TakingOutKeys, conversation_id: str, choice: WholeCopyable) -> Make:
    return partial(choice.make, await host.project.conversation(conversation_id))
