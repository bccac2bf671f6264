"""From the real bindings to the line of keys and the help."""

from collections.abc import Container, Iterable, Sequence
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.binding import ActiveBinding, Binding
from textual.screen import Screen
from textual.widgets import Input

from tui.terminal.adapter.restricted import forbidden_in
from tui.terminal.input.keymap import Command, Keymap, TakesKeys, key_label
from tui.views.listing.advice import Keys
from tui.widgets.bars.key_bar import Key

if TYPE_CHECKING:
    from textual.dom import DOMNode


async def do_named(part: TakesKeys, name: str) -> None:
    """Run a command of a part by its name, as bindings and the palette do; a dialogue that it opens is there then."""
    done = part.do(part.keymap[name])
    if isawaitable(done):
        await done


def action_name(binding: Binding) -> str:
    """The command of a table, or else the action alone, without whose it is and with what."""
    action, _, arguments = binding.action.partition("(")
    name = action.rpartition(".")[2]
    return arguments.strip("'\")") if name == "do" else name


def left_out(app: App[Any], node: "type[DOMNode]") -> frozenset[str]:
    """The actions and commands of a screen or widget, by name, that the app forbids: they are offered nowhere."""
    names, keymap = forbidden_in(app), getattr(node, "keymap", None)
    if not names or not isinstance(keymap, Keymap):
        return names
    return names | {command.name for command in keymap.commands if command.forbidden}


def keys_of(
    bindings: Iterable[ActiveBinding],
    *,
    typing: bool = False,
    first: Sequence[str] = (),
    idle: Container[str] = (),
) -> tuple[Key, ...]:
    """The keys worth a place on the screen: the actions in `first`, then those of the focused pane, help last.

    Not those named in `idle`, which would do nothing now. While the user types, only those of the line and of the
    screen that still work.
    """
    keys: dict[tuple[DOMNode, str], tuple[str, Key]] = {}
    for active in bindings:
        binding, name = active.binding, key_label(active.binding.key)
        if typing and (not isinstance(active.node, Input | Screen | App) or (len(name) == 1 and name.isascii())):
            continue
        if action_name(binding) in idle or action_name(binding) in left_out(active.node.app, type(active.node)):
            continue
        if binding.show and active.enabled and (active.node, binding.action) not in keys:
            shown = name if typing else binding.key_display or name
            key = Key(shown, binding.description, binding.key)
            keys[active.node, binding.action] = action_name(binding), key
    places = {"help": len(first) + 1, **{name: place for place, name in enumerate(first)}}
    return tuple(key for name, key in sorted(keys.values(), key=lambda one: places.get(one[0], len(first))))


def first_keys(focused: "DOMNode | None") -> Sequence[str]:
    """The commands that the line of keys shows first where these are the keys: of the part, or of what is around it."""
    while focused is not None:
        keymap = getattr(focused, "keymap", None)
        if isinstance(keymap, Keymap) and keymap.first:
            return keymap.first
        focused = focused.parent
    return ()


def keys_for(bindings: Iterable[ActiveBinding]) -> Keys:
    """How the keys that advice names are pressed while these bindings are active in a line that is typed."""
    names = [key_label(active.binding.key) for active in bindings if action_name(active.binding) == "refresh"]
    again = next((name for name in names if len(name) > 1), "Esc, then r")
    return Keys(again, "Esc, then ")


def described_keys(node: "type[DOMNode]", without: Container[str] = ()) -> list[tuple[str, str]]:
    """All keys that a screen or widget binds itself, those of one action together, with what they do.

    Actions of the names in `without` are left out.
    """
    rows: dict[str, tuple[list[str], str]] = {}
    for entry in node.BINDINGS:
        for binding in Binding.make_bindings([entry]):
            if action_name(binding) in without:
                continue
            names, _ = rows.setdefault(_one_row(binding), ([], binding.tooltip or binding.description))
            names.append(key_label(binding.key))
    described = [(_joined(list(dict.fromkeys(names))), words) for names, words in rows.values()]
    return [(names, words[:1].upper() + words[1:]) for names, words in described]


def _one_row(binding: Binding) -> str:
    """What has the same for all digits is said once."""
    return binding.description if binding.key.isdigit() else binding.action


def _joined(names: list[str]) -> str:
    if len(names) > 2 and all(name.isdigit() for name in names):
        return f"{names[0]}–{names[-1]}"
    return " ".join(names)


def second_keys(keymap: Keymap[Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each key of a table that waits for a second one, how it is called, and what the second can be."""
    states = dict.fromkeys(command.after for command in keymap.commands if command.after)
    names = {command.name for command in keymap.commands}
    return [
        (f"Behind {_labels(keymap[state]) if state in names else state}", _second(keymap, state)) for state in states
    ]


def _second(keymap: Keymap[Any], state: str) -> list[tuple[str, str]]:
    rows: dict[str, list[str]] = {}
    for command in keymap.commands:
        if command.after == state:
            rows.setdefault(command.help, []).extend(map(key_label, command.key_names))
    return [(_joined(keys), words[:1].upper() + words[1:]) for words, keys in rows.items()]


def _labels(command: Command[Any]) -> str:
    return " ".join(map(key_label, command.key_names))
