"""What the pager and the editor are given, and when."""

import asyncio
from pathlib import Path

import pytest

from tests.screens.browsing import browsing
from tests.servers import LiveProject, ScriptedServer
from tests.servers import conversation as listed
from tests.views.transcript.histories import answer, body, conversation, long_history, message
from tui.api.page import Record
from tui.screens.out.outside import Transcript
from tui.terminal.process.programs import write_pieces
from tui.views.export.markdown import ReportOptions, conversation_markdown, conversation_parts


def transcript(record: Record, element: int | None) -> Transcript:
    return Transcript(conversation_parts(record, ReportOptions({})), element, lambda: False)


def test_it_is_the_whole_conversation_and_tells_the_line_of_a_message(tmp_path: Path) -> None:
    record = Record(conversation(), body([message("first"), answer("second"), message("third", 2)]))
    for element, words in enumerate(("first", "second", "third")):
        path = tmp_path / f"{element}.md"
        pieces = transcript(record, element)
        write_pieces(path, pieces)
        text = path.read_text()
        assert text == conversation_markdown(record, ReportOptions({}))
        assert path.stat().st_mode & 0o777 == 0o600
        lines = text.split("\n")
        assert words in "\n".join(lines[pieces.line - 1 : pieces.line + 3])
        assert words not in "\n".join(lines[: pieces.line - 1])


def test_no_piece_is_more_than_a_part_of_it() -> None:
    record = Record(conversation(), body(long_history(300)))
    pieces = list(transcript(record, None))
    assert len("".join(pieces)) > 50 * max(map(len, pieces))


def test_it_ends_when_nobody_waits_for_it_any_more() -> None:
    record = Record(conversation(), body(long_history(300)))
    taken: list[str] = []
    pieces = Transcript(conversation_parts(record, ReportOptions({})), None, lambda: len(taken) >= 10)
    for piece in pieces:
        taken.append(piece)
    assert len(taken) == 10


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ((), "This terminal cannot be lent to another program."),  # a pilot has none
        (("down",), "It is not opened outside: you went on before it had come."),
        (("slash", "a"), "It is not opened outside: you went on before it had come."),
        (("question_mark",), "It is not opened outside: you went on before it had come."),
    ],
    ids=["who waits", "who moves on", "who types", "who opens a dialogue"],
)
async def test_nothing_takes_the_terminal_from_somebody_who_has_gone_on(
    keys: tuple[str, ...], told: str, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = asyncio.Event()
    server.answer(LiveProject([listed(number) for number in range(1, 9)]))
    async with browsing(server) as it:
        await it.until_read("Question 1")
        ask = it.screen.project.conversation

        async def slow(conversation_id: str) -> Record:
            await gate.wait()
            return await ask(conversation_id)

        monkeypatch.setattr(it.screen.project, "conversation", slow)
        await it.press("v", *keys)
        gate.set()
        await it.until(lambda: [str(one.message) for one in it.app._notifications] == [told])
