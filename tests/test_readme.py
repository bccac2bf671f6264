"""The keys that the README names are those that are bound."""

import re
from pathlib import Path

from tui.terminal.input.keymap import key_label
from tui.views.reader.commands import READER

README = Path(__file__).parents[1] / "README.md"


def keys_in(heading: str) -> set[str]:
    """The keys in the first column of the table with this heading."""
    _, _, rest = README.read_text(encoding="utf-8").partition(f"| {heading} | |\n|---|---|\n")
    table = re.match(r"(\|.*\n)*", rest)
    assert table is not None
    columns = [re.split(r"(?<!\\)\|", row)[1] for row in table.group().splitlines()]
    found = [found for column in columns for found in re.findall(r"`([^`]+)`|([^\s,`]+)", column)]
    return {(signs or name).replace("\\", "") for signs, name in found}


def test_the_keys_of_a_conversation_are_told_as_they_are() -> None:
    told = keys_in("In a conversation")
    labels = {command.name: {key_label(key) for key in command.key_names} for command in READER.commands}
    assert told - set[str]().union(*labels.values()) == set()
    everywhere = keys_in("Everywhere")
    offered = [command.name for command in READER.commands if command.offered]
    assert [name for name in offered if not labels[name] & (told | everywhere)] == []
