"""Whatever is pasted goes into the line in its order, is told where something is left out, and never acts as a key."""

import sys
from collections.abc import Mapping
from pathlib import Path

from tests.hostile.tour import Tour
from tests.servers import LiveProject, ScriptedServer, conversation

ROOT = Path(__file__).parents[2]
TUI = [sys.executable, "-m", "tui"]


def test_a_paste_full_of_keys_is_text(server: ScriptedServer, environ: Mapping[str, str]) -> None:
    server.answer(LiveProject([conversation(number) for number in range(3)]))
    with Tour(TUI, environ, ROOT, columns=130, rows=40) as run:
        run.wait_for("Conversations 1/3")
        run.send("/")
        run.wait_for("Esc back")
        run.send("\x1b[200~abc\x1b[31mdef\x1b\x07\r\n\x11q\x03\r\x1b[201~")
        run.wait_for(r"5 control or invisible characters were left out")
        run.wait_for(r"abc\[31mdef q")
        assert run.is_running
        assert not [request for request in server.requests if "conversation_search" in str(request.query)]
        run.send("x\x15")
        run.send("\x1b")
        run.wait_for("Enter read")
        run.send("\x1b[200~q\r\x1b[201~")  # nothing takes it
        run.send("?")
        run.wait_for("Everywhere")
        run.send("q")
        run.send("\x11")
        assert run.wait_for_exit() == 0


def test_a_token_is_pasted_without_its_line_end_and_unseen(server: ScriptedServer, environ: Mapping[str, str]) -> None:
    variables = {name: value for name, value in environ.items() if not name.startswith("CLARIFEYE_")}
    with Tour(TUI, variables, ROOT, columns=100, rows=40) as run:
        run.wait_for("API token")
        run.send(f"\x1b[200~{server.project_id}\r\n\x1b[201~")
        run.wait_for(server.project_id)
        run.send("\r")
        run.send(f"\x1b[200~{server.token}\r\n\x1b[201~")
        run.wait_for("•" * len(server.token))
        assert server.token.encode() not in run.raw
        run.send("\x1b")
        run.wait_for_exit()
