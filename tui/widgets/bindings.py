"""From a table of commands to bindings, for keys, clicks and tests that come Textual's own way."""

from typing import Any

from textual.binding import Binding, BindingType

from tui.terminal.input.keymap import Command, Keymap, key_label


def action_of(command: Command[Any]) -> str:
    """The action that runs a command on the part of the screen whose table it is in."""
    return f"do('{command.name}')"


def bindings_of(keymap: Keymap[Any]) -> list[BindingType]:
    """The bindings of a table; what is meant in a pending state only is none of Textual's."""
    return [_binding(command) for command in keymap.commands if not command.after]


def _binding(command: Command[Any]) -> Binding:
    names = command.key_names
    return Binding(
        ",".join(names),
        action_of(command),
        command.footer or command.help,
        show=bool(command.footer),
        key_display=command.footer_key or key_label(names[0]),
        tooltip=command.help,
        system=not command.offered,
    )
