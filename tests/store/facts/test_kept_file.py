"""Facts that are kept for the next start: what is in the file, who shares it, and what becomes of one that is bad."""

import asyncio
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.facts.test_database import FAILED, call, record
from tui.store.across.parameters import parameters_of
from tui.store.across.tools import medians_of
from tui.store.facts.database import FactsDatabase
from tui.store.facts.kept_file import FactsInUse, facts_file, kept_files, take_away
from tui.store.facts.question import FactsAnswer, FactsQuestion
from tui.store.facts.store import FactsStore
from tui.store.filter.parser import parse

Opened = Callable[[], FactsDatabase]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return facts_file(tmp_path / "state", "acme", "identity")


@pytest.fixture
def said() -> list[str]:
    """What is said of the file."""
    return []


@pytest.fixture
def opened(path: Path, said: list[str]) -> Iterator[Opened]:
    """Opens the file as each instance does, and closes all in the end."""
    databases: list[FactsDatabase] = []

    def open_one() -> FactsDatabase:
        databases.append(FactsDatabase(path, say=said.append))
        return databases[-1]

    yield open_one
    for database in databases:
        database.close()


def took(database: FactsDatabase, *numbers: int, **fields: object) -> None:
    """It takes note of these."""
    for number in numbers:
        database.take(record(number, [call(results=FAILED)], **fields))
    database.flush()


def answer(database: FactsDatabase, line: str = "") -> FactsAnswer:
    """What it knows."""
    return database.ask(FactsQuestion(parse(line)))


def name_of(database: FactsDatabase, conversation_id: str) -> str | None:
    """What a conversation is called."""
    return database.rows_of([conversation_id])[conversation_id].conversation.name


def broken(path: Path) -> closing[sqlite3.Connection]:
    """The file, opened past the program."""
    return closing(sqlite3.connect(path, isolation_level=None))


def test_the_next_run_knows_all_and_from_when_it_is_and_what_is_read_again_is_new(opened: Opened, path: Path) -> None:
    took(opened(), 1, 2)
    database = opened()
    known = answer(database, "failed:>0")
    assert (known.count, known.known, known.old) == (2, 2, 2)
    assert known.of is not None
    took(database, 2)
    assert (answer(database).known, answer(database).old) == (2, 1)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_a_history_tells_is_made_anew_only_when_it_is_another_one(opened: Opened) -> None:
    took(opened(), 1)
    database = opened()
    took(database, 1, name="Renamed", tags=["new"])
    row = database.rows_of(["c1"])["c1"]
    assert (row.conversation.name, row.conversation.tags, row.failed) == ("Renamed", ("new",), 1)
    assert answer(database, "tag:new tool:retrieval").count == 1
    database.take(record(1, [call(), call()]))
    database.flush()
    row = database.rows_of(["c1"])["c1"]
    assert (row.failed, row.calls, row.conversation.tags) == (0, 2, None)


def test_the_newer_one_stays_whoever_comes_last(opened: Opened) -> None:
    one, other = opened(), opened()
    took(one, 1, updated_at="2026-11-02T00:00:00Z", name="newer")
    took(other, 1, updated_at="2026-11-01T00:00:00Z", name="older")
    assert {name_of(one, "c1"), name_of(other, "c1")} == {"newer"}
    assert answer(other).old == 0, "it was seen all the same"


def test_two_instances_share_a_file(opened: Opened, said: list[str]) -> None:
    one, other = opened(), opened()
    for number in range(1, 60):
        took(one if number % 2 else other, number, name=f"word {number}", tags=[f"tag {number}"])
    assert answer(one).count == answer(other).count == 59
    assert {name_of(one, f"c{number}") for number in range(1, 60)} == {f"word {number}" for number in range(1, 60)}
    assert answer(one, 'tag:"tag 8"').count == answer(other, 'tag:"tag 7"').count == 1
    assert not said


def test_what_all_that_is_listed_lacks_is_dropped(opened: Opened) -> None:
    took(opened(), 1, 2, 3)
    database = opened()
    took(database, 1, 3)
    database.drop(parse("archived:no"), "", 0)
    assert database.ids_of(answer(database).keys) == ["c1", "c3"]
    assert answer(opened()).count == 2


