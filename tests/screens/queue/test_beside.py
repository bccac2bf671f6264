"""What a queue tells and takes out beside judging: feedback, agents, copies, exports, other programs."""

from pathlib import Path
from typing import Any

import pytest

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation, uuid_of
from tui.config.settings import ReviewSettings
from tui.screens.agent_page import AgentScreen
from tui.screens.dialogs.export import ExportScreen
from tui.screens.queue.screen import QueueScreen
from tui.terminal.clipboard import CopyReport
from tui.terminal.process.environment import Surroundings
from tui.widgets.lists.choice_box import ChoiceBox

ANA = ReviewSettings(name="ana")
SAID = {"id": "f1", "status": "to_review", "is_positive": False, "feedback": "The amount is wrong."}


def serve(server: ScriptedServer, *said: dict[str, Any]) -> None:
    groups = [{"conversation_id": uuid_of(1), "feedbacks": list(said)}]
    rows = [conversation(1), conversation(2)]
    server.answer(LiveProject(rows, beside={"grouped_by_conversation": groups, "agent-settings": [], "tools": []}))


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    return Surroundings({}, tmp_path / "state", tmp_path, data_folder=tmp_path / "data")


async def in_queue(it: Browsing) -> None:
    await it.until_seen("1/2")
    await it.press("Q")
    await it.until(lambda: isinstance(it.app.screen, QueueScreen) and it.has("[p] pass", "Question 1"))


async def test_what_people_said_is_shown_where_it_is_judged(server: ScriptedServer, around: Surroundings) -> None:
    serve(server, SAID)
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA) as it:
        await it.until_seen("feedback to review in 1")
        await in_queue(it)
        await it.until_seen("Thumbs down", "The amount is wrong.")
        serve(server, SAID, {**SAID, "id": "f2", "feedback": "Still wrong."})
        it.screen.context.list.refresh()
        await it.until_seen("Still wrong.")
        await it.press("q")
        await it.until(lambda: not isinstance(it.app.screen, QueueScreen))
        it.screen.context.beside.feedback_arrived()


async def test_it_is_copied_and_exported_from_and_its_agent_told(
    server: ScriptedServer, around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []

    def take(text: str, *_: object) -> CopyReport:
        copied.append(text)
        return CopyReport("native", len(text.encode()))

    monkeypatch.setattr("tui.screens.delivery.copy", take)
    serve(server)
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA, notices=True) as it:
        await in_queue(it)
        await it.press("y")
        await it.until(lambda: it.app.screen.query_one(ChoiceBox).display)
        await it.press("i")
        await it.until(lambda: copied == [uuid_of(1)])
        await it.press("x")
        await it.until(lambda: isinstance(it.app.screen, ExportScreen))
        await it.press("enter")
        await it.until(lambda: [path.name for path in around.folder.glob("conversation-1*")])
        await it.press("v")
        await it.until_seen("This terminal cannot be lent to another program.")  # a pilot has none
        await it.press("A")
        await it.until(lambda: isinstance(it.app.screen, AgentScreen))
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, QueueScreen) and it.has("[p] pass"))


async def test_the_restricted_mode_leads_to_no_file_and_no_program(
    server: ScriptedServer, around: Surroundings
) -> None:
    serve(server)
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA, restricted=True, notices=True) as it:
        await in_queue(it)
        for key, words in (
            ("x", "nothing is exported"),
            ("v", "no pager and no editor is started"),
            ("V", "no pager and no editor is started"),
            ("I", "no pager and no editor is started"),
        ):
            it.app.clear_notifications()
            await it.press(key)
            await it.until_seen(words)
        await it.press("p")
        await it.until_seen("Question 2", "1/2")
