"""Histories of tool calls, as a server sends them, and the plainest answers about them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tui.api.decode import decode_record
from tui.api.page import Record
from tui.store.facts.database import FactsDatabase
from tui.store.facts.question import FactsQuestion
from tui.store.filter.parser import parse

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
FAILED = [{"error_code": "E1", "error_type": "x"}]
NAMES = ("a", "b", "deep", 'odd "name"', "a.b")

_SCALARS = st.sampled_from([1, 2, 2.5, -3, "x", "X", "1", "", "true", True, False, None, "y" * 200])
_PARAMETERS = st.dictionaries(
    st.sampled_from(NAMES), _SCALARS | st.just([1]) | st.fixed_dictionaries({"c": _SCALARS}), max_size=4
)
_CALLS = st.fixed_dictionaries(
    {
        "type": st.just("tool_call"),
        "tool_type": st.sampled_from(["one", "two", ""]),
        "input_parameters": _PARAMETERS,
        "results": st.sampled_from([[], [1], [1, 2], FAILED, "Error: no seat 12", "Error: no seat 7", "Error: gone"]),
        "query_id": st.integers(1, 2),
        "timestamp": st.sampled_from(["2026-10-14T14:00:00Z", "2026-10-14T14:00:09Z", "2026-10-14T15:00:00Z"]),
    }
)
HISTORIES = st.lists(st.lists(_CALLS, max_size=5), max_size=5)


def record(number: int, history: list[Any], **fields: Any) -> Record:
    """A conversation as the server sends it."""
    usual = {
        "id": f"c{number}",
        "name": f"Conversation {number}",
        "created_at": (NOW - timedelta(hours=number)).isoformat(),
        "chat_history": history,
    }
    found = decode_record(json.dumps({**usual, **fields}).encode())
    assert isinstance(found, Record)
    return found


@contextmanager
def known(histories: list[list[Any]]) -> Iterator[FactsDatabase]:
    """A database that has taken note of these."""
    database = FactsDatabase()
    try:
        for number, history in enumerate(histories):
            database.take(record(number, history))
        database.flush()
        yield database
    finally:
        database.close()


def asked(line: str = "") -> FactsQuestion:
    """What is asked of the conversations of a filter."""
    return FactsQuestion(parse(line), now=NOW)


def leaves(parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters by path, the first of each name; `...` where one is not kept."""
    found: dict[str, Any] = {}
    for key, value in parameters.items():
        inner = {f"{key}.{below}": one for below, one in value.items()} if isinstance(value, dict) else {key: value}
        for path, one in inner.items():
            found.setdefault(path, ... if isinstance(one, list) or (isinstance(one, str) and len(one) > 128) else one)
    return found


def has_failed(call: dict[str, Any]) -> bool:
    """Whether it states or reads like a failure."""
    return call["results"] == FAILED or isinstance(call["results"], str)
