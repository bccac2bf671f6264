"""What facts show of histories, in columns, chips, completions and words about them: all is seen, and nothing acts."""

import re
from collections.abc import Iterator, Mapping

import pytest

from tests.hostile.payloads import HOSTILE, PAYLOADS, Payload, of_family
from tests.hostile.project import to_json
from tests.hostile.tour import Tour, begun
from tests.servers import Json, Reply, ScriptedServer, conversation, message, tool_call
from tui.demo.http import Request
from tui.terminal.text.clean import clean_line

PASTED = [*HOSTILE[7::90], *of_family("markup", "bidi", "cut")[::16]]
"""What is typed into lines; each of it takes a moment."""


def _row(payload: Payload) -> Json:
    history = [
        message(payload.marked("qu")),
        tool_call(payload.marked("tl") if payload.number % 2 else "go", results=f"Error: {payload.marked('fw')}"),
    ]
    return conversation(
        payload.number, name=None, agent_settings_name=payload.marked("ag"), tags=[payload.marked("tg")],
        chat_history=history,
    )  # fmt: skip


class Project:
    """Conversations without names, each with a failed call; `failure` answers the list while it is set."""

    def __init__(self) -> None:
        self.rows = [_row(payload) for payload in PAYLOADS]
        self.failure: Reply | None = None

    def __call__(self, request: Request) -> Reply:
        last = request.path.rstrip("/").rpartition("/")[2]
        if last == "all-tags":
            return Reply(200, to_json({"tags": [payload.marked("tg") for payload in PAYLOADS]}))
        if last != "playground-conversations":
            return Reply(404, b"{}")
        if self.failure is not None:
            return self.failure
        offset, limit = (int(request.parameters[name][-1]) for name in ("offset", "limit"))
        return Reply(200, to_json({"count": len(self.rows), "results": self.rows[offset : offset + limit]}))


@pytest.fixture
def project(server: ScriptedServer) -> Project:
    made = Project()
    server.answer(made)
    return made


@pytest.fixture
def tour(project: Project, environ: Mapping[str, str]) -> Iterator[Tour]:
    with begun(environ) as run:
        yield run


def test_what_histories_tell_is_seen_in_columns_and_nothing_of_it_acts(tour: Tour) -> None:
    tour.press("z")
    tour.press("d")
    tour.send("oa")
    tour.wait_for("by agent ↓?.*all read")
    wanted = {payload.marker(field) for field in ("ag", "qu") for payload in PAYLOADS}
    wanted |= {payload.marker("tl" if payload.number % 2 else "fw") for payload in PAYLOADS}
    end = f"{len(PAYLOADS)}/{len(PAYLOADS)}"
    tour.walk("\x1b[6~", wanted, start="\x1b[H", end=end)
    tour.press("C")
    for letter in "dfrcTts":
        tour.press(letter)
    tour.press("\x1b")
    tour.seen.clear()
    tour.walk("\x1b[6~", wanted, start="\x1b[H", end=end)
    tour.press("e")
    tour.wait_for("Enter fold")


def test_nothing_is_completed_that_would_stand_in_the_line_unseen(tour: Tour) -> None:
    tour.send("/")
    tour.wait_for("Enter apply")
    offered = [payload for payload in PAYLOADS if clean_line(payload.marked("tg")) == payload.marked("tg")]
    hidden = HOSTILE[0]
    tour.press(f"tag:{hidden.marker('tg')}\t")
    tour.wait_for(f"tag:{hidden.marker('tg')} ")
    tour.press("\x15")
    tour.press(f"tag:{offered[0].marker('tg')[:4]}\t")
    for _ in range(60):
        tour.press("\t")
    tour.send("\r")
    tour.wait_for("tg.*×")


def test_lines_that_are_typed_are_seen_in_their_mistakes_and_chips(tour: Tour) -> None:
    for payload in PASTED:
        text = payload.text
        lines = {
            f"{text} failed:{text}": "failed:( takes a|.*×)",
            f'name:"{text}"': "name:.*×|A value is missing",  # nothing may be left of it
        }
        for line, answer in lines.items():
            tour.send("/")
            tour.paste(line.encode("utf-8", "replace").decode())
            tour.press("\r")
            tour.wait_for(answer)
            tour.press("\x15")
            _back_to_the_list(tour)
            tour.press("c")
    tour.send("@")
    tour.wait_for("Go to")
    tour.paste(PASTED[0].text)
    tour.press("\r")
    tour.wait_for("That is no day")
    tour.press("\x1b")


def _back_to_the_list(tour: Tour) -> None:
    """A lone Escape is one only when nothing follows at once; the first one may end a search.

    The title tells who has the keys; over the line of keys a notice stands for seconds.
    """
    while not re.search("━ Conversations", tour.text):
        tour.press("\x1b")


def test_what_a_server_says_while_it_is_read_on_does_not_act(tour: Tour, project: Project) -> None:
    tour.send("of")
    tour.wait_for("all read")
    payload = next(payload for payload in of_family("osc"))
    project.failure = Reply(500, to_json({"error": payload.marked("no")}))
    tour.press("r")
    tour.wait_for(payload.marker("no"))
    tour.press("R")
    while not re.search(f"Reading on(.|\\n)*{payload.marker('no')}", tour.text):  # once it has failed, too
        tour.press("\x1b")
        tour.press("!")
    tour.press("\x1b")


def test_what_a_server_says_while_its_pause_lasts_does_not_act(tour: Tour, project: Project) -> None:
    for payload in of_family("osc", "csi", "bidi")[::12]:
        words = to_json({"error": payload.marked("ps")})
        project.failure = Reply(429, words, (("Content-Type", "application/json"), ("Retry-After", "25")))
        tour.press("r")
        tour.wait_for(f"Too many requests: .*{payload.marker('ps')}")
        project.failure = None
        tour.press("r")
        tour.wait_until(lambda: "Too many requests" not in tour.text, name="the list again")
