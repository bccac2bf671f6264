"""The queue of a filter: one key per conversation, each verdict in the file first, gone on with where it was left."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation, message, tool_call, uuid_of
from tui.config.review import TAKEN, TAKEN_BEHIND
from tui.config.settings import ReviewKey, ReviewSettings
from tui.screens.queue.commands import QUEUE, QUEUE_READER, WHY
from tui.screens.queue.lines import progress_line
from tui.screens.queue.screen import QueueScreen
from tui.store.verdicts.queue import KeptQueue, ReviewQueue, Tally
from tui.store.verdicts.verdict import Subject
from tui.terminal.input.keymap import Keymap
from tui.terminal.process.environment import Surroundings
from tui.views.reader.reader import Reader

ANA = ReviewSettings(name="ana")
HOSTILE = "\x1b[31mred[bold]\u202e\x07"


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    return Surroundings(state_folder=tmp_path / "state", data_folder=tmp_path / "data")


@pytest.fixture(autouse=True)
def _rows(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(n) for n in range(1, 5)]))


def file_of(around: Surroundings) -> Path:
    assert around.data_folder is not None
    [path] = (around.data_folder / "verdicts").glob("*.jsonl")
    return path


def labels(around: Surroundings) -> list[str]:
    return [json.loads(line).get("label", "undo") for line in file_of(around).read_bytes().splitlines()]


def queue_of(it: Browsing) -> QueueScreen:
    assert isinstance(it.app.screen, QueueScreen)
    return it.app.screen


async def in_queue(it: Browsing, count: int = 4) -> None:
    await it.until_seen(f"1/{count}")
    await it.press("Q")
    await it.until(lambda: isinstance(it.app.screen, QueueScreen) and it.has("[p] pass", "Question 1"))


async def test_its_help_has_the_keys_of_labels_and_reasons(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(100, 150), surroundings=around, review=ANA) as it:
        await in_queue(it)
        await it.press("question_mark")
        await it.until_seen("p Judge: pass", "Behind a label of the queue", "2 Why: policy")


async def test_one_key_judges_and_moves_on_and_the_end_says_what_is_left(
    server: ScriptedServer, around: Surroundings
) -> None:
    async with browsing(server, size=(80, 24), surroundings=around, review=ANA) as it:
        await in_queue(it)
        await it.press("p")
        await it.until_seen("Question 2")
        assert labels(around) == ["pass"]
        await it.press("s", "enter")
        await it.until_seen("Question 3")
        await it.press("f")
        await it.until_seen("fail: why")
        await it.press("2")
        await it.until_seen("Question 4", "1 pass 1 skip 1 fail")
        await it.press("p")
        await it.until_seen("Question 2")  # what was put off comes at the end
        await it.press("s", "enter")
        await it.until_seen("Done, 1 skipped: < goes to them")
        assert labels(around) == ["pass", "skip", "fail", "pass", "skip"]


async def test_taking_back_goes_across_conversations(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA) as it:
        await in_queue(it)
        await it.press("p")
        await it.until_seen("Question 2")
        await it.press("backspace")
        await it.until_seen("Question 1", "0/4")
        assert labels(around) == ["pass", "undo"]
        await it.press("backspace")
        assert labels(around) == ["pass", "undo"], "there is nothing more to take back"


async def test_the_next_one_that_waits_is_laid_out_before_it_is_asked_for(
    server: ScriptedServer, around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected: list[str] = []
    expect = Reader.expect

    def noted(reader: Reader, conversation: Any, *told: Any) -> None:
        expected.append(conversation.id)
        expect(reader, conversation, *told)

    monkeypatch.setattr(Reader, "expect", noted)
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA) as it:
        await in_queue(it)
        await it.until(lambda: expected[-1:] == [uuid_of(2)])
        await it.press(">", ">")
        await it.until(lambda: it.has("Question 3") and expected[-1:] == [uuid_of(4)])
        await it.press("p", "<", "<", "<")
        await it.until(lambda: it.has("Question 1") and expected[-1:] == [uuid_of(2)])
        await it.press("p")
        await it.until(lambda: it.has("Question 2") and expected[-1:] == [uuid_of(4)])


async def test_one_looks_round_and_pages_to_the_next(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(80, 24), surroundings=around, review=ANA) as it:
        await in_queue(it)
        await it.press(">")
        await it.until_seen("Question 2")
        await it.press("<")
        await it.until_seen("Question 1")
        for _ in range(3):
            await it.press("space")
            if it.has("Question 2"):
                break
        await it.until_seen("Question 2")


async def test_a_queue_is_gone_on_with_where_it_was_left(server: ScriptedServer, around: Surroundings) -> None:
    for size in ((80, 24), (120, 36)):
        async with browsing(server, size=size, surroundings=around, review=ANA) as it:
            await it.until_seen("1/4")
            await it.press("Q")
            await it.until(lambda: isinstance(it.app.screen, QueueScreen) and it.has("[p] pass"))
            if size == (80, 24):
                await it.until_seen("Question 1")
                await it.press("p", ">")
                await it.until_seen("Question 3")
                await it.press("q")
                await it.until_seen("✓ pass")  # in the list
            else:
                await it.until_seen("Question 3", "1/4")


async def test_failed_calls_are_shown_with_questions_and_answers_and_what_is_changed_stays(
    server: ScriptedServer, around: Surroundings
) -> None:
    failed = tool_call(results={"error": {"error_code": "NO_SEAT", "message": "No seat."}})
    history = [message("Question"), tool_call(results=["fine"]), failed, message("Sorry.", role="assistant")]
    server.answer(LiveProject([conversation(n, chat_history=history) for n in range(1, 5)]))
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA, notices=True) as it:
        await it.until_seen("1/4")
        await it.press("Q")
        await it.until_seen("NO_SEAT", "Sorry.")
        assert '"fine"' not in it.text, "a call that is fine is left out"
        await it.press("F")
        await it.until_seen('"fine"')
        await it.press("e", "e")
        await it.until_seen("There is no next failed tool call here.")
        await it.press("e")
        assert it.has("Sorry.", "There is no next failed tool call here."), "none is promised, and one stays"
        await it.press("!")
        await it.until(lambda: labels(around) == [""])
        [line] = file_of(around).read_bytes().splitlines()
        assert (json.loads(line)["turn"], json.loads(line)["failed"]) == (1, "retrieval: NO_SEAT")
        await it.press("q")
        await it.until(lambda: not isinstance(it.app.screen, QueueScreen))
        await it.press("Q")
        await it.until_seen("[p] pass", '"fine"')


async def test_what_no_longer_matches_is_counted_and_can_be_judged(
    server: ScriptedServer, around: Surroundings
) -> None:
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA) as it:
        await in_queue(it)
        await it.press("p", "q")
        await it.until(lambda: not isinstance(it.app.screen, QueueScreen))
        server.answer(LiveProject([conversation(n) for n in (1, 2, 4)]))
        await it.press("r")
        await it.until(lambda: it.rows.count == 3)
        await it.press("Q")
        await it.until_seen("1/4", "1 went away")


async def test_marked_rows_are_a_queue_of_their_own(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(80, 24), surroundings=around, review=ANA) as it:
        await it.until_seen("1/4")
        await it.press("down", "space", "space", "Q")
        await it.until_seen("0/2", "Question 2")


async def test_a_deleted_one_is_counted_and_may_be_judged_so_that_the_queue_has_an_end(
    server: ScriptedServer, around: Surroundings
) -> None:
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA) as it:
        await in_queue(it)
        queue = queue_of(it)
        queue.context.queue.ids = (queue.context.queue.ids[0], "00000000-0000-4000-8000-00000000dead")
        await it.press(">")
        await it.until_seen("1 went away", "> goes on")
        await it.press("p")
        await it.until_seen("Question 1", "1/2")
        await it.press("p")
        await it.until_seen("Done: all are judged")


async def test_notes_and_flags_do_not_move_on(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA) as it:
        await in_queue(it)
        await it.press("!", "i", *"half", "enter")
        await it.until_seen("note: half", "[!] flagged", "Question 1")
        opinion = queue_of(it).context.opinion
        assert (opinion.note, opinion.flagged, opinion.label) == ("half", True, "")


async def test_the_mouse_presses_what_the_line_offers(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA) as it:
        await in_queue(it)
        await it.click(*it.find("[f]"))
        await it.until_seen("fail: why")
        await it.click(*it.find("policy"))
        await it.until_seen("Question 2")
        book, first = queue_of(it).context.judging.verdicts.book, queue_of(it).context.queue.ids[0]
        verdict = book.mine(Subject(first), "ana")
        assert verdict is not None
        assert (verdict.opinion.label, verdict.opinion.reasons) == ("fail", ("policy",))


async def test_hostile_names_and_labels_are_words(server: ScriptedServer, around: Surroundings) -> None:
    server.answer(LiveProject([conversation(n, name=HOSTILE, chat_history=[message(HOSTILE)]) for n in range(1, 5)]))
    review = ReviewSettings(name=HOSTILE, labels=(ReviewKey("p", HOSTILE),), reasons=(ReviewKey("1", HOSTILE),))
    async with browsing(server, size=(160, 36), surroundings=around, review=review) as it:
        await it.until_seen("1/4")
        await it.press("Q")
        await it.until_seen("verdict [p]")
        for keys in ("p", "1", "<", "i"):
            await it.press(keys)
            assert not {"\x1b", "\u202e", "\x07"} & set(it.text)


async def test_a_kept_file_with_strange_ids_asks_for_nothing_else_and_shows_words(
    server: ScriptedServer, around: Surroundings
) -> None:
    strange = [HOSTILE, "../../users", "a/b?limit=9#x", "x" * 5_000, uuid_of(1)]
    assert around.data_folder is not None
    kept = KeptQueue(around.data_folder / "verdicts", "", print)
    kept.keep(ReviewQueue("", ["", "..", ".", *strange]))
    kept.close(60)
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA) as it:
        await it.until_seen("1/4")
        await it.press("Q")
        await it.until(lambda: isinstance(it.app.screen, QueueScreen) and it.has("[p] pass"))
        for number in range(1, len(strange)):
            await it.until_seen(f"{number}. ", "was not found")
            await it.press("p")
            await it.until_seen(f" · {number}/{len(strange)} ")
            assert not {"\x1b", "\u202e", "\x07"} & set(it.text)
        await it.until_seen("Question 1")
    asked = {request.path for request in server.requests if "playground-conversations/" in request.path}
    assert not [path for path in asked if path.endswith("/users/") and "playground" in path]
    assert all(path.count("/playground-conversations/") == 1 for path in asked)


async def test_another_size_shows_as_much_as_there_is_room_for(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(120, 36), surroundings=around, review=ANA) as it:
        await in_queue(it)
        assert it.lines[0].rstrip().endswith("kept on this machine only")
        await it.pilot.resize_terminal(80, 24)
        await it.until(lambda: "kept on this machine" not in it.text and it.has("Review everything · 0/4"))
        await it.pilot.resize_terminal(120, 36)
        await it.until_seen("kept on this machine only")


@pytest.mark.parametrize(("width", "told"), [(80, ""), (120, " · about 9 min left ")])
def test_how_long_it_takes_is_told_whole_or_not_at_all(width: int, told: str) -> None:
    queue, tally = ReviewQueue("failed:>0 tag:refund", ("",) * 39, 5), Tally(5, 39, Counter(["pass", "fail", "skip"]))
    line = progress_line(queue, tally, [14.0, 16.0, 17.0], 0, width)
    assert "".join(span.text for span in line).partition("1 skip")[2] == told


def letters(keymap: Keymap[Any], state: str = "") -> set[str]:
    """The letters that mean something in a state."""
    keys = {key for command in keymap.commands if command.after == state for key in command.key_names}
    return {key for key in keys if len(key) == 1 and key.isalpha()}


def test_no_label_or_reason_may_take_a_letter_that_means_something_else() -> None:
    assert letters(QUEUE_READER) | letters(QUEUE) <= TAKEN
    assert letters(QUEUE, WHY) <= TAKEN_BEHIND


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_all_its_rows_fit(server: ScriptedServer, around: Surroundings, size: tuple[int, int]) -> None:
    server.answer(LiveProject([conversation(n, chat_history=[message("x" * 4_000), tool_call()]) for n in range(1, 5)]))
    async with browsing(server, size=size, surroundings=around, review=ANA) as it:
        await it.until_seen("1/4")
        await it.press("Q")
        await it.until_seen("[p] pass")
        assert it.lines[0].startswith(" Review everything · 0/4 ")
        assert it.lines[0].rstrip().endswith("kept on this machine only") is (size[0] > 80)
        assert it.lines[1].startswith(" 1. Conversation 1")
        assert it.lines[-2].startswith(" verdict  [p] pass")
        assert it.lines[-1].rstrip().endswith("? help")


async def test_a_long_notice_leaves_what_can_be_said(server: ScriptedServer, around: Surroundings) -> None:
    async with browsing(server, size=(80, 24), surroundings=around, review=ANA, notices=True) as it:
        await in_queue(it)
        queue_of(it).context.say("said at length, " * 8, seconds=60)
        await it.until(lambda: any(toast.region for toast in queue_of(it).query("Toast")))
        await it.until(lambda: all(0 < toast.region.y < 12 for toast in queue_of(it).query("Toast")))
        assert it.lines[0].startswith(" Review everything")
        assert it.lines[1].startswith(" 1. Conversation 1")
        assert it.lines[-2].startswith(" verdict  [p] pass")
