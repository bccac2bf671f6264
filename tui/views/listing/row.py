"""One row of the list: a conversation in three, two or one lines, with its numbers in columns."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from tui.store.listing.rows import ListedConversation, RepeatedRow, Row
from tui.store.told_beside import NO_ANNOTATIONS, Annotations
from tui.terminal.text.clean import clean_line
from tui.views.listing.columns import EDGES, EVERY, MARKS, ColumnChoice, column_line
from tui.views.listing.name import agent_of, is_named, name_of, untagged_words
from tui.views.text.format import ago, compact, day, thousands
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import crop_line, line_width

if TYPE_CHECKING:
    from tui.api.conversation import Conversation
    from tui.store.facts.rows import FactsRow

_NAME_LIMIT = 400
"""Characters of a name or a tag that are looked at; no pane is wider."""

_WIDE = 76
"""From this width on the tags stand beside the numbers, and a row takes two lines, not three."""

_ALIGNED = 33
"""From this width on the counts of messages and tool calls have four cells each, below three."""

_NARROW = 52
"""Below this width the agent stands before the tags, and the numbers have their line to themselves."""

_MARK, _ARCHIVED = Span("▣", "accent strong"), Span("▤", "archived")
"""Stand in the first cell of a row that the user has marked, or that is archived."""

_UNSEEN = Span("•", "muted")
_JUDGED, _FLAGGED = Span("✓", "success"), Span("!", "warning")

SIGNS = (
    (_MARK.text, "Before a row: marked"),
    (_ARCHIVED.text, "Archived"),
    (_UNSEEN.text, "In columns: not yet read in this run; a blank: read"),
    (_JUDGED.text, "Judged"),
    (_FLAGGED.text, "Flagged, it or one of its turns"),
    ("✗", "Failed calls, with ? where their words alone say so; a click goes to the first one"),
    ("▼ ▲ ◆", "In columns: people's thumbs down, up, or neither; with * some of it waits for review"),
    ("↻", "How often the same call was made in a row, at most"),
    ("–", "None"),
    ("…", "Not known as long as the history is not read"),
)
"""What the signs of the list mean."""


class Density(Enum):
    """How much room a row takes."""

    ROWS = "rows"
    COLUMNS = "columns"
    RAIL = "rail"
    """Annotations what is read: the marks of a conversation and its name."""


class RowStyle(NamedTuple):
    """What all rows of a list share: width in cells, density, the moment that ages count from, columns."""

    width: int
    density: Density
    now: datetime
    columns: ColumnChoice = EVERY

    @classmethod
    def within(cls, columns: int, density: Density, now: datetime, choice: ColumnChoice = EVERY) -> "RowStyle":
        """The style of rows in a list of so many columns, with the cursor before them and the scroll bar behind."""
        return cls(max(1, columns - EDGES), density, now, choice)

    @property
    def height(self) -> int:
        """Lines that each row takes."""
        if self.density is not Density.ROWS:
            return 1
        return 2 if self.width >= _WIDE else 3


def row_lines(
    index: int,
    row: Row | None,
    style: RowStyle,
    *,
    failed: bool = False,
    marked: bool = False,
    seen: bool = False,
    facts: "FactsRow | None" = None,
    beside: Annotations = NO_ANNOTATIONS,
) -> list[Line]:
    """The lines of the row at an index; None is a row on its way, or one that did not come.

    What the user has `seen` in this run says so, and columns mark what they have not. `facts` are what is known of its
    history; columns and rails show them. What is told `beside` them all rows show.
    """
    if isinstance(row, ListedConversation) and style.density is Density.RAIL:
        lines = [_rail_line(row.conversation, facts, beside, gone=row.gone, marked=marked, seen=seen)]
    elif isinstance(row, ListedConversation):
        lines = _conversation_lines(row.conversation, style, facts, beside, seen)
        if row.gone:
            lines = [[Span(span.text, "muted") for span in line] for line in lines]
        if marked:
            lines[0] = _marked(lines[0])
    elif row is None:
        lines = [_placeholder(index, failed)]
    elif isinstance(row, RepeatedRow):
        name = name_of(row.conversation, _NAME_LIMIT)
        lines = [[Span("≡ ", "muted"), Span(f"sent twice by the server: {name}", "muted")]]
    else:
        lines = [
            [Span("! ", "warning"), Span(f"row {thousands(index + 1)} cannot be read", "warning")],
            [Span("  "), Span(clean_line(row.record.reason, _NAME_LIMIT), "muted")],
        ]
    lines = [crop_line(line, style.width) for line in lines[: style.height]]
    return lines + [[] for _ in range(style.height - len(lines))]


def _marked(line: Line) -> Line:
    """The line with the mark in its first cell; whether it is archived goes to the second, before what is unseen."""
    first, *rest = line
    archived = first.text.strip()
    if len(first.text) == 1:
        return [_MARK, Span(archived, first.ink) if archived else rest[0], *rest[1:]]
    return [_MARK, Span(archived or " ", first.ink), *rest]


def _placeholder(index: int, failed: bool) -> Line:
    if failed:
        return [Span("✕ ", "failed"), Span(f"row {thousands(index + 1)} did not come", "muted")]
    return [Span("⋯ ", "muted"), Span(thousands(index + 1), "muted")]


def _conversation_lines(
    conversation: "Conversation", style: RowStyle, facts: "FactsRow | None", beside: Annotations, seen: bool
) -> list[Line]:
    if style.density is Density.COLUMNS:
        sign = _sign(beside) or (Span(" ") if seen else _UNSEEN)
        marks = [_ARCHIVED if conversation.is_archived else Span(" "), sign, Span(" ")]
        width = style.width - MARKS
        return [[*marks, *column_line(conversation, facts, style.now, width, style.columns, beside)]]
    told = [*_said(beside), *_labels(conversation, style.now, seen)]
    if style.width >= _WIDE:
        return [_headline(conversation, style), _second_line(conversation, style, told)]
    if style.width < _NARROW:
        labels = [Span(_agent(conversation), "muted"), Span("  "), *told]
        numbers = _numbers(conversation, 4 if style.width >= _ALIGNED else 3)
        return [_headline(conversation, style), [Span("".join(numbers), "muted")], [Span("  "), *labels]]
    return [
        _headline(conversation, style),
        _second_line(conversation, style, []),
        [Span("  "), *told],
    ]


def _sign(beside: Annotations) -> Span | None:
    """What reviewers said, in one cell."""
    return _FLAGGED if beside.is_flagged else _JUDGED if beside.label else None


def _said(beside: Annotations) -> Line:
    """What reviewers said, in words."""
    flag = [_FLAGGED, Span(" flagged  ", "muted")] if beside.is_flagged else []
    label = [_JUDGED, Span(f" {clean_line(beside.label, _NAME_LIMIT)}  ")] if beside.label else []
    return [*label, *flag]


def _rail_line(
    conversation: "Conversation",
    facts: "FactsRow | None",
    beside: Annotations,
    *,
    gone: bool,
    marked: bool,
    seen: bool,
) -> Line:
    """Its mark, whether a call failed as far as that is known, what was said, and its name, faint where it was seen."""
    mark = _MARK if marked else _ARCHIVED if conversation.is_archived else Span(" ")
    failed = Span(" ")
    if facts is not None and facts.failed:
        failed = Span("✗", "guessed" if facts.guessed == facts.failed else "failed")
    name = [Span(span.text, "muted") for span in _name(conversation)] if gone or seen else _name(conversation)
    return [mark, failed, _sign(beside) or Span(" "), *name]


def _headline(conversation: "Conversation", style: RowStyle) -> Line:
    when = _when(conversation, style.now)
    return _spread([*_mark(conversation), *_name(conversation)], [Span(when, "muted")], style.width)


def _second_line(conversation: "Conversation", style: RowStyle, told: Line) -> Line:
    left: Line = [Span("  "), Span(_agent(conversation), "muted")]
    if told:
        left += [Span("  "), *told]
    return _spread(left, [Span("".join(_numbers(conversation)), "muted")], style.width)


def _mark(conversation: "Conversation") -> Line:
    return [Span(f"{_ARCHIVED.text} ", "archived")] if conversation.is_archived else [Span("  ")]


def _name(conversation: "Conversation") -> Line:
    named = "archived" if conversation.is_archived else "text strong"
    return [Span(name_of(conversation, _NAME_LIMIT), named if is_named(conversation) else "muted em")]


def _agent(conversation: "Conversation") -> str:
    return agent_of(conversation, _NAME_LIMIT)


def _when(conversation: "Conversation", now: datetime) -> str:
    moment = conversation.created_at or conversation.updated_at
    return ago(moment, now) if moment is not None else "no date"


def _labels(conversation: "Conversation", now: datetime, seen: bool) -> Line:
    """Tags, and in words what else is to be known."""
    line: Line = []
    for tag in conversation.tags or ():
        line += [Span(clean_line(tag, _NAME_LIMIT), "tag"), Span("  ")]
    words = [untagged_words(conversation)] if not conversation.tags else []
    if conversation.is_archived:
        archived = conversation.archived_at
        words.append(f"archived {day(archived, now=now)}" if archived is not None else "archived")
    if conversation.is_shared:
        words.append("shared")
    if conversation.notes:
        words.append("partly unreadable")
    if seen:
        words.append("seen")
    return [*line, Span(" · ".join(words), "muted")]


def _numbers(conversation: "Conversation", digits: int = 4) -> tuple[str, str, str]:
    """Messages, tool calls and tokens, each in a column of its own."""
    messages, calls = _short(conversation.message_count, digits), _short(conversation.tool_call_count, digits)
    tokens = conversation.tokens
    return (
        f"{messages:>{digits}} msg",
        f" {calls:>{digits}} {'tool ' if calls == '1' else 'tools'}",
        f" {'↑' + _count(tokens.input):>6} {'↓' + _count(tokens.output):>6}",
    )


def _count(number: int | None) -> str:
    return compact(number) if number is not None else "?"


def _short(number: int | None, characters: int) -> str:
    """A count in four characters, `9.9k` or `10k`, or in three: `1k`."""
    text = _count(number)
    return text if len(text) <= characters or "." not in text else f"{float(text[:-1]):.0f}{text[-1]}"


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


def lines_in_list(lines: list[Line], style: RowStyle, cursor: str) -> list[Line]:
    """The lines of a row with the marker of the cursor, in the ink `cursor` or none, before and a blank behind."""
    marker = Span("▌", cursor) if cursor else Span(" ")
    return [[marker, *line, Span(" " * (style.width + 1 - line_width(line)))] for line in lines]
