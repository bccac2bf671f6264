"""What is left of the facts on the disk: with nothing kept nothing is, however the program ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import json, sys
from tui.api.decode import decode_record
from tui.store.facts.database import FactsDatabase
database = FactsDatabase()
for number in range(20_000):
    raw = json.dumps({"id": f"c{number}", "name": "secret " * 40, "chat_history": []}).encode()
    database.take(decode_record(raw))
database.flush()
sys.stdout.write("full\\n")
sys.stdout.flush()
sys.stdin.read()
"""


def test_a_killed_program_leaves_no_facts(tmp_path: Path) -> None:
    environment = {**os.environ, "SQLITE_TMPDIR": str(tmp_path), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"full\n"
        held = (
            [os.readlink(path) for path in Path(f"/proc/{program.pid}/fd").iterdir()] if sys.platform == "linux" else []
        )
        assert not held or any(str(tmp_path) in target and "(deleted)" in target for target in held)
        program.send_signal(signal.SIGKILL)
        program.wait()
    assert list(tmp_path.iterdir()) == []
