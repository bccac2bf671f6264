"""The demo's process: there at once, private, and gone with the program, however that ends."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.client import Client
from tui.demo.launch import SECOND_ID, DemoProcess, start_demo

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0

PARENT = """
import sys, time
from tui.demo.launch import start_demo
demo = start_demo()
print(demo.pid, demo.base_url, demo.project_id, demo.token, flush=True)
time.sleep(600)
"""


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while is_running(pid):
        assert time.monotonic() < deadline, f"{pid} is still running"
        select.select([], [], [], 0.01)


@pytest.fixture
def private_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def process(private_temp: Path) -> Iterator[DemoProcess]:
    started = start_demo()
    yield started
    started.close()


def test_it_answers_the_first_request_although_it_is_still_building(process: DemoProcess) -> None:
    got = Client(process.base_url, process.project_id, process.token).page(limit=2)
    assert got.status == 200
    assert len(got.json["results"]) == 2


def test_the_token_is_in_no_list_of_processes_environment_or_repr(process: DemoProcess) -> None:
    assert process.token not in repr(process)
    for name in ("cmdline", "environ"):
        listed = Path(f"/proc/{process.pid}/{name}")
        if listed.exists():
            assert process.token.encode() not in listed.read_bytes()


def test_settings_of_a_real_project_are_kept_from_it(private_temp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLARIFEYE_TOKEN", "a-real-secret")
    process = start_demo()
    environ = Path(f"/proc/{process.pid}/environ")
    if environ.exists():
        assert b"a-real-secret" not in environ.read_bytes()
    process.close()


def test_close_ends_it_and_may_be_called_twice(private_temp: Path) -> None:
    process = start_demo()
    process.close()
    process.close()
    assert not is_running(process.pid)


def test_nothing_is_left_on_the_disk_even_while_it_runs(process: DemoProcess, private_temp: Path) -> None:
    Client(process.base_url, process.project_id, process.token).page(limit=1)
    assert list(private_temp.iterdir()) == []


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_when_the_parent_is_killed(private_temp: Path, end: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid, base_url, project_id, token = parent.stdout.readline().split()
        assert Client(base_url, project_id, token).page(limit=1).status == 200
        parent.send_signal(end)
    wait_until_gone(int(pid))
    assert list(private_temp.iterdir()) == []


def test_starting_it_imports_next_to_nothing() -> None:
    code = "import sys; before = set(sys.modules); import tui.demo.launch; print(*sorted(set(sys.modules) - before))"
    ran = subprocess.run([sys.executable, "-I", "-S", "-c", f"import sys; sys.path.append({str(ROOT)!r}); {code}"],
                         capture_output=True, text=True, check=True)  # fmt: skip
    heavy = {"asyncio", "dataclasses", "http", "json", "re", "socket", "sqlite3", "subprocess", "typing", "textual"}
    assert not heavy & set(ran.stdout.split())


def test_a_second_project_answers_behind_the_same_token(process: DemoProcess) -> None:
    of_both = []
    for project_id in (process.project_id, SECOND_ID):
        got = Client(process.base_url, project_id, process.token).page(limit=50)
        assert got.status == 200
        of_both.append({row["id"] for row in got.json["results"]})
    assert list(map(len, of_both)) == [50, 50]
    assert of_both[0] & of_both[1] == set()
