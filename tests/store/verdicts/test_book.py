"""Verdicts: what counts, what outlives a kill, a full disk, torn lines and other instances."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config.secret import Secret
from tui.store.verdicts.book import VerdictBook
from tui.store.verdicts.journal import Journal
from tui.store.verdicts.lines import Unread, read, written
from tui.store.verdicts.verdict import Evidence, Line, Opinion, Subject, Undo, Verdict

PASS, FAIL = Opinion("pass"), Opinion("fail", ("tool",), "paid half")
ONE, TURN = Subject("c1"), Subject("c1", 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "verdicts" / "acme.jsonl"


def book_of(path: Path, now: Callable[[], datetime] | None = None) -> VerdictBook:
    """A book on a file, with what the file holds."""
    book = VerdictBook(Journal(path), "p1", *([now] if now else []))
    book.refresh()
    return book


def test_the_last_verdict_of_each_reviewer_on_each_subject_counts(path: Path) -> None:
    book = book_of(path)
    book.judge(ONE, PASS, "ana", updated_at="2026-01-01", line="failed:>0")
    book.judge(TURN, FAIL, "ana")
    book.judge(ONE, FAIL, "ben")
    book.judge(ONE, FAIL, "ana")
    for one in (book, book_of(path)):
        assert [(v.reviewer, v.subject, v.opinion) for v in one.of("c1")] == [
            ("ana", TURN, FAIL), ("ben", ONE, FAIL), ("ana", ONE, FAIL)
        ]  # fmt: skip
        assert one.mine(ONE, "ana") == one.last_of("ana")
        assert one.mine(Subject("c2"), "ana") is None


def test_taking_back_is_a_line_and_what_was_said_before_counts_again(path: Path) -> None:
    book = book_of(path)
    first, second = (book.judge(ONE, opinion, "ana") for opinion in (PASS, FAIL))
    size = path.stat().st_size
    book.take_back(second, "ana")
    assert path.stat().st_size > size
    for one in (book, book_of(path)):
        assert one.of("c1") == [first]
        assert one.last_of("ana") == first
    book.take_back(first, "ana")
    assert not book.of("c1")
    assert not book_of(path).of("c1")
    assert not book.conversations()


def test_a_verdict_without_any_opinion_says_nothing_any_more(path: Path) -> None:
    book = book_of(path)
    book.judge(ONE, Opinion(flagged=True), "ana")
    assert book.conversations() == ["c1"]
    book.judge(ONE, Opinion(), "ana")
    assert book.conversations() == book_of(path).conversations() == []


def test_a_clock_that_goes_back_changes_no_order(path: Path) -> None:
    moments = iter(
        [datetime(2026, 5, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)]
    )
    book = book_of(path, lambda: next(moments))
    first, second = book.judge(ONE, PASS, "ana"), book.judge(ONE, FAIL, "ana")
    assert second.at > first.at
    assert book_of(path).mine(ONE, "ana") == second
    again = book_of(path, lambda: next(moments))
    assert again.judge(ONE, PASS, "ana").at > second.at


def test_a_change_is_noticed_where_both_versions_are_known(path: Path) -> None:
    verdict = book_of(path).judge(ONE, PASS, "ana", updated_at="2026-01-01T00:00:00Z")
    assert verdict.is_of_another_version("2026-01-02T00:00:00Z")
    assert not verdict.is_of_another_version("2026-01-01T00:00:00Z")
    assert not verdict.is_of_another_version("")


WHOLE = (
    b'{"v": 1, "id": "i", "project": "p", "conversation": "c", "query_id": null, "reviewer": "a",'
    b' "at": "2026-01-01T00:00:00Z"}'
)


def test_lines_that_are_none_of_ours_stay_in_the_file_and_are_counted(path: Path) -> None:
    book = book_of(path)
    kept = book.judge(ONE, PASS, "ana")
    odd = [
        b'{"v": 2, "id": "x"}', b'{"v": 1, "id": "x"}', b"[1]", b'{"v": 1', b"\xff\xfe", b"[" * 100_000,
        WHOLE.replace(b"null", b"true"), WHOLE.replace(b"Z", b""), WHOLE.replace(b'"c"', b"3"),
        WHOLE.replace(b"null", b"1" * 30), WHOLE.replace(b"2026", b"9999"), WHOLE.replace(b"2026", b"0001"),
        b"",
    ]  # fmt: skip
    with path.open("ab") as file:
        file.write(b"\n".join(odd))
    before = path.read_bytes()
    again = book_of(path)
    assert again.of("c1") == [kept]
    later = again.judge(ONE, FAIL, "ana")
    assert path.read_bytes().startswith(before)
    last = book_of(path)
    assert last.of("c1") == [later]
    assert last.skipped == {Unread.VERSION: 1, Unread.FOREIGN: 8, Unread.TORN: 3}


def test_a_folder_where_the_file_should_be_is_told_and_judging_goes_on(path: Path) -> None:
    path.mkdir(parents=True)
    open_before = len(os.listdir("/dev/fd"))
    book = book_of(path)
    assert "Is a directory" in str(book.trouble)
    said = book.judge(ONE, PASS, "ana")
    assert book.of("c1") == [said]
    assert book.unwritten == 1
    assert not book.refresh()
    assert len(os.listdir("/dev/fd")) == open_before
    path.rmdir()
    book.write()
    assert book_of(path).of("c1") == [said]


def test_nobody_takes_back_what_another_one_said(path: Path) -> None:
    book = book_of(path)
    mine = book.judge(ONE, PASS, "ana")
    book.import_lines([Undo("u", "p", mine.id, "bo", mine.at)])
    assert book.of("c1") == [mine]
    book.import_lines([Undo("v", "p", mine.id, "ana", mine.at)])
    assert book.of("c1") == []
    assert book_of(path).of("c1") == []


def test_half_a_line_of_somebody_who_was_killed_is_ended_by_the_next(path: Path) -> None:
    first = book_of(path).judge(ONE, PASS, "ana")
    with path.open("ab") as file:
        file.write(b'{"v": 1, "id": "half')
    book = book_of(path)
    assert book.of("c1") == [first]
    assert not book.skipped
    second = book.judge(Subject("c2"), FAIL, "ana")
    again = book_of(path)
    assert again.all() == [first, second]
    assert again.skipped == {Unread.TORN: 1}


def test_two_instances_see_what_the_other_adds(path: Path) -> None:
    ours, theirs = book_of(path), book_of(path)
    mine, yours = ours.judge(ONE, PASS, "ana"), theirs.judge(ONE, FAIL, "ben")
    assert ours.refresh()
    assert theirs.refresh()
    assert ours.of("c1") == theirs.of("c1") == [mine, yours]
    assert not ours.refresh()
    ours.take_back(yours, "ben")
    assert theirs.refresh()
    assert theirs.of("c1") == [mine]


def test_a_file_that_another_has_taken_the_place_of_is_read_whole(path: Path) -> None:
    book = book_of(path)
    mine = book.judge(ONE, PASS, "ana")
    path.rename(path.with_suffix(".old"))
    other = book_of(path).judge(Subject("c2"), FAIL, "ben")
    assert book.refresh()
    assert book.all() == [mine, other]


def test_the_file_is_private_and_holds_no_secret_and_no_control_character(path: Path) -> None:
    token = Secret("sk-verysecret-123456")
    note = f"\x1b]0;x\x07 {token.reveal()} \u202e é\n" + "x" * 1_000_000
    verdict = book_of(path).judge(ONE, Opinion("fail", ("\x1b[2J",), note), "ana\x1b[1m", line=token.reveal())
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    data = path.read_bytes()
    assert token.reveal().encode() not in data
    assert all(byte == 10 or 32 <= byte < 127 for byte in data)
    assert data.count(b"\n") == 1
    said = book_of(path).of("c1")[0]
    assert said.reviewer == verdict.reviewer
    assert said.opinion.note == note.replace(token.reveal(), "(the token)")


def test_what_the_disk_does_not_take_stays_here_and_is_written_with_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = book_of(path)
    first = book.judge(ONE, PASS, "ana")
    size = path.stat().st_size
    real = os.write

    def half(descriptor: int, data: bytes) -> int:
        """A disk with room for the half of it."""
        if len(data) < 100:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", half)
    second = book.judge(ONE, FAIL, "ana")
    third = book.judge(TURN, PASS, "ana")
    monkeypatch.undo()
    assert path.stat().st_size == size  # nothing of them is left
    assert book.unwritten == 2
    assert book.trouble is not None
    assert "No space left on device" in str(book.trouble)
    assert book.of("c1") == [second, third]
    fourth = book.judge(Subject("c2"), PASS, "ana")
    assert book.unwritten == 0
    assert book.trouble is None
    assert book_of(path).all() == [second, third, fourth]
    assert first not in book_of(path).all()


def test_a_folder_that_cannot_be_written_to_keeps_verdicts_in_memory(tmp_path: Path) -> None:
    in_the_way = tmp_path / "verdicts"
    in_the_way.write_text("a file where the folder should be")
    book = book_of(in_the_way / "acme.jsonl")
    verdict = book.judge(ONE, PASS, "ana")
    assert book.unwritten == 1
    assert book.of("c1") == [verdict]
    in_the_way.unlink()
    book.write()
    assert book.unwritten == 0
    assert book_of(in_the_way / "acme.jsonl").all() == [verdict]


def test_a_link_in_the_place_of_the_file_is_not_followed(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    other = tmp_path / "other"
    other.write_text("mine\n")
    path.symlink_to(other)
    book = book_of(path)
    book.judge(ONE, PASS, "ana")
    assert book.unwritten == 1
    assert other.read_text() == "mine\n"


def test_lines_of_colleagues_are_taken_over_once_and_beside_ones_own(path: Path, tmp_path: Path) -> None:
    theirs = book_of(tmp_path / "ben" / "v.jsonl")
    kept, gone = theirs.judge(ONE, FAIL, "ben"), theirs.judge(TURN, FAIL, "ben")
    theirs.take_back(gone, "ben")
    lines = [
        line
        for raw in (tmp_path / "ben" / "v.jsonl").read_bytes().splitlines()
        if not isinstance(line := read(raw), Unread)
    ]
    book = book_of(path)
    mine = book.judge(ONE, PASS, "ana")
    assert book.import_lines(lines) == 3
    assert book.import_lines(lines) == 0
    for one in (book, book_of(path)):
        assert sorted(one.of("c1"), key=lambda v: v.reviewer) == [mine, kept]


KILLED = """
import os, signal, sys
from pathlib import Path
from tui.store.verdicts.book import VerdictBook
from tui.store.verdicts.journal import Journal
from tui.store.verdicts.verdict import Opinion, Subject


