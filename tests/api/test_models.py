"""Whatever a server writes into a field costs that field at most, and is said."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.api.conversation import Conversation
from tui.api.decode import Record, UnreadableMessage, decode_conversation, decode_message, decode_record
from tui.api.errors import UnreadableAnswer
from tui.api.models import Message

ROW_FIELDS = tuple(name for name in Conversation.__struct_fields__ if name not in {"id", "notes"})
MESSAGE_FIELDS = tuple(name for name in Message.model_fields if name != "notes")

plain: st.SearchStrategy[Any] = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
flat = st.lists(plain, max_size=3) | st.dictionaries(st.text(max_size=4), plain, max_size=3)
# Two levels written out: a recursive strategy costs many times as much to draw from.
anything: st.SearchStrategy[Any] = plain | flat | st.lists(flat, max_size=2)


def conversation(**fields: Any) -> Conversation:
    record = decode_record(json.dumps({"id": "c1", **fields}).encode())
    assert isinstance(record, Record), record
    return record.conversation


def message(**fields: Any) -> Message:
    decoded = decode_message(json.dumps(fields).encode())
    assert not isinstance(decoded, UnreadableMessage), decoded
    return decoded


@given(st.dictionaries(st.sampled_from(ROW_FIELDS), anything))
def test_no_value_of_any_field_costs_the_conversation(fields: dict[str, Any]) -> None:
    row = conversation(**fields)
    assert row.id == "c1"
    msgspec.json.encode(row)  # all text in it can be encoded


@given(st.dictionaries(st.sampled_from(MESSAGE_FIELDS), anything))
def test_no_value_of_any_field_costs_the_message(fields: dict[str, Any]) -> None:
    decoded = message(**fields)
    for text in (decoded.content, decoded.role, decoded.type, *decoded.notes):
        (text or "").encode()


def readings(raw: bytes) -> tuple[object, object]:
    """What a row makes of a conversation, and what its own call makes of it, which pydantic judges; or why neither."""
    row = decode_record(raw)
    try:
        opened: object = decode_conversation(raw).conversation
    except UnreadableAnswer as error:
        opened = error.detail
    return row.conversation if isinstance(row, Record) else row.reason, opened


_SCRAPS = (
    b'"',
    b"}",
    b"]",
    b",",
    b":",
    b"\\",
    b"\\ud800",
    b"\xff",
    b"NaN",
    b"-1",
    b"9" * 500,
    b"true",
    b"\x00",
    b"{" * 200,
)


@given(
    st.dictionaries(st.sampled_from(("id", "notes", "chat_history", "mood", *ROW_FIELDS)), anything),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from((b"", *_SCRAPS))), max_size=3),
)
def test_a_row_and_an_opened_conversation_agree_on_every_field_however_damaged(
    fields: dict[str, Any], damages: list[tuple[float, int, bytes]]
) -> None:
    raw = json.dumps({"id": "c1", **fields}).encode()
    for where, lost, scrap in damages:
        at = 1 + round(where * (len(raw) - 1))
        raw = raw[:at] + scrap + raw[at + lost :]
    row, opened = readings(raw)
    assert row == opened


def test_a_value_that_is_not_what_its_field_is_declared_to_be_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should one of our readers give it: a row takes it as it is, pydantic does not."""
    monkeypatch.setattr("tui.api.decode.told_fields", lambda _raw: ({"id": 7}, []))
    with pytest.raises(UnreadableAnswer, match="id: "):
        decode_conversation(b"{}")


@given(st.sampled_from(ROW_FIELDS), anything)
def test_what_is_lost_is_noted(name: str, value: Any) -> None:
    row = conversation(**{name: value})
    if getattr(row, name) is None and value not in (None, ""):
        assert any(note.startswith(f"{name} could not be read") for note in row.notes)


