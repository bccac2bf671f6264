"""An export is whole, or it is not there: whatever the list, the disk and the person do meanwhile."""

import asyncio
import errno
import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.servers import LiveProject, ScriptedServer, conversation, error, page_of, uuid_of
from tui.api.client import Client
from tui.api.errors import ServerFault
from tui.api.query import ConversationFilter
from tui.config.secret import Secret
from tui.config.settings import Connection
from tui.demo.http import Answer, Request
from tui.store.export.export import ExportProgress, Format, Outcome, Source, export
from tui.store.export.sources import ChosenConversations, FilteredConversations
from tui.store.export.whole_file import CannotWrite, TargetExists, WholeFile
from tui.store.listing.page_size import PageSize
from tui.views.export.formats import JsonFormat, JsonLinesFormat


@pytest.fixture
async def client(server: ScriptedServer) -> AsyncIterator[Client]:
    made = Client(Connection(server.base_url, server.project_id, Secret(server.token)))
    yield made
    await made.close()


class PagesOf(PageSize):
    """Pages of a fixed size."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._ceiling = limit


async def run(
    source: Source[Any],
    path: Path,
    *,
    form: Format[Any] | None = None,
    replace: bool = False,
    progress: Callable[[ExportProgress], None] = lambda _: None,
) -> Outcome:
    return await export(source, form or JsonLinesFormat(), path, replace=replace, progress=progress)


def filtered(client: Client, limit: int = 10, query: ConversationFilter | None = None) -> FilteredConversations:
    return FilteredConversations(client, query or ConversationFilter(), PagesOf(limit))


def ids_in(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text().splitlines()]


def files_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def many(count: int) -> LiveProject:
    return LiveProject([conversation(number) for number in range(1, count + 1)])


async def test_all_that_the_filter_finds_is_exported_with_requests_of_its_own(
    server: ScriptedServer, client: Client, tmp_path: Path
) -> None:
    server.answer(many(57))
    told: list[ExportProgress] = []
    path = tmp_path / "all.json"
    query = ConversationFilter("refund", ("a,b",), archived=True)
    outcome = await run(filtered(client, query=query), path, form=JsonFormat(single=False), progress=told.append)
    assert outcome == Outcome(path, 57, 0, path.stat().st_size)
    assert [row["id"] for row in json.loads(path.read_text())] == [uuid_of(number) for number in range(1, 58)]
    assert path.stat().st_mode & 0o777 == 0o600
    assert [news.done for news in told] == list(range(1, 58))
    assert told[-1].total == 57
    for request in server.list_requests:
        assert request.parameters["text"] == ["refund"]
        assert request.parameters["tags"] == ["a,b"]
        assert request.parameters["include_archived"] == ["true"]


async def test_the_bytes_are_those_that_the_service_sent(
    server: ScriptedServer, client: Client, tmp_path: Path
) -> None:
    odd = b'{ "id":"x1", "n": 1.10, "big": 12345678901234567890123,"t":"\\u00e9\\ud83d\\ude00" ,"chat_history":[] }'
    server.answer(lambda _: Answer(200, b'{"count":1,"next":null,"previous":null,"results":[' + odd + b"]}"))
    path = tmp_path / "one.json"
    await run(filtered(client), path, form=JsonFormat(single=True))
    assert path.read_bytes() == odd + b"\n"


async def test_rows_that_are_damaged_are_exported_and_counted(
    server: ScriptedServer, client: Client, tmp_path: Path
) -> None:
    server.answer(lambda _: page_of([conversation(1), {"name": "no id"}, conversation(2), "text", "text"]))
    path = tmp_path / "all.jsonl"
    outcome = await run(filtered(client), path)
    assert (outcome.written, outcome.unreadable, outcome.notes) == (5, 3, ())
    assert [json.loads(line) for line in path.read_text().splitlines()][1] == {"name": "no id"}


@pytest.mark.parametrize("seed", range(8))
async def test_nothing_is_lost_or_doubled_while_rows_shift(
    server: ScriptedServer, client: Client, tmp_path: Path, seed: int
) -> None:
    """What is there from beginning to end comes exactly once; what comes in at the top comes too."""
    dice = random.Random(seed)
    project = many(80)
    removed: set[str] = set()

    def shift(_request: Request, offset: int, limit: int) -> None:
        if len(server.list_requests) > 8:
            return
        for _ in range(dice.randrange(4)):
            if dice.random() < 0.5:
                project.rows.insert(0, conversation(1000 + len(project.rows) + dice.randrange(10**6)))
            else:
                removed.add(project.rows.pop(dice.randrange(len(project.rows)))["id"])

    def answer(request: Request, offset: int, limit: int) -> Answer | None:
        page = page_of(project.rows[offset : offset + limit], count=len(project.rows))
        shift(request, offset, limit)
        return page

    project.on_list = answer
    server.answer(project)
    path = tmp_path / "all.jsonl"
    outcome = await run(filtered(client), path)
    ids = ids_in(path)
    assert len(ids) == len(set(ids)) == outcome.written
    assert {row["id"] for row in project.rows} <= set(ids)
    assert set(ids) - {row["id"] for row in project.rows} <= removed


async def test_a_list_that_has_changed_is_announced(server: ScriptedServer, client: Client, tmp_path: Path) -> None:
    project = many(30)

    def answer(_request: Request, offset: int, limit: int) -> Answer | None:
        if offset > 10 and len(project.rows) == 30:
            del project.rows[0]
        return None

    project.on_list = answer
    server.answer(project)
    outcome = await run(filtered(client), tmp_path / "all.jsonl")
    assert outcome.written == 30
    assert outcome.notes == ("the list changed meanwhile: the service now counts 29",)


@pytest.mark.parametrize("count", [15, 0, -5, 10**12, 12.5, "many"])
async def test_a_total_that_is_none_costs_no_rows_and_is_not_shown(
    count: Any, server: ScriptedServer, client: Client, tmp_path: Path
) -> None:
    project = many(130)
    project.count = count
    server.answer(project)
    source = filtered(client)
    outcome = await run(source, tmp_path / "all.jsonl")
    assert outcome.written == 130
    assert source.total is None
    assert outcome.notes == ((f"the service counts {count}",) if count in (0, 15) else ())


async def test_a_service_that_repeats_itself_is_left_in_the_end(
    server: ScriptedServer, client: Client, tmp_path: Path
) -> None:
    server.answer(lambda _: page_of([conversation(1), conversation(2)], count=40_000_000))
    outcome = await run(filtered(client), tmp_path / "all.jsonl")
    assert outcome.written == 2
    assert "40,000,000" in outcome.notes[0]
    assert len(server.list_requests) < 200


async def test_chosen_ones_are_fetched_where_they_are_not_at_hand_and_gone_ones_named(
    server: ScriptedServer, client: Client, tmp_path: Path
) -> None:
    server.answer(many(3))
    at_hand = await client.conversation(uuid_of(2))
    before = len(server.requests)
    ids = [uuid_of(3), uuid_of(2), uuid_of(99), uuid_of(1)]
    source = ChosenConversations(client, ids, {at_hand.id: at_hand}.get)
    outcome = await run(source, tmp_path / "three.jsonl")
    assert ids_in(tmp_path / "three.jsonl") == [uuid_of(3), uuid_of(2), uuid_of(1)]
    assert outcome.notes == (f"1 no longer there: {uuid_of(99)}",)
    assert len(server.requests) - before == 3


async def test_a_page_that_does_not_come_leaves_nothing(
    server: ScriptedServer, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.api.retry.FIRST_WAIT", 0.001)
    project = many(50)
    project.on_list = lambda _request, offset, _limit: error(500, "down") if offset > 20 else None
    server.answer(project)
    (tmp_path / "old.jsonl").write_text("old")
    with pytest.raises(ServerFault):
        await run(filtered(client), tmp_path / "old.jsonl", replace=True)
    assert files_in(tmp_path) == {"old.jsonl": "old"}


async def test_cancelled_it_leaves_nothing(server: ScriptedServer, client: Client, tmp_path: Path) -> None:
    gate = threading.Event()
    project = many(50)
    project.on_list = lambda _request, offset, _limit: page_of([], hold=gate) if offset > 20 else None
    server.answer(project)
    halfway = asyncio.Event()
    task = asyncio.create_task(
        run(filtered(client), tmp_path / "all.jsonl", progress=lambda news: halfway.set() if news.done == 20 else None)
    )
    await halfway.wait()
    assert [name.rpartition(".")[2] for name in files_in(tmp_path)] == ["part"]
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    gate.set()
    assert not files_in(tmp_path)


async def test_a_file_that_is_there_is_replaced_only_when_told(
    server: ScriptedServer, client: Client, tmp_path: Path
) -> None:
    server.answer(many(2))
    path = tmp_path / "all.jsonl"
    path.write_text("precious")
    with pytest.raises(TargetExists):
        await run(filtered(client), path)
    assert path.read_text() == "precious"
    assert not server.requests
    await run(filtered(client), path, replace=True)
    assert len(ids_in(path)) == 2
    assert path.stat().st_mode & 0o777 == 0o600


async def test_a_file_that_comes_meanwhile_is_not_replaced(
    server: ScriptedServer, client: Client, tmp_path: Path
) -> None:
    server.answer(many(2))
    path = tmp_path / "all.jsonl"

    def somebody_else_writes(_news: ExportProgress) -> None:
        path.write_text("precious")

    with pytest.raises(TargetExists):
        await run(filtered(client), path, progress=somebody_else_writes)
    assert files_in(tmp_path) == {"all.jsonl": "precious"}


async def test_a_full_disk_leaves_nothing(
    server: ScriptedServer, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer(many(2))

    def full(_descriptor: int, _data: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tui.store.export.whole_file.os.write", full)
    with pytest.raises(CannotWrite, match="No space left"):
        await run(filtered(client), tmp_path / "all.jsonl")
    monkeypatch.undo()
    assert not files_in(tmp_path)


@pytest.mark.parametrize("path", ["missing/all.jsonl", "."])
async def test_a_folder_that_takes_no_file_is_said(
    server: ScriptedServer, client: Client, tmp_path: Path, path: str
) -> None:
    with pytest.raises(CannotWrite):
        await run(filtered(client), tmp_path / path)
    assert not server.requests


def test_given_up_while_it_is_brought_to_the_disk_it_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_under_way, may_end = threading.Event(), threading.Event()

    def slow(_descriptor: int) -> None:
        is_under_way.set()
        may_end.wait(10)

    monkeypatch.setattr(os, "fsync", slow)
    file = WholeFile(tmp_path / "a")
    file.open()
    finishing = threading.Thread(target=file.finish)
    finishing.start()
    is_under_way.wait(10)
    giving_up = threading.Thread(target=file.discard)
    giving_up.start()
    while not file._is_given_up:
        giving_up.join(0.01)
    may_end.set()
    finishing.join(10)
    giving_up.join(10)
    assert not files_in(tmp_path)


def test_without_hard_links_it_still_takes_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr("tui.store.export.whole_file.os.link", refuse)
    file = WholeFile(tmp_path / "a")
    file.open()
    file.write(b"all")
    file.finish()
    file.discard()
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"all")]


def test_a_link_in_the_targets_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious")
    (tmp_path / "a").symlink_to(tmp_path / "victim")
    with pytest.raises(TargetExists):
        WholeFile(tmp_path / "a").open()
    file = WholeFile(tmp_path / "a", replace=True)
    file.open()
    file.write(b"new")
    file.finish()
    assert (tmp_path / "victim").read_text() == "precious"
    assert (tmp_path / "a").read_bytes() == b"new"


class Headed(JsonLinesFormat):
    """A format that knows what comes first when it has written everything."""

    def head(self) -> bytes:
        return b'{"id": "first"}\n'


async def test_what_is_known_only_at_the_end_stands_before_everything(
    server: ScriptedServer, client: Client, tmp_path: Path
) -> None:
    server.answer(many(30))
    path = tmp_path / "all.jsonl"
    outcome = await run(filtered(client), path, form=Headed())
    assert ids_in(path) == ["first", *(uuid_of(number) for number in range(1, 31))]
    assert outcome.size == path.stat().st_size
    assert list(files_in(tmp_path)) == ["all.jsonl"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_disk_that_is_full_before_the_head_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = WholeFile(tmp_path / "x")
    file.open()
    file.write(b"body")
    monkeypatch.setattr(os, "write", _full)
    with pytest.raises(CannotWrite):
        file.put_before(b"head")
    file.discard()
    assert files_in(tmp_path) == {}


def _full(_descriptor: int, _data: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


BEGUN = """
import sys
from pathlib import Path
from tui.store.export.whole_file import WholeFile

