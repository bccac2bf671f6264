"""What can be copied where, letter by letter: the original text."""

import json
from typing import Any

from tests.servers import conversation, message, tool_call, uuid_of
from tui.api.decode import decode_record
from tui.api.page import Record
from tui.views.export.copies import (
    Copyable,
    WholeCopyable,
    copies_at,
    copies_of_conversation,
    element_at,
    turn_number_at,
)
from tui.views.transcript.document import Document
from tui.views.transcript.modes import EVERYTHING, Modes

QUESTION = "Größe\tund\x1b[31m  **Markdown**\n\n# heading\r\n"
RESULTS = [{"text": "first\nline", "score": 0.910, "deep": {"a": [1, 2]}}]


def document_of(history: list[Any]) -> Document:
    record = record_of(history)
    document = Document(record.conversation, record.raw, {}, Modes(tools=EVERYTHING))
    document.set_width(60)
    while document.grow(1):
        pass
    return document


def record_of(history: list[Any]) -> Record:
    record = decode_record(json.dumps(conversation(1, chat_history=history), ensure_ascii=False).encode())
    assert isinstance(record, Record)
    return record


HISTORY = [
    message(QUESTION),
    message("Thinking about it", type="reasoning_flow", role="assistant"),
    tool_call(input_parameters={"query": "x", "top_k": 5}, results=RESULTS),
    message("The answer is **42**.\n", role="assistant"),
    "no object",
    message("Next", query_id=2),
]


def texts(document: Document, index: int, line: int = 0) -> dict[str, str]:
    return {one.letter: one.make() for one in copies_at(document, (index, line))}


def index_of(document: Document, element: int) -> int:
    return max(at for at in range(len(document.blocks)) if element_at(document, at) == element)


def test_a_message_is_copied_as_it_was_written() -> None:
    document = document_of(HISTORY)
    found = texts(document, index_of(document, 0))
    assert found["y"] == QUESTION
    assert found["a"] == "The answer is **42**.\n"
    assert found["t"].startswith("## Turn 1")
    assert "Next" not in found["t"]
    assert set(found) == {"y", "a", "t"}
    assert texts(document, index_of(document, 1))["y"] == "Thinking about it"
    assert texts(document, index_of(document, 4))["y"] == '"no object"'
    assert "a" not in texts(document, index_of(document, 5))


def test_a_tool_call_gives_its_json_its_parts_and_the_value_under_the_cursor() -> None:
    document = document_of(HISTORY)
    index = index_of(document, 2)
    height = document.height(index)
    found = texts(document, index)
    assert json.loads(found["y"]) == HISTORY[2]
    assert found["p"] == '{"query": "x", "top_k": 5}'
    assert found["r"] == json.dumps(RESULTS)
    values = {at["k"]: at["v"] for line in range(height) if "k" in (at := texts(document, index, line))}
    assert values["$.results[0].score"] == "0.91"
    assert json.loads(values["$.results[0].deep"]) == {"a": [1, 2]}
    assert values["$.results[0].text"] == "first\nline"


def test_the_sizes_are_those_of_what_is_copied() -> None:
    document = document_of(HISTORY)
    for index in range(len(document.blocks)):
        for line in range(document.height(index)):
            for one in copies_at(document, (index, line)):
                if one.size is not None and one.words != "text under the cursor":
                    assert one.size == len(one.make().encode()), one.words


def test_above_the_first_turn_there_is_nothing_of_a_turn() -> None:
    assert texts(document_of(HISTORY), 0) == {}
    assert turn_number_at(document_of(HISTORY), 0) == 0


def test_a_conversation_gives_its_id_its_address_and_itself() -> None:
    record = record_of(HISTORY)
    found = copies_of_conversation(uuid_of(1), "https://host/x/", "clarifeye-tui open x", {})
    short = {one.letter: one.make() for one in found if isinstance(one, Copyable)}
    whole = {one.letter: one.make(record) for one in found if isinstance(one, WholeCopyable)}
    assert short == {"i": uuid_of(1), "l": "https://host/x/", "o": "clarifeye-tui open x"}
    assert whole["j"].encode() == record.raw
    assert whole["m"].startswith("# Conversation 1\n")
    assert "o" not in {one.letter for one in copies_of_conversation("$(touch x)", "https://host/x/", None, {})}


def test_blocks_know_their_place_in_the_history() -> None:
    document = document_of(HISTORY)
    assert [element_at(document, at) for at in range(len(document.blocks))] == [None, None, 0, 0, 1, 2, 3, 4, 4, 5, 5]
    assert turn_number_at(document, len(document.blocks) - 1) == 2
