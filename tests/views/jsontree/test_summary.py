"""What a folded tool call says, read from the shape alone."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.history.test_outcome import VALUES
from tui.store.history.stated import CallFailure
from tui.views.jsontree.summary import failure_words, short_result, telling_parameters
from tui.views.text.wrap import plain


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"top_k": 10, "query": "refund damaged"}, 'query="refund damaged" top_k=10'),
        ({"mode": "id", "document_ids": [1, 2, 3], "filter": {"a": 1}}, "mode=id document_ids=[3] filter={…}"),
        ({"search_query_within_documents": "vat", "limit": None}, "search_query_within_documents=vat limit=null"),
        ({"a": "5", "b": 5, "c": "true", "d": True, "e": "", "f": "x=1"}, 'a="5" c="true" d=true f="x=1" b=5 e=""'),
        ({"path": "/home/ana/src/specstory/specstory/main.go"}, "path=…/specstory/main.go"),
        ({"path": "/home/ana/main.go"}, "path=/home/ana/main.go"),
        ({"path": r"C:\Users\ana\Documents\reports\2026\may.txt"}, r"path=…\2026\may.txt"),
        (
            {"url": "https://example.org/a/b/c/d/e/f/g/h/index.html"},
            "url=https://example.org/a/b/c/d/e/f/g/h/index.html",
        ),
        ({"command": "ls -la /home/ana/src/specstory/cmd/watch && pwd"}, 'command="ls -la …/cmd/watch && pwd"'),
        ({}, ""),
        (None, ""),
        ("2 + 2", '"2 + 2"'),
        ({"code": "a\nb\x1b[31m"}, 'code="a b^[[31m"'),
    ],
)
def test_parameters_on_one_line(parameters: object, expected: str) -> None:
    assert telling_parameters(json.dumps(parameters).encode(), 100) == expected


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ({"path": "a.go", "limit": 5}, {"path": "b.go", "limit": 5}, "⋯ path=b.go"),
        ({"path": "a.go"}, {"path": "a.go", "limit": 5}, "⋯ limit=5"),
        ({"path": "a.go", "limit": 5}, {"path": "a.go", "limit": 5}, "same parameters"),
        ({"path": "a.go", "limit": 5}, {"path": "a.go"}, "path=a.go"),
        ({"path": "a.go"}, {"path": "b.go"}, "path=b.go"),
        ({"path": "a.go"}, "a.go", "a.go"),
        ("a.go", {"path": "b.go"}, "path=b.go"),
        ({}, {}, ""),
        (
            {"c": "cd src/service && make build test && ./run one"},
            {"c": "cd src/service && make build test && ./run two three"},
            'c="…two three"',
        ),
        (
            {"p": "/home/ana/one/deep/pkg/main.go", "x": "/home/ana/src/specstory/pkg/main.go"},
            {"p": "/home/ana/two/deep/pkg/main.go", "x": "/home/ana/src/storyspec/pkg/main.go"},
            "p=/home/ana/two/deep/pkg/main.go x=/home/ana/src/storyspec/pkg/main.go",
        ),
    ],
)
def test_of_a_call_like_the_one_before_what_differs_is_told(before: object, now: object, expected: str) -> None:
    assert telling_parameters(json.dumps(now).encode(), 100, json.dumps(before).encode()) == expected


def test_the_less_room_there_is_the_sooner_what_is_common_is_left_out() -> None:
    one, other = (json.dumps({"c": f"git diff main -- docs/{name}.md"}).encode() for name in ("one", "other"))
    assert telling_parameters(other, 90, one) == 'c="git diff main -- docs/other.md"'
    assert telling_parameters(other, 60, one) == "c=…other.md"


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        (["ok"], '"ok"'),
        ("ok", '"ok"'),
        ([12.50], "12.5"),
        (True, "true"),
        ([None], "null"),
        ([{"status": "booked", "seats": 2}], '{ status: "booked", seats: 2 }'),
        (["a\nb"], None),
        (["a", "b"], None),
        ([], None),
        (["x" * 60], None),
        ([{"a": {"b": 1}}], None),
    ],
)
def test_a_result_of_a_few_cells_is_told_as_it_is(results: object, expected: str | None) -> None:
    line = short_result(json.dumps(results).encode())
    assert (None if line is None else plain(line)) == expected


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
    for before in (None, raw, b'{"query": "x"}'):
        assert "\n" not in telling_parameters(raw, limit, before)
    line = short_result(raw)
    assert line is None or "\n" not in plain(line)
