"""Judging what is under the cursor: by keys on the screen, into the file, and from it to list, reader and terms."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.screens.browsing import browsing
from tests.servers import LiveProject, ScriptedServer, conversation, message
from tui.config.settings import ReviewKey, ReviewSettings
from tui.store.verdicts.book import VerdictBook
from tui.store.verdicts.journal import Journal
from tui.store.verdicts.verdict import Opinion, Subject
from tui.terminal.process.environment import Surroundings

TWO_TURNS = [
    message("Where is it?", query_id=1),
    message("On its way.", role="assistant", query_id=1),
    message("Since when?", query_id=2),
    message("Monday.", role="assistant", query_id=2),
]
ANA = ReviewSettings(name="ana")
HOSTILE = "\x1b[31mred[bold]\u202e\x07 fine"


@pytest.fixture(autouse=True)
def _rows(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(n, chat_history=TWO_TURNS) for n in range(1, 30)]))


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    return Surroundings(state_folder=tmp_path / "state", data_folder=tmp_path / "data")


def file_of(around: Surroundings) -> Path:
    """The one file of verdicts."""
    assert around.data_folder is not None
    [path] = (around.data_folder / "verdicts").glob("*.jsonl")
    return path


def lines(around: Surroundings) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file_of(around).read_bytes().splitlines()]


async def test_a_label_a_reason_a_note_and_a_flag_are_a_line_each(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA) as it:
        await it.until_seen("1/29")
        await it.press(".", "f", "2")
        await it.until_seen("✓ fail")
        await it.press(".", "i", *"half", "enter", ".", "!")
        await it.until_seen("! flagged")
        assert [(one["label"], one["reasons"], one["note"], one["flagged"]) for one in lines(around)] == [
            ("fail", ["policy"], "", False), ("fail", ["policy"], "half", False), ("fail", ["policy"], "half", True)
        ]  # fmt: skip
        assert {one["reviewer"] for one in lines(around)} == {"ana"}
        await it.press(".", "backspace", ".", "backspace", ".", "backspace")
        await it.until(lambda: "fail" not in it.words_of("ConversationList", "TranscriptView"))
        assert len(lines(around)) == 6, "taking back is a line, too"


async def test_what_is_read_is_judged_by_turns_or_as_a_whole(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(80, 24), surroundings=around, review=ANA) as it:
        await it.until_seen("1/29")
        await it.press("enter")
        await it.until_seen("Since when?")
        await it.press("2", "G", ".", "p", ".", ".", "s", "enter")
        await it.until(lambda: "✓ pass · you" in it.text and "✓ skip · you" in it.text)
        shown = [line.strip(" ▌") for line in it.lines]
        turn = next(at for at, line in enumerate(shown) if line.startswith("Turn 2"))
        assert shown[turn + 1].startswith("✓ pass"), "it stands at its turn"
        said = [(one["query_id"], one["label"], one["turn"]) for one in lines(around)]
        assert said == [(2, "pass", 2), (None, "skip", None)]


async def test_who_judges_is_asked_once_and_nothing_is_judged_by_nobody(
    server: ScriptedServer, around: Surroundings
) -> None:
    async with browsing(server, size=(80, 24), surroundings=around, notices=True) as it:
        await it.until_seen("1/29")
        await it.press(".", "p")
        await it.until_seen("Who judges?")
        await it.press("escape")
        await it.until_seen("Nothing is judged")
        await it.press(".", "p", *"ben", "enter")
        await it.until_seen("✓ pass")
        await it.press("down", ".", "p")
        await it.until(lambda: [one["reviewer"] for one in lines(around)] == ["ben", "ben"])
    async with browsing(server, size=(80, 24), surroundings=around) as it:
        await it.until_seen("✓ pass")
        await it.press("end", ".", "f", "enter")
        await it.until(lambda: len(lines(around)) == 3)


async def test_terms_columns_and_the_list_know_at_once(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(160, 36), surroundings=around, review=ANA) as it:
        await it.until_seen("1/29")
        await it.press("/", *"verdict:fail", "enter")
        await it.until_seen("verdict:fail")
        await it.until(lambda: it.rows.count == 0)
        await it.press("escape", "escape", "c")
        await it.until(lambda: it.rows.count == 29)
        await it.press("z", "d", ".", "f", "1", "down", ".", "!")
        await it.until(lambda: "verdict" in it.words_of("#heads"))
        rows = it.rows.region
        await it.until(lambda: [it.lines[y][2] for y in range(rows.y, rows.y + 2)] == ["✓", "!"])
        await it.press("/", *"verdict:fail", "enter")
        await it.until(lambda: it.rows.count == 1)
        await it.press("escape", ".", "backspace", ".", "backspace")
        await it.until_seen("Conversations 1/1", "None matches any more")


async def test_what_reviewers_said_completes_in_the_line(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA) as it:
        await it.until_seen("1/29")
        await it.press(".", "f", "2", ".", "i", *"paid half", "enter")
        await it.until_seen("✓ fail")
        await it.press("/")
        await it.until(lambda: it.filter._line is not None and "by-reviewer" in it.filter._line._seen)
        line = it.filter.query_one("#filter-text")
        for typed, whole in (
            ("verdict:f", "verdict:fail"),
            ("verdict:s", "verdict:skip"),
            ("by-reviewer:a", "by-reviewer:ana"),
            ("note:p", 'note:"paid half"'),
            ("reviewed:n", "reviewed:no"),
            ("flagged:y", "flagged:yes"),
            ("feedback:t", "feedback:to_review"),
        ):
            await it.press("ctrl+u", *typed, "tab")
            assert line.value == whole  # type: ignore[attr-defined]


async def test_what_another_instance_says_is_shown(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(80, 24), surroundings=around, review=ANA) as it:
        await it.until_seen("1/29")
        await it.press(".", "p")
        await it.until_seen("✓ pass")
        [judged] = lines(around)
        other = VerdictBook(Journal(file_of(around)), judged["project"])
        other.judge(Subject(judged["conversation"]), Opinion("fail"), "ana")
        await it.until_seen("✓ fail")


async def test_changed_since_it_was_judged_is_said(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(80, 24), surroundings=around, review=ANA) as it:
        await it.until_seen("1/29")
        await it.press("enter", ".", ".", "p")
        await it.until_seen("✓ pass · you")
        assert "changed since" not in it.text
        moved = datetime(2027, 1, 1, tzinfo=UTC).isoformat()
        server.answer(LiveProject([conversation(n, chat_history=TWO_TURNS, updated_at=moved) for n in range(1, 30)]))
        await it.press("r")
        await it.until_seen("changed since you judged it")


async def test_a_disk_that_takes_nothing_is_said_until_it_does(
    server: ScriptedServer, around: Surroundings, tmp_path: Path
) -> None:
    assert around.data_folder is not None
    around.data_folder.write_text("a file stands where the folder should be")
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA) as it:
        await it.until_seen("1/29")
        await it.press(".", "p")
        await it.until_seen("1 verdict not written")
        judging = it.screen.context.judging
        assert judging.close().startswith("1 verdict could not be written and is lost")
        await it.press("down", ".", "p")
        await it.until_seen("2 verdicts not written")
        assert judging.close().startswith("2 verdicts could not be written and are lost")
        around.data_folder.unlink()
        await it.until(lambda: "not written" not in it.words_of("#title"))
        assert len(lines(around)) == 2
        assert judging.close() == ""


@pytest.fixture
def hostile() -> ReviewSettings:
    """Labels that say what no config may say, as colleagues' lines can."""
    return ReviewSettings(name=HOSTILE, labels=(ReviewKey("p", HOSTILE),), reasons=(ReviewKey("1", HOSTILE),))


