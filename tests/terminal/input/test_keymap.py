"""Tables of commands: what a key stands for in its context and state, and how keys are called."""

import string
from typing import Any

import pytest
from textual.binding import Binding

from tui.terminal.input.keymap import Command, Keymap, Typed, key_label, key_name


def note(notes: "Notes", *words: str) -> None:
    notes.append(" ".join(words))


def choose(notes: "Notes") -> None:
    notes.append("menu")
    notes.typed.begin("copy", notes)


class Notes(list[str]):
    """What was done, and what the box of a pending state was told."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = Typed()
        self.told: list[str] = []

    def close(self) -> None:
        self.told.append("closed")

    def refuse(self, key: str) -> None:
        self.told.append(f"not {key}")


READER: Keymap[Notes] = Keymap(
    "In a conversation",
    [
        Command("line", "j down", "next line", note, ("line",)),
        Command("turn", "] shift+down", "next turn", note, ("turn",), footer="turn"),
    ],
)
MAIN: Keymap[Notes] = Keymap(
    "Everywhere",
    [
        Command("turn", "j", "go elsewhere", note, ("elsewhere",)),
        Command("copy", "y", "copy", choose),
        Command("copy_line", "y", "copy the line", note, ("line copied",), after="copy"),
        Command("close", "escape q", "close", note, ("closed",), after="copy"),
        Command("quit", "q", "quit", note, ("quit",)),
    ],
)


class Part:
    """Something on the screen with keys."""

    def __init__(self, keymap: Keymap[Notes], notes: Notes) -> None:
        self.keymap = keymap
        self.notes = notes

    def do(self, command: Command[Any]) -> None:
        command.run(self.notes, *command.arguments)


def typed(keys: str) -> Notes:
    """What keys do, typed in the reader with the main screen around it."""
    notes = Notes()
    parts = [Part(READER, notes), Part(MAIN, notes)]
    for key in keys.split():
        if (found := notes.typed.find(parts, key_name(key))) is not None:
            part, command = found
            part.do(command)
    return notes


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
    assert typed(keys) == done


def test_a_state_stays_until_a_command_ends_it() -> None:
    assert typed("y Ü j").typed.pending == "copy"
    assert typed("y Ü j y").typed.pending == ""


def test_what_shows_the_choices_is_told_of_a_key_that_is_none_and_of_the_end() -> None:
    assert typed("y Ü j").told == ["not Ü", "not j"]
    assert typed("y Ü y j Ü").told == ["not Ü", "closed"]
    notes = typed("y")
    notes.typed.begin("another", None)
    assert notes.told == ["closed"]


def test_those_that_know_a_state_are_asked_also_where_others_have_the_keys() -> None:
    notes = Notes()
    reader, main = Part(READER, notes), Part(MAIN, notes)
    notes.typed.begin("copy", notes, [main])
    assert notes.typed.find([reader], key_name("escape")) == (main, MAIN.find("escape", "copy"))
    assert notes.told == ["closed"]
    assert notes.typed.find([reader], key_name("q")) is None


@pytest.mark.parametrize("second", [Command("a", "j", "", note), Command("b", "x down", "", note)])
def test_nothing_stands_for_two_commands(second: Command[Notes]) -> None:
    first: Command[Notes] = Command("a", "down", "", note)
    with pytest.raises(ValueError, match="stands for two commands"):
        Keymap("here", [first, second])
    if second.name != first.name:
        Keymap("here", [first, second._replace(after="copy")])


def test_a_command_is_found_by_its_name() -> None:
    assert MAIN["copy_line"].after == "copy"
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
