"""The commands that open a dialogue over everything: the projects, the help, and the palette with what it offers."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widget import AwaitMount
from textual.widgets import Input

from tui.screens.browse.context import BrowseContext
from tui.screens.browse.filter_commands import apply_filter
from tui.screens.browse.layout import Pane
from tui.screens.dialogs.palette_entry import PaletteEntry
from tui.screens.keys import action_name, left_out
from tui.terminal.input.keymap import key_label
from tui.terminal.text.clean import clean_line
from tui.views.listing.chips import filter_words
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
    from tui.screens.dialogs.help import help_for

    context.ask(help_for(context.screen, type(context.screen.query_one(f"#{Pane.LIST.value}"))))


def errors(context: BrowseContext) -> None:
    """Everything that went wrong, with all that was said of it."""
    from tui.screens.dialogs.help import errors_in_full

    context.ask(errors_in_full([*context.detail.errors, *context.list.errors]))


def repaint(context: BrowseContext) -> None:
    """Paint the screen anew."""
    context.app.action_repaint()


def leave(context: BrowseContext) -> None:
    """End the program."""
    context.app.exit()


def palette(context: BrowseContext) -> AwaitMount:
    """Find a command by its words."""
    from tui.screens.dialogs.command_palette import CommandPalette

    dialog = CommandPalette(palette_entries(context))
    return context.ask(dialog, lambda entry: entry.run() if entry is not None else None)


def palette_entries(context: BrowseContext) -> list[PaletteEntry]:
    """All there is to do here and now: first what the line of keys offers, then filters, further keys and themes."""
    shown, further = _commands(context)
    return [*shown, *_saved(context), *further, *_themes(context)]


def _commands(context: BrowseContext) -> tuple[list[PaletteEntry], list[PaletteEntry]]:
    """The commands with their keys: those of the line of keys, and the others."""
    found: dict[str, list[tuple[DOMNode, Binding]]] = {}
    for node, binding in _bindings(context):
        words = binding.tooltip or binding.description
        found.setdefault(words[:1].upper() + words[1:], []).append((node, binding))
    shown: list[PaletteEntry] = []
    further: list[PaletteEntry] = []
    for words, same in found.items():
        node, binding = same[0]
        names = dict.fromkeys(key_label(one.key) for _, one in same)
        run = partial(context.app.run_action, binding.action, node)
        (shown if binding.show else further).append(PaletteEntry(words, " ".join(names), run))
    return shown, further


def _bindings(context: BrowseContext) -> Iterator[tuple["DOMNode", Binding]]:
    """What is bound from the focused pane outwards; a line that is typed in has nothing to offer but its keys."""
    screen = context.screen
    taken: set[str] = set()
    for node in (screen.focused or screen).ancestors_with_self:
        if isinstance(node, Input):
            continue
        without = left_out(context.app, type(node))
        for binding in Binding.make_bindings(type(node).BINDINGS):
            if binding.key not in taken and not binding.system and action_name(binding) not in without:
                yield node, binding
            taken.add(binding.key)


def _saved(context: BrowseContext) -> Iterator[PaletteEntry]:
    for entry in context.session.filters.entries:
        words = f"Saved filter: {clean_line(entry.name, _NAME_LIMIT)}"
        yield PaletteEntry(words, filter_words(entry.query), partial(apply_filter, context, entry.query))


def _themes(context: BrowseContext) -> Iterator[PaletteEntry]:
    for theme in THEMES:
        aside = "in use" if theme.name == context.app.theme else ""
        yield PaletteEntry(f"Theme: {theme.name}", aside, partial(setattr, context.app, "theme", theme.name))
