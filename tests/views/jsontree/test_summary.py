"""What a folded tool call says, read from the shape alone."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.history.test_outcome import VALUES
from tui.store.history.stated import CallFailure
from tui.views.jsontree.summary import failure_words, telling_parameters


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"top_k": 10, "query": "refund damaged"}, 'query="refund damaged" top_k=10'),
        ({"mode": "id", "document_ids": [1, 2, 3], "filter": {"a": 1}}, 'mode="id" document_ids=[3] filter={…}'),
        ({"search_query_within_documents": "vat", "limit": None}, 'search_query_within_documents="vat" limit=null'),
        ({}, ""),
        (None, ""),
        ("2 + 2", '"2 + 2"'),
        ({"code": "a\nb\x1b[31m"}, 'code="a b^[[31m"'),
    ],
)
def test_parameters_on_one_line(parameters: object, expected: str) -> None:
    assert telling_parameters(json.dumps(parameters).encode(), 100) == expected


def test_long_parameters_are_cut_at_the_limit() -> None:
    shown = telling_parameters(json.dumps({"query": "x" * 5_000_000, "n": 1}).encode(), 40)

    assert len(shown) == 40
    assert shown.endswith("…")
    assert telling_parameters(None, 40) == ""


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (CallFailure("INVALID_QUERY"), "INVALID_QUERY"),
        (CallFailure("x", count=1, of=3), "1 of 3 results: x"),
        (CallFailure("x", count=1_000, of=5_001, more=True), "1,000+ of 5,001 results: x"),
    ],
)
def test_a_failure_says_how_many_of_the_results_it_concerns(failure: CallFailure, words: str) -> None:
    assert failure_words(failure) == words


@given(st.binary(max_size=80) | VALUES.map(lambda value: json.dumps(value).encode()), st.integers(0, 120))
def test_no_parameters_that_come_raise(raw: bytes, limit: int) -> None:
    assert "\n" not in telling_parameters(raw, limit)
