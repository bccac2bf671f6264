"""How each state looks, at a wide and at a small size; for looks only, what is said is proved elsewhere.

`pytest tests/screens/test_pictures.py --snapshot-update` takes the pictures anew; look at each before it is committed.
"""

import re
import threading
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion

from tests.screens.browsing import Browsing, browsing, time_stands_still
from tests.screens.pictures import colourless, facts_are_here, still, still_picture
from tests.servers import LiveProject, ScriptedServer, conversation, error, message, page_of, person, tool_call, uuid_of
from tui.config.settings import ReviewSettings
from tui.screens.agent_page import AgentScreen
from tui.screens.queue.screen import QueueScreen
from tui.terminal.process.environment import Surroundings

SIZES = [(120, 36), (80, 24)]
TAGS = ("billing", "escalated", "refund", "review")

TEXT = (
    "The window is **30 days**. Please send:\n\n1. a photo of the item\n2. the number of the order\n3. the invoice\n\n"
    "| what | days |\n|---|---|\n| refund | 5 |\n| exchange | 10 |\n\nSee the [terms](https://acme.example/terms)."
)
HISTORY = [
    message("What is the refund window for a damaged item?"),
    message("The person asks for a rule.\nI look it up.", role="assistant", type="reasoning_flow"),
    tool_call(),
    tool_call(results=[], query_id=1),
    message(TEXT, role="assistant", used_tokens_input=1000, used_tokens_output=200),
    message("And for an exchange?", query_id=2),
    tool_call("websearch", query_id=2, results={"error": "INVALID_QUERY"}),
    message(TEXT, role="assistant", query_id=2, used_tokens_input=2100, used_tokens_output=150),
]


def rows(count: int) -> list[dict[str, object]]:
    """Conversations that look like those of people."""
    names = ("Refund for a damaged item", "Invoice is wrong twice", "Old warranty case", "返品について", None)
    return [
        conversation(
            number,
            name=names[number % 5],
            tags=[TAGS[number % 4], "review"][: number % 3],
            is_archived=number % 5 == 2,
            archived_at="2025-02-03T10:00:00Z" if number % 5 == 2 else None,
            is_shared=number % 7 == 0,
            chat_history=HISTORY,
        )
        for number in range(count)
    ]


BESIDE = {
    "grouped_by_conversation": [
        {
            "conversation_id": uuid_of(0),
            "feedbacks": [
                {
                    "id": "f2",
                    "status": "to_review",
                    "is_positive": False,
                    "feedback": "The invoice is not needed: Ihr habt sie schon.\nAnd 30 days are 14 by law.",
                    "context": {"query_id": 1, "source": "playground"},
                    "given_by": {"id": "u", "email": "ana@acme.example"},
                    "created_at": "2026-03-11T09:30:00Z",
                },
                {
                    "id": "f1",
                    "status": "reviewed",
                    "is_positive": True,
                    "context": {"query_id": 2},
                    "given_by": {"id": "v", "email": "bo@acme.example"},
                    "created_at": "2026-03-11T10:30:00Z",
                },
                {"id": "f0", "status": "reviewed", "feedback": "Which turn was it?", "context": {"query_id": 9}},
            ],
        }
    ],
    "agent-settings": [
        {
            "id": uuid_of(9),
            "name": "Support v3",
            "model": "gpt-4o",
            "agent_mode": "react",
            "description": "Answers what customers ask.",
            "additional_instructions": "# Role\n\n- be *brief*\n- say where it stands\n\n| When | Then |\n|---|---|\n"
            "| asked twice | hand over |",
            "project_brief": "We sell soap, and take it back.",
            "tools": ["t1", "t2", "t3"],
            "updated_at": "2026-03-01T08:00:00Z",
        }
    ],
    "tools": [
        {"id": "t1", "name": "Search in manuals", "tool_type": "retrieval", "retrieval_mode": "semantic-chunks"},
        {"id": "t2", "name": "Web", "tool_type": "websearch"},
    ],
}


def project(count: int = 60, beside: Mapping[str, Any] | None = None) -> LiveProject:
    """A project with people, and with what it tells `beside` its conversations."""
    people = [person(7, "ines@acme.example")]
    return LiveProject(rows(count), tags=TAGS, people=people, beside=beside or {})


