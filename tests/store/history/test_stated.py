"""Which results state a failure: shapes that real tools answer with, and rows of data that only look like them."""

import json
from typing import Any

import pytest

from tui.store.history.outcome import outcome_of
from tui.store.history.stated import CallFailure, failure_of

SERVICE = {"error_type": "syntax_error", "error_code": "INVALID_QUERY", "status": 400, "message": "Unexpected ')'"}
HIT = {"chunk_id": "c1", "document_id": "d1", "text": "The window is 30 days.", "score": 0.83, "tags": []}


def failure_in(results: Any) -> CallFailure | None:
    return outcome_of(json.dumps(results).encode()).failure


FAILURES: list[tuple[Any, str]] = [
    (SERVICE, "INVALID_QUERY"),
    ({**SERVICE, "query": "SELECT )", "hint": None}, "INVALID_QUERY"),
    ({"error_type": "timeout", "message": "no"}, "timeout"),
    ({"error_code": "RATE_LIMITED", "retry_after": 3}, "RATE_LIMITED"),
    ({"error": "Not found."}, "Not found."),
    ({"error": "no such table", "query": "SELECT 1", "took": 3}, "no such table"),
    ({"error": "Bad Gateway", "status": 502, "path": "/search", "timestamp": "2026-01-01T00:00:00Z"}, "Bad Gateway"),
    ({"error": True}, "error"),
    ({"error": 17}, "17"),
    ({"error": {"code": 404, "message": "no", "status": "NOT_FOUND"}}, "404"),
    ({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, "overloaded_error"),
    ({"jsonrpc": "2.0", "id": 7, "error": {"code": -32601, "message": "Method not found"}}, "-32601"),
    ({"ok": False, "error": "channel_not_found"}, "channel_not_found"),
    ({"success": False, "data": None, "error": "quota"}, "quota"),
    ({"error": "ValueError: x", "traceback": "Traceback (most recent call last): …"}, "ValueError: x"),
    ({"error_type": "ZeroDivisionError", "error_message": "division by zero", "traceback": "…"}, "ZeroDivisionError"),
    ({"status": 503}, "status 503"),
    ({"status": 429, "message": "Slow down"}, "status 429"),
    ({"error": None, "status": 500, "detail": "no"}, "status 500"),
    ({"status_code": 502, "reason": "Bad Gateway", "headers": {}}, "status 502"),
    ({"type": "about:blank", "title": "Forbidden", "status": 403, "detail": "No."}, "status 403"),
    ({"status": "400", "message": "Bad"}, "status 400"),
    ({"status": "400", "error_type": "syntax_error"}, "syntax_error"),
    ({"isError": True, "content": [{"type": "text", "text": "boom"}]}, "boom"),
    ({"is_error": True, "content": "boom"}, "boom"),
    ({"errors": [{"message": "Cannot query field", "path": ["a"]}], "data": None}, "Cannot query field"),
    ({"errors": {"limit": ["Too large"]}}, "error"),
    (json.dumps(SERVICE), "INVALID_QUERY"),
    ("  " + json.dumps(SERVICE, indent=2) + "\n", "INVALID_QUERY"),
]

NO_FAILURES: list[Any] = [
    {**HIT, "error_code": "E12"},
    {"title": "Printer faults", "error_code": "E12", "error_type": "paper", "text": "Open the tray."},
    {"error_code": "E12", "count": 17},
    {"error_type": "paper", "error_code": "E12", "count": 17},
    {"error_code": "E12", "machine": "A"},
    {"id": 5, "error": "Paper jam", "machine": "A"},
    {"status": 500, "orders": [1, 2]},
    {"status": 404, "url": "https://example.com", "clicks": 3},
    {"status": 200, "message": "fine"},
    {"status": 399},
    {"status": True},
    {"status": "400"},
    {"status": "failed", "message": "error: invalid"},
    {"status": "error", "message": "no"},
    {"code": 404, "message": "a room number"},
    {"mean": 3.2, "error": 0.05},
    {"error": 0.05},
    {"error": None, "result": 4},
    {"error": False},
    {"error": "", "result": 4},
    {"error": {}, "errors": [], "data": [1]},
    {"errors": 0, "passed": 12},
    {"errors": ["typo"], "words": 300},
    {"errors": [{"message": "one field"}], "data": {"user": 1}},
    {"isError": False, "content": [{"type": "text", "text": "error: none"}]},
    {"message": "Error: it broke"},
    {"nested": {"error": "deep"}},
    'He said "error": never mind',
    '{"error": "broken json',
    "[1]",
    None,
    3,
]


@pytest.mark.parametrize(("result", "name"), FAILURES)
def test_a_failure_is_told_by_its_shape(result: Any, name: str) -> None:
    assert failure_of(json.dumps(result).encode()) == name
    for results in (result, [result], json.dumps([result])):
        assert failure_in(results) == CallFailure(name)


@pytest.mark.parametrize("result", NO_FAILURES)
def test_data_and_prose_are_no_failure(result: Any) -> None:
    assert failure_of(json.dumps(result).encode()) is None
    assert failure_in([HIT, result, HIT]) is None


@pytest.mark.parametrize("nothing", ["none", "None", "", "null", "no error", "OK", "0", None, False, 0, [], {}])
def test_an_error_that_says_that_there_is_none_is_none(nothing: Any) -> None:
    assert failure_in({"error": nothing, "data": [1]}) is None
    assert failure_in([{"error": nothing, "errors": nothing, "error_type": nothing, "message": "done"}]) is None
    assert failure_in(json.dumps({"error": nothing, "data": [1]})) is None


@pytest.mark.parametrize("place", range(3))
def test_one_failure_among_data_is_found_wherever_it_stands(place: int) -> None:
    results: list[Any] = [HIT, HIT]
    results.insert(place, SERVICE)
    assert failure_in(results) == CallFailure("INVALID_QUERY", count=1, of=3)
    results[place] = json.dumps(SERVICE)
    assert failure_in(results) == CallFailure("INVALID_QUERY", count=1, of=3)


def test_where_all_failed_the_first_one_gives_the_name() -> None:
    assert failure_in([SERVICE, {"error": "second"}]) == CallFailure("INVALID_QUERY")


@pytest.mark.parametrize("place", [0, 1, 50_000, 99_999])
def test_a_failure_in_a_huge_list_is_found(place: int) -> None:
    results: list[Any] = [{"n": 1}] * 100_000
    results[place] = SERVICE
    assert failure_in(results) == CallFailure("INVALID_QUERY", count=1, of=100_000)


def test_of_very_many_failures_no_more_are_told_than_were_counted() -> None:
    failure = failure_in([{"error": "x"}] * 5_000 + [HIT])
    assert failure == CallFailure("x", count=1_000, of=5_001, more=True)


def test_what_no_decoder_accepts_is_read_leniently() -> None:
    assert failure_of(b'{"error": "x", "took": NaN}') == "x"
    assert failure_of(b'{"error": "x') is None


def test_a_key_that_comes_twice_says_what_it_says_last() -> None:
    assert failure_of(b'{"error": "x", "error": null}') is None


@pytest.mark.parametrize("before", ["", " ", "\n\t ", "\u00a0", "\u3000", "\r\n"])
@pytest.mark.parametrize("value", [SERVICE, [SERVICE]])
def test_json_in_a_string_is_read_behind_blanks_however_they_are_written(before: str, value: Any) -> None:
    text = before + json.dumps(value)
    for escaped in (True, False):
        raw = json.dumps(text, ensure_ascii=escaped).encode()
        assert outcome_of(raw).failure is not None
        if not isinstance(value, list):
            assert outcome_of(b"[%b]" % raw).failure is not None
