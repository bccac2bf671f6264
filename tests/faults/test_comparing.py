"""Faults of each kind of the table while one of two that are compared is fetched: it is said, and `r` goes on."""

from unittest.mock import patch

import pytest

from tests.faults.table import GROUPS, Fault
from tests.faults.test_screen import told
from tests.screens.browsing import browsing
from tests.servers import LiveProject, Reply, ScriptedServer, conversation, uuid_of
from tui.demo.http import Answer, Request
from tui.screens.compare.screen import CompareScreen

ROWS = [conversation(number) for number in range(1, 12)]


class OneFails(LiveProject):
    """The first conversation by itself meets a fault, as long as there is one."""

    fault: Answer | None = None

    def __call__(self, request: Request) -> Answer:
        one = self.fault if request.path.rstrip("/").endswith(uuid_of(1)) else None
        return one or super().__call__(request)


def met(faults: list[Fault]) -> list[Fault]:
    """Those that any call may meet, and that are over when they are seen; of a 404 is said what is missing."""
    by_any_call = (fault for fault in faults if isinstance(fault.answer, Reply) and fault.keeps_rows)
    return [fault for fault in by_any_call if not fault.leaves_by and "404" not in fault.name][:4]


@pytest.mark.parametrize("group", [group for group in GROUPS if met(GROUPS[group])])
async def test_what_does_not_come_is_said_and_asked_for_again(faults: list[Fault], server: ScriptedServer) -> None:
    project = OneFails(ROWS)
    server.answer(project)
    async with browsing(server, size=(120, 24)) as it:
        await it.until_seen("Conversation 1 ")
        await it.press("space")
        for fault in met(faults):
            with told(fault), patch.object(it.screen.project, "history_at_hand", lambda _id: None):
                assert isinstance(fault.answer, Reply)
                project.fault = fault.answer
                await it.press("D")
                await it.until(lambda: isinstance(it.app.screen, CompareScreen))
                await it.until_seen(fault.sees_at_start)
                assert server.token not in it.text
                project.fault = None
                await it.press("n", "enter", "r")
                await it.until_seen("difference 1/")
                await it.press("escape")
                assert it.app.screen is it.screen
