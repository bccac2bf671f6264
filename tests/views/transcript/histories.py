"""Conversations for the tests of the transcript: by hand, and any at all by hypothesis."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from tui.api.conversation import Conversation, read_conversation
from tui.views.transcript.document import Document
from tui.views.transcript.modes import Modes

START = datetime(2025, 3, 12, 14, 2, 11, tzinfo=UTC).timestamp()


def at(seconds: float) -> str:
    return datetime.fromtimestamp(START + seconds, UTC).isoformat().replace("+00:00", "Z")


def message(content: str, query: int | None = 1, seconds: float = 0, role: str = "user", **more: Any) -> dict[str, Any]:
    return {
        "role": role, "content": content, "type": "message", "query_id": query, "user_id": "u",
        "timestamp": at(seconds),
        "used_tokens_input": 0, "used_tokens_output": 0, **more,
    }  # fmt: skip


def answer(content: str, query: int | None = 1, seconds: float = 0, **more: Any) -> dict[str, Any]:
    return message(content, query, seconds, "assistant", **{"used_tokens_input": 900, "used_tokens_output": 40, **more})


def reasoning(content: str, query: int | None = 1, seconds: float = 0) -> dict[str, Any]:
    return message(content, query, seconds, "assistant", type="reasoning_flow")


def tool(results: Any, query: int | None = 1, seconds: float = 0, **more: Any) -> dict[str, Any]:
    return message(
        "", query, seconds, "assistant",
        **{"type": "tool_call", "tool_type": "retrieval", "input_parameters": {"query": "refund damaged"},
           "results": results, **more},
    )  # fmt: skip


FAILURE = [{"error_type": "syntax_error", "error_code": "INVALID_QUERY", "status": 400, "message": "unexpected )"}]


def body(history: list[Any], **fields: Any) -> bytes:
    return json.dumps({"id": "c1", "chat_history": history, **fields}, ensure_ascii=False).encode()


def conversation(**fields: Any) -> Conversation:
    return read_conversation(fields.get("id", "c1"), {"name": "Refund for a damaged item", **fields}, [])


def document(history: list[Any], *, width: int = 80, grown: bool = True, **fields: Any) -> Document:
    made = Document(conversation(**fields), body(history), {}, Modes())
    made.set_width(width)
    while grown and made.grow(1.0):
        pass
    return made


def long_history(turns: int) -> list[Any]:
    history: list[Any] = []
    for turn in range(1, turns + 1):
        begin = turn * 60.0
        history += [
            message(f"Question {turn} about the refund window of a damaged item?", turn, begin),
            reasoning("First look at the policy.\nThen answer.", turn, begin + 1),
            tool(FAILURE if turn % 5 == 0 else [{"score": 0.5, "text": f"hit {turn}"}], turn, begin + 2),
            answer(f"Answer {turn}: **30 days**.\n\n- keep the box\n- keep the *receipt*", turn, begin + 4),
        ]
    return history


_texts = st.text(max_size=120) | st.sampled_from(
    [
        "# Heading\n\ntext",
        "a | b\n--|--\n1 | 2",
        "```py\nx = 1\n```",
        "漢字かな交じり文" * 6,
        "word " * 80,
        "\x1b[31mred\x1b[0m",
        "é" * 90,
    ]
)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_elements = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["user", "assistant", "system", None]),
        "type": st.sampled_from(["message", "tool_call", "reasoning_flow", "feedback", None]),
        "content": _texts | st.none() | st.integers(),
        "query_id": st.none() | st.integers(0, 3) | st.just("7"),
        "timestamp": st.sampled_from([None, "yesterday", at(0), at(30), at(90_000), 1741788131]),
        "used_tokens_input": st.none() | st.integers(0, 10**6),
        "used_tokens_output": st.none() | st.integers(0, 10**6),
        "tool_type": st.none() | st.text(max_size=70),
        "input_parameters": _json,
        "results": _json,
    }
)
histories = st.lists(_elements | _json, max_size=8)
"""Anything that may stand in `chat_history`, well formed or not."""
