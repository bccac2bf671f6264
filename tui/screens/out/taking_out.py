"""The commands that take things out of what is read: copies, exports, pager and editor, and the page of its agent.

What they need is imported with the first of them: nobody copies before the first frame.
"""

from typing import TYPE_CHECKING, Any

from tui.screens.out.stage import COPYING, ReadingStage
from tui.terminal.input.keymap import Command
from tui.views.export.copy_letters import COPIES
from tui.views.listing.name import agent_of

if TYPE_CHECKING:
    from textual.widget import AwaitMount

    from tui.screens.delivery import Make


def copy(context: ReadingStage) -> None:
    """Show what can be copied here, and wait for its letter."""
    from tui.screens.out.copying import offer

    offer(context)


def copy_at(context: ReadingStage, letter: str) -> None:
    """Copy what a letter stands for here."""
    from tui.screens.out.copying import copy_at

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
    from tui.screens.out.exporting import open_export

    open_export(context)


def outside(context: ReadingStage, editor: bool) -> None:
    """Read the conversation in the pager, or open it in the editor."""
    from tui.screens.out.outside import read_outside

    context.run(read_outside(context, editor=editor), "outside")


def agent(context: ReadingStage) -> "AwaitMount | None":
    """Show what the agent of the conversation at hand was told."""
    from tui.screens.agent_page import AgentContext, AgentScreen
    from tui.views.beside.agent_lines import AskedAgent

    conversation, told = context.at_hand, context.project.agents
    if conversation is None or not (settings := conversation.agent_settings):
        context.say("No agent is named here." if conversation is not None else "Nothing is read.", seconds=4)
        return None

    began = conversation.created_at

    def asked() -> AskedAgent:
        return AskedAgent(settings, agent_of(conversation), told.agents, told.missing, told.tools, began)

    page = AgentScreen(AgentContext(asked, context.beside.ask_again))
    mounted = context.ask(page, lambda _: context.beside.leave_page())
    context.beside.show_on(page)
    return mounted
