"""Copies of what is read: the letters that copy something here, and what each of them copies."""

from collections.abc import Sequence
from functools import partial

from tui.api.query import conversation_url
from tui.screens.delivery import Make, copy_out
from tui.screens.out.exporting import report_options
from tui.screens.out.stage import COPYING, ReadingStage
from tui.terminal.text.clean import clean_line
from tui.views.export.copies import Copyable, WholeCopyable, copies_at, copies_of_conversation, turn_number_at
from tui.views.export.copy_letters import COPIES
from tui.views.export.way_back import way_back
from tui.views.text import format as fmt
from tui.widgets.lists.menu_list import Item

_WORDS_LIMIT = 200


def offer(context: ReadingStage) -> None:
    """Show what can be copied at the cursor, and wait for the letter of one."""
    choices = _choices(context)
    if choices:
        context.choose(COPYING, "Copy", [_item(choice) for choice in choices])
    else:
        context.say("There is nothing to copy yet.")


def copy_at(context: ReadingStage, letter: str) -> None:
    """Copy what a letter stands for where the cursor is now."""
    conversation = context.at_hand
    choice = next((choice for choice in _choices(context) if choice.letter == letter), None)
    if choice is None or conversation is None:
        context.say(f"{letter} copies nothing here: it is for {COPIES[letter]}.", seconds=3)
    elif isinstance(choice, WholeCopyable):
        copy_out(context.screen, choice.words, _when_fetched(context, conversation.id, choice))
    else:
        copy_out(context.screen, choice.words.partition(":")[0], choice.make)


def _choices(context: ReadingStage) -> Sequence[Copyable | WholeCopyable]:
    conversation, viewport, settings = context.at_hand, context.viewport, context.settings
    if conversation is None:
        return []
    turn = turn_number_at(viewport.document, viewport.cursor[0]) if viewport is not None else 0
    link = conversation_url(settings.connection, conversation.id)
    command = way_back(conversation.id, turn, *settings.comes_back)
    near = copies_at(viewport.document, viewport.cursor, command) if viewport is not None else []
    return [*near, *copies_of_conversation(conversation.id, link, command, report_options(context))]


def _item(choice: Copyable | WholeCopyable) -> Item:
    size = choice.size if isinstance(choice, Copyable) else None
    return Item(choice.letter, clean_line(choice.words, _WORDS_LIMIT), fmt.size(size) if size is not None else "")


async def _when_fetched(context: ReadingStage, conversation_id: str, choice: WholeCopyable) -> Make:
    return partial(choice.make, await context.project.conversation(conversation_id))
