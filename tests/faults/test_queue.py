"""Faults of each kind of the table while the next conversation of a queue is fetched: it is said, and `r` goes on."""

from pathlib import Path
from unittest.mock import patch

import pytest

from tests.faults.table import GROUPS, Fault
from tests.faults.test_comparing import OneFails, met
from tests.faults.test_screen import told
from tests.screens.browsing import Browsing, browsing
from tests.servers import Reply, ScriptedServer, conversation, error, uuid_of
from tui.config.settings import ReviewSettings
from tui.screens.queue.screen import QueueScreen
from tui.terminal.process.environment import Surroundings

ANA = ReviewSettings(name="ana")
ROWS = [conversation(number) for number in (2, 1, 3)]
"""The second one meets the faults."""


def queue_of(it: Browsing) -> QueueScreen:
    assert isinstance(it.app.screen, QueueScreen)
    return it.app.screen


async def in_queue(it: Browsing) -> None:
    await it.press("Q")
    await it.until(lambda: isinstance(it.app.screen, QueueScreen) and it.has("Question 2"))


@pytest.mark.parametrize("group", [group for group in GROUPS if met(GROUPS[group])])
async def test_what_does_not_come_is_said_and_not_judged_and_asked_for_again(
    faults: list[Fault], server: ScriptedServer
) -> None:
    project = OneFails(ROWS)
    server.answer(project)
    async with browsing(server, size=(120, 24), review=ANA) as it:
        await it.until_seen("Conversation 1 ")
        for fault in met(faults):
            with told(fault), patch.object(it.screen.project, "history_at_hand", lambda _id: None):
                assert isinstance(fault.answer, Reply)
                project.fault = fault.answer
                await in_queue(it)
                await it.press(">")
                await it.until_seen(fault.sees_at_start)
                assert server.token not in it.text
                await it.press("p", "!", "f", "1")
                assert not it.screen.context.judging.has_any, "nobody judges what is not read"
                project.fault = None
                await it.press("r")
                await it.until_seen("Question 1", "0/3")
                await it.press("escape")
                assert it.app.screen is it.screen


@pytest.mark.parametrize(("status", "said"), [(403, "No permission. "), (404, "The conversation was not found. ")])
async def test_one_that_is_gone_or_refused_leaves_the_others_and_their_verdicts(
    server: ScriptedServer, tmp_path: Path, status: int, said: str
) -> None:
    project = OneFails(ROWS)
    project.fault = error(status, "Not for you.")
    server.answer(project)
    async with browsing(server, size=(120, 24), review=ANA, surroundings=Surroundings(data_folder=tmp_path)) as it:
        await it.until_seen("Conversation 1 ")
        with patch.object(it.screen.project, "history_at_hand", lambda _id: None):
            await in_queue(it)
            await it.press("p")
            await it.until_seen(f"{said}Not for you.", "1/3")
            assert it.has("1 went away", "> goes on") is (status == 404)
            await it.press(">")
            await it.until_seen("Question 3")
            await it.press("p")
            await it.until_seen(f"{said}Not for you.", "2/3 ")
            book = queue_of(it).context.judging.verdicts.book
            assert set(book.conversations()) == {uuid_of(2), uuid_of(3)}
            await it.press("q")
            await it.until(lambda: it.app.screen is it.screen)
            assert it.app.faults.first is None
