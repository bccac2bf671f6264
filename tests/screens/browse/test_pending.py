"""Pending states of the tables: a key begins one, the next says what is done; no screen is needed for either."""

from collections.abc import Callable, Sequence
from inspect import iscoroutine
from types import SimpleNamespace
from typing import Any

import pytest

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer
from tests.servers import conversation as served
from tests.views.reader.reading import Reading
from tests.views.transcript.histories import answer, message, tool
from tui.screens.browse.commands import BROWSE
from tui.screens.browse.context import CHOOSING, SAVED, SORTING
from tui.screens.browse.filter_commands import columns
from tui.screens.browse.finding import FINDING
from tui.screens.out.stage import COPYING
from tui.store.facts.sorting import Order
from tui.store.filter.list_filter import ListFilter
from tui.store.saved.saved_filters import SavedFilters
from tui.store.saved.session import Session
from tui.terminal.input.keymap import Command, Keymap, Typed, key_name
from tui.views.reader.commands import READER
from tui.widgets.lists.choice_box import ChoiceBox
from tui.widgets.lists.menu_list import Item

HISTORY = [message("What is the refund window?"), tool([{"text": "30 days"}]), answer("30 days.")]
BILLING, ARCHIVED = ListFilter("refund", ("billing",)), ListFilter(archived=True)


class Part:
    """A table of commands, and what they act on."""

    def __init__(self, keymap: Keymap[Any], of: object) -> None:
        self.keymap = keymap
        self._of = of

    def do(self, command: Command[Any]) -> None:
        command.run(self._of, *command.arguments)


