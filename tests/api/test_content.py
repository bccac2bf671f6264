"""A content that is a list of parts: its texts are texts, everything else is kept as it came."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.api.content import MOST_PARTS, content_parts
from tui.api.decode import decode_message
from tui.api.models import Message
from tui.api.page import UnreadableMessage

IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}


def parts(content: Any) -> list[tuple[str, str | None]]:
    return [part[:2] for part in content_parts(json.dumps(content).encode())]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ([{"type": "text", "text": "a"}, IMAGE, "b"], [("text", "a"), ("image_url", None), ("text", "b")]),
        ([{"type": "output_text", "text": "a", "annotations": []}], [("output_text", "a")]),
        ([{"text": "a"}], [("text", "a")]),
        ([{"type": "text", "text": {"value": "a"}}], [("text", "a")]),
        ([{"type": "tool_result", "text": "a"}], [("tool_result", None)]),
        ([{"type": "text", "text": 7}], [("text", None)]),
        ([], []),
        ([1, "a"], []),
        ([{"a": 1}], []),
        ([{"type": 1}, "a"], []),
        ({"type": "text", "text": "a"}, []),
        (["a"] * (MOST_PARTS + 1), []),
    ],
)
def test_a_list_of_parts_is_told_from_another(content: Any, found: list[tuple[str, str | None]]) -> None:
    assert parts(content) == found


def test_what_is_odd_in_a_part_costs_no_other_one() -> None:
    found = content_parts(b'["a\\ud800", {"type": "x", "n": NaN}, {"type": "text", "text": "\xff"}]')
    assert [part[:2] for part in found] == [("text", "a<U+D800>"), ("x", None), ("text", "\ufffd")]
    assert found[1].raw == b'{"type": "x", "n": NaN}'


def test_the_content_of_parts_is_all_of_them() -> None:
    message = decode_message(json.dumps({"content": ["a", IMAGE, "b"], "parts": ["c"]}).encode())
    assert isinstance(message, Message)
    assert message.content == f"a\n\n{json.dumps(IMAGE)}\n\nb"
    assert not message.content_is_json
    assert message.notes == ()


@given(st.binary(max_size=80))
def test_any_bytes_are_parts_or_none(raw: bytes) -> None:
    content_parts(b"[" + raw)
    assert isinstance(decode_message(b'{"content": [' + raw + b"]}"), Message | UnreadableMessage)
