"""How much came back from a call, and whether nothing did."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.store.history.outcome import CallOutcome, outcome_of
from tui.terminal.text.clean import clean_line

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.just("Error: x"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["error", "error_code", "error_type", "status", "message", "type", "text"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"[]", CallOutcome(0, 2, empty=True)),
        (b"null", CallOutcome(None, 4, empty=True)),
        (b'""', CallOutcome(None, 2, empty=True)),
        (b"{}", CallOutcome(None, 2, empty=True)),
        (b"[1, 2]", CallOutcome(2, 6)),
        (b'{"a": 1}', CallOutcome(None, 8)),
        (None, CallOutcome(None, 0, empty=True)),
        (b"not json", CallOutcome(None, 8)),
    ],
)
def test_count_size_and_emptiness(raw: bytes | None, expected: CallOutcome) -> None:
    assert outcome_of(raw) == expected


@given(st.binary(max_size=80) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_nothing_that_comes_raises(raw: bytes) -> None:
    came = outcome_of(raw)
    assert came.size == len(raw)
    assert came.failure is None or (came.failure.words and clean_line(came.failure.words) == came.failure.words)
