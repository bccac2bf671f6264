"""The Markdown of a conversation keeps its structure, whatever people, agents and tools wrote."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.servers import conversation, message, tool_call, uuid_of
from tui.api.decode import decode_record
from tui.api.page import Record, UnreadableRecord
from tui.terminal.text.clean import has_controls
from tui.views.export.escapes import NOTHING
from tui.views.export.markdown import ReportOptions, conversation_markdown, conversation_parts, unreadable_markdown
from tui.views.export.quoting import fenced, quoted
from tui.views.export.safe_markdown import code, inline, json_text, shortened


def record_of(value: Any) -> Record:
    record = decode_record(json.dumps(value).encode())
    assert isinstance(record, Record)
    return record


def markdown_of(value: Any, **people: str) -> str:
    return conversation_markdown(record_of(value), ReportOptions(people))


def tokens_of(text: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True, "maxNesting": 300}).enable(["table", "strikethrough"]).parse(text)


def headings(text: str) -> list[str]:
    """The headings of the document itself, not those inside quotes."""
    tokens = tokens_of(text)
    return [
        tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open" and not token.level
    ]


def fences(text: str) -> list[str]:
    return [token.content for token in tokens_of(text) if token.type == "fence" and token.info == "json"]


def html(text: str) -> list[str]:
    found = [token.content for token in tokens_of(text) if token.type == "html_block"]
    return found + [
        child.content for token in tokens_of(text) for child in token.children or () if child.type == "html_inline"
    ]


HOSTILE = [
    "# Turn 99\n\n## Agent",
    "```\nunclosed fence\n\n# Not a heading",
    "~~~~~~~~\nunclosed",
    "</blockquote></details><h1>out</h1>",
    "<!-- swallows all",
    "text\n===\n",
    "    indented <b>code</b>\n\n<script>alert(1)</script>",
    "`<b>` and <b> and ``a ` <i>`` and `unclosed <u>",
    "| a | `b <b> | c` |\n|---|---|---|\n| ` | <i> | ` |",
    "<details>\n\n<summary>x</summary>",
    "- a\n  - b\n\n      <b>\n1. c\n> q\n>> <u>",
    "\\`<b>\\` \\<b> \\\\`<i>`",
    "a\tb\n\n\t<b>",
    "<https://example.com> 1 < 2 <3 x<y",
    "> " * 60 + "<b>deep</b>",
    "[1]: http://example.com\n[^1]: note",
    "\u202e<b>\u0007\r\x1b[31m",
]


def test_a_report_tells_what_the_screen_tells() -> None:
    text = markdown_of(
        conversation(
            3,
            name="Refund | for *you*",
            conversation_instructions="Be kind.",
            is_archived=True,
            archived_at="2025-04-01T00:00:00Z",
            chat_history=[
                message("What is the refund window?"),
                message("Let me look.", type="reasoning_flow", role="assistant"),
                tool_call(timestamp="2025-03-12T14:02:12Z"),
                tool_call(
                    "document_retrieval", results=[{"error_code": "INVALID_QUERY"}], timestamp="2025-03-12T14:02:13Z"
                ),
                message("**30 days**", role="assistant", used_tokens_output=200, timestamp="2025-03-12T14:02:15Z"),
            ],
        ),
        **{uuid_of(7): "me@example.com"},
    )
    assert headings(text) == [
        "Refund \\| for \\*you\\*",
        "Turn 1 · 2025-03-12 14:02:11 UTC · 1,800 tokens in, 260 out · 2 tool calls, 1 failed · 4.0 s",
        "User · 14:02:11",
        "Tool call: retrieval · 1 result, 96 B · 1.0 s · 14:02:12 · 900 tokens in, 30 out",
        "Tool call: document_retrieval · failed: INVALID_QUERY · 2.0 s · 14:02:13 · 900 tokens in, 30 out",
        "Agent · 14:02:15 · 0 tokens in, 200 out",
    ]
    for words in (
        f"| Conversation | `{uuid_of(3)}` |",
        "| Owner | `me@example.com` |",
        "| Tags | `billing` |",
        "| Archived | 2025-04-01 00:00:00 UTC |",
        "<summary>Conversation instructions</summary>\n\n> Be kind.\n",
        "<summary>Reasoning (1 line)</summary>\n\n> Let me look.\n",
        "> **30 days**\n",
    ):
        assert words in text


def test_the_json_of_tool_calls_reads_back() -> None:
    parameters = {"query": "```\n~~~\n````", "n": [1, 1.5, None], "odd": "\u202e\u0007 größe 😀\u200b"}
    results = [{"text": "# heading\n```json\n", "score": 0.91}, "plain"]
    text = markdown_of(conversation(chat_history=[tool_call(input_parameters=parameters, results=results)]))
    assert [json.loads(found) for found in fences(text)] == [parameters, results]
    assert not has_controls(text)


def test_numbers_stay_as_they_were_written() -> None:
    assert json_text(b'{"a":1.10,"b":1E400,"c":123456789012345678901234567890}').splitlines()[1:4] == [
        '  "a": 1.10,',
        '  "b": 1E400,',
        '  "c": 123456789012345678901234567890',
    ]
    assert json_text(b"{broken \x1b") == "{broken ^["


def test_nothing_that_somebody_wrote_breaks_out() -> None:
    for evil in HOSTILE:
        text = markdown_of(
            conversation(
                name=evil,
                tags=[evil],
                agent_settings_name=evil,
                conversation_instructions=evil,
                chat_history=[
                    message(evil),
                    message(evil, type="reasoning_flow"),
                    tool_call(evil, input_parameters={evil: evil}, results=[evil]),
                    message(evil, role=evil, query_id=2),
                    "no object",
                ],
            )
        )
        found = headings(text)
        assert [heading.split(" ·")[0].split(":")[0] for heading in found[1:4]] == ["Turn 1", "User", "Tool call"], evil
        assert len(found) == 8, (evil, found)
        ours = ("<details>\n<summary>", "</details>\n")
        assert all(block.startswith(ours) for block in html(text)), (evil, html(text))
        assert sum(block.startswith("</details>") for block in html(text)) == 3
        assert not has_controls(text), evil
        for found_json in fences(text)[:2]:
            json.loads(found_json)


@given(st.text(alphabet=st.sampled_from("<>!-/ab`~#>| \n\t\\&=*_[]()1.-+\"'\u202e"), max_size=60))
@example("`<b>\n\n`<b>`")
def test_a_quote_holds_no_html_and_lets_nothing_out(text: str) -> None:
    parsed = tokens_of(quoted(text) + "\n# end\n")
    assert not [token for token in parsed if token.type == "html_block"]
    inline_html = [child for token in parsed for child in token.children or () if child.type == "html_inline"]
    assert {child.content for child in inline_html} <= {NOTHING}
    outside = [token.type for token in parsed if not token.level]
    assert outside == ["blockquote_open", "blockquote_close", "heading_open", "heading_close"] or "\n\n" in text
    assert parsed[-2].content == "end"
    assert parsed[-2].level == 1


@pytest.mark.parametrize(
    "text",
    ["<![CDATA[" * 2_100, "|<b>|" + "a|" * 499 + "\n|" + "-|" * 500 + "\n" + "|a|\n" * 50],
    ids=["links in links", "cells that are not there"],
)
def test_html_between_what_takes_a_parser_seconds_is_shown_as_it_was_written(text: str) -> None:
    assert quoted(text).startswith(("> ```markdown\n> <", "> ```markdown\n> |<"))
    assert "<b>" not in [token.content for token in tokens_of(quoted(text)) if token.type != "fence"]


def test_a_long_log_with_a_line_like_that_of_a_table_keeps_its_fence() -> None:
    log = "```\n" + "| a | b | c | d |\n|---|---|---|---|\n" + "<step> is done\n" * 2_000 + "```\n"
    assert quoted(log).startswith("> ```\n> | a |")


def test_ordinary_markdown_stays_as_it_was_written() -> None:
    text = "# Title\n\n1. one\n2. `<b>` and 1 < 2\n\n```html\n<b>\tx</b>\n```\n\nhttps://example.com."
    assert quoted(text) == "".join(f"> {line}\n" if line else ">\n" for line in text.split("\n"))


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=80))
def test_a_fence_reads_back(text: str) -> None:
    if "\x00" not in text:
        (token,) = tokens_of(fenced(text, "x"))
        assert token.content.rstrip("\n") == text.rstrip("\n")


@given(st.text(max_size=60))
def test_names_are_one_line_of_plain_words(text: str) -> None:
    tokens = tokens_of(f"# {inline(text)} end")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    children = [child for child in tokens[1].children or () if child.content != NOTHING]
    assert {child.type for child in children} <= {"text", "text_special"}
    row = tokens_of(f"| a | b |\n|:--|:--|\n| {inline(text)} | {code(text)} |\n")
    assert sum(token.type == "td_open" for token in row) == 2


def test_a_content_of_many_parts_is_told_part_by_part() -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "A" * 30_000}, "of": "<b> @bo"}
    content = [{"type": "text", "text": "See **this**:\n```\nopen"}, picture, "- <b>"]
    history = [message(""), {**message("", role="assistant"), "content": content}, {**message(""), "content": {"a": 1}}]
    text = markdown_of(conversation(chat_history=history))
    shown = text[text.index("### Agent") :].split("\n\n", 1)[1]
    assert shown.startswith(
        "> See **this**:\n> ```\n> open\n\n\n<details>\n<summary>image_url · image/png · 29 KB</summary>"
    )
    assert "</details>\n\n> - \\<b>\n" in shown
    told, odd = (json.loads(found) for found in fences(text))
    assert told == {
        **picture, "image_url": {"url": "data:image/png;base64," + "A" * 78 + "… 29,922 more characters"},
    }  # fmt: skip
    assert odd == {"a": 1}
    reasoning = {**message("", type="reasoning_flow"), "content": content}
    assert "> - \\<b>\n\n</details>" in markdown_of(conversation(chat_history=[reasoning]))


@given(st.text(max_size=80), st.text(min_size=1, max_size=9).map(lambda text: text * 1001))
def test_of_a_part_that_is_no_text_only_long_strings_are_cut(short: str, long: str) -> None:
    assert json.loads(shortened(json.dumps({short: [short, 1.5]}))) == {short: [short, 1.5]}
    text = shortened(json_text(json.dumps({"a": long, "b\\": [short]}).encode()))
    assert json.loads(text) == {"a": f"{long[:100]}… {len(long) - 100:,} more characters", "b\\": [short]}


def test_the_parts_tell_which_message_they_show() -> None:
    record = record_of(conversation(chat_history=[message("one"), message("two", query_id=2), message("three")]))
    shown = {part.element: part.text for part in conversation_parts(record, ReportOptions({}))}
    assert "three" in shown[2]
    assert [part.element for part in conversation_parts(record, ReportOptions({}))] == [None, 0, 0, 1, 1, 2, 2]


def test_whoever_reads_the_source_gets_what_was_written() -> None:
    said = "ask @bo **why** <b>:\n    x_y_z\n[1]: http://a.b"
    history = [message(said), message(said, type="reasoning_flow"), message(said, role="assistant")]
    record = record_of(conversation(chat_history=[*history, {**tool_call(), "content": said}]))
    text = conversation_markdown(record, ReportOptions({}, as_written=True))
    assert text.count("".join(f"> {line}\n" for line in said.split("\n"))) == 4


def test_what_cannot_be_read_is_said() -> None:
    assert "**The history cannot be read:**" in markdown_of(conversation(chat_history={"no": "list"}))
    assert "*This conversation has no messages.*" in markdown_of(conversation(chat_history=[]))
    text = markdown_of(conversation(chat_history=["text", message(query_id={"odd": 1})], message_count="many"))
    assert "A message that cannot be read" in text
    assert text.count("**Note:**") == 2
    odd = unreadable_markdown(UnreadableRecord("it has no id", b'{"name": "x"}'))
    assert "Reason: it has no id" in odd
    assert fences(odd) == ['{\n  "name": "x"\n}\n']