def test_a_file_of_another_version_is_read_anew(opened: Opened, path: Path, said: list[str]) -> None:
    took(opened(), 1)
    with broken(path) as file:
        file.execute("PRAGMA user_version = 99")
    database = opened()
    assert answer(database).known == 0
    assert "another version" in said[0]
    took(database, 2)
    assert answer(opened()).known == 1


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE words; CREATE VIEW words AS SELECT 1 AS id, 'x' AS text",
        "DROP TABLE words; CREATE TABLE words (wrong)",
        "DROP INDEX texts_by_id",
        "CREATE TRIGGER more AFTER INSERT ON words BEGIN DELETE FROM calls; END",
    ],
)
def test_a_file_whose_tables_somebody_changed_is_set_aside(
    change: str, opened: Opened, path: Path, said: list[str]
) -> None:
    took(opened(), 1)
    assert answer(opened()).known == 1
    assert said == []
    with broken(path) as other:
        other.executescript(change)
    other.close()
    database = opened()
    assert answer(database).known == 0
    assert "set aside" in said[0]
    took(database, 2)
    assert answer(opened()).known == 1


@pytest.mark.parametrize("content", [b"not a database at all" * 400, b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_damaged_file_is_set_aside_with_a_word(content: bytes, opened: Opened, path: Path, said: list[str]) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    took(database := opened(), 1)
    assert answer(database).count == 1
    assert path.with_name(path.name + ".damaged").read_bytes() == content
    assert len(said) == 1
    assert "set aside" in said[0]
    assert answer(opened()).count == 1


def test_a_database_of_another_program_is_set_aside_untouched(opened: Opened, path: Path, said: list[str]) -> None:
    path.parent.mkdir(parents=True)
    with broken(path) as file:
        file.executescript("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (7);")
    took(opened(), 1)
    with broken(path.with_name(path.name + ".damaged")) as aside:
        assert aside.execute("SELECT x FROM theirs").fetchall() == [(7,)]
    assert "set aside" in said[0]


def test_a_link_is_not_followed(opened: Opened, path: Path, said: list[str], tmp_path: Path) -> None:
    path.parent.mkdir(parents=True)
    target = tmp_path / "elsewhere"
    target.write_bytes(b"")
    path.symlink_to(target)
    took(opened(), 1)
    assert target.read_bytes() == b""
    assert "set aside" in said[0]


def test_damage_that_shows_later_costs_what_was_kept_and_no_more(opened: Opened, path: Path, said: list[str]) -> None:
    took(opened(), *range(1, 40))
    with broken(path) as file:
        file.execute("UPDATE conversations SET ending = 77")
    database = opened()
    with pytest.raises(sqlite3.DatabaseError) as damage:
        database.rows_of(["c1"])
    assert database.recover(damage.value)
    assert (database.losses, answer(database).known) == (1, 0)
    assert "set aside" in said[0]
    took(database, 1)
    assert answer(opened()).known == 1


def planted(path: Path, change: str) -> None:
    """Rows that SQLite itself refuses, in the tables that are ours."""
    with broken(path) as file:
        made = file.execute("SELECT name, sql FROM sqlite_schema WHERE sql LIKE '%STRICT'").fetchall()
        file.execute("PRAGMA writable_schema = 1")
        file.execute("UPDATE sqlite_schema SET sql = replace(replace(sql, ', STRICT', ''), ' STRICT', '')")
        file.execute("PRAGMA writable_schema = RESET")
        file.execute(change)
        file.execute("PRAGMA writable_schema = 1")
        file.executemany("UPDATE sqlite_schema SET sql = ? WHERE name = ?", [(sql, name) for name, sql in made])


@pytest.mark.skipif(sqlite3.sqlite_version_info < (3, 37), reason="an older SQLite has no strict tables")
@pytest.mark.parametrize("column", ["texts.updated", "calls.took", "conversations.failed", "tools.longest"])
def test_nobody_writes_a_text_where_a_number_belongs(column: str, opened: Opened, path: Path) -> None:
    took(opened(), 1)
    table, name = column.split(".")
    with broken(path) as file, pytest.raises(sqlite3.IntegrityError):
        file.execute(f"UPDATE {table} SET {name} = 'soon'")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE texts SET updated = 'soon'",
        "UPDATE calls SET took = 'long'",
        "UPDATE conversations SET tags = 'many', ending = 'none', agent = 'no number'",
        "UPDATE texts SET more = '[', tags = x'ff'",
        "UPDATE texts SET question = CAST(x'ff80' AS TEXT)",
        "UPDATE parameters SET held = 'no JSON'",
        "UPDATE texts SET parameters = 'no JSON'",
        "DELETE FROM texts WHERE key = 2",
    ],
)
async def test_rows_that_are_none_of_ours_are_read_anew_and_end_nothing(
    change: str, opened: Opened, path: Path, said: list[str]
) -> None:
    moments = [f"2026-01-01T00:00:0{second}Z" for second in (1, 3)]
    lasting = [{**call("search", FAILED, place="here"), "timestamp": moment} for moment in moments]
    before = opened()
    for number in (1, 2):
        before.take(record(number, lasting, updated_at="2026-01-01T00:00:00Z"))
    before.flush()
    planted(path, change)
    lost, question = asyncio.Event(), FactsQuestion()
    store = FactsStore(
        lambda say: FactsDatabase(path, say=say), lambda: lost.set() if store.losses == 1 else None, said.append
    )
    store.take([record(1, lasting, updated_at="2026-02-01T00:00:00Z")])
    await store.rows((await store.ask(question)).keys)
    await store.query(lambda database: medians_of(database, question))
    await store.query(lambda database: parameters_of(database, 2, 0))
    store.take([record(2, lasting, updated_at="2026-03-01T00:00:00Z")])
    await store.caught_up()
    assert (await store.ask(question)).known >= 1
    await asyncio.wait_for(lost.wait(), 20)
    store.close(10)
    assert answer(opened()).known >= 1
    assert [line.partition(";")[0] for line in said] == ["The kept facts are damaged, or not ours"]


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        ("PRAGMA max_page_count = 1", "the disk is full"),
        ("PRAGMA query_only = 1", "the file cannot be written"),
    ],
)
def test_where_the_disk_takes_no_more_it_goes_on_in_memory(
    harm: str, why: str, opened: Opened, said: list[str]
) -> None:
    database = opened()
    took(database, 1, 2)
    database._connection.execute(harm)  # a disk that is full, or cannot be written
    for number in range(3, 60):
        database.take(record(number, [call("x" * 4_000, results=FAILED)]), "refund")
    database.flush()
    assert answer(database, "failed:>0").count == 59
    assert database.ask(FactsQuestion(text="refund")).count == 57
    assert database.losses == 0
    assert len(said) == 1
    assert why in said[0]