def run(steps):
    def count(frame, event, function):
        nonlocal steps
        if event in ("c_call", "c_return"):
            steps -= 1
            if steps < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    book = VerdictBook(Journal(Path(sys.argv[1])), "p1")
    book.refresh()
    for number in range(2):
        sys.setprofile(count)
        verdict = book.judge(Subject("c"), Opinion("pass", note="x" * 3_000), "ana")
        sys.setprofile(None)
        os.write(1, verdict.id.encode() + b"\\n")


for step in range(2_000):
    child = os.fork()
    if child == 0:
        run(step)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        print("killed", step)
        break
"""


def test_a_kill_between_any_two_steps_loses_no_verdict_that_was_confirmed(path: Path) -> None:
    """The steps are the calls into the interpreter and the system, until so many that nothing is killed any more."""
    run = subprocess.run([sys.executable, "-c", KILLED, path], capture_output=True, check=True)
    *confirmed, word, steps = run.stdout.decode().split()
    assert word == "killed"
    assert int(steps) > 50
    assert len(confirmed) > 10
    assert set(confirmed) <= {
        line.id for raw in path.read_bytes().splitlines() if isinstance(line := read(raw), Verdict)
    }
    assert book_of(path).of("c")


WRITES = """
import sys
from pathlib import Path
from tui.store.verdicts.book import VerdictBook
from tui.store.verdicts.journal import Journal
from tui.store.verdicts.verdict import Opinion, Subject

