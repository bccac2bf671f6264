"""`python -m tui.demo`: the demo for other clients."""

import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo.client import Client

ROOT = Path(__file__).parents[2]


def command(*flags: str) -> list[str]:
    return [sys.executable, "-m", "tui.demo", *flags]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_says_how_to_reach_it_serves_and_ends_quietly(tmp_path: Path, end: signal.Signals) -> None:
    environ = {"TMPDIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(
        command("--conversations", "30", "--weight", "20"), cwd=ROOT, env=environ,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        assert server.stdout
        assert server.stderr
        lines = [server.stdout.readline() for _ in range(7)]
        told = dict(word.split("=", 1) for line in lines[2:5] for word in shlex.split(line)[1:])
        assert lines[6].split()[-1] == "clarifeye-tui"
        client = Client(told["CLARIFEYE_BASE_URL"], told["CLARIFEYE_PROJECT"], told["CLARIFEYE_TOKEN"])
        assert client.page(include_archived="true").json["count"] == 30
        assert list(tmp_path.iterdir()) == []
        server.send_signal(end)
        assert server.wait(20) == 0
        assert server.stderr.read() == ""


@pytest.mark.parametrize(
    "flags", [("--host", "0.0.0.0"), ("--conversations", "200001"), ("--port", "70000"), ("--weight", "-1")]
)
def test_what_it_cannot_do_is_refused(flags: tuple[str, str]) -> None:
    ran = subprocess.run(command(*flags), cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert flags[0] in ran.stderr
    assert "Traceback" not in ran.stderr
