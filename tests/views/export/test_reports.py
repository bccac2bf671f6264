"""A report of several conversations: what is in it, how each is opened, and only what was asked for."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.servers import conversation, message, tool_call, uuid_of
from tests.views.export.gfm import read, rendered, rendered_by_program, tags
from tui.api.decode import decode_record
from tui.views.export.formats import Element, MarkdownFormat
from tui.views.export.markdown import ANSWERS, EVERYTHING, FAILED_TURNS, ReportOptions

FAILURE = [{"error_type": "syntax", "error_code": "INVALID_QUERY", "message": "odd <b>"}]
GUESSED = ["Error: the tide is out"]


def failing(number: int, **more: Any) -> dict[str, Any]:
    """A conversation of three turns, of which the second and the third have a call that failed."""
    history = [
        message("First?", query_id=1),
        message("Let me see.", query_id=1, type="reasoning_flow", role="assistant"),
        tool_call(query_id=1, results=[{"text": "fine"}]),
        message("Well.", query_id=1, role="assistant"),
        message("First it is.", query_id=1, role="assistant"),
        message("Second?", query_id=2),
        tool_call(query_id=2, results=FAILURE),
        message("Not so.", query_id=2, role="assistant"),
        message("Third?", query_id=3),
        tool_call(query_id=3, results=GUESSED),
    ]
    return conversation(number, chat_history=history, **more)


def plain(number: int) -> dict[str, Any]:
    return conversation(number, chat_history=[message("Q"), message("A", role="assistant")])


def opens(conversation_id: str) -> str | None:
    return f"clarifeye-tui open {conversation_id} --profile x"


def report(*values: Any, chosen: str = EVERYTHING, single: bool = False) -> str:
    form = MarkdownFormat(ReportOptions({}, opens=opens, chosen=chosen), single=single)
    elements: list[Element] = [decode_record(json.dumps(value).encode()) for value in values]
    pieces = [piece for number, element in enumerate(elements) for piece in form.entry(element, number)]
    body = b"".join([form.begin(), *pieces, form.end()])
    return (form.head() + body).decode()


def readings(text: str) -> Iterator[str]:
    """The HTML that the parsers at hand make of it."""
    yield from filter(None, (rendered(text), rendered_by_program(text)))


def headings(text: str) -> list[str]:
    return [line.split(" ·")[0] for line in text.splitlines() if line.startswith("#")]


def test_several_conversations_begin_with_a_list_of_what_is_in_the_report() -> None:
    text = report(failing(1, name="Tides & [boats]"), plain(2), {"name": "no id"})
    assert text[: text.index("\n---\n")].splitlines() == [
        "# 3 conversations",
        "",
        "1. [Tides \\& \\[boats\\]](#conversation-1) · 1 failed · 1 failed?",
        "2. [Conversation 2](#conversation-2)",
        "3. [A conversation that cannot be read](#conversation-3)",
    ]
    for html in readings(text):
        targets = re.findall(r'href="#([^"]+)"', html)
        assert targets == re.findall(r'<a id="([^"]+)"', html) == [f"conversation-{number}" for number in (1, 2, 3)]
        assert read(html).index("Tides & [boats]") < read(html).index("Turn 1")


def test_each_conversation_says_how_it_is_opened() -> None:
    text = report(failing(1), plain(2))
    assert [line for line in text.splitlines() if "clarifeye-tui open" in line] == [
        f"`clarifeye-tui open {uuid_of(number)} --profile x`" for number in (1, 2)
    ]


def test_one_conversation_stands_alone() -> None:
    text = report(failing(1), single=True)
    assert text.startswith("# Conversation 1\n")
    assert "<a id" not in text


def test_results_that_failed_stand_open_and_others_do_not() -> None:
    text = report(failing(1), single=True)
    hidden = "".join(re.findall(r"<details>.*?</details>", text, re.DOTALL))
    assert '"fine"' in hidden
    assert "INVALID_QUERY" not in hidden
    assert "the tide is out" not in hidden
    for html in readings(text):
        assert "INVALID_QUERY" in read(re.sub(r"<details>.*?</details>", "", html, flags=re.DOTALL))
        assert "b" not in tags(html)


def test_only_the_turns_that_failed() -> None:
    text = report(plain(1), failing(2), plain(3), chosen=FAILED_TURNS)
    assert text.startswith("# 1 conversation\n\n1. [Conversation 2](#conversation-1) · 1 failed · 1 failed?\n")
    assert "*2 conversations without a failed tool call: left out.*" in text
    assert "*2 of 3 turns: those with a failed tool call.*" in text
    assert "First?" not in text
    assert headings(text)[2:] == [
        "## Turn 2", "### User", "### Tool call: retrieval", "### Agent",
        "## Turn 3", "### User", "### Tool call: retrieval",
    ]  # fmt: skip
    alone = report(plain(1), chosen=FAILED_TURNS, single=True)
    assert "*No turn of this conversation has a failed tool call.*" in alone
    assert "> Q" not in alone


def test_only_questions_and_answers() -> None:
    text = report(failing(1), chosen=ANSWERS, single=True)
    assert re.findall(r"^> (.*)$", text, re.MULTILINE) == ["First?", "First it is.", "Second?", "Not so.", "Third?"]
    assert "Tool call:" not in text
    assert "Reasoning" not in text
    assert headings(text)[1:] == [
        "## Turn 1", "### User", "### Agent", "## Turn 2", "### User", "### Agent", "## Turn 3", "### User",
    ]  # fmt: skip


@pytest.mark.parametrize("tag", ["c|d", "`c|d`", "a\\|b", "||"])
def test_a_tag_with_a_pipe_stays_what_it_is(tag: str) -> None:
    for html in readings(report(conversation(1, tags=[tag]), single=True)):
        cells = [read(cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", html)]
        assert cells[cells.index("Tags") + 1] == tag


def test_twenty_conversations_with_failures_are_read_as_they_are() -> None:
    hostile = "<details>\n\n# Not ours\n\n[1]: http://x\n![](http://x/y)\n```\nopen"
    values = [failing(number, name=f"Nr {number} <i>") for number in range(1, 20)]
    history = [message(hostile), message(hostile, role="assistant"), tool_call(results=FAILURE)]
    text = report(*values, conversation(20, chat_history=history))
    for html in readings(text):
        assert html.count("<h1>") == 21 + 1  # the title, one each, and one that is quoted
        assert html.count("<details>") == html.count("</details>") == 38
        assert not tags(html) & {"img", "i", "b"}
        assert read(html).count("INVALID_QUERY") == 2 * 20
