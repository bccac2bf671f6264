"""The keys that the README names are those that are bound."""

import re
from pathlib import Path
from typing import Any

import pytest

from tui.config.settings import ReviewSettings
from tui.screens.browse.commands import BROWSE
from tui.screens.browse.context import CHOOSING, JUDGING, SAVED, SORTING
from tui.screens.browse.finding import FINDING
from tui.screens.browse.review.judging_commands import label_commands
from tui.screens.compare.commands import COMPARING
from tui.screens.out.stage import COPYING
from tui.terminal.input.keymap import Keymap, key_label
from tui.views.comparing.commands import COMPARER
from tui.views.reader.commands import READER
from tui.widgets.lists.list_commands import LIST

README = Path(__file__).parents[1] / "README.md"


def keys_in(heading: str) -> set[str]:
    """The keys in the first column of the table with this heading."""
    _, _, rest = README.read_text(encoding="utf-8").partition(f"| {heading} | |\n|---|---|\n")
    table = re.match(r"(\|.*\n)*", rest)
    assert table is not None
    columns = [re.split(r"(?<!\\)\|", row)[1] for row in table.group().splitlines()]
    found = [found for column in columns for found in re.findall(r"`([^`]+)`|([^\s,`]+)", column)]
    return {(signs or name).replace("\\", "") for signs, name in found}


def labels_of(*keymaps: Keymap[Any]) -> dict[str, set[str]]:
    """The keys of each command, as people write them."""
    return {
        command.name: {key_label(key) for key in command.key_names}
        for keymap in keymaps
        for command in keymap.commands
        if not command.after
    }


def offered(keymap: Keymap[Any]) -> list[str]:
    return [command.name for command in keymap.commands if command.offered and not command.after]


def test_the_keys_of_a_conversation_are_told_as_they_are() -> None:
    told, labels = keys_in("In a conversation"), labels_of(READER)
    assert told - set[str]().union(*labels.values()) == set()
    everywhere = keys_in("Everywhere")
    assert [name for name in offered(READER) if not labels[name] & (told | everywhere)] == []


def test_the_keys_of_the_list_and_everywhere_are_told_as_they_are() -> None:
    told = keys_in("In the list") | keys_in("In the list and the filter") - {"–"}
    everywhere, labels = keys_in("Everywhere"), labels_of(LIST, FINDING, BROWSE)
    assert (told | everywhere) - set[str]().union(*labels.values()) == set()
    names = [*offered(LIST), *offered(FINDING), *offered(BROWSE), "commands"]
    assert [name for name in names if not labels[name] & (told | everywhere)] == []


def test_the_keys_of_a_comparison_are_told_as_they_are() -> None:
    told, everywhere, labels = keys_in("In a comparison"), keys_in("Everywhere"), labels_of(COMPARER, COMPARING)
    assert told - set[str]().union(*labels.values()) == set()
    names = [*offered(COMPARER), *offered(COMPARING)]
    assert [name for name in names if not labels[name] & (told | everywhere)] == []


def second_keys(first: str) -> set[str]:
    """The keys that are said to mean something behind a first one; a digit stands for nine."""
    rows = re.findall(rf"^\| `{re.escape(first)}` \| ([^|]*) \| [^|]+ \|$", README.read_text(encoding="utf-8"), re.M)
    found = [found for column in rows for found in re.findall(r"`([^`]+)`|([^\s,`]+)", column)]
    return {signs or name for signs, name in found} - {"–"}


@pytest.mark.parametrize(
    ("first", "state"), [("y", COPYING), ("o", SORTING), ("s", SAVED), ("C", CHOOSING), (".", JUDGING)]
)
def test_the_keys_behind_a_first_key_are_told_as_they_are(first: str, state: str) -> None:
    told = second_keys(first)
    everywhere = BROWSE.joined(label_commands(ReviewSettings()))
    meant = [command for keymap in (FINDING, everywhere) for command in keymap.commands if command.after == state]
    labels = [{key_label(key) for key in command.key_names} for command in meant]
    assert told - set[str]().union(*labels) == set()
    digits = {str(digit) for digit in range(2, 9)}
    leaves = {"Esc", "q"}
    assert [keys for keys in labels if not keys & (told | digits | leaves)] == []