file = WholeFile(Path(sys.argv[1]) / "never")
file.open()
file.write(b"half of it")
file.put_before(b"head")
print("begun", flush=True)
sys.stdin.read()
"""


def test_what_a_killed_export_left_is_taken_away_at_the_next_one_and_nothing_else(tmp_path: Path) -> None:
    kept = {f".clarifeye-{name}.part": "mine" for name in ("0123456789a", "notes", "0123456789AB")}
    for name, text in kept.items():
        (tmp_path / name).write_text(text)
    (tmp_path / ".clarifeye-000000000001.part").symlink_to(tmp_path / ".clarifeye-notes.part")
    (tmp_path / ".clarifeye-000000000002.part").mkdir()
    os.mkfifo(tmp_path / ".clarifeye-000000000003.part")
    odd = {path.name for path in tmp_path.iterdir()}
    begun = [sys.executable, "-c", BEGUN, str(tmp_path)]
    with (
        subprocess.Popen(begun, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as killed,
        subprocess.Popen(begun, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as living,
    ):
        for process in (killed, living):
            assert process.stdout is not None
            assert process.stdout.readline() == b"begun\n"
        assert len({path.name for path in tmp_path.iterdir()} - odd) == 2
        killed.kill()
        killed.wait()
        for number in range(2):
            file = WholeFile(tmp_path / f"whole {number}")
            file.open()
            file.finish()
        left = {path.name for path in tmp_path.iterdir()} - odd - {"whole 0", "whole 1"}
        assert len(left) == 1
        assert (tmp_path / left.pop()).read_text() == "headhalf of it"
        living.kill()
    assert odd < {path.name for path in tmp_path.iterdir()}
