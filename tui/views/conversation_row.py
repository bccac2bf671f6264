"""One row of the list: a conversation in three, two or one lines, with its numbers in columns."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from tui.store.rows import ListedConversation, RepeatedRow, Row
from tui.terminal.clean import clean_line
from tui.views.format import ago, compact, day, thousands
from tui.views.ink import Line, Span
from tui.views.wrap import crop_line, line_width

if TYPE_CHECKING:
    from tui.api.models import Conversation

_NAME_LIMIT = 400
"""Characters of a name or a tag that are looked at; no pane is wider."""

_WIDE = 76
"""From this width on the tags stand beside the numbers, and a row takes two lines, not three."""

_NUMBERS_FROM = 64
"""From this width on a row of one line has its numbers."""

_NARROW = 52
"""Below this width the agent stands before the tags, and the numbers have their line to themselves."""

_MARK = Span("●", "accent strong")
"""Stands in the first cell of a row that somebody has marked."""


class Density(Enum):
    """How much room a row takes."""

    ROWS = "rows"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class RowStyle:
    """What all rows of a list share: the width in cells, the density, and the moment that ages count from."""

    width: int
    density: Density
    now: datetime

    @property
    def height(self) -> int:
        """Lines that each row takes."""
        if self.density is Density.COLUMNS:
            return 1
        return 2 if self.width >= _WIDE else 3


def row_lines(
    index: int, row: Row | None, style: RowStyle, *, failed: bool = False, marked: bool = False
) -> list[Line]:
    """The lines of the row at an index; None is a row on its way, or one that did not come."""
    if isinstance(row, ListedConversation):
        lines = _conversation_lines(row.conversation, style)
        if marked:
            lines[0] = [_MARK, Span(lines[0][0].text.strip() or " ", lines[0][0].ink), *lines[0][1:]]
    elif row is None:
        lines = [_placeholder(index, failed)]
    elif isinstance(row, RepeatedRow):
        name = clean_line(row.conversation.name or row.conversation.id, _NAME_LIMIT)
        lines = [[Span("≡ ", "muted"), Span(f"sent twice by the server: {name}", "muted")]]
    else:
        lines = [
            [Span("! ", "warning"), Span(f"row {thousands(index + 1)} cannot be read", "warning")],
            [Span("  "), Span(clean_line(row.record.reason, _NAME_LIMIT), "muted")],
        ]
    lines = [crop_line(line, style.width) for line in lines[: style.height]]
    return lines + [[] for _ in range(style.height - len(lines))]


def _placeholder(index: int, failed: bool) -> Line:
    if failed:
        return [Span("✕ ", "failed"), Span(f"row {thousands(index + 1)} did not come", "muted")]
    return [Span("⋯ ", "muted"), Span(thousands(index + 1), "muted")]


def _conversation_lines(conversation: "Conversation", style: RowStyle) -> list[Line]:
    if style.density is Density.COLUMNS:
        return [_columns(conversation, style)]
    if style.width >= _WIDE:
        return [_headline(conversation, style), _second_line(conversation, style, tags=True)]
    if style.width < _NARROW:
        labels = [Span(_agent(conversation), "muted"), Span("  "), *_labels(conversation, style.now)]
        return [_headline(conversation, style), [Span(" "), *_numbers(conversation)], [Span("  "), *labels]]
    return [
        _headline(conversation, style),
        _second_line(conversation, style, tags=False),
        [Span("  "), *_labels(conversation, style.now)],
    ]


def _headline(conversation: "Conversation", style: RowStyle) -> Line:
    when = _when(conversation, style.now)
    return _spread([*_mark(conversation), *_name(conversation)], [Span(when, "muted")], style.width)


def _second_line(conversation: "Conversation", style: RowStyle, *, tags: bool) -> Line:
    left: Line = [Span("  "), Span(_agent(conversation), "muted")]
    if tags:
        left += [Span("  "), *_labels(conversation, style.now)]
    return _spread(left, _numbers(conversation), style.width)


def _columns(conversation: "Conversation", style: RowStyle) -> Line:
    when = Span(f"{_when(conversation, style.now):>12}", "muted")
    left: Line = [*_mark(conversation), *_name(conversation)]
    if style.width < _NUMBERS_FROM:
        return _spread(left, [when], style.width)
    if style.width >= _WIDE:
        left += [Span("  "), Span(_agent(conversation), "muted"), Span("  "), *_labels(conversation, style.now)]
    return _spread(left, [*_numbers(conversation), when], style.width)


def _mark(conversation: "Conversation") -> Line:
    return [Span("▣ ", "archived")] if conversation.is_archived else [Span("  ")]


def _name(conversation: "Conversation") -> Line:
    if conversation.name and conversation.name.strip():
        ink = "archived" if conversation.is_archived else "text strong"
        return [Span(clean_line(conversation.name.strip(), _NAME_LIMIT), ink)]
    return [Span(f"unnamed · {clean_line(conversation.id, 12)}", "muted em")]


def _agent(conversation: "Conversation") -> str:
    return clean_line(conversation.agent_settings_name or "no agent named", _NAME_LIMIT)


def _when(conversation: "Conversation", now: datetime) -> str:
    moment = conversation.created_at or conversation.updated_at
    return ago(moment, now) if moment is not None else "no date"


def _labels(conversation: "Conversation", now: datetime) -> Line:
    """Tags, and in words what else is to be known."""
    line: Line = []
    for tag in conversation.tags:
        line += [Span(clean_line(tag, _NAME_LIMIT), "tag"), Span("  ")]
    words = [] if conversation.tags else ["untagged"]
    if conversation.is_archived:
        archived = conversation.archived_at
        words.append(f"archived {day(archived, now=now)}" if archived is not None else "archived")
    if conversation.is_shared:
        words.append("shared")
    if conversation.notes:
        words.append("partly unreadable")
    return [*line, Span(" · ".join(words), "muted")]


def _numbers(conversation: "Conversation") -> Line:
    """Messages, tool calls and tokens, each in a column of its own."""
    messages, calls = _count(conversation.message_count), _count(conversation.tool_call_count)
    told = f"{messages:>3} msg {calls:>3} {'tool ' if calls == '1' else 'tools'}"
    tokens = conversation.tokens
    return [Span(f"{told} {'↑' + _count(tokens.input):>6} {'↓' + _count(tokens.output):>6}", "muted")]


def _count(number: int | None) -> str:
    return compact(number) if number is not None else "?"


def _spread(left: Line, right: Line, width: int) -> Line:
    """Left and right at their ends of the width; where they do not fit together the left one is cut with a mark."""
    room = width - line_width(right) - 1
    if room < 8:
        return crop_line(left, width)
    left = crop_line(left, room)
    return [*left, Span(" " * (width - line_width(left) - line_width(right))), *right]


def rows_in_view(height: int, style: RowStyle) -> int:
    """Whole rows that a pane of this height shows, at least one."""
    return max(1, height // style.height)
