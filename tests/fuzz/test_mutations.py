"""A conversation whose bytes were damaged in any way is read, laid out and exported, or is our error."""

import contextlib
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.readers import PIECES, READERS, whole_conversation
from tests.servers import conversation, message, tool_call
from tui.api.errors import ApiError
from tui.api.http.body import Body

WHOLE = json.dumps(
    conversation(
        chat_history=[
            message(
                "# A\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n- x\n  - y\n\n```python\nx = 1\n```\n[a](http://b) **c**"
            ),
            message("thinking", type="reasoning_flow", role="assistant"),
            tool_call(input_parameters={"query": "a", "top_k": 5, "inner": '{"a": [1, 2, {"b": null}]}'}),
            tool_call(results=[{"error_type": "x", "error_code": "INVALID", "status": 400, "message": "no"}]),
            tool_call(results=[{"a": n, "b": "x" * n} for n in range(5)]),
            message("done", role="assistant", query_id=0),
        ]
    ),
    ensure_ascii=False,
).encode()

_STRANGE: list[bytes] = [
    b"null", b"true", b"[]", b"{}", b'""', b"0", b"-1", b"1e999", b"NaN", b"9" * 400, b'"\\ud800"', b"\xff", b"[" * 300,
    b'{"a":' * 50, b'"\\u001b[2J"', b"\x00", b",", b":", b'"', b"}", b"]", b"\\",
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """The conversation with a few of its slices taken out, doubled, or replaced by something strange."""
    raw = WHOLE
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(raw)))
        end = draw(st.integers(begin, min(len(raw), begin + 40)))
        middle = draw(st.sampled_from([b"", raw[begin:end] * 2, *_STRANGE]))
        raw = raw[:begin] + middle + raw[end:]
    return raw


_FIELDS = [*conversation(), *tool_call()]

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(PIECES),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_FIELDS) | st.text(max_size=5), inner),
    max_leaves=12,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(damaged())
def test_damaged_bytes_harm_nothing(raw: bytes) -> None:
    whole_conversation(raw)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(_FIELDS), json_values), st.lists(json_values, max_size=3))
def test_any_value_in_any_field_harms_nothing(fields: dict[str, Any], history: list[Any]) -> None:
    whole_conversation(json.dumps({"id": "x", "chat_history": history, **fields}).encode())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map("".join))
def test_no_reader_raises_anything_but_our_error(text: str) -> None:
    for read in READERS.values():
        read(text)


@given(st.lists(st.binary(max_size=200)))
def test_any_bytes_that_claim_to_be_packed_are_unpacked_or_our_error(pieces: list[bytes]) -> None:
    body = Body("gzip", 10_000)
    with contextlib.suppress(ApiError):
        for piece in pieces:
            body.feed(piece)
        body.whole()
