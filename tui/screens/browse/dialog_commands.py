"""The commands that open a dialogue over everything: the projects, the help, and the palette with what it offers."""

from collections.abc import Callable, Container, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.widget import AwaitMount
from textual.widgets import Input

from tui.screens.browse.context import BrowseContext
from tui.screens.browse.filter_commands import apply_filter
from tui.screens.browse.layout import Pane
from tui.screens.dialogs.palette_entry import PaletteEntry
from tui.screens.keys import action_name, left_out
from tui.terminal.input.keymap import Command, Keymap, key_label
from tui.terminal.text.clean import clean_line
from tui.views.listing.chips import filter_words
from tui.views.listing.name import agent_of
from tui.widgets.bindings import action_of
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
    from tui.screens.dialogs.help import help_for

    finding = type(context.screen.query_one(f"#{Pane.LIST.value}"))
    context.ask(help_for(context.screen, finding, [(AGENT.context, AgentScreen)]))


def agent(context: BrowseContext) -> AwaitMount | None:
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
    mounted = context.ask(page)
    context.beside.show_on(page)
    return mounted


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
    entries: dict[str, tuple[bool, PaletteEntry]] = {}
    for shown, entry in _here(context):
        if same := entries.get(entry.words):
            shown, first = same
            entry = first.with_keys(entry.aside)
        entries[entry.words] = shown, entry
    for entry in _elsewhere(context):
        entries.setdefault(entry.words, (False, entry))
    in_footer = [entry for shown, entry in entries.values() if shown]
    further = [entry for shown, entry in entries.values() if not shown]
    said = PaletteEntry("Messages: what was said in this run", "", partial(messages, context), "notices last again log")
    return [*in_footer, *_saved(context), said, *further, *_themes(context)]


def _here(context: BrowseContext) -> Iterator[tuple[bool, PaletteEntry]]:
    """What is meant where the keys are, from the focused part outwards, and whether the line of keys has it."""
    screen = context.screen
    taken: set[str] = set()
    for node in (screen.focused or screen).ancestors_with_self:
        if isinstance(node, Input):
            continue  # a line that is typed in has nothing to offer but its keys
        if isinstance(keymap := getattr(node, "keymap", None), Keymap):
            for command in _offered(context, keymap):
                keys = [key for key in command.key_names if command.after or key not in taken]
                run = partial(context.app.run_action, action_of(command), node)
                yield bool(command.footer), _entry(keymap, command, keys, run)
            taken |= {key for command in keymap.commands if not command.after for key in command.key_names}
        else:
            yield from _bound(context, node, taken)
            taken |= {binding.key for binding in Binding.make_bindings(type(node).BINDINGS)}


def _bound(context: BrowseContext, node: "DOMNode", taken: Container[str]) -> Iterator[tuple[bool, PaletteEntry]]:
    """What a part without a table of commands binds, the keys of one action together."""
    without = left_out(context.app, type(node))
    bindings = [
        binding
        for binding in Binding.make_bindings(type(node).BINDINGS)
        if not binding.system and action_name(binding) not in without and binding.key not in taken
    ]
    for words in dict.fromkeys(binding.tooltip or binding.description for binding in bindings):
        same = [binding for binding in bindings if (binding.tooltip or binding.description) == words]
        keys = " ".join(dict.fromkeys(key_label(binding.key) for binding in same))
        run = partial(context.app.run_action, same[0].action, node)
        yield same[0].show, PaletteEntry(_capital(words), keys, run)


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
            for command in _offered(context, keymap):
                run = partial(_run_there, context, pane, command, node)
                yield _entry(keymap, command, command.key_names, run, where=keymap.context)


async def _run_there(context: BrowseContext, pane: Pane, command: Command[Any], node: "DOMNode") -> None:
    if pane is Pane.DETAIL:
        context.detail.open()
    context.layout.activate(pane)
    await context.app.run_action(action_of(command), node)


def _offered(context: BrowseContext, keymap: Keymap[Any]) -> Iterator[Command[Any]]:
    for command in keymap.commands:
        if command.offered and not (command.forbidden and context.app.restricted.is_on):
            yield command


def _entry(
    keymap: Keymap[Any], command: Command[Any], keys: Sequence[str], run: Callable[[], Any], *, where: str = ""
) -> PaletteEntry:
    first = f"{key_label(keymap[command.after].key_names[0])} " if command.after else ""
    aside = f"{first}{' '.join(dict.fromkeys(map(key_label, keys)))}" if keys else ""
    if where:
        aside = f"{aside} {where[:1].lower()}{where[1:]}"
    return PaletteEntry(_capital(command.help), aside, run, command.also)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


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
        aside = "in use" if theme.name == context.app.theme else ""
        yield PaletteEntry(f"Theme: {theme.name}", aside, partial(setattr, context.app, "theme", theme.name))
