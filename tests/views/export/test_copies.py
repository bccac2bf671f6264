"""What can be copied where, letter by letter: the original text."""

import json
from typing import Any

import pytest

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
from tui.views.export.markdown import ReportOptions
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
    assert set(found) == {"y", "s", "a", "t", "b"}
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


FAILING = [
    message("Earlier", query_id=1),
    message("Why does it fail?", query_id=2),
    tool_call(query_id=2, results=[{"text": "fine"}]),
    tool_call(query_id=2, results=[{"error": "timeout", "error_code": "T1", "error_type": "late"}]),
    tool_call(query_id=2, results=[{"error": "denied", "error_code": "D2", "error_type": "auth"}]),
    message("Then I looked.", query_id=2, role="assistant"),
    message("It is a **timeout**.", query_id=2, role="assistant"),
]


@pytest.mark.parametrize(("element", "code"), [(1, "T1"), (3, "T1"), (4, "D2"), (6, "T1")])
def test_a_bug_block_has_the_question_the_call_the_answer_and_the_way_to_them(element: int, code: str) -> None:
    document = document_of(FAILING)
    index = index_of(document, element)
    (bug,) = (one.make() for one in copies_at(document, (index, 0), "clarifeye-tui open x#2") if one.letter == "b")
    assert bug.startswith("## Turn 2")
    assert "> Why does it fail?" in bug
    assert [found in bug for found in ("T1", "D2", '"fine"')] == [code == "T1", code == "D2", False]
    assert "<details>" not in bug
    assert '"query": "x"' in bug or "Input parameters" in bug
    assert "> It is a **timeout**." in bug
    assert "Then I looked" not in bug
    assert bug.endswith("\n`clarifeye-tui open x#2`\n")


def test_a_bug_block_without_a_failed_call_is_the_question_and_the_answer() -> None:
    document = document_of([message("Why?"), message("So.", role="assistant")])
    bug = texts(document, index_of(document, 0))["b"]
    assert "Tool call" not in bug
    assert bug.endswith("> So.\n")


@pytest.mark.parametrize("letter", ["a", "t", "b"])
def test_what_is_copied_of_a_turn_is_whole_however_little_of_it_is_laid_out(letter: str) -> None:
    steps = [message(f"Step {number}.", role="assistant") for number in range(3000)]
    record = record_of([message("Q"), *steps])
    document = Document(record.conversation, record.raw, {}, Modes())
    document.grow(0)
    assert document.growing
    (choice,) = (one for one in copies_at(document, (index_of(document, 0), 1)) if one.letter == letter)
    assert choice.size is None
    for _ in "before", "after":
        assert choice.make().strip().endswith("Step 2999.")
        while document.grow(1):
            pass


def test_the_code_of_a_message_and_the_line_under_the_cursor_have_letters() -> None:
    document = document_of([message("Q"), message("Run:\n\n```sh\nls |\n\twc\n```\n", role="assistant")])
    index = index_of(document, 1)
    assert texts(document, index, 2)["c"] == "ls |\n\twc"
    assert texts(document, index, 2)["s"] == "Run:"
    assert "c" not in texts(document, index_of(document, 0))


def test_above_the_first_turn_there_is_nothing_of_a_turn() -> None:
    assert texts(document_of(HISTORY), 0) == {"s": "Conversation 1"}
    assert turn_number_at(document_of(HISTORY), 0) == 0


def test_a_conversation_gives_its_id_its_address_and_itself() -> None:
    record = record_of(HISTORY)
    found = copies_of_conversation(uuid_of(1), "https://host/x/", "clarifeye-tui open x", ReportOptions({}))
    short = {one.letter: one.make() for one in found if isinstance(one, Copyable)}
    whole = {one.letter: one.make(record) for one in found if isinstance(one, WholeCopyable)}
    assert short == {"i": uuid_of(1), "l": "https://host/x/", "o": "clarifeye-tui open x"}
    assert whole["j"].encode() == record.raw
    assert whole["m"].startswith("# Conversation 1\n")
    assert "o" not in {
        one.letter for one in copies_of_conversation("$(touch x)", "https://host/x/", None, ReportOptions({}))
    }


def test_blocks_know_their_place_in_the_history() -> None:
    document = document_of(HISTORY)
    assert [element_at(document, at) for at in range(len(document.blocks))] == [None, None, 0, 0, 1, 2, 3, 4, 4, 5, 5]
    assert turn_number_at(document, len(document.blocks) - 1) == 2
