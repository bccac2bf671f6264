"""The commands that open a dialogue over everything: the projects, the help, and the palette with what it offers."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.widget import AwaitMount

from tui.screens.browse.context import BrowseContext
from tui.screens.browse.filter_commands import apply_filter
from tui.screens.browse.layout import Pane
from tui.screens.dialogs.offered import entry_of, in_order, offered, offered_here
from tui.screens.dialogs.palette_entry import PaletteEntry
from tui.terminal.input.keymap import Command, Keymap
from tui.terminal.text.clean import clean_line
from tui.views.listing.chips import filter_words
from tui.widgets.bindings import action_of
from tui.widgets.theme_choice import can_show
from tui.widgets.themes import THEMES

if TYPE_CHECKING:
    from textual.dom import DOMNode

_NAME_LIMIT = 200


def projects(context: BrowseContext) -> None:
    """Show the projects that there are, to go to another one."""
    from tui.screens.dialogs.projects import open_projects

    if context.choices is not None:
        present = context.settings._replace(connection=context.project.connection)
        open_projects(context.app, context.choices, present)


def show_help(context: BrowseContext) -> None:
    """All keys, and what they do."""
    from tui.screens.agent_page import AGENT, AgentScreen
    from tui.screens.compare.commands import pages
    from tui.screens.compare.screen import CompareScreen
    from tui.screens.dialogs.help import help_for

    finding = type(context.screen.query_one(f"#{Pane.LIST.value}"))
    context.ask(help_for(context.screen, finding, [(AGENT.context, AgentScreen), *pages(CompareScreen)]))


def errors(context: BrowseContext) -> None:
    """Everything that went wrong, with all that was said of it."""
    from tui.screens.dialogs.help import errors_in_full

    errors = [*context.detail.errors, *context.list.errors]
    if errors:
        context.ask(errors_in_full(errors))
    else:
        context.say("Nothing has gone wrong.", seconds=3)


def messages(context: BrowseContext) -> None:
    """What was said in this run, to be read again."""
    from tui.screens.dialogs.help import messages_again

    said = context.app.notices.messages.newest_first
    if said:
        context.ask(messages_again(said))
    else:
        context.say("Nothing was said yet in this run.", seconds=3)


def repaint(context: BrowseContext) -> None:
    """Paint the screen anew."""
    context.app.action_repaint()


def leave(context: BrowseContext) -> None:
    """End the program."""
    context.app.exit()


def palette(context: BrowseContext) -> AwaitMount:
    """Find a command by its words."""
    from tui.screens.dialogs.command_palette import CommandPalette

    dialog = CommandPalette(palette_entries(context), partial(_numbered, context))
    return context.ask(dialog, lambda entry: entry.run() if entry is not None else None)


def palette_entries(context: BrowseContext) -> list[PaletteEntry]:
    """All there is to do: first what the line of keys offers, then filters, further keys, other panes, and themes."""
    in_footer, further = in_order(offered_here(context.screen, is_restricted=context.app.restricted.is_on))
    elsewhere = {entry.words: entry for entry in reversed(list(_elsewhere(context)))}
    for entry in (*in_footer, *further):
        elsewhere.pop(entry.words, None)
    further += reversed(elsewhere.values())
    said = PaletteEntry("Messages: what was said in this run", "", partial(messages, context), "notices last again log")
    return [*in_footer, *_saved(context), said, *further, *_themes(context)]


def _elsewhere(context: BrowseContext) -> Iterator[PaletteEntry]:
    """What is meant in the other panes; whoever wants it goes there."""
    panes: tuple[tuple[Pane, DOMNode], ...] = (
        (Pane.LIST, context.rows),
        (Pane.LIST, context.screen.query_one(f"#{Pane.LIST.value}")),
        (Pane.DETAIL, context.view),
    )
    focused = context.screen.focused
    for pane, node in panes:
        keymap: Keymap[Any] = node.keymap  # type: ignore[attr-defined]  # a part with a table
        if focused is None or all(keymap is not getattr(one, "keymap", None) for one in focused.ancestors_with_self):
            for command in offered(keymap, is_restricted=context.app.restricted.is_on):
                run = partial(_run_there, context, pane, command, node)
                yield entry_of(keymap, command, command.key_names, run, where=keymap.context)


async def _run_there(context: BrowseContext, pane: Pane, command: Command[Any], node: "DOMNode") -> None:
    if pane is Pane.DETAIL:
        context.detail.open()
    context.layout.activate(pane)
    await context.app.run_action(action_of(command), node)


def _numbered(context: BrowseContext, number: int) -> list[PaletteEntry]:
    """What a number stands for: a row of the list."""
    return [PaletteEntry(f"Go to row {number:,} of the list", "", partial(_go_to_row, context, number))]


def _go_to_row(context: BrowseContext, number: int) -> None:
    count = context.rows.count
    if 1 <= number <= count:
        context.place.leave()
        context.layout.activate(Pane.LIST)
        context.rows.go(number - 1)
    else:
        context.say(f"There is no row {number:,}: the list has {count:,}.", seconds=4)


def _saved(context: BrowseContext) -> Iterator[PaletteEntry]:
    for entry in context.session.filters.entries:
        words = f"Saved filter: {clean_line(entry.name, _NAME_LIMIT)}"
        yield PaletteEntry(words, filter_words(entry.query), partial(apply_filter, context, entry.query))


def _themes(context: BrowseContext) -> Iterator[PaletteEntry]:
    for theme in THEMES:
        if not can_show(theme.name, context.app.capabilities):
            continue
        aside = "in use" if theme.name == context.app.theme else ""
        yield PaletteEntry(f"Theme: {theme.name}", aside, partial(setattr, context.app, "theme", theme.name))
