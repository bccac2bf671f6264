"""What the command palette offers: every action of the focused pane by its words, saved filters and themes by name."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.widgets import Input

from tui.screens.dialogs.palette_entry import PaletteEntry
from tui.screens.keys import action_name
from tui.terminal.adapter.restricted import forbidden_in
from tui.terminal.input.keymap import key_label
from tui.terminal.text.clean import clean_line
from tui.views.listing.chips import filter_words
from tui.widgets.themes import THEMES

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode

    from tui.screens.browse.filter_commands import SavedKeys

_NAME_LIMIT = 200
_LEFT_OUT = frozenset({"commands", "apply_saved"})
"""The palette itself, and the digits: saved filters are there by name."""


def commands_of(screen: "SavedKeys") -> list[PaletteEntry]:
    """All there is to do here and now: first what the line of keys offers, then filters, further keys and themes."""
    shown, further = _actions(screen)
    return [*shown, *_saved(screen), *further, *_themes(screen.app)]


def _actions(screen: "SavedKeys") -> tuple[list[PaletteEntry], list[PaletteEntry]]:
    """The actions with their keys: those of the line of keys, and the others."""
    found: dict[str, list[tuple[DOMNode, Binding]]] = {}
    for node, binding in _bindings(screen):
        words = binding.tooltip or binding.description
        found.setdefault(words[:1].upper() + words[1:], []).append((node, binding))
    shown: list[PaletteEntry] = []
    further: list[PaletteEntry] = []
    for words, same in found.items():
        node, binding = same[0]
        names = dict.fromkeys(key_label(one.key) for _, one in same)
        run = partial(screen.app.run_action, binding.action, node)
        (shown if binding.show else further).append(PaletteEntry(words, " ".join(names), run))
    return shown, further


def _bindings(screen: "SavedKeys") -> Iterator[tuple["DOMNode", Binding]]:
    """What is bound from the focused pane outwards; a line that is typed in has nothing to offer but its keys."""
    without = _LEFT_OUT | forbidden_in(screen.app)
    taken: set[str] = set()
    for node in (screen.focused or screen).ancestors_with_self:
        if isinstance(node, Input):
            continue
        for binding in Binding.make_bindings(type(node).BINDINGS):
            if binding.key not in taken and not binding.system and action_name(binding) not in without:
                yield node, binding
            taken.add(binding.key)


def _saved(screen: "SavedKeys") -> Iterator[PaletteEntry]:
    for entry in screen.session.filters.entries:
        words = f"Saved filter: {clean_line(entry.name, _NAME_LIMIT)}"
        yield PaletteEntry(words, filter_words(entry.query), partial(screen.apply_filter, entry.query))


def _themes(app: "App[Any]") -> Iterator[PaletteEntry]:
    for theme in THEMES:
        aside = "in use" if theme.name == app.theme else ""
        yield PaletteEntry(f"Theme: {theme.name}", aside, partial(setattr, app, "theme", theme.name))
