"""What a folded tool call says, read from the shape alone."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.text.clean import clean_line
from tui.views.jsontree.summary import ResultSummary, result_summary, telling_parameters

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["error", "error_code", "error_type", "status", "message", "query"]) | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


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
    ("results", "failed"),
    [
        (
            [{"error_type": "syntax_error", "error_code": "INVALID_QUERY", "status": 400, "message": "no"}],
            "INVALID_QUERY",
        ),
        ({"error_type": "timeout", "message": "no"}, "timeout"),
        ([{"error": "Authentication credentials were not provided."}], "Authentication credentials were not provided."),
        ({"error": {"code": 17, "message": "no"}}, "17"),
        ({"error": True}, "error"),
        ([{"status": 503}], "status 503"),
        ([{"status": 200}], None),
        ([{"status": "failed", "text": "error: invalid"}], None),
        ([{"error": None, "text": "x"}], None),
        (["Error: it broke"], None),
        ("Error: it broke", None),
        ([{"text": "fine"}, {"error": "second"}], "second"),
    ],
)
def test_failure_is_read_from_the_shape_and_never_from_prose(results: object, failed: str | None) -> None:
    assert result_summary(json.dumps(results).encode()).failed == failed


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"[]", ResultSummary(0, 2, None, True)),
        (b"null", ResultSummary(None, 4, None, True)),
        (b'""', ResultSummary(None, 2, None, True)),
        (b"{}", ResultSummary(None, 2, None, True)),
        (b"[1, 2]", ResultSummary(2, 6, None, False)),
        (b'{"a": 1}', ResultSummary(None, 8, None, False)),
        (None, ResultSummary(None, 0, None, True)),
        (b"not json", ResultSummary(None, 8, None, False)),
    ],
)
def test_count_size_and_emptiness(raw: bytes | None, expected: ResultSummary) -> None:
    assert result_summary(raw) == expected


@given(st.binary(max_size=80) | VALUES.map(lambda value: json.dumps(value).encode()), st.integers(0, 120))
def test_nothing_that_comes_raises(raw: bytes, limit: int) -> None:
    summary = result_summary(raw)
    shown = telling_parameters(raw, limit)

    assert summary.size == len(raw)
    assert summary.failed is None or clean_line(summary.failed) == summary.failed
    assert "\n" not in shown
