"""Tables across conversations: names of tools and parameters, values, failures and names, in heads, cells and files."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.payloads import HOSTILE, PAYLOADS, Payload
from tests.hostile.project import to_json
from tests.hostile.test_exports import CONTROL
from tests.hostile.tour import Tour, begun
from tests.servers import Json, Reply, ScriptedServer, conversation, message, tool_call
from tui.demo.http import Request
from tui.store.across.column import CellKind, TableColumn
from tui.store.across.value import Missing, Value
from tui.terminal.text.clean import has_controls
from tui.views.tables.cells import cell_of, whole_words
from tui.views.tables.texts import csv_line, json_line, tsv

SOME = PAYLOADS[::9]
"""As many as are led past in a few seconds."""


def _row(payload: Payload) -> Json:
    parameters = {payload.marked("pn"): payload.marked("pv"), "deep": {payload.marked("dn"): 1}}
    history = [
        message("Why?"),
        tool_call(payload.marked("tl"), input_parameters=parameters, results=f"Error: {payload.marked('fw')}"),
        tool_call("zz_plain", input_parameters={"value": payload.marked("gv")}, results=[{"a": 1}]),
    ]
    return conversation(payload.number, name=payload.marked("nm"), chat_history=history)


@pytest.fixture
def tour(server: ScriptedServer, environ: Mapping[str, str]) -> Iterator[Tour]:
    rows = [_row(payload) for payload in SOME]

    def answer(request: Request) -> Reply:
        last = request.path.rstrip("/").rpartition("/")[2]
        if last != "playground-conversations":
            return Reply(404, b"{}")
        offset, limit = (int(request.parameters[name][-1]) for name in ("offset", "limit"))
        return Reply(200, to_json({"count": len(rows), "results": rows[offset : offset + limit]}))

    server.answer(answer)
    with begun(environ) as run:
        yield run


def test_what_strangers_call_their_tools_and_parameters_is_seen_in_tables_and_does_nothing(tour: Tour) -> None:
    tour.send("L")
    tour.wait_for(f"Tools 1/{len(SOME) + 1}(.|\\n)*all read")
    tour.walk("\x1b[6~", {payload.marker("tl") for payload in SOME}, start="\x1b[H", end=f"Tools {len(SOME) + 1}/")
    tour.press("\t")
    tour.walk("\x1b[6~", {payload.marker("fw") for payload in SOME}, start="\x1b[H", end=f"Failures {len(SOME)}/")
    tour.press("\r")
    tour.wait_for("Calls 1/1")
    tour.press("llll")
    tour.press("F")
    tour.wait_for("values of")
    tour.press("?")
    tour.wait_for("Columns of")
    tour.send("\x1b")
    tour.wait_until(lambda: "Columns of" not in tour.text)
    tour.send("q")
    tour.wait_for("Calls 1/1")
    tour.send("q")
    tour.wait_for(rf"Tools \d+/{len(SOME) + 1} ")
    tour.press("\t")
    tour.send("/zz_plain\r")
    tour.wait_for("name of the tool: zz_plain")
    tour.press("\r")
    tour.wait_for(f"Calls 1/{len(SOME)}")
    tour.press("l")
    tour.press("F")
    tour.wait_for(r"Values of value \d")
    tour.seen.clear()
    kept = {payload.marker("gv") for payload in SOME if len(payload.marked("gv").encode("utf-8", "replace")) <= 128}
    tour.walk("\x1b[6~", kept, start="\x1b[H", end=r"(\d+)/\1 ")
    tour.press("\r")
    tour.wait_for("value = ")
    tour.press("qq")
    tour.walk("l", [SOME[0].marker("nm")], end="nowhere")
    tour.press("qq")
    _back_to_the_list(tour)
    tour.seen.clear()
    tour.send("#")
    tour.wait_for("per day 1/1")
    tour.press("]]]]")
    tour.wait_for("Tools by calls and failures 1/")
    tour.walk("\x1b[6~", {payload.marker("tl") for payload in SOME}, start="\x1b[H", end=r"failures (\d+)/\1 ")
    tour.press("\r")
    tour.wait_for("tool:.*×")


def _back_to_the_list(tour: Tour) -> None:
    while not re.search("━ Conversations", tour.text):
        tour.press("\x1b")


COLUMNS = [TableColumn("value", "value", kind) for kind in CellKind]


def test_no_cell_and_no_file_has_what_acts() -> None:
    now = datetime.now(UTC)
    for payload in HOSTILE:
        for column in COLUMNS:
            assert not has_controls(cell_of(payload.text, column, now).text), payload
            assert not has_controls(whole_words(payload.text, column, now)), payload
        head = TableColumn(payload.text, payload.text, CellKind.ANY)
        written = csv_line([payload.text, payload.text])
        assert CONTROL.search(written.replace("\r", "").replace("\n", "")) is None, payload
        assert CONTROL.search(json_line([head], [payload.text])[:-1]) is None, payload
        assert tsv([head], [[payload.text]]).count("\n") == 2, payload


VALUES = st.one_of(st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none(),
                   st.sampled_from(Missing))  # fmt: skip


@settings(deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=4))
def test_files_say_what_the_cells_hold(values: list[Value]) -> None:
    columns = [TableColumn(f"c{place}", f"c{place}", CellKind.ANY) for place in range(len(values))]
    read = json.loads(json_line(columns, values))
    for column, value in zip(columns, values, strict=True):
        if value is Missing.CUT:
            assert read[column.key] == {"cut": True}
        elif isinstance(value, Missing):
            assert column.key not in read
        else:
            assert read[column.key] == value
            assert type(read[column.key]) is type(value)
    (line,) = csv.reader(io.StringIO(csv_line(values), newline=""))
    assert len(line) == len(values)
    assert not any(cell.lstrip().startswith(("=", "+", "@")) for cell in line)
    assert tsv(columns, [values]).count("\n") == 2
    assert all(row.count("\t") == len(values) - 1 for row in tsv(columns, [values]).split("\n")[:2])
