"""Labels, reasons, notes and names in other people's lines of verdicts: seen wherever they stand, and never acting."""

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.harness.terminal_run import ROOT
from tests.hostile.payloads import PAYLOADS, Payload, of_family
from tests.hostile.project import to_json
from tests.hostile.tour import TUI, Tour, begun
from tests.hostile.wire import findings
from tests.servers import Reply, ScriptedServer, conversation, message, uuid_of
from tui.demo.http import Request
from tui.terminal.text.clean import has_controls

TYPED = (*PAYLOADS[::24], *of_family("cut")[::5], *of_family("stacks")[::5])
"""What can be pasted, and not only stand in a file."""

SOME = (*TYPED, *of_family("surrogates"))
"""As many as are led past in a few seconds."""


def markers(fields: str, payloads: Iterable[Payload] = SOME) -> set[str]:
    """The markers of some fields."""
    return {payload.marker(field) for field in fields.split() for payload in payloads}


def _answer(request: Request) -> Reply:
    if request.path.rstrip("/").rpartition("/")[2] != "playground-conversations":
        return Reply(404, b"{}")
    history = [message("Why?", query_id=1), message("So.", role="assistant", query_id=1)]
    rows = [
        conversation(place, name=payload.marked("nm"), chat_history=history) for place, payload in enumerate(SOME, 1)
    ]
    offset, limit = (int(request.parameters[name][-1]) for name in ("offset", "limit"))
    return Reply(200, to_json({"count": len(rows), "results": rows[offset : offset + limit]}))


def _lines(project: str) -> bytes:
    """Of each conversation and of its turn one line with a strange label, reason, note and reviewer each."""
    lines = []
    for place, payload in enumerate(SOME, 1):
        for query_id, kind in ((None, "v"), (1, "w")):
            strange = {
                "label": payload.marked(f"{kind}l"),
                "reasons": [payload.marked(f"{kind}r")],
                "note": payload.marked(f"{kind}n"),
                "reviewer": payload.marked(f"{kind}b"),
            }
            for number, (name, value) in enumerate(strange.items()):
                usual = {"label": "pass", "reviewer": f"bo{number}", "at": f"2026-01-01T00:00:0{number}+00:00"}
                about = {"id": f"{place} {kind} {name}", "project": project, "conversation": uuid_of(place)}
                lines.append({"v": 1, **about, "query_id": query_id, **usual, name: value})
    lines += [{"v": 1, "id": payload.marked("xi"), payload.marked("xk"): payload.marked("xv")} for payload in SOME]
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines) + PAYLOADS[0].text.encode() + b"\n"


@pytest.fixture
def tour(server: ScriptedServer, environ: Mapping[str, str]) -> Iterator[Tour]:
    server.answer(_answer)
    with begun(environ) as run:
        yield run


def _judge_as_ana(tour: Tour) -> None:
    """The first verdict makes the file; a name that is no plain words is not taken."""
    tour.send(".p")
    tour.wait_for("Who judges")
    for payload in TYPED:
        tour.paste(payload.marked("an"))
        tour.press("\x15")
    tour.press("ana\r")
    tour.wait_for("✓ pass")


def test_what_others_said_is_seen_and_nothing_of_it_acts(
    tour: Tour, server: ScriptedServer, environ: Mapping[str, str], tmp_path: Path
) -> None:
    _judge_as_ana(tour)
    [file] = (tmp_path / ".local/share/clarifeye-tui/verdicts").glob("*.jsonl")
    with file.open("ab") as others:
        others.write(_lines(server.project_id))
    tour.wait_for(SOME[1].marker("vl"))
    tour.walk("\x1b[6~", markers("vl nm", SOME[1:]), start="\x1b[H", end=f"{len(SOME)}/{len(SOME)}")
    _look_at_the_column(tour)
    _read_them(tour)
    _go_through_the_queue(tour)
    listed = subprocess.run([*TUI, "verdicts", "list"], env=environ, cwd=ROOT, capture_output=True, check=True)
    assert findings(listed.stdout + listed.stderr) == []
    assert not has_controls(listed.stdout.decode().replace("\n", ""))


def _look_at_the_column(tour: Tour) -> None:
    tour.press("zd")
    tour.wait_for("verdict")
    tour.seen.clear()
    tour.walk("\x1b[6~", markers("vl", SOME[1:]), start="\x1b[H", end=f"{len(SOME)}/{len(SOME)}")
    tour.press("dz\x1b[H")


def _read_them(tour: Tour) -> None:
    tour.press("\r")
    tour.wait_for("T tool calls")
    for payload in SOME:
        tour.wait_for(payload.marker("vl"))
        tour.walk(" ", markers("vl vr vn vb wl wr wn wb", [payload]), start="g")
        tour.send(".")
        tour.wait_for("Esc leaves")
        tour.settle()
        tour.send("\x1b")  # a lone Escape is one only when nothing follows at once
        tour.wait_until(lambda: "Esc leaves" not in tour.text)
        tour.press(">")
    tour.press("q")


def _go_through_the_queue(tour: Tour) -> None:
    tour.send("Q")
    tour.wait_for("Review everything")
    tour.seen.clear()
    for payload in SOME[1:]:
        tour.wait_for(payload.marker("vl"))
        tour.walk(" ", markers("vl vr vn vb wl wr wn wb nm", [payload]), start="g")
        if payload in TYPED:
            tour.press("i")
            tour.paste(payload.marked("no"))
            tour.press("\r")
            tour.wait_for(f"note: {payload.marker('no')}")
        tour.press("!")
        tour.press("f1")
    tour.wait_for("Done")
    tour.press("q")