async def test_labels_reasons_and_names_are_no_control_sequences_and_no_markup(
    server: ScriptedServer, around: Surroundings, hostile: ReviewSettings
) -> None:
    async with browsing(server, size=(160, 36), surroundings=around, review=hostile) as it:
        await it.until_seen("1/29")
        await it.press(".", "p")
        await it.until_seen("why")
        assert "[bold]" in it.text
        await it.press("1")
        await it.until(lambda: "[bold]" in it.words_of("ConversationList"))
        assert not {"\x1b", "\u202e", "\x07"} & set(it.text)
        await it.press("z", "d")
        await it.until(lambda: "verdict" in it.words_of("#heads"))
        assert not {"\x1b", "\u202e", "\x07"} & set(it.text)


async def test_a_note_of_a_megabyte_with_control_characters_is_kept_and_told_in_a_line(
    server: ScriptedServer, around: Surroundings
) -> None:
    note = HOSTILE * 45_000
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA) as it:
        await it.until_seen("1/29")
        await it.press(".", "p")
        judging = it.screen.context.judging
        judging.say(lambda opinion: opinion._replace(note=note))
        await it.until_seen("red[bold]")
        assert not {"\x1b", "\u202e", "\x07"} & set(it.text)
        assert lines(around)[-1]["note"] == note
        assert b"\x1b" not in file_of(around).read_bytes()
        await it.press("/", *"note:fine", "enter")
        await it.until(lambda: it.rows.count == 1)


async def test_the_restricted_mode_judges_and_has_no_editor(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(80, 24), surroundings=around, review=ANA, restricted=True, notices=True) as it:
        await it.until_seen("1/29")
        await it.press(".")
        await it.until_seen("take the last one back")
        assert "editor" not in it.words_of("ChoiceBox")
        await it.press("I")
        await it.until_seen("no pager and no editor is started")
        await it.press(".", "p")
        await it.until(lambda: [one["label"] for one in lines(around)] == ["pass"])
