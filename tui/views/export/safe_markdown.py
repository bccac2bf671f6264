"""Untrusted text put into a Markdown document so that it can neither break its structure nor bring HTML into it.

Control and invisible characters are shown as on the screen, tabs stay; in JSON they become escapes, which changes no
value.
"""

import json
import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from tui.terminal.text.clean import clean, clean_line, has_controls
from tui.views.markdown.limits import TooIntricate, is_intricate, limit_tables

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

PARSED_LIMIT = 200_000
"""Characters of a text with HTML in it that are parsed for it; a larger or intricate one is shown as it was written."""

_MARKUP = re.compile(r"[\\`*\[\]<>#|~$&]|(?<![^\W_])_|_(?![^\W_])")
"""An underscore inside a word is one; the rest of ASCII's punctuation means nothing in the middle of a line."""

_BACKTICKS = re.compile(r"`+")
_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_NESTING = 100


def legible(text: str) -> str:
    """The text with what cannot be seen made visible; tabs and line feeds stay."""
    return "\t".join(map(clean, text.split("\t"))) if "\t" in text else clean(text)


def inline(text: str, limit: int = 400) -> str:
    """One line of plain words, for a heading or a cell of a table: nothing in it is markup."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(clean_line(text, limit).split()))


def code(text: str, limit: int = 400) -> str:
    """One line of code."""
    text = " ".join(clean_line(text, limit).split()).replace("|", "¦")
    ticks = "`" * _longer_than_inside(text, 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{blank}{text}{blank}{ticks}"


def fenced(text: str, language: str = "") -> str:
    """The text as a block of code, its fence longer than any inside; it reads back as it is."""
    fence = "`" * _longer_than_inside(text, 3)
    return f"{fence}{language}\n{text}\n{fence}\n"


def _longer_than_inside(text: str, least: int) -> int:
    return max(least, 1 + max((len(run) for run in _BACKTICKS.findall(text)), default=0))


def quoted(text: str) -> str:
    """Markdown that somebody wrote, as a block quote: its headings, lists and code stay inside, HTML becomes text."""
    text = legible(text).rstrip("\n")
    if not text.strip():
        return "> *no text*\n"
    return _prefixed(_without_html(text))


def _prefixed(text: str) -> str:
    return "".join(f"> {line}\n" if line else ">\n" for line in text.split("\n"))


def _without_html(text: str) -> str:
    """The text without raw HTML; what no escaping helps is shown as it was written, in a fence."""
    if "<" not in text:
        return text
    if len(text) <= PARSED_LIMIT and not is_intricate(text):
        with suppress(TooIntricate):
            if not _has_html(text):
                return text
            escaped = _escaped(text)
            if not _has_html(escaped):
                return escaped
    return fenced(text, "markdown").rstrip("\n")


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    """Unlike the screen's parser it knows HTML, so as to find it."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": True, "maxNesting": _NESTING}).enable(["table", "strikethrough"])
    limit_tables(made)
    return made


def _has_html(text: str) -> bool:
    for token in _parser().parse(_prefixed(text)):
        if token.type == "html_block" or token.level >= _NESTING - 2:
            return True
        if any(child.type == "html_inline" for child in token.children or ()):
            return True
    return False


def _escaped(text: str) -> str:
    """Every `<` that could begin a tag as an entity, but for those in blocks and spans of code, where it is text."""
    lines = text.split("\n")
    code_lines = {
        line
        for token in _parser().parse(text)
        if token.type in ("fence", "code_block") and token.map is not None
        for line in range(*token.map)
    }
    pieces: list[str] = []
    start = 0
    for number in range(len(lines) + 1):
        if number == len(lines) or number in code_lines or not lines[number].strip():
            if number > start:
                pieces.append(_escaped_prose("\n".join(lines[start:number])))
            if number < len(lines):
                pieces.append(lines[number])
            start = number + 1
    return "\n".join(pieces)


def _escaped_prose(text: str) -> str:
    parts: list[str] = []
    at = 0
    for span in _CODE_SPAN.finditer(text):
        parts += [_TAG.sub("&lt;", text[at : span.start()]), span.group()]
        at = span.end()
    return "".join([*parts, _TAG.sub("&lt;", text[at:])])


def json_text(raw: bytes) -> str:
    """JSON indented for reading, no value changed; what is no JSON as it came, with controls made visible."""
    try:
        text = msgspec.json.format(raw, indent=2).decode("utf-8")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return legible(raw.decode("utf-8", "replace"))
    if not has_controls(text):
        return text
    # Beyond ASCII there is nothing but text in strings, where an escape means the same character.
    text = "\n".join(_NOT_ASCII.sub(_as_escape, line) if has_controls(line) else line for line in text.split("\n"))
    return legible(text) if has_controls(text) else text


def _as_escape(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
