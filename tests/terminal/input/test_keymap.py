"""Tables of commands: what a key stands for in its context and state, and how keys are called."""

import string
from typing import Any

import pytest
from textual.binding import Binding

from tui.terminal.input.keymap import Command, Keymap, Typed, key_label, key_name


def note(notes: list[str], *words: str) -> None:
    notes.append(" ".join(words))


READER: Keymap[list[str]] = Keymap(
    "In a conversation",
    [
        Command("line", "j down", "next line", note, ("line",)),
        Command("turn", "] shift+down", "next turn", note, ("turn",), footer="turn"),
    ],
)
MAIN: Keymap[list[str]] = Keymap(
    "Everywhere",
    [
        Command("turn", "j", "go elsewhere", note, ("elsewhere",)),
        Command("copy", "y", "copy", note, ("menu",), opens="copy"),
        Command("copy_line", "y", "copy the line", note, ("line copied",), after="copy"),
        Command("close", "escape q", "close", note, ("closed",), after="copy"),
        Command("quit", "q", "quit", note, ("quit",)),
    ],
)


class Part:
    """Something on the screen with keys."""

    def __init__(self, keymap: Keymap[list[str]], notes: list[str]) -> None:
        self.keymap = keymap
        self.notes = notes

    def do(self, command: Command[Any]) -> None:
        command.run(self.notes, *command.arguments)


def typed(keys: str) -> tuple[list[str], Typed]:
    """What keys do, typed in the reader with the main screen around it."""
    notes: list[str] = []
    parts, state = [Part(READER, notes), Part(MAIN, notes)], Typed()
    for key in keys.split():
        if (found := state.find(parts, key_name(key))) is not None:
            part, command = found
            part.do(command)
    return notes, state


@pytest.mark.parametrize(
    ("keys", "done"),
    [
        ("j down ] shift+down", ["line", "line", "turn", "turn"]),
        ("Ü x", []),
        ("y y j", ["menu", "line copied", "line"]),
        ("y j Ü y q", ["menu", "line copied", "quit"]),
        ("y q q", ["menu", "closed", "quit"]),
        ("y escape y y", ["menu", "closed", "menu", "line copied"]),
    ],
)
def test_a_key_is_meant_where_the_keys_are_and_in_the_state_that_was_begun(keys: str, done: list[str]) -> None:
    assert typed(keys)[0] == done


def test_a_state_stays_until_a_command_ends_it() -> None:
    assert typed("y Ü j")[1].pending == "copy"
    assert typed("y Ü j y")[1].pending == ""


@pytest.mark.parametrize("second", [Command("a", "j", "", note), Command("b", "x down", "", note)])
def test_nothing_stands_for_two_commands(second: Command[list[str]]) -> None:
    first: Command[list[str]] = Command("a", "down", "", note)
    with pytest.raises(ValueError, match="stands for two commands"):
        Keymap("here", [first, second])
    if second.name != first.name:
        Keymap("here", [first, second._replace(after="copy")])


def test_a_command_is_found_by_its_name() -> None:
    assert MAIN["copy"].opens == "copy"
    with pytest.raises(KeyError):
        MAIN["paste"]


@pytest.mark.parametrize("sign", string.punctuation + string.ascii_letters + string.digits)
def test_each_sign_has_the_name_that_key_events_have_for_it(sign: str) -> None:
    (binding,) = Binding.make_bindings([Binding(sign, "x")]) if sign != "," else [Binding("comma", "x")]
    assert key_name(sign) == binding.key
    assert key_label(binding.key) == sign


@pytest.mark.parametrize(
    ("written", "name", "label"),
    [
        ("ctrl+d", "ctrl+d", "Ctrl-D"),
        ("shift+tab", "shift+tab", "Shift-Tab"),
        ("shift+down", "shift+down", "Shift-↓"),
        ("alt+backspace", "alt+backspace", "Alt-⌫"),
        ("ctrl+]", "ctrl+right_square_bracket", "Ctrl-]"),
        ("enter", "enter", "Enter"),
        ("f1", "f1", "F1"),
        ("+", "plus", "+"),
    ],
)
def test_keys_are_written_as_people_write_them(written: str, name: str, label: str) -> None:
    assert key_name(written) == name
    assert key_label(name) == label