book = VerdictBook(Journal(Path(sys.argv[1])), "p1")
for number in range(100):
    book.judge(Subject(f"{sys.argv[2]}-{number}"), Opinion("pass", note="x" * number * 100), sys.argv[2])
assert book.unwritten == 0
"""


def test_two_processes_write_to_one_file_and_no_line_is_lost(path: Path) -> None:
    book = book_of(path)
    running = [subprocess.Popen([sys.executable, "-c", WRITES, path, name]) for name in ("ana", "ben")]
    while any(process.poll() is None for process in running):
        book.refresh()
    book.refresh()
    assert [process.returncode for process in running] == [0, 0]
    assert len(book.conversations()) == len(book_of(path).conversations()) == 200
    assert not book.skipped


texts = st.text(max_size=20)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
named = st.text(min_size=1, max_size=8)
verdicts = st.builds(
    Verdict,
    named, named,
    st.builds(Subject, named, st.none() | st.integers(0, 9)),
    st.builds(Opinion, texts, st.lists(texts, max_size=3).map(tuple), texts, st.booleans()),
    named, moments, texts, texts, st.builds(Evidence, st.integers(0, 99), texts),
)  # fmt: skip
undos = st.builds(Undo, named, named, named, named, moments)


@given(verdicts | undos)
def test_a_line_that_is_written_and_read_is_the_same(line: Line) -> None:
    raw = written(line)
    assert raw.endswith(b"\n")
    assert read(raw[:-1]) == line


@given(st.binary(max_size=60) | st.builds(lambda verdict, at: written(verdict)[:at], verdicts, st.integers(0, 400)))
def test_no_line_breaks_the_reading(raw: bytes) -> None:
    read(raw)
