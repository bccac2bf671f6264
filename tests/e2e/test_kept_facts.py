"""What the real program leaves of conversations on the disk: nothing, unless it was told to keep facts."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun
from tests.servers import LiveProject, Reply, ScriptedServer, conversation, message, page_of
from tui.demo.http import Answer, Request

ROWS = [conversation(number, chat_history=[message("Hello")]) for number in range(1, 2_401)]


def _held_from_the_middle(_request: Request, offset: int, limit: int) -> Answer | None:
    """Half of the list comes, and nothing more: however fast the machine is, it is killed in the middle."""
    page = page_of(ROWS[offset : offset + limit], count=len(ROWS))
    return None if offset < len(ROWS) // 2 else Reply(200, page.body, hold=threading.Event())


@pytest.fixture
def command() -> str:
    """The command as it was installed beside this Python."""
    found = shutil.which("clarifeye-tui", path=str(Path(sys.executable).parent))
    assert found is not None, "the package is not installed: run make test"
    return found


@pytest.fixture
def environ(tmp_path: Path) -> Mapping[str, str]:
    """A home, and a folder for whatever is temporary."""
    for name in ("home", "tmp"):
        (tmp_path / name).mkdir()
    temporary = str(tmp_path / "tmp")
    return {"HOME": str(tmp_path / "home"), "TMPDIR": temporary, "SQLITE_TMPDIR": temporary, "LANG": "C.UTF-8"}


def databases(folder: Path) -> Iterator[Path]:
    """All files that SQLite has written, whatever they are called."""
    return (
        path
        for path in folder.rglob("*")
        if path.is_file() and path.read_bytes()[:15] in (b"SQLite format 3", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
    )


def read_all(command: str, environ: Mapping[str, str], *flags: str) -> None:
    """Sort, read all of the demo, and be killed."""
    flags = ("--demo", "--read-on-below", "1GB", *flags)
    with TerminalRun([command, *flags], environ=environ, columns=180) as run:
        run.wait_for(r"Conversations 1/2,")
        run.send("of")
        run.wait_for(r"all read")
        run.kill(signal.SIGKILL)
        run.wait_for_exit()


def test_killed_with_nothing_kept_it_leaves_nothing(command: str, environ: Mapping[str, str], tmp_path: Path) -> None:
    read_all(command, environ)
    assert list((tmp_path / "tmp").iterdir()) == []
    assert list(databases(tmp_path)) == []


def test_killed_in_the_middle_of_reading_the_next_start_has_what_was_read(
    command: str, environ: Mapping[str, str], server: ScriptedServer, tmp_path: Path
) -> None:
    """What was written together in the last moment may be lost; the file is whole."""
    server.answer(LiveProject(ROWS, on_list=_held_from_the_middle))
    environ = {
        **environ,
        "CLARIFEYE_BASE_URL": server.base_url,
        "CLARIFEYE_PROJECT": server.project_id,
        "CLARIFEYE_TOKEN": server.token,
    }
    with TerminalRun([command, "--read-on-below=1GB", "--keep=facts"], environ=environ, columns=180) as run:
        run.wait_for(r"Conversations 1/2,400")
        run.send("of")
        run.wait_for(r"read 1,\d\d\d/2,400")
        run.kill(signal.SIGKILL)
        run.wait_for_exit()
        assert "all read" not in run.text
    (kept,) = databases(tmp_path)
    with sqlite3.connect(kept) as connection:
        ((read,),) = connection.execute("SELECT count(*) FROM conversations")
    connection.close()
    assert 100 < read < 2_000
    with TerminalRun([command, "--keep=facts", "--read-on-below=0"], environ=environ, columns=180) as run:
        run.wait_for(r"Conversations \d+/")
        run.send("of")
        run.wait_for(r"\d\d of \d\d:\d\d")
        assert "set aside" not in run.text
        run.send("q")
        assert run.wait_for_exit() == 0


def test_killed_with_facts_kept_the_next_start_has_them_until_they_are_forgotten(
    command: str, environ: Mapping[str, str], tmp_path: Path
) -> None:
    read_all(command, environ, "--keep", "facts")
    (kept,) = databases(tmp_path)
    with TerminalRun([command, "--demo", "--keep=facts", "--read-on-below=0"], environ=environ, columns=180) as run:
        run.wait_for(r"2,\d\d\d of \d\d:\d\d")
        run.send("q")
        assert run.wait_for_exit() == 0
    told = subprocess.run(
        [command, "doctor", "--demo"], env=environ, capture_output=True, text=True, check=False
    ).stdout
    assert "note  kept facts" in told
    assert "first questions" in told
    forgotten = subprocess.run([command, "forget"], env=environ, capture_output=True, text=True, check=True).stdout
    assert f"deleted {kept} (" in forgotten
    assert list(databases(tmp_path)) == []
    again = subprocess.run([command, "forget"], env=environ, capture_output=True, text=True, check=True).stdout
    assert "No facts are kept" in again