@pytest.mark.parametrize(
    ("value", "count"),
    [(12, 12), ("12", 12), (" 12 ", 12), (12.0, 12), ("3.0", 3), (0, 0), ("9007199254740993", 9007199254740993)],
)
def test_counts_are_read_from_numbers_and_their_text(value: Any, count: int) -> None:
    row = conversation(message_count=value, tokens={"input": value})
    assert (row.message_count, row.tokens.input, row.notes) == (count, count, ())


@pytest.mark.parametrize(
    "value", ["many", True, -1, 10**400, "9" * 5000, [], {}, 1e300, "nan", "inf"], ids=lambda value: repr(value)[:20]
)
def test_what_is_no_count_is_missing_and_noted(value: Any) -> None:
    row = conversation(message_count=value)
    assert row.message_count is None
    assert len(row.notes) == 1


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2023-11-07T05:31:56Z", datetime(2023, 11, 7, 5, 31, 56, tzinfo=UTC)),
        ("2023-11-07T07:31:56.25+02:00", datetime(2023, 11, 7, 5, 31, 56, 250_000, tzinfo=UTC)),
        ("2023-11-07T05:31:56", datetime(2023, 11, 7, 5, 31, 56, tzinfo=UTC)),
        ("2023-11-07 05:31:56+00:00", datetime(2023, 11, 7, 5, 31, 56, tzinfo=UTC)),
        ("2023-11-07", datetime(2023, 11, 7, tzinfo=UTC)),
        (1699335116, datetime(2023, 11, 7, 5, 31, 56, tzinfo=UTC)),
        (1699335116000, datetime(2023, 11, 7, 5, 31, 56, tzinfo=UTC)),
        ("1699335116.5", datetime(2023, 11, 7, 5, 31, 56, 500_000, tzinfo=UTC)),
    ],
)
def test_moments_are_read_from_every_usual_form(value: Any, moment: datetime) -> None:
    row = conversation(created_at=value)
    assert (row.created_at, row.notes) == (moment, ())
    assert message(timestamp=value).timestamp == moment


@pytest.mark.parametrize(
    "value",
    ["yesterday", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", True, [], 1e300, 10**400, "2023-13-01"],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_no_moment_is_missing_and_noted(value: Any) -> None:
    row = conversation(created_at=value)
    assert row.created_at is None
    assert len(row.notes) == 1


def test_flags_are_read_from_their_text() -> None:
    assert conversation(is_archived="true", is_shared=1).is_archived
    assert not conversation(is_archived="False").is_archived
    assert conversation(is_archived="perhaps").notes


def test_tags_may_come_alone_or_mixed() -> None:
    assert conversation(tags="billing").tags == ("billing",)
    assert conversation(tags=["a", None, 7]).tags == ("a", "7")
    odd = conversation(tags=["a", {"name": "b"}])
    assert odd.tags == ("a",)
    assert odd.notes


def test_unknown_fields_types_and_roles_are_taken() -> None:
    decoded = message(role="moderator", type="voice", content="hi", mood="good", query_id="7")
    assert (decoded.role, decoded.type, decoded.query_id, decoded.notes) == ("moderator", "voice", 7, ())


def test_content_that_is_no_text_is_shown_as_its_json() -> None:
    decoded = message(content={"parts": ["a", 1]})
    assert decoded.content == '{"parts": ["a", 1]}'
    assert decoded.notes
    assert decoded.content_is_json


@pytest.mark.parametrize("told", [True, {"a": 1}])
def test_content_that_is_text_is_text_whatever_the_server_says_of_it(told: Any) -> None:
    decoded = message(content="content is no text: its JSON is shown", content_is_json=told, query_id=2.5)
    assert len(decoded.notes) == 1
    assert not decoded.content_is_json


def test_the_json_of_a_tool_call_stays_as_it_was_sent() -> None:
    decoded = decode_message(b'{"input_parameters": {"b": 1.50, "a":\t2}, "results": null}')
    assert isinstance(decoded, Message)
    assert decoded.input_parameters == b'{"b": 1.50, "a":\t2}'
    assert decoded.results is None
