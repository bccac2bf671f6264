"""What a message says: its text, and parts that are none (pictures, files and others), each on a line of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from tui.api.content import ContentPart
from tui.api.history import decode_message
from tui.api.page import UnreadableMessage
from tui.store.history.messages import parts_of
from tui.terminal.text.clean import clean_line
from tui.views.jsontree.tree import JsonTree
from tui.views.text import format as fmt
from tui.views.text.ink import Line, Span
from tui.views.text.trace import Trace

MOST_ROWS = 200
"""Rows of its JSON that an unfolded part shows."""

_LOOKED_AT = 64 * 1024
"""Bytes of a part in which it is looked for what it is."""

_LIMIT = 80
_MEDIA = re.compile(
    rb'"(?:media_type|mime_?type|content_type)"\s*:\s*"([^"\\]{1,80})"|"data:([\w.+/-]{1,80})[;,]', re.I
)
_FIRST = re.compile(rb'"(?!type")[^"\\]{1,80}"\s*:\s*"((?!data:)[^"\\]{1,200})')
_NAME = re.compile(rb'"(?:file_?name|name|title|url|file_id|id)"\s*:\s*"((?!data:)[^"\\]{1,200})"', re.IGNORECASE)


def content_of(raw: msgspec.Raw) -> str:
    """The text of a message as the server gave it."""
    content = parts_of(raw).content
    if content is None:
        return ""
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = None
    if isinstance(value, str):
        return value
    message = decode_message(raw)
    return "" if isinstance(message, UnreadableMessage) else message.content or ""


@dataclass(frozen=True, slots=True)
class PartFolds:
    """The parts of a message that are no text: on which lines they stand, and which are unfolded."""

    places: Mapping[int, int]
    """Their numbers by the lines of the message."""
    opened: frozenset[int] = frozenset()

    def at(self, places: Mapping[int, int]) -> "PartFolds":
        """The same parts where they stand now."""
        return self if places == self.places else PartFolds(places, self.opened)

    def fold(self, number: int, folded: bool) -> "PartFolds":
        """With one folded or unfolded."""
        return PartFolds(self.places, self.opened - {number} if folded else self.opened | {number})

    def fold_all(self, folded: bool) -> "PartFolds":
        """With all of them folded or unfolded."""
        return PartFolds(self.places, frozenset() if folded else frozenset(self.places.values()))


NO_PARTS = PartFolds({})
"""Of a message that is one text, as most are: they share it."""


def part_line(part: ContentPart, trace: Trace | None = None) -> Line:
    """What the part is: its type, its media type and name or else its first text, and its size.

    Traced it stands for the JSON of the part.
    """
    head = part.raw[:_LOOKED_AT]
    found = [match[match.lastindex or 0] for pattern in (_MEDIA, _NAME) if (match := pattern.search(head)) is not None]
    if not found and (first := _FIRST.search(head)) is not None:
        found = [first[1]]
    words = [clean_line(one.decode("utf-8", "replace"), _LIMIT) for one in found]
    words.append(fmt.size(len(part.raw)))
    line = [Span(clean_line(part.kind, _LIMIT) or "part", "other"), Span(f"  {' · '.join(words)}", "muted")]
    if trace is None:
        return line
    text = trace.text(part.source, part.source)
    return [text.span(span.text, 0, len(part.source)) for span in line]


def part_rows(part: ContentPart, width: int) -> list[Line]:
    """The JSON of the part, as many rows as there is room for."""
    tree = JsonTree(part.raw)
    tree.fold_all(None, width)
    rows = [tree.row(number, width) for number in range(min(MOST_ROWS, tree.row_count(width)))]
    left = tree.row_count(width) - len(rows)
    return [*rows, [Span(f"… {fmt.plural(left, 'more row')}", "muted")]] if left else rows
