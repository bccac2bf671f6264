"""A damaged answer loses what is damaged and nothing else; a heavy one is not decoded before somebody looks."""

import json
import tracemalloc

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.api import decode, rows
from tui.api.decode import (
    Page,
    Record,
    UnreadableMessage,
    UnreadableRecord,
    decode_conversation,
    decode_message,
    decode_page,
    decode_people,
    decode_record,
    decode_tags,
    split_history,
)
from tui.api.errors import UnreadableAnswer
from tui.api.lenient import cutting
from tui.api.limits import LONGEST_NAME, LONGEST_TAG, MOST_TAGS
from tui.api.models import Message

GOOD = b'{"id": "good", "name": "Refund", "tags": ["billing"], "message_count": 2}'
DEEP = b"[" * 2000 + b"]" * 2000


def page(*records: bytes, count: bytes = b"2") -> bytes:
    return b'{"count": ' + count + b', "next": null, "results": [' + b", ".join(records) + b"]}"


def short(value: object) -> str:
    """A test's name, where the value itself is a screenful."""
    return repr(value)[:40]


def ids(answer: Page) -> list[str | None]:
    return [record.id if isinstance(record, Record) else None for record in answer.records]


@pytest.mark.parametrize(
    "bad",
    [
        b"null",
        b"7",
        b'"text"',
        b"[]",
        b"{}",
        b'{"id": null}',
        b'{"id": ""}',
        b'{"id": true}',
        b'{"id": {"a": 1}}',
        b'{"id": [NaN]}',
        DEEP,
    ],
    ids=short,
)
def test_an_element_that_is_no_conversation_becomes_a_row_that_says_so(bad: bytes) -> None:
    answer = decode_page(page(bad, GOOD))
    assert ids(answer) == [None, "good"]
    unreadable = answer.records[0]
    assert isinstance(unreadable, UnreadableRecord)
    assert unreadable.reason
    assert unreadable.raw == bad


@pytest.mark.parametrize(
    ("odd", "noted"),
    [
        (b'{"id": "odd", "chat_history": ' + DEEP + b"}", False),
        (b'{"id": "odd", "tokens": {"input": ' + DEEP + b"}}", True),
        (b'{"id": "odd", "message_count": ' + b"9" * 400 + b"}", True),
        (b'{"id": "odd", "message_count": ' + b"9" * 9000 + b"}", True),
        (b'{"id": "odd", "message_count": NaN}', True),
        (b'{"id": "odd", "message_count": -Infinity}', True),
        (b'{"id": "odd", "name": "\\ud800 \xff"}', False),
        (b'{"id": "odd", "name": "line\nfeed\x00"}', False),
        (b'{"id": "even", "id": "odd"}', False),
        (b'\t{"id"\n:\r"odd" , "chat_history": null }', False),
    ],
    ids=short,
)
def test_an_odd_value_costs_that_value(odd: bytes, noted: bool) -> None:
    answer = decode_page(page(odd, GOOD))
    assert ids(answer) == ["odd", "good"]
    record = answer.records[0]
    assert isinstance(record, Record)
    assert bool(record.conversation.notes) is noted
    msgspec.json.encode(record.conversation)


def test_a_lone_surrogate_is_shown_as_its_code_point_and_a_pair_stays_a_character() -> None:
    record = decode_record(b'{"id": "a", "name": "\\uD800 \\ud83d\\ude00 \\\\ud800"}')
    assert isinstance(record, Record)
    assert record.conversation.name == "<U+D800> 😀 \\ud800"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read(encoding: str) -> None:
    text = '{"count": 1, "results": [{"id": "a", "name": "Übergröße 退款 😀"}]}'
    record = decode_page(text.encode(encoding)).records[0]
    assert isinstance(record, Record)
    assert record.conversation.name == "Übergröße 退款 😀"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<html><head><title>Sign in &amp; go</title>", "a web page: Sign in & go"),
        (b"Bad gateway", "not a JSON object"),
        (b"[]", "not a JSON object"),
        (b"{}", "missing"),
        (b'{"results": null}', "missing"),
        (b'{"results": {"a": 1}}', "not a list"),
        (b'{"results": "none"}', "not a list"),
        (b'{"results": [{"id": "a"}', "cut short"),
        (b'{"results": [{"id": "a', "cut short"),
    ],
)
def test_an_answer_that_is_no_page_says_what_it_is(body: bytes, words: str) -> None:
    with pytest.raises(UnreadableAnswer) as caught:
        decode_page(body)
    assert words in caught.value.detail


