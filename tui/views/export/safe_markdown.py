"""Untrusted text put into a Markdown document so that it can neither break its structure nor bring HTML into it.

Control and invisible characters are shown as on the screen, tabs stay; in JSON they become escapes, which changes no
value.
"""

import json
import re

import msgspec

from tui.terminal.text.clean import clean_line, has_controls
from tui.views.export.escapes import uncalled
from tui.views.export.quoting import legible, longer_than_inside

_MARKUP = re.compile(r"[\\`*\[\]<>#|~$&]|(?<![^\W_])_|_(?![^\W_])")
"""An underscore inside a word is one; the rest of ASCII's punctuation means nothing in the middle of a line."""

_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_LONG = 1_000
"""Characters of a string from which its end is told and not shown."""

_HEAD = 100
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def inline(text: str, limit: int = 400) -> str:
    """One line of plain words, for a heading or a cell of a table: nothing in it is markup."""
    return uncalled(_MARKUP.sub(r"\\\g<0>", " ".join(clean_line(text, limit).split())))


def code(text: str, limit: int = 400, *, in_cell: bool = False) -> str:
    """One line of code; in a cell of a table a pipe needs a backslash, which is not shown."""
    text = " ".join(clean_line(text, limit).split())
    text = text.replace("|", "\\|") if in_cell else text
    ticks = "`" * longer_than_inside(text, 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{blank}{text}{blank}{ticks}"


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


def shortened(text: str) -> str:
    """The JSON with the begin of each long string, and how much more of it there is: a picture is no reading."""
    return _STRING.sub(_beginning, text)


def _beginning(match: re.Match[str]) -> str:
    string = match.group()
    if len(string) <= _LONG:
        return string
    try:
        value = json.loads(string, strict=False)
    except ValueError:
        return string
    return json.dumps(f"{value[:_HEAD]}… {len(value) - _HEAD:,} more characters", ensure_ascii=has_controls(value))


def _as_escape(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
