"""The first look at a message says what the lenient reading says, whatever comes."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.api.history import decode_message
from tui.api.limits import LONGEST_NAME
from tui.api.page import UnreadableMessage
from tui.store.history.messages import UNREADABLE, Facts, facts_of
from tui.store.history.turns import Turns

_NUMBERS: st.SearchStrategy[Any] = st.one_of(
    st.integers(-3, 10),
    st.sampled_from([2**63 - 1, 2**63, -(2**63), 10**40, -(10**40), 1.5, 3.0, -0.0, 1e3, 1e300, float("nan")]),
    st.sampled_from(["", "7", "-7", "3.0", " 5 ", "1e3", "x", True, False, None, [], {}]),
)
_TEXTS: st.SearchStrategy[Any] = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["tool_call", "n" * LONGEST_NAME, "n" * (LONGEST_NAME + 1), "\ud800", 5, 1.5, True, None, ["a"], {}]
    ),
)
_TIMES: st.SearchStrategy[Any] = st.one_of(
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat()),
    st.sampled_from(["20260312", "20260312T101112Z", "2026-W11-4", "2026-03-12", " 2026-03-12T10:11:12Z ", "12:30-x"]),
    st.sampled_from(
        ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "0002-01-01", "1741774931", "١٢٣٤-01-01"]
    ),
    st.sampled_from([1741774931, 1741774931.5, 1741774931000, -1, 10**20, True, None, "", []]),
)
MESSAGES = st.fixed_dictionaries(
    {},
    optional={
        "role": _TEXTS,
        "type": _TEXTS,
        "tool_type": _TEXTS,
        "query_id": _NUMBERS,
        "used_tokens_input": _NUMBERS,
        "used_tokens_output": _NUMBERS,
        "timestamp": _TIMES,
        "content": st.sampled_from(["text", "", None, 5, ["a"], {"text": "b"}]),
        "results": st.sampled_from([None, [], {"a": 1}, "x"]),
    },
)


def seen(message: dict[str, Any]) -> Facts:
    return facts_of(msgspec.Raw(json.dumps(message).encode()))


@given(MESSAGES)
def test_both_ways_to_read_a_message_agree(message: dict[str, Any]) -> None:
    found, read = seen(message), decode_message(json.dumps(message).encode())
    if isinstance(read, UnreadableMessage):
        assert found.kind == UNREADABLE
        return
    assert found == Facts(
        read.type or "",
        read.role or "",
        read.query_id,
        read.timestamp.timestamp() if read.timestamp else None,
        read.used_tokens_input,
        read.used_tokens_output,
        read.tool_type or "",
        odd=found.odd,
        nested=read.content_is_json,
        in_parts=bool(read.parts),
    )
    assert found.odd or not read.notes, "what is noted is seen to be odd"


@pytest.mark.parametrize("tokens", [-5, 1.5, 2**63, 10**40, "many"])
def test_tokens_that_count_nothing_are_noted_and_not_summed(tokens: Any) -> None:
    turns = Turns()
    for used in (tokens, 7):
        turns.take(seen({"query_id": 1, "used_tokens_input": used, "used_tokens_output": 2}))
    assert (turns.known[0].tokens_in, turns.known[0].tokens_out) == (7, 4)
    noted = decode_message(json.dumps({"used_tokens_input": tokens}).encode())
    assert not isinstance(noted, UnreadableMessage)
    assert noted.notes
    assert seen({"used_tokens_input": tokens}).odd