@pytest.mark.parametrize(
    ("count", "usable"),
    [
        (b"12", 12),
        (b'"12"', 12),
        (b"0", 0),
        (b"-1", None),
        (b'"many"', None),
        (b"null", None),
        (b"true", None),
        (b"NaN", None),
        (b"[]", None),
        (b"1e400", None),
        (b"9" * 400, None),
    ],
    ids=short,
)
def test_a_count_that_cannot_be_true_is_none(count: bytes, usable: int | None) -> None:
    answer = decode_page(page(GOOD, count=count))
    assert answer.count == usable
    assert ids(answer) == ["good"]


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_our_error(body: bytes) -> None:
    for read in (decode_page, decode_tags, decode_people, decode_conversation, split_history):
        try:
            read(body)
        except UnreadableAnswer:
            continue
    decode_record(body)
    decode_message(body)


@given(st.data())
def test_an_answer_cut_anywhere_is_said_to_be_so(data: st.DataObject) -> None:
    whole = page(GOOD, b'{"id": "b", "chat_history": [{"content": "a \\" \\\\ ] }"}]}')
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    with pytest.raises(UnreadableAnswer):
        decode_page(cut)


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text())), max_size=5))
def test_the_lenient_way_finds_the_same_records_as_the_strict_one(records: list[dict[str, object]]) -> None:
    bodies = [json.dumps({**fields, "id": f"c{number}"}).encode() for number, fields in enumerate(records)]
    strict = decode_page(page(*bodies))
    lenient = decode_page(page(*bodies, b'{"id": "last", "x": NaN}'))
    assert lenient.records[:-1] == strict.records
    assert ids(lenient)[-1] == "last"


