"""The one line of a tool call: what goes first where room is short."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.store.history.outcome import CallOutcome
from tui.store.history.stated import CallFailure
from tui.views.text.wrap import line_width, plain
from tui.views.transcript.blocks.tool_line import CallLine, call_line

_ASKED = json.dumps({"query": "refund window for damaged items", "top_k": 5}).encode()


def line(
    name: str, width: int, outcome: CallOutcome, *, asked: bytes | None = _ASKED, words: str = "", **more: Any
) -> str:
    made = call_line(CallLine(name, asked, outcome, 6.7, words, **more), width, folded=True)
    assert line_width(made) <= width
    return plain(made).strip()


FOUND, FAILED, EMPTY = (
    CallOutcome(12, 53_200),
    CallOutcome(1, 99, failure=CallFailure("INVALID_QUERY_EXPRESSION")),
    CallOutcome(0, 2, empty=True),
)


@pytest.mark.parametrize("width", [42, 44])
def test_a_narrow_line_tells_name_parameters_and_outcome(width: int) -> None:
    found = line("retrieval", width, FOUND)
    assert found.startswith('▸ retrieval  query="refund')
    assert found.endswith("… → 12 results")
    failed = line("knowledge_graph_lookup", width, FAILED)
    assert failed.startswith("▸ knowledge")
    assert failed.endswith("… → ✗ INVALID_QUERY_EXPRESSION"), "the failure says more than the parameters"
    assert ' query="refund' in line("knowledge_graph_lookup", 80, FAILED)
    assert line("retrieval", width, EMPTY).endswith("→ empty")


def test_duration_size_parameters_and_the_end_of_the_name_go_in_this_order() -> None:
    lines = [line("web_search_with_citations", width, FOUND) for width in range(120, 30, -1)]
    without = [
        next(number for number, text in enumerate(lines) if gone not in text)
        for gone in ("6.7 s", "52 KB", "query", "citations")
    ]
    assert without == sorted(without)
    assert len(set(without)) == 4
    assert all("12 results" in text for text in lines)
    assert all("…" in text for text in lines if ("query" in text and "top_k=5" not in text) or "citations" not in text)


@given(st.text(max_size=30), st.text(max_size=40), st.text(max_size=30), st.integers(1, 130))
def test_it_fits_into_any_width(name: str, asked: str, words: str, width: int) -> None:
    for outcome in (FOUND, FAILED, EMPTY, CallOutcome(None, 10**7)):
        for parameters in (None, json.dumps({"q": asked}).encode()):
            line(name.replace("\n", ""), width, outcome, asked=parameters, words=words.replace("\n", ""))


def test_without_parameters_their_room_is_not_left_empty() -> None:
    assert line("knowledge_graph_lookup", 60, FAILED, asked=None).endswith("INVALID_QUERY_EXPRESSION")
    assert "…" not in line("retrieval", 44, FOUND, asked=b"{}")


def test_a_short_result_stands_on_the_line_and_a_run_says_how_often() -> None:
    booked = b'["ok"]'
    assert line("book", 80, CallOutcome(1, 6), results=booked).endswith('→ "ok", 6.7 s')
    assert line("book", 80, CallOutcome(1, 6), results=booked, times=14).endswith('→ "ok" ×14 · same result, 6.7 s')
    assert line("book", 40, CallOutcome(1, 6), results=booked, times=14).endswith('→ "ok" ×14')
    assert line("book", 80, EMPTY, results=b"[]", times=2).endswith("→ empty ×2 · same result, 6.7 s")
    failed = CallOutcome(1, 9, failure=CallFailure("Error: no seat", guessed=True))
    assert line("book", 100, failed, results=b'["Error: no seat"]', times=3).endswith(
        "→ ✗? Error: no seat ×3 · same result, 6.7 s"
    )


def test_a_long_failure_leaves_a_third_of_the_line_to_the_parameters() -> None:
    failed = CallOutcome(1, 9, failure=CallFailure("no seat " * 40))
    made = line("book", 120, failed)
    assert ' query="refund window for damaged it' in made
    assert made.endswith("…")


@given(st.integers(34, 130), st.booleans())
def test_no_name_is_cut_where_parameters_are_told(width: int, long_failure: bool) -> None:
    failure = CallFailure("the service did not answer within the time that was given to it, and was not asked again")
    told = line("knowledge_graph_lookup", width, CallOutcome(1, 99, failure=failure) if long_failure else FOUND)
    assert "knowledge_graph_lookup" in told or "query=" not in told
