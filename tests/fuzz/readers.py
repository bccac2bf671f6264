"""Everything that reads what strangers wrote, each as a function of some text, and texts that are hard to read."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tui.api.content import content_parts
from tui.api.decode import decode_conversation, decode_feedback, decode_page, decode_people, decode_tags
from tui.api.errors import ApiError
from tui.api.http.body import Body
from tui.api.lenient.quoted import server_words
from tui.api.retry import retry_after
from tui.config.checks import Given, check_base_url, check_conversation, check_email
from tui.config.errors import ConfigError
from tui.config.profiles import read_config
from tui.config.token import parse_token
from tui.store.export.file_names import safe_name
from tui.store.history.guessed import guess
from tui.store.history.outcome import outcome_of
from tui.store.saved.place import place_from
from tui.store.saved.saved_filters import saved_filters_from
from tui.store.saved.text_history import history_from
from tui.terminal.text.clean import clean, clean_line, has_controls, visible
from tui.views.code.highlight import highlight
from tui.views.code.output import seen, seen_columns, seen_text
from tui.views.export.json_lines import one_line
from tui.views.export.markdown import ReportOptions, conversation_markdown
from tui.views.export.quoting import fenced, quoted
from tui.views.export.safe_markdown import code, inline
from tui.views.jsontree.path import parse_path
from tui.views.jsontree.summary import telling_parameters
from tui.views.jsontree.tree import JsonTree
from tui.views.markdown.controls import seen_prose
from tui.views.markdown.detect import is_markdown
from tui.views.markdown.lines import markdown_lines, plain_lines
from tui.views.text.matching import matches
from tui.views.text.pages import page_with
from tui.views.text.pasted import pasted_line
from tui.views.text.pattern import BadPattern
from tui.views.transcript.document import Document
from tui.views.transcript.modes import Modes
from tui.views.transcript.search.query import compile_query

Reader = Callable[[str], object]

WIDTH = 60


def as_bytes(text: str) -> bytes:
    """The text as it may come: lone surrogates are bytes that are not UTF-8."""
    return text.encode("utf-8", "surrogatepass")


def whole_conversation(raw: bytes) -> None:
    """All that happens to a conversation that comes: decoded, laid out line by line, written down."""
    try:
        record = decode_conversation(raw)
    except ApiError:
        return
    document = Document(record.conversation, record.raw, {}, Modes())
    document.set_width(WIDTH)
    while document.grow(1.0):
        pass
    for index in range(len(document.blocks)):
        for line in range(document.height(index)):
            document.line(index, line)
    conversation_markdown(record, ReportOptions({}))


def _conversation_saying(text: str) -> None:
    message = {"role": "user", "type": "message", "content": text, "query_id": 1}
    call = {"type": "tool_call", "tool_type": text[:2_000], "input_parameters": {"q": text}, "results": [{"t": text}]}
    whole_conversation(json.dumps({"id": "x", "name": text, "chat_history": [message, call]}).encode())


def _tree(text: str) -> None:
    tree = JsonTree(as_bytes(text))
    for index in range(min(200, tree.row_count(WIDTH))):
        tree.row(index, WIDTH)


def _config(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "config.toml")
        path.write_bytes(as_bytes(text))
        with suppress(ConfigError):
            read_config(path, required=True)


def _quietly(read: Reader, error: type[Exception]) -> Reader:
    def quiet(text: str) -> None:
        with suppress(error):
            read(text)

    return quiet


READERS: dict[str, Reader] = {
    "clean": clean,
    "clean_line": clean_line,
    "has_controls": has_controls,
    "plain text": lambda text: plain_lines(text, WIDTH),
    "Markdown": lambda text: markdown_lines(text, WIDTH),
    "Markdown that a person typed": lambda text: markdown_lines(text, WIDTH, typed=True),
    "whether it is Markdown": is_markdown,
    "what is seen of a message": seen_prose,
    "output in a fence": lambda text: markdown_lines(f"```\n\x1b[1m{text}", WIDTH),
    "pages": lambda text: page_with(text * (1 + 70_000 // (1 + len(text))), 40_000),
    "content of parts": lambda text: content_parts(json.dumps([text, {"type": text, "name": text}]).encode()),
    "content of some parts": lambda text: content_parts(b"[" + as_bytes(text)),
    "output of a program": seen,
    "output of a program without inks": seen_text,
    "columns of output": lambda text: seen_columns(text, seen_text(text).replace("\n", " "), visible),
    "diff": lambda text: highlight(f"@@ -1,999 +1,999 @@\n{text}", "diff"),
    "code of a language that nobody knows": lambda text: highlight(text, text[:50]),
    "JSON tree": _tree,
    "JSON tree of a text": lambda text: _tree(json.dumps(text)),
    "JSON on one line": lambda text: one_line(as_bytes(text)),
    "path": parse_path,
    "words of a command": lambda text: matches(
        text, ["Next conversation to be read", "Überall nach Fehlern suchen"] * 80
    ),
    "parameters": lambda text: telling_parameters(as_bytes(text), 80),
    "results": lambda text: outcome_of(as_bytes(text)),
    "error of a text": guess,
    "exported quote": quoted,
    "exported fence": fenced,
    "exported words": inline,
    "exported code": code,
    "file name": lambda text: safe_name(text, ".md"),
    "page": _quietly(lambda text: decode_page(as_bytes(text)), ApiError),
    "page of a text": _quietly(
        lambda text: decode_page(json.dumps({"count": 1, "results": [{"id": text, "name": text}]}).encode()), ApiError
    ),
    "conversation": lambda text: whole_conversation(as_bytes(text)),
    "conversation of a text": _conversation_saying,
    "error body": lambda text: server_words(as_bytes(text)),
    "Retry-After": retry_after,
    "packing": _quietly(lambda text: Body("gzip", 10**6).feed(as_bytes(text)), ApiError),
    "tags": _quietly(lambda text: decode_tags(json.dumps({"tags": [text]}).encode()), ApiError),
    "tags of bytes": _quietly(lambda text: decode_tags(as_bytes(text)), ApiError),
    "people": _quietly(lambda text: decode_people(as_bytes(text)), ApiError),
    "feedback": _quietly(
        lambda text: decode_feedback(json.dumps({"results": [{"feedback": text}]}).encode()), ApiError
    ),
    "config": _config,
    "saved filters": lambda text: saved_filters_from({"entries": [{"name": one} for one in text.split()]}),
    "earlier texts": lambda text: history_from(text.split()),
    "place": lambda text: place_from({"conversation_id": text, "reading": {"search": text, "folds": {text: True}}}),
    "regular expression": _quietly(lambda text: compile_query(text[:2_000], regex=True), BadPattern),
    "search": lambda text: compile_query(text[:500]),
    "pasted": pasted_line,
    "token": _quietly(lambda text: parse_token(text, "It"), ConfigError),
    "base URL": _quietly(lambda text: check_base_url(Given(text, "It"), allow_http=True), ConfigError),
    "conversation id": _quietly(lambda text: check_conversation(Given(text, "It")), ConfigError),
    "e-mail": _quietly(lambda text: check_email(Given(text, "It")), ConfigError),
}

PIECES = (
    "a", " ", "\n", "\t", "a ", "\x1b[", "\x1b]0;", "\u202e", "\u0301", "👩\u200d", "\ufe0f", "日本", "שלום ",
    "\ud800", "\x00", "[", "]", "(", "![", "[a](", "[a]: b\n", "*", "**a", "_a_", "`", "`a", "~~", "> ", ">", "- ",
    "1. ", "#", "# a\n",
    "|", "|a", "|-", "| a | b |\n", "<", "<a ", "<!--", "</script>", "&", "&amp;", "\\", "---\n", "    ", "```\n",
    "\n\n", "<script", "<title", "<title>", '"', '{"a":', "[1,", "{}", "\\u00", "1e", "-", "0", "http://a.b/?", "a@",
    "$.a[", "&#9", "9", "&#x1", "<![CDATA[", "|a\n|-|\n", "\u1161", "葛\U000e0101", "🏽", "\u0378", "\u2800",
    "\r", "a\r", "\x1b[31m", "\x1b[31ma", "\x1b[1;", "\x1b[31m\r", "+a\n", "-- \n", "--- \n+++ \n", "@@ -",
    "@@ -1 +1 @@\n",
    "a\r\n", "a.b/", "%41", "Error", "a.Error", "sh: ", "tool error ",
)  # fmt: skip
"""What is repeated to make a text that is hard to read."""
