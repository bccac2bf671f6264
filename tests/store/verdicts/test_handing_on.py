"""Verdicts go from one reviewer to another and back: nothing is lost, nothing is doubled, nobody's is another's."""

import csv
import io
import re
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.hostile.payloads import HOSTILE
from tui.store.verdicts.book import VerdictBook
from tui.store.verdicts.handing_on import take_over
from tui.store.verdicts.lines import Unread, written
from tui.store.verdicts.verdict import Evidence, Opinion, Subject, Verdict
from tui.views.export.verdicts import COLUMNS, csv_lines, list_line, report_lines

PROJECT = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
ID = "11111111-2222-4333-8444-555555555555"

words = st.text(max_size=12) | st.sampled_from([payload.text for payload in HOSTILE])
opinions = st.builds(Opinion, words, st.lists(words, max_size=2).map(tuple), words, st.booleans())
subjects = st.builds(Subject, st.sampled_from([ID, "c2"]), st.none() | st.integers(0, 3))
acts = st.lists(st.tuples(subjects, opinions, st.sampled_from(["ana", "bo"])), max_size=8)


def book_of(told: list[tuple[Subject, Opinion, str]]) -> tuple[VerdictBook, list[bytes]]:
    book = VerdictBook(None, PROJECT)
    said: list[Verdict] = [book.judge(*one, evidence=Evidence(failed=one[1].note)) for one in told]
    return book, [written(one) for one in said]


@given(acts, acts)
def test_a_round_trip_keeps_all_and_twice_is_as_good_as_once(one: Any, other: Any) -> None:
    (mine, own), (_, theirs) = book_of(one), book_of(other)
    taken = take_over(mine, PROJECT, theirs)
    assert (taken.new, taken.known) == (len(theirs), 0)
    before = mine.all()
    assert take_over(mine, PROJECT, [*theirs, *own]).new == 0
    assert mine.all() == before
    empty = VerdictBook(None, PROJECT)
    take_over(empty, PROJECT, [*own, *theirs])
    assert {said.id for said in empty.all()} == {said.id for said in before}


def test_what_is_no_verdict_of_this_project_is_counted_and_not_taken() -> None:
    book = VerdictBook(None, PROJECT)
    other = VerdictBook(None, "another").judge(Subject(ID), Opinion("fail"), "bo")
    good = VerdictBook(None, PROJECT.upper()).judge(Subject(ID), Opinion("fail"), "bo")
    raw = [written(other), written(good), b"{\n", b'{"v": 99}\n', b"[]\n", b"\n"]
    taken = take_over(book, PROJECT, raw)
    assert (taken.new, taken.elsewhere) == (1, 1)
    assert taken.unread == {Unread.TORN: 1, Unread.VERSION: 1, Unread.FOREIGN: 1}
    assert [one.reviewer for one in book.all()] == ["bo"]


@given(acts)
def test_no_cell_is_a_formula_and_nothing_acts(told: Any) -> None:
    verdicts = book_of(told)[0].all()
    text = "".join(csv_lines(verdicts))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 1 + len(verdicts)
    for row in rows[1:]:
        assert len(row) == len(COLUMNS)
        assert not [cell for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@") and cell.strip() != "-"]
    report, lines = "".join(report_lines(verdicts)), "\n".join(map(list_line, verdicts))
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text + report + lines)
    assert report.count("\n- **") == len(verdicts)
    assert lines.count("\n") >= len(verdicts) - 1


def test_the_report_counts_and_says_how_to_open() -> None:
    failed = Opinion("fail", ("tool",), "paid half", True)
    book, _ = book_of([(Subject(ID), failed, "ana"), (Subject(ID, 3), Opinion("pass"), "bo")])
    report = "".join(report_lines(book.all()))
    told = "2 verdicts on 1 conversation", "| fail | 1 |", "| tool | 1 |", "> paid half", f"open {ID}", "query 3"
    assert [words for words in told if words not in report] == []


def test_the_report_names_the_failed_call_and_opens_its_turn() -> None:
    book = VerdictBook(None, PROJECT)
    seen = Evidence(4, "retrieval: E1 `x` @ana\n# no")
    book.judge(Subject(ID), Opinion("fail"), "ana", evidence=seen)
    book.judge(Subject(ID, 7), Opinion("pass"), "ana", evidence=Evidence(2))
    report = "".join(report_lines(book.all()))
    assert "Failed call: ``retrieval: E1 `x` @ana # no`` in turn 4\n" in report
    assert "**pass** (turn 2)" in report
    assert f"open {ID}#4`" in report
    assert f"open {ID}#2`" in report
    assert report.count("Failed call") == 1
    table = list(csv.DictReader(io.StringIO("".join(csv_lines(book.all())), newline="")))
    assert [(row["turn"], bool(row["failed"])) for row in table] == [("4", True), ("2", False)]


def test_a_file_is_its_own_export(tmp_path: Path, capfdbinary: Any, monkeypatch: Any) -> None:
    from tui.cli import main

    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    _, lines = book_of([(Subject(ID), Opinion("fail", (), "=1+1"), "ana")])
    from tui.demo.launch import PROJECT_ID

    (tmp_path / "theirs.jsonl").write_bytes(b"".join(lines).replace(PROJECT.encode(), PROJECT_ID.encode()))
    assert main(["--demo", "verdicts", "list"]) == 0
    assert b"no verdict is kept" in capfdbinary.readouterr().err
    assert main(["--demo", "verdicts", "import", str(tmp_path / "theirs.jsonl")]) == 0
    assert main(["--demo", "verdicts", "import", str(tmp_path / "theirs.jsonl")]) == 0
    assert main(["--demo", "verdicts", "list"]) == 0
    assert main(["--demo", "verdicts", "export"]) == 0
    assert main(["verdicts", "export", "--csv", "--demo"]) == 0
    out = capfdbinary.readouterr().out
    assert b"1 taken over, 0 here already." in out
    assert b"0 taken over, 1 here already." in out
    assert (tmp_path / "theirs.jsonl").read_bytes() in out
    assert b"'=1+1" in out
    assert main(["--demo", "verdicts", "export", "--md"]) == 0
    assert f"`clarifeye-tui open {ID} --demo`".encode() in capfdbinary.readouterr().out
    for command in (["export"], ["import", "x"]):
        assert main(["--restricted", "--demo", "verdicts", *command]) == 2
    assert b"The restricted mode" in capfdbinary.readouterr().err
    assert main(["--demo", "verdicts", "import", str(tmp_path / "none")]) == 2


def test_a_line_without_end_is_refused_whole(tmp_path: Path, capfdbinary: Any, monkeypatch: Any) -> None:
    from tui.cli import main

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert main(["--demo", "verdicts", "import", "/dev/zero"]) == 2
    said = capfdbinary.readouterr().err
    assert b"Line 1 has more than 1 MB" in said
    assert b"Nothing was taken over" in said
    assert not [path for path in tmp_path.rglob("*.jsonl") if path.stat().st_size]
