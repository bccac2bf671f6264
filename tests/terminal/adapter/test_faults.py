"""A dialogue that is left in the moment it is opened ends nothing; a fault of one that is there still counts."""

import asyncio
import contextlib

import pytest
from textual.app import ComposeResult
from textual.css.query import NoMatches
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.widgets._toast import Toast

from tests.harness.pumps import worked_through
from tui.terminal.adapter.app import TerminalApp


class Dialogue(ModalScreen[None]):
    """Has a field, and looks for one by this name once it is there."""

    def __init__(self, name_of_field: str) -> None:
        super().__init__()
        self._name_of_field = name_of_field

    def compose(self) -> ComposeResult:
        yield Input(id="field")

    def on_mount(self) -> None:
        self.query_one(f"#{self._name_of_field}").focus()


class Opener(TerminalApp[None]):
    """Opens dialogues."""


async def test_what_a_dialogue_that_is_left_does_not_find_ends_nothing() -> None:
    app = Opener()
    async with app.run_test() as pilot:
        left = Dialogue("field")
        await app.push_screen(left)
        await app.pop_screen()
        with left._context():
            app._handle_exception(NoMatches("its field is gone"))
        await pilot.pause()
        assert app.faults.first is None
        assert app.is_running


async def test_a_fault_of_a_dialogue_that_is_there_is_one() -> None:
    app = Opener()
    with contextlib.suppress(NoMatches):
        async with app.run_test() as pilot:
            app.push_screen(Dialogue("another"))
            await pilot.pause()
    assert isinstance(app.faults.first, NoMatches)


async def test_a_test_that_waits_for_an_app_is_told_what_ended_it() -> None:
    app = Opener()
    with contextlib.suppress(NoMatches):
        async with app.run_test():
            app.push_screen(Dialogue("another"))
            with pytest.raises(NoMatches):
                await worked_through(app)


async def test_a_notice_whose_time_is_over_while_it_is_shown_anew_goes_away() -> None:
    app = Opener()
    async with app.run_test() as pilot:
        app.notify("late", timeout=60)
        await pilot.pause()
        (notice,) = app._notifications
        notice.raised_at -= 90
        late = Toast(notice)
        assert late._timeout > 0, "Textual's timer would never come to an end"
        await app.screen.mount(late)
        async with asyncio.timeout(60):
            while late.is_attached:
                await pilot.pause()
        assert notice.has_expired