class Sitting:
    """The reader or the list with the main screen around it, as far as these commands look at it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, reads: bool = True) -> None:
        self.read = Reading(HISTORY)
        document = self.read.reader.document
        assert document is not None
        self.typed = Typed()
        self.copied: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.shown: list[Item] = []
        self.refused: list[str] = []
        self.orders: list[Order | None] = []
        self.asked: list[ListFilter] = []
        self.session = Session()
        self.session.change_filters(lambda _: SavedFilters().save("Needs review", BILLING).save("Old", ARCHIVED))
        self.settings = SimpleNamespace(connection=SimpleNamespace(), comes_back=(None, None))
        self.project = SimpleNamespace(
            people={},
            patterns=None,
            query=BILLING,
            facts=SimpleNamespace(order=None),
        )
        self.screen = SimpleNamespace(focused=None)
        self.rows = SimpleNamespace(at=None)
        self.place = SimpleNamespace(leave=lambda **_: None)
        self.reading = SimpleNamespace(filter_changes=lambda _at: None)
        self.list = SimpleNamespace(sort=self.orders.append, apply=self.asked.append)
        self.parts = [Part(READER, self.read.reader)] if reads else [Part(FINDING, self)]
        self.parts.append(Part(BROWSE, self))
        self.reads = reads
        path = "tui.screens.out.copying"
        monkeypatch.setattr(f"{path}.copy_out", lambda _, words, make: self.copied.append((words, make())))
        monkeypatch.setattr(f"{path}.conversation_url", lambda *_: "https://acme.example")
        monkeypatch.setattr(f"{path}.way_back", lambda *_: "clarifeye-tui open 1")

    @property
    def at_hand(self) -> object:
        document = self.read.reader.document
        assert document is not None
        return document.conversation

    @property
    def viewport(self) -> object:
        return self.read.reader.viewport if self.reads else None

    def choose(self, state: str, _title: str, choices: Sequence[Item], _aside: str = "") -> None:
        self.shown = list(choices)
        self.typed.begin(state, self)

    def close(self) -> None:
        self.shown = []

    def refuse(self, key: str) -> None:
        self.refused.append(key)

    def say(self, words: str, **_how: object) -> None:
        self.said.append(words)

    def give_up(self, _group: str) -> None:
        """Nothing is under way."""

    def press(self, keys: str) -> "Sitting":
        for key in keys.split():
            found = self.typed.find(self.parts, key_name(key))
            if found is not None:
                found[0].do(found[1])
        self.read.take_news()
        return self


@pytest.fixture
def sit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Sitting]:
    def made(*, reads: bool = True) -> Sitting:
        return Sitting(monkeypatch, reads=reads)

    return made


@pytest.mark.parametrize(
    ("keys", "copied"),
    [
        ("J y y", ("question", "What is the refund window?")),
        ("J y a", ("answer of this turn", "30 days.")),
        ("J y % y", ("question", "What is the refund window?")),
        ("J y escape y o", ("command that opens it", "clarifeye-tui open 1")),
        ("y l", ("link (the address that the API has it under)", "https://acme.example")),
    ],
)
def test_a_letter_behind_y_copies_what_is_under_the_cursor(
    sit: Callable[..., Sitting], keys: str, copied: tuple[str, str]
) -> None:
    it = sit().press(keys)
    assert it.copied == [copied]
    assert (it.typed.pending, it.shown) == ("", [])


def test_the_second_key_is_meant_where_the_cursor_is_then(sit: Callable[..., Sitting]) -> None:
    it = sit().press("J y")
    it.read.press("}")
    it.press("y")
    assert it.copied[0][0] == "tool call as JSON"


def test_the_choices_are_shown_and_what_is_none_is_told_and_does_nothing(sit: Callable[..., Sitting]) -> None:
    it = sit().press("J")
    line = it.read.line
    it.press("y G ]")
    assert it.shown
    assert (it.read.line, it.typed.pending, it.refused) == (line, COPYING, ["G", "right_square_bracket"])


def test_a_count_stays_for_what_comes_after_a_copy(sit: Callable[..., Sitting]) -> None:
    it, other = sit().press("3 y i j"), sit().press("3 j")
    assert it.read.row == other.read.row


def test_a_letter_that_is_for_something_else_says_so(sit: Callable[..., Sitting]) -> None:
    it = sit().press("J y p")
    assert it.said == ["p copies nothing here: it is for the input parameters of the tool call."]
    assert (it.copied, it.typed.pending) == ([], "")


@pytest.mark.parametrize(
    ("keys", "orders"),
    [("o f", ["failed"]), ("o escape", []), ("o q", []), ("o o", []), ("o % t", ["tokens"])],
)
def test_a_letter_behind_o_sorts(sit: Callable[..., Sitting], keys: str, orders: list[str]) -> None:
    it = sit(reads=False).press(keys)
    assert [order.by for order in it.orders if order is not None] == orders


@pytest.mark.parametrize(("keys", "asked"), [("s 2", [ARCHIVED]), ("2", [ARCHIVED]), ("s 1", []), ("s escape", [])])
def test_a_digit_behind_s_applies_a_saved_filter(
    sit: Callable[..., Sitting], keys: str, asked: list[ListFilter]
) -> None:
    it = sit(reads=False).press(keys)
    assert it.asked == asked


def test_the_saved_filters_are_shown_by_their_digits(sit: Callable[..., Sitting]) -> None:
    it = sit(reads=False).press("s")
    assert it.typed.pending == SAVED
    assert [(one.letter, one.words, one.on) for one in it.shown[:2]] == [
        ("1", "Needs review", True),
        ("2", "Old", False),
    ]
    assert {"s", "y", "enter", "r", "d", "*"} <= {one.letter for one in it.shown}


def test_every_state_can_be_left() -> None:
    for keymap, state in ((BROWSE, COPYING), (FINDING, SORTING), (FINDING, SAVED), (FINDING, CHOOSING)):
        for key in ("escape", "q"):
            command = keymap.find(key, state)
            assert command is not None
            assert command.name == f"leave_{state}"


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    copied: list[str] = []

    def copy_out(_screen: object, words: str, make: object) -> None:
        copied.append(words)
        if iscoroutine(make):
            make.close()

    monkeypatch.setattr("tui.screens.out.copying.copy_out", copy_out)
    return copied


def box_is_open(it: Browsing) -> bool:
    return any(box.display for box in it.screen.query(ChoiceBox))


async def test_a_state_is_begun_from_everywhere_and_left_by_a_click_elsewhere(
    server: ScriptedServer, copied: list[str]
) -> None:
    server.answer(LiveProject([served(number) for number in range(9)]))
    async with browsing(server, size=(120, 36)) as it:
        await it.until_read("Question 0")
        await it.click(*it.find("y copy"))
        await it.until(lambda: box_is_open(it))
        assert it.app.screen is it.screen
        await it.press("i")
        await it.press("colon", *"copy: a letter", "enter")
        await it.until(lambda: box_is_open(it))
        await it.press("l")
        await it.press("tab", "tab", "escape")
        it.filter.query_one("#switches").focus()
        await it.press("y", "m")
        assert copied == ["conversation id", "link (the address that the API has it under)", "conversation as Markdown"]
        await it.press("y")
        await it.until(lambda: box_is_open(it))
        await it.click(it.rows.region.x + 5, it.rows.region.y + 4)
        assert not box_is_open(it)
        await it.press("m")
        assert len(copied) == 3


async def test_a_state_is_left_also_where_no_part_has_the_focus(server: ScriptedServer) -> None:
    """As when what had it is shown no more."""
    server.answer(LiveProject([]))
    async with browsing(server, size=(80, 24)) as it:
        await it.until_seen("No conversations yet")
        it.screen.set_focus(None)
        columns(it.screen.context)
        await it.until(lambda: box_is_open(it))
        before = it.rows.painter.style.columns.hidden
        await it.press("c")
        assert it.rows.painter.style.columns.hidden != before
        columns(it.screen.context)
        await it.until(lambda: box_is_open(it))
        await it.press("escape")
        assert not box_is_open(it)


async def test_choices_stand_in_columns_where_there_are_few_lines(server: ScriptedServer, copied: list[str]) -> None:
    server.answer(LiveProject([served(number) for number in range(9)]))
    async with browsing(server, size=(60, 12)) as it:
        await it.until_seen("Conversation 1")
        await it.press("enter", "J", "y")
        await it.until(lambda: box_is_open(it) and "as JSON" in it.text)
        x, y = it.find("conversation as JSON")
        assert x > 30
        await it.click(x, y)
        assert copied == ["conversation as JSON"]


async def test_a_notice_covers_no_choice(server: ScriptedServer) -> None:
    server.answer(LiveProject([served(number) for number in range(9)]))
    async with browsing(server, size=(80, 24), notices=True) as it:
        await it.until_seen("Conversation 1")
        it.app.notify("There is much to be said of this. " * 6, timeout=60)
        await it.press("y")
        await it.until(lambda: box_is_open(it) and it.screen.query_one(ChoiceBox).region)
        box = it.screen.query_one(ChoiceBox).region
        await it.until(lambda: all(not toast.region.overlaps(box) for toast in it.screen.query("Toast")))
        assert all(toast.region for toast in it.screen.query("Toast"))
