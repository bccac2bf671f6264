"""Whatever stands in the answers of the service: no command of it reaches the terminal, and all of it can be seen."""

import re
from collections.abc import Iterable, Iterator, Mapping

import pytest

from tests.hostile.payloads import HOSTILE, ORDINARY, PAYLOADS, Payload
from tests.hostile.project import HISTORIES, HostileProject, rows, share
from tests.hostile.tour import Tour, begun
from tests.hostile.wire import findings
from tests.servers import ScriptedServer
from tui.terminal.text.clean import clean


def test_there_are_enough_payloads_and_each_is_what_it_claims_to_be() -> None:
    assert len(HOSTILE) >= 300
    for payload in HOSTILE:
        assert clean(payload.marked("xx")) != payload.marked("xx"), payload
    for payload in ORDINARY:
        assert clean(payload.marked("xx")) == payload.marked("xx"), payload


def test_cleaning_leaves_nothing_to_find() -> None:
    for payload in PAYLOADS:
        assert findings(clean(payload.text).encode()) == [], payload


def markers(fields: str, payloads: Iterable[Payload] = PAYLOADS) -> set[str]:
    """The markers of some fields for some payloads."""
    return {payload.marker(field) for field in fields.split() for payload in payloads}


@pytest.fixture
def tour(server: ScriptedServer, environ: Mapping[str, str]) -> Iterator[Tour]:
    server.answer(HostileProject())
    with begun(environ) as run:
        yield run


def test_everything_in_the_answers_is_seen_and_nothing_of_it_acts(tour: Tour) -> None:
    _unfold_everything(tour)
    _look_at_the_list(tour)
    _look_at_the_tags(tour)
    _read_the_histories(tour)
    _read_what_the_agent_was_told(tour)
    _compare(tour)
    _read_in_other_ways(tour)


def _back_to_the_list(tour: Tour) -> None:
    """A lone Escape is one only when nothing follows at once."""
    tour.send("\x1b")
    tour.wait_for("Enter read")


def _unfold_everything(tour: Tour) -> None:
    """For all conversations; what the program says of it must be off the screen before anything is looked for."""
    tour.press("\r")
    tour.wait_for(f"turn –/{len(share(0))}")
    tour.send("iTTR")
    tour.wait_for("Reasoning: shown")
    _back_to_the_list(tour)


def _look_at_the_list(tour: Tour) -> None:
    tour.walk("\x1b[6~", markers("na ag tg"), start="\x1b[H", end=f"{len(rows())}/{len(rows())}")
    tour.press("z")
    tour.press("d")
    for key in ("\x1b[H", *["\x1b[6~"] * 6, "\x1b[H"):
        tour.press(key)
    tour.press("d")
    tour.press("z")


def _look_at_the_tags(tour: Tour) -> None:
    tour.send("t")
    tour.wait_for("Esc back")
    tour.press("\x1b[B")
    tour.wait_for("Space switch")
    tour.walk("\x1b[6~", markers("at"), start="\x1b[H", end=PAYLOADS[-1].marker("at"))
    _back_to_the_list(tour)


def _read_the_histories(tour: Tour) -> None:
    tour.press("\x1b[H")
    tour.press("\r")
    tour.wait_for("T tool calls")
    tour.press("z")
    for number in range(HISTORIES):
        tour.wait_for(share(number)[1].marker("hn"))
        tour.walk(
            " ",
            markers("hn ht mc re tt pk pv rk rv ro ty tm ft fc fm gw ct ck cn fx fs fg fo", share(number)),
            start="g",
        )
        tour.press(">")
    for payload in PAYLOADS[14::40]:
        tour.send("40>" if payload.number > 14 else "14>")
        tour.wait_for(payload.marker("em"))


def _read_what_the_agent_was_told(tour: Tour) -> None:
    tour.press("999<")
    tour.wait_for(share(0)[1].marker("hn"))
    tour.press("A")
    tour.wait_for("What the agent was told")
    tour.walk(
        " ",
        markers("ai on od ot oo", PAYLOADS[:200:2]) | markers("ad ab as"),
        start="g",
        end=PAYLOADS[199].marker("od"),
    )
    tour.press("M")
    tour.press("q")
    tour.wait_for("T tool calls")


def _compare(tour: Tour) -> None:
    """Two histories in which nothing is alike: every part of each is seen in it."""
    _back_to_the_list(tour)
    tour.press("\x1b[H")
    tour.press("  D")
    tour.wait_for("difference 1/")
    tour.seen.clear()
    both = (*share(0), *share(1))
    short = [payload for payload in both if len(clean(payload.text)) < 60]  # the values of others are cut
    wanted = markers("mc re tt pk rk ct", both) | markers("pv rv", short)
    tour.walk(" ", wanted, start="g", end="outside any turn")
    tour.press("y")
    tour.press("x")
    tour.wait_for("Export the comparison")
    tour.send("\x1b")
    tour.wait_for("y copy")
    _back_to_the_list(tour)
    tour.press("U\x1b[H\r")
    tour.wait_for("T tool calls")


def _read_in_other_ways(tour: Tour) -> None:
    tour.press("M")
    while not re.search("100 %", tour.text):
        tour.press(" ")
    for keys in ("/", "lv120q", "\r", "n", "/", "ta000q", "\r", "|", "|", "?"):
        tour.press(keys)