def test_a_heavy_page_is_split_and_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The histories hold what no decoder of text would take; nothing copies them but the records."""

    def refuse(_: bytes) -> dict[str, bytes]:
        raise AssertionError("the slow way was taken")

    monkeypatch.setattr(rows, "members", refuse)
    monkeypatch.setattr(cutting, "members", refuse)
    history = b'[{"content": "' + b"\xff" * 50_000 + b'"}]'
    body = page(*(b'{"id": "%d", "chat_history": %s}' % (number, history) for number in range(100)))
    tracemalloc.start()
    try:
        answer = decode_page(body)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(body) > 5_000_000
    assert ids(answer) == [str(number) for number in range(100)]
    assert peak < len(body) * 1.2


def test_a_history_is_split_into_messages() -> None:
    raw = b'{"id": "a", "chat_history": [{"content": "hi"}, 7, {"content": NaN}, {"results": ' + DEEP + b"}]}"
    messages = [decode_message(element) for element in split_history(raw)]
    assert [isinstance(message, Message) for message in messages] == [True, False, True, True]
    assert isinstance(messages[0], Message)
    assert messages[0].content == "hi"
    assert isinstance(messages[3], Message)
    assert messages[3].results == DEEP


@pytest.mark.parametrize("raw", [b"{}", b'{"chat_history": null}', b'{"chat_history": []}', b'{"chat_history": [ ]}'])
def test_a_missing_history_is_an_empty_one(raw: bytes) -> None:
    assert split_history(raw) == []


@pytest.mark.parametrize("raw", [b'{"chat_history": "none"}', b'{"chat_history": {}}', b'{"chat_history": 3}'])
def test_a_history_that_is_no_list_is_said(raw: bytes) -> None:
    with pytest.raises(UnreadableAnswer, match="cannot be read"):
        split_history(raw)


def test_one_conversation_that_is_none_is_said() -> None:
    with pytest.raises(UnreadableAnswer) as caught:
        decode_conversation(b'{"error": "gone"}')
    assert caught.value.detail == "it has no id"


def test_quotes_without_end_cost_no_more_than_linear_time() -> None:
    """Each of these would be scanned to the end from every quote by a careless pattern."""
    with pytest.raises(UnreadableAnswer):
        decode_page(b'{"results": [NaN, "' + b'\\"' * 1_000_000)


def test_unreadable_messages_keep_what_they_held() -> None:
    decoded = decode_message(b'"just text"')
    assert decoded == UnreadableMessage("it is not a JSON object", b'"just text"')


def test_rows_beyond_those_asked_for_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bytes] = []
    record_of = rows.decode_record

    def watched(raw: bytes) -> Record | UnreadableRecord:
        read.append(raw)
        return record_of(raw)

    monkeypatch.setattr(rows, "decode_record", watched)
    for last in (b"{}", b"NaN"):  # a strict answer, and one that has to be read with patience
        read.clear()
        body = page(*[b'{"id": "%d"}' % number for number in range(3)], *[b"[]"] * 300_000, last)
        assert ids(decode_page(body, 2)) == ["0", "1"]
        assert len(read) == 2


def test_a_page_of_far_too_many_rows_takes_no_memory_for_each() -> None:
    body = page(GOOD, *[b"[]"] * 300_000)
    decode_page(body, 2)
    tracemalloc.start()
    try:
        assert ids(decode_page(body, 1)) == ["good"]
        assert tracemalloc.get_traced_memory()[1] < len(body)
    finally:
        tracemalloc.stop()


def test_what_a_history_holds_beyond_all_measure_is_one_element(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "MOST_MESSAGES", 3)
    for rest in (b'{"content": "d"}, [7]', b'NaN, "e"'):
        raw = b'{"chat_history": [{"content": "a"}, {"content": "b"}, {"content": "c"}, ' + rest + b"]}"
        *messages, beyond = split_history(raw)
        assert [bytes(message) for message in messages] == [b'{"content": "%c"}' % letter for letter in b"abc"]
        assert bytes(beyond).strip() == b"[ " + rest + b"]"


def test_huge_values_of_a_conversation_are_cut_and_said() -> None:
    fields = {"id": "a", "name": "n" * 2_000_000, "tags": ["t" * 30_000] * 3_000, "created_by": [[]] * 200_000}
    record = decode_record(json.dumps(fields).encode())
    assert isinstance(record, Record)
    shown = record.conversation
    assert shown.name == "n" * LONGEST_NAME
    assert shown.tags == ("t" * LONGEST_TAG,) * MOST_TAGS
    assert shown.created_by is None
    assert [note.partition(" ")[0] for note in shown.notes] == ["name", "created_by", "tags"]
    assert "2,000,000 characters" in shown.notes[0]
    assert sum(map(len, shown.notes)) < 1_000
    assert isinstance(decode_record(b'{"id": "' + b"i" * 50_000 + b'"}'), UnreadableRecord)


def test_tags_and_people_without_end_are_cut() -> None:
    assert len(decode_tags(json.dumps({"tags": ["t"] * 200_000 + [[]]}).encode())) == 20_000
    assert decode_tags(b'{"tags": [1, null, "", "ok", {"a": 1}]}') == ("ok",)
    someone = {"id": "p", "user": {"id": "u", "email": "e" * 50_000}}
    others = [7, {"id": "q", "user": {"id": "v", "email": "v@example.org"}}] * 30_000
    people, rows, goes_on = decode_people(json.dumps({"results": [someone, *others], "next": None}).encode())
    assert people["u"].email == "e" * LONGEST_NAME
    assert (rows, goes_on) == (1_000, False)
