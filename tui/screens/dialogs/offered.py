"""What can be done where the keys are, for the palette: the commands of the parts from the focus outwards."""

from collections.abc import Callable, Container, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input

from tui.screens.dialogs.palette_entry import PaletteEntry
from tui.screens.keys import action_name, left_out
from tui.terminal.input.keymap import Command, Keymap, key_label
from tui.widgets.bindings import action_of

if TYPE_CHECKING:
    from textual.dom import DOMNode


def offered_here(screen: Screen[Any], *, is_restricted: bool) -> Iterator[tuple[bool, PaletteEntry]]:
    """What is meant where the keys are, and whether the line of keys has it."""
    taken: set[str] = set()
    for node in (screen.focused or screen).ancestors_with_self:
        if isinstance(node, Input):
            continue  # a line that is typed in has nothing to offer but its keys
        if isinstance(keymap := getattr(node, "keymap", None), Keymap):
            for command in offered(keymap, is_restricted=is_restricted):
                keys = [key for key in command.key_names if command.after or key not in taken]
                run = partial(screen.app.run_action, action_of(command), node)
                yield bool(command.footer), entry_of(keymap, command, keys, run)
            taken |= {key for command in keymap.commands if not command.after for key in command.key_names}
        else:
            yield from _bound(screen, node, taken)
            taken |= {binding.key for binding in Binding.make_bindings(type(node).BINDINGS)}


def _bound(screen: Screen[Any], node: "DOMNode", taken: Container[str]) -> Iterator[tuple[bool, PaletteEntry]]:
    """What a part without a table of commands binds, the keys of one action together."""
    without = left_out(screen.app, type(node))
    bindings = [
        binding
        for binding in Binding.make_bindings(type(node).BINDINGS)
        if not binding.system and action_name(binding) not in without and binding.key not in taken
    ]
    for words in dict.fromkeys(binding.tooltip or binding.description for binding in bindings):
        same = [binding for binding in bindings if (binding.tooltip or binding.description) == words]
        keys = " ".join(dict.fromkeys(key_label(binding.key) for binding in same))
        run = partial(screen.app.run_action, same[0].action, node)
        yield same[0].show, PaletteEntry(_capital(words), keys, run)


def offered(keymap: Keymap[Any], *, is_restricted: bool) -> Iterator[Command[Any]]:
    """The commands of a table that the palette has."""
    for command in keymap.commands:
        if command.offered and not (command.forbidden and is_restricted):
            yield command


def entry_of(
    keymap: Keymap[Any], command: Command[Any], keys: Sequence[str], run: Callable[[], Any], *, where: str = ""
) -> PaletteEntry:
    """A command as the palette shows it; `where` says where else its keys are meant."""
    first = f"{key_label(keymap[command.after].key_names[0])} " if command.after else ""
    aside = f"{first}{' '.join(dict.fromkeys(map(key_label, keys)))}" if keys else ""
    if where:
        aside = f"{aside} {where[:1].lower()}{where[1:]}"
    return PaletteEntry(_capital(command.help), aside, run, command.also)


def in_order(entries: Iterator[tuple[bool, PaletteEntry]]) -> tuple[list[PaletteEntry], list[PaletteEntry]]:
    """Those that the line of keys has, and the others; one that comes twice is one with the keys of both."""
    found: dict[str, tuple[bool, PaletteEntry]] = {}
    for shown, entry in entries:
        if same := found.get(entry.words):
            found[entry.words] = same[0], same[1].with_keys(entry.aside)
        else:
            found[entry.words] = shown, entry
    return [one for shown, one in found.values() if shown], [one for shown, one in found.values() if not shown]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