async def ready(it: Browsing) -> None:
    """All that comes by itself has come."""
    await it.until(lambda: it.screen.project.people and len(it.filter._tags) > 1)
    await it.until_quiet()
    await it.until_followed()
    await it.until(lambda: facts_are_here(it))


async def _rows(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)


async def _columns(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.press("space", "z", "o", "f", "C")
    await it.until_seen("by failed calls", "all read")
    await it.press("a")
    await it.until_quiet()


async def _sorted(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.press("o", "t")
    await it.until_seen("by tokens", "all read")
    await it.press("home")
    await it.until_quiet()


async def _reading_on(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    server.answer(lambda _: page_of([], hold=threading.Event()))
    await it.press("o", "t")
    await it.until_seen("read 32/400", "32 match so far · Esc stops, R")


async def _find_error(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.press("slash", *"refund fail:>0")
    await it.until_seen("There is no term")
    await it.until_quiet()


async def _reading(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.press("enter", "right_curly_bracket", "enter")
    await it.until_read("input parameters")


async def _filtered(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.press("t", "down", "space")
    await it.until_seen("[x] billing")
    await it.until(lambda: it.screen.project.query.tags)
    await it.until_quiet()
    await it.until_followed()


async def _placeholders(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    server.answer(lambda _: page_of([], hold=threading.Event()))
    await it.press("z", "end")
    await it.until_seen("⋯ 4")
    await it.until(lambda: it.screen.project.window.is_loading)


async def _end(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.press("end")
    await it.until_quiet()
    await it.until_followed()


async def _failed_page(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    server.reply(error(500, "database is locked"))
    await it.press("end")
    await it.until_seen("r tries again")
    await it.until_read("did not come; r tries again")


async def _help(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.press("question_mark")
    await it.until_seen("Everywhere")


async def _commands(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.press("colon", *"re")
    await it.until_seen("Read the conversation", " of ")


OTHERWISE = [
    *HISTORY[:2],
    tool_call(
        input_parameters={"query": "damage refund", "top_k": 8}, results=[{"chunk_id": "a", "text": "Within 14 days."}]
    ),
    message(TEXT.replace("30 days", "14 days"), role="assistant", used_tokens_input=1000, used_tokens_output=200),
    *HISTORY[5:],
]


def two_ways() -> LiveProject:
    """One question, answered in two ways."""
    one, *others = rows(8)
    return LiveProject([{**one, "chat_history": OTHERWISE, "name": "Refund, another day"}, *others], tags=TAGS)


async def _compared(server: ScriptedServer, it: Browsing) -> None:
    await it.until_seen("Refund, another day")
    await it.press("space", "D")
    await it.until_seen("difference 1/3")


async def _tools(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.press("L")
    await it.until_seen("Tools 1/2", "Failures 1/1", "all read", "retrieval")
    await it.until(lambda: "…" not in it.words_of("#title") and " 0 s " in it.text)


async def _calls(server: ScriptedServer, it: Browsing) -> None:
    await _tools(server, it)
    await it.press("down", "enter")
    await it.until_seen("Calls 1/", "all read", "query")
    await it.press("right")


async def _numbers(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.press("number_sign")
    await it.until_seen("per day 1/", "all read")


async def _queue(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.press("Q")
    await it.until(lambda: isinstance(it.app.screen, QueueScreen) and it.has("[p] pass", "What is the refund"))
    await it.press("p")
    await it.until_seen("1 pass", "Invoice is wrong")
    await it.press("f", "1")
    await it.until_seen("1 fail", "Old warranty")
    await it.press("i", *"half an answer", "enter")
    await it.until_seen("half an answer")


async def _feedback(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.until(lambda: it.screen.project.feedback.to_review)
    await it.press("enter", "c", "c")
    await it.until_read("Thumbs up")


async def _thumbs(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.until(lambda: it.screen.project.feedback.to_review)
    await it.press("z", "o", "u", "d")
    await it.until_seen("by feedback", "all read")
    await it.until(lambda: "▼1▲1*" in it.words_of("ConversationList"))


async def _agent(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.press("A")
    await it.until(lambda: isinstance(it.app.screen, AgentScreen) and it.has("gpt-4o"))


async def _why(server: ScriptedServer, it: Browsing) -> None:
    await _queue(server, it)
    await it.press("f")
    await it.until_seen("fail: why")


async def _judging(server: ScriptedServer, it: Browsing) -> None:
    await ready(it)
    await it.press(".", "f", "2")
    await it.until_seen("✓ fail")
    await it.press(".", "!", ".")
    await it.until(lambda: "take the last one back" in it.text)


async def _empty(server: ScriptedServer, it: Browsing) -> None:
    await it.until_seen("No conversation")
    await it.until(lambda: len(it.filter._tags) > 1)
    await it.until_gone("Nothing to read yet")


async def _refused(server: ScriptedServer, it: Browsing) -> None:
    await it.until(lambda: it.screen.project.window.failure is not None)
    await it.until_gone("Loading")


async def _loading(server: ScriptedServer, it: Browsing) -> None:
    await it.until_seen("Loading conversations…")
    await server.asked(1)


_JUDGED = (_queue, _why, _judging)
"""Scenes in which verdicts are written."""

Scene = Callable[[ScriptedServer, Browsing], Awaitable[None]]
SCENES: dict[str, tuple[object, Scene]] = {
    "first-load": ("hold", _loading),
    "rows": (project(), _rows),
    "columns": (project(), _columns),
    "sorted": (project(), _sorted),
    "reading-on": (project(400), _reading_on),
    "find-error": (project(), _find_error),
    "reading": (project(), _reading),
    "filtered": (project(), _filtered),
    "empty": (LiveProject([], tags=TAGS), _empty),
    "no-match": (LiveProject([], tags=TAGS), _empty),
    "loading-more": (project(400), _placeholders),
    "end": (project(30), _end),
    "failed-page": (project(400), _failed_page),
    "no-permission": (error(403, "You do not have permission to perform this action."), _refused),
    "wrong-project": (error(404, "Project not found."), _refused),
    "wrong-token": (error(401, "Invalid token."), _refused),
    "tools": (project(), _tools),
    "calls": (project(), _calls),
    "numbers": (project(), _numbers),
    "queue": (project(5), _queue),
    "queue-why": (project(5), _why),
    "judging": (project(), _judging),
    "feedback": (project(beside=BESIDE), _feedback),
    "thumbs": (project(beside=BESIDE), _thumbs),
    "agent": (project(beside=BESIDE), _agent),
    "help": (project(), _help),
    "commands": (project(), _commands),
    "compared": (two_ways(), _compared),
}


@pytest.fixture
def pictures(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """The pictures that were taken before, one file each."""
    return snapshot.use_extension(SVGImageExtension)


@pytest.mark.parametrize("size", SIZES, ids=["wide", "small"])
@pytest.mark.parametrize("name", SCENES)
async def test_it_looks_as_before(
    server: ScriptedServer, pictures: SnapshotAssertion, tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    answer, scene = SCENES[name]
    if isinstance(answer, LiveProject):
        server.answer(answer)
    elif answer == "hold":
        server.reply(page_of([], hold=threading.Event()))
    else:
        server.reply(answer)  # type: ignore[arg-type]  # the third kind
    text = "xyzzy" if name == "no-match" else ""
    with time_stands_still():
        kept = Surroundings(data_folder=tmp_path) if scene in _JUDGED else None
        review = ReviewSettings(name="ana")
        async with browsing(server, size=size, text=text, surroundings=kept, review=review) as it:
            await scene(server, it)
            taken = (await still_picture(it)).replace(server.base_url.split("/")[2], "127.0.0.1:50000")
    assert taken == pictures


@pytest.mark.parametrize("size", SIZES, ids=["wide", "small"])
@pytest.mark.parametrize("name", ["tools", "calls", "numbers", "compared"])
async def test_it_is_read_in_ascii_and_without_colours(
    server: ScriptedServer, snapshot: SnapshotAssertion, name: str, size: tuple[int, int]
) -> None:
    answer, scene = SCENES[name]
    assert isinstance(answer, LiveProject)
    server.answer(answer)
    with time_stands_still():
        async with browsing(server, size=size) as it:
            await scene(server, it)
            shown = await still(it, colourless)
    assert not re.search(r"<[\d;]*\b(3|4|9|10)\d", shown), "no colour is sent"
    assert shown == snapshot
