"""Two conversations compared in the running program: the way there, the keys, what does not come, the way back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.screens.browsing import Browsing, browsing
from tests.servers import (
    Json,
    LiveProject,
    Reply,
    ScriptedServer,
    conversation,
    error,
    message,
    reply,
    tool_call,
    uuid_of,
)
from tui.demo.http import Answer, Request
from tui.screens.browse.context import BrowseContext
from tui.screens.browse.out_commands import compare
from tui.screens.compare.context import ComparedSubject
from tui.screens.compare.screen import CompareScreen
from tui.screens.dialogs.command_palette import CommandPalette
from tui.screens.dialogs.help import HelpScreen
from tui.screens.dialogs.write_file import WriteScreen

FIRST = [
    message("Where is my order 17?"),
    tool_call("find", input_parameters={"order": 17}, results={"status": "open"}),
    message("It is being packed.", role="assistant"),
]
SECOND = [
    message("Where is my order 17?"),
    tool_call("find", input_parameters={"order": 17}, results={"status": "sent"}),
    message("It is on its way.", role="assistant"),
]


class Project(LiveProject):
    """Single conversations are answered by `single` where that has an answer."""

    single: Answer | None = None

    def __call__(self, request: Request) -> Answer:
        one = self.single if request.path.rstrip("/").rpartition("/")[2] == uuid_of(1) else None
        return one or super().__call__(request)


def rows() -> list[Json]:
    return [
        conversation(1, chat_history=FIRST, name="The first"),
        conversation(2, chat_history=SECOND, name="The second"),
        *(conversation(number) for number in range(3, 20)),
    ]


@pytest.fixture
def project(server: ScriptedServer) -> Project:
    live = Project(rows())
    server.answer(live)
    return live


def is_compared(it: Browsing) -> bool:
    return isinstance(it.app.screen, CompareScreen) and it.app.screen.context.comparer.comparison.is_complete


async def compared(it: Browsing, *keys: str) -> None:
    await it.until_seen("The first")
    await it.press(*keys)
    await it.until(lambda: is_compared(it))
    await it.until_seen("difference 1/2")


@pytest.mark.parametrize("keys", [("space", "space", "D"), ("space", "D")])
async def test_two_marked_ones_or_the_marked_one_and_this_one_are_compared(
    server: ScriptedServer, project: Project, keys: tuple[str, ...]
) -> None:
    async with browsing(server, size=(120, 30)) as it:
        await compared(it, *keys)
        await it.until_seen("- The first", "+ The second", '- $.status: "open" │ + $.status: "sent"', "1 equal")
        asked = [request for request in server.requests if request.path.rstrip("/").endswith((uuid_of(1), uuid_of(2)))]
        assert asked == []
        await it.press("n")
        await it.until_seen("difference 2/2")


async def test_the_list_and_what_was_read_are_as_they_were_when_one_comes_back(
    server: ScriptedServer, project: Project
) -> None:
    async with browsing(server, size=(120, 30)) as it:
        await it.until_seen("The first")
        await it.press("space", "space", "j", "j")
        await it.until_followed()
        before, marks = it.rows.cursor, list(it.screen.project.marks)
        await it.press("D")
        await it.until(lambda: is_compared(it))
        await it.press("n", "enter", "escape")
        assert it.app.screen is it.screen
        assert it.rows.cursor == before
        assert list(it.screen.project.marks) == marks
        assert it.screen.focused is it.rows
        await it.press("down")
        assert it.rows.cursor == before + 1


@pytest.mark.parametrize(("keys", "said"), [((), "mark one with Space"), (("space", "space", "space"), "3 are marked")])
async def test_without_two_it_says_how_they_are_chosen(
    server: ScriptedServer, project: Project, keys: tuple[str, ...], said: str
) -> None:
    async with browsing(server, size=(120, 30), notices=True) as it:
        await it.until_seen("The first")
        await it.press(*keys, "D")
        await it.until(lambda: said in it.text)
        assert it.app.screen is it.screen


@contextmanager
def only_by_request(it: Browsing) -> Iterator[None]:
    """Nothing is at hand: as for conversations that are in no list any more."""
    with patch.object(it.screen.project, "history_at_hand", lambda _id: None):
        yield


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (error(404, "Conversation not found."), "The first: The conversation was not found"),
        (error(403, "Not for you."), "Not for you"),
    ],
)
async def test_what_is_gone_or_refused_is_said_and_asked_for_again(
    server: ScriptedServer, project: Project, answer: Reply, said: str
) -> None:
    project.single = answer
    async with browsing(server, size=(120, 30)) as it:
        await it.until_seen("The first")
        with only_by_request(it):
            await it.press("space", "D")
            await it.until(lambda: said.casefold() in " ".join(it.text.split()).casefold())
            await it.until_seen("+ The second is here")
            await it.press("n", "enter", "y", "x", "G")
            project.single = None
            await it.press("r")
            await it.until_seen("difference 1/2")


async def test_esc_in_the_middle_leaves_and_a_late_answer_disturbs_nobody(
    server: ScriptedServer, project: Project
) -> None:
    gate = threading.Event()
    project.single = reply(project.rows[0], hold=gate)
    async with browsing(server, size=(120, 30)) as it:
        await it.until_seen("The first")
        with only_by_request(it):
            await it.press("space", "D")
            await it.until_seen("is on its way …")
            await it.press("escape")
            assert it.app.screen is it.screen
            gate.set()
            await it.press("down", "down")
            assert it.rows.cursor == 3


async def test_a_resize_lays_out_anew_and_keeps_the_difference(server: ScriptedServer, project: Project) -> None:
    async with browsing(server, size=(120, 30)) as it:
        await compared(it, "space", "D")
        await it.press("n")
        for size in ((80, 24), (40, 12), (200, 50)):
            await it.pilot.resize_terminal(*size)
            await it.until_seen("difference 2/2")
        assert "- It is being packed." in it.text


async def test_help_and_palette_are_made_of_its_tables(server: ScriptedServer, project: Project) -> None:
    async with browsing(server, size=(120, 60)) as it:
        await compared(it, "space", "D")
        await it.press("question_mark")
        assert isinstance(it.app.screen, HelpScreen)
        await it.until_seen("Next difference", "How it is compared", "longest common subsequence", "lists by order")
        await it.press("escape", "colon")
        assert isinstance(it.app.screen, CommandPalette)
        await it.type("next difference")
        await it.press("enter")
        await it.until_seen("difference 2/2")


async def test_two_messages_are_compared_like_two_conversations(server: ScriptedServer, project: Project) -> None:
    async with browsing(server, size=(120, 30)) as it:
        await it.until_seen("The first")
        context: BrowseContext = it.screen.context
        await compare(context, ComparedSubject(uuid_of(1), 1), ComparedSubject(uuid_of(2), 1))
        await it.until_seen("difference 1/1", '+ $.status: "sent"')
        await it.press("escape")
        await compare(context, ComparedSubject(uuid_of(1), 1), ComparedSubject(uuid_of(2), 99))
        await it.until_seen("no message 100")


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_it_is_exported_as_markdown_and_never_over_a_file_unasked(
    server: ScriptedServer, project: Project, tmp_path: Path
) -> None:
    async with browsing(server, size=(120, 30)) as it:
        await compared(it, "space", "D")
        it.app.screen.context.folder = tmp_path  # type: ignore[attr-defined]
        await it.press("x")
        assert isinstance(it.app.screen, WriteScreen)
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, CompareScreen))
        (path,) = files_in(tmp_path)
        assert path.name == "the-first-or-the-second.md"
        assert path.stat().st_mode & 0o777 == 0o600
        report = path.read_text(encoding="utf-8")
        assert '- $.status: "open"\n+ $.status: "sent"' in report
        path.write_text("mine", encoding="utf-8")
        await it.press("x", "enter")
        await it.until_seen("Enter again replaces it")
        assert path.read_text(encoding="utf-8") == "mine"
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, CompareScreen))
        assert path.read_text(encoding="utf-8") == report


async def test_restricted_exports_nothing(server: ScriptedServer, project: Project) -> None:
    async with browsing(server, size=(120, 30), restricted=True, notices=True) as it:
        await compared(it, "space", "D")
        assert "export" not in it.lines[-1]
        await it.press("x")
        await it.until(lambda: "nothing is exported" in it.text)
        assert isinstance(it.app.screen, CompareScreen)


async def test_the_mouse_puts_the_cursor_and_unfolds(server: ScriptedServer, project: Project) -> None:
    async with browsing(server, size=(120, 30)) as it:
        await compared(it, "space", "D")
        await it.click(*it.find("▸ 1 equal"))
        await it.until_seen("▾ 1 equal", "▸ User")