def test_where_no_folder_can_be_made_it_goes_on_without_keeping(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    said: list[str] = []
    database = FactsDatabase(facts_file(tmp_path / "state", "acme", "x"), say=said.append)
    took(database, 1)
    assert answer(database).count == 1
    assert "not kept" in said[0]
    database.close()


def test_an_instance_that_holds_the_file_stops_no_other(
    opened: Opened, path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.store.facts.kept_file._WAIT", 0.01)
    database = opened()
    took(database, 1)
    with broken(path) as holder:
        holder.execute("BEGIN IMMEDIATE")
        took(database, 2)
        assert answer(database).count == 2
        assert "another instance" in said[0]


def test_what_was_taken_away_comes_not_back(opened: Opened, path: Path, said: list[str]) -> None:
    database = opened()
    took(database, 1)
    for kept in kept_files(path.parents[1]):
        take_away(kept)
    took(database, 2)
    assert answer(database).count == 2, "the run itself still knows"
    assert kept_files(path.parents[1]) == []
    assert "taken away" in said[0]


def test_only_files_of_facts_are_taken_away(opened: Opened, path: Path) -> None:
    took(opened(), 1)
    beside = [path.parent / "notes.txt", path.parents[1] / "acme-identity.json", path.parent / "verdicts.sqlite"]
    for one in beside:
        one.write_text("mine")
    path.with_name(path.name + ".damaged").write_bytes(b"old")
    assert {one.name for one in kept_files(path.parents[1])} == {path.name, path.name + ".damaged"}
    for kept in kept_files(path.parents[1]):
        take_away(kept)
    assert sorted(os.listdir(path.parent)) == ["notes.txt", "verdicts.sqlite"]
    assert all(one.read_text() == "mine" for one in beside)


def test_a_file_that_is_being_written_is_not_taken_away(
    opened: Opened, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.store.facts.kept_file._WAIT", 0.01)
    took(opened(), 1)
    with broken(path) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(FactsInUse):
            take_away(path)
        assert path.exists()
