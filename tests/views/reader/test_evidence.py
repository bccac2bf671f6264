"""From a number in the list to what it counts."""

import pytest

from tests.views.reader.reading import Reading
from tests.views.transcript.histories import answer, message, tool
from tui.store.reading_terms import Land
from tui.views.reader.place import land

HIT = [{"text": "hit"}]
HISTORY = [
    message("One?", 1, 0),
    tool(HIT, 1, 1, input_parameters={"query": "a"}),
    answer("First.", 1, 500, used_tokens_input=10),
    message("Two?", 2, 600),
    tool(HIT, 2, 601, input_parameters={"query": "b"}),
    tool([], 2, 602, input_parameters={"query": "b"}),
    tool(HIT, 2, 603, input_parameters={"query": "b"}),
    answer("Second.", 2, 604, used_tokens_input=90_000),
    message("Three?", 3, 700),
    answer("Third.", 3, 701, used_tokens_input=20),
]


@pytest.mark.parametrize("focused", [False, True])
@pytest.mark.parametrize(
    ("of", "words", "turn"),
    [
        ("calls", "query=a", 1),
        ("repeat", "query=b", 2),
        ("tokens", "Turn 2", 2),
        ("took", "Turn 1", 1),
        ("turns", "Turn 3", 3),
    ],
)
def test_a_number_leads_to_what_it_counts(of: str, words: str, turn: int, *, focused: bool) -> None:
    it = Reading(HISTORY, width=100, height=60)
    if focused:
        it.press("F")
    land(it.reader, Land(evidence=of))
    it.rest()
    assert words in it.line
    assert it.reader.position.startswith(f"turn {turn}/3")


@pytest.mark.parametrize("of", ["calls", "repeat", "tokens", "took", "turns"])
def test_where_there_is_none_that_is_said(of: str) -> None:
    it = Reading([], width=100)
    land(it.reader, Land(evidence=of))
    it.rest()
    assert it.said == ["There is nothing of that here."]
