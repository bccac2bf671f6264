"""What holds for the keys of every place: no key means two things, and every one can be typed on any keyboard."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import tui.screens
import tui.terminal.input
import tui.views
import tui.widgets
from tests.screens.browsing import browsing
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.screens.browse.pane_commands import say_where
from tui.screens.browse.panes import ReadingPane
from tui.terminal.input.keymap import Keymap, key_name

DEAD = {key_name(sign) for sign in "^~'`"}
"""On many layouts these wait for a letter to stand on."""

BEHIND_ALTGR = {key_name(sign) for sign in "[]{}|@#\\"}
"""On common layouts these take two hands."""


def modules() -> list[Any]:
    names = ["tui.app"]
    for package in (tui.screens, tui.widgets, tui.views, tui.terminal.input):
        names += [module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return [importlib.import_module(name) for name in names]


def nodes() -> list[type[DOMNode]]:
    """Everything of ours on the screen that binds keys itself."""
    found = {one for module in modules() for one in vars(module).values() if isinstance(one, type)}
    ours = [one for one in found if issubclass(one, DOMNode) and one.__module__.startswith("tui.")]
    return sorted((one for one in ours if "BINDINGS" in vars(one)), key=lambda one: one.__name__)


def keymaps() -> dict[str, Keymap[Any]]:
    """Every table of commands."""
    found = [one for module in modules() for one in vars(module).values() if isinstance(one, Keymap)]
    return {keymap.context: keymap for keymap in found}


def bound(node: type[DOMNode]) -> Iterator[Binding]:
    for entry in node.BINDINGS:
        yield from Binding.make_bindings([entry])


def test_there_is_something_to_look_at() -> None:
    assert len(nodes()) > 10
    assert keymaps()


@pytest.mark.parametrize("node", nodes(), ids=lambda node: node.__name__)
def test_no_key_of_a_place_means_two_things_or_waits_for_a_letter(node: type[DOMNode]) -> None:
    keys = [binding.key for binding in bound(node)]
    assert len(set(keys)) == len(keys)
    assert not DEAD & set(keys)


@pytest.mark.parametrize("keymap", keymaps().values(), ids=lambda keymap: keymap.context)
def test_what_is_behind_altgr_has_a_second_way(keymap: Keymap[Any]) -> None:
    for command in keymap.commands:
        names = set(command.key_names)
        assert not DEAD & names
        if command.run is say_where:
            continue  # what it would say is nothing that anybody looks for
        assert names - BEHIND_ALTGR or command.offered


@pytest.mark.parametrize("node", nodes(), ids=lambda node: node.__name__)
def test_what_is_behind_altgr_is_found_in_the_palette_at_least(node: type[DOMNode]) -> None:
    for binding in bound(node) if node is not ReadingPane else ():
        assert binding.key not in BEHIND_ALTGR or not binding.system


async def test_while_a_search_is_typed_the_line_of_keys_offers_nothing_of_the_reader(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(1)]))
    async with browsing(server, size=(120, 30)) as it:
        await it.until_read("Question 1")
        await it.press("enter")
        await it.until(lambda: "turn" in it.lines[-1])
        await it.press("slash")
        await it.until(lambda: "keep the search" in it.lines[-1])
        assert "turn" not in it.lines[-1]
        assert "F1 help" in it.lines[-1]


@pytest.mark.parametrize("key", ["u", "a", "c", "t", "s", "1", "o"])
async def test_a_key_of_the_filter_does_nothing_to_a_conversation_that_is_read(
    server: ScriptedServer, key: str
) -> None:
    server.answer(LiveProject([conversation(number) for number in range(3)]))
    async with browsing(server, size=(120, 30)) as it:
        await it.until_read("Question 0")
        await it.press("down", "enter")
        await it.until(lambda: it.screen.context.reads)
        read, query = it.screen.context.reading.reading_id, it.screen.project.query
        await it.press(key)
        assert (it.screen.context.reading.reading_id, it.screen.project.query) == (read, query)
        assert it.app.screen is it.screen
        assert it.screen.context.reads
        if key == "u":
            said = "u is not for reading. In the list and the filter: untagged only."
            assert said in [note.message for note in it.app._notifications]


async def test_q_goes_back_to_the_list_and_quits_there(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(number) for number in range(3)]))
    async with browsing(server, size=(120, 30)) as it:
        await it.until_read("Question 0")
        await it.press("down", "enter")
        await it.until(lambda: it.screen.context.reads)
        await it.press("q")
        await it.until(lambda: it.screen.focused is it.rows)
        assert it.rows.cursor == 1
        with patch.object(it.app, "exit") as ended:
            await it.press("q")
        ended.assert_called_once()
