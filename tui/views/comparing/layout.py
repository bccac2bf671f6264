"""The lines of a part of a comparison: cut where they are many, unless all of it is wanted."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from tui.store.comparing.alignment import finished
from tui.store.comparing.comparison import JsonPart, MessagePair, TextPart, TurnPair, parts
from tui.store.comparing.json_changes import MOST_CHANGES, Change, is_rough
from tui.store.comparing.side import ComparedMessage, SideTurn, text_of
from tui.store.comparing.words import compared_words
from tui.store.history.messages import REASONING, UNREADABLE, parts_of
from tui.store.history.raw import CONTAINERS, RawValue, kind_of, size_of, source_of, string_of
from tui.terminal.text.clean import clean, clean_line
from tui.views.comparing.columns import ADDED, CHANGED, REMOVED, ComparedColumns, ComparedRow
from tui.views.comparing.outline import EQUAL, EQUAL_TURNS, TURN, ComparedBlock
from tui.views.comparing.text_rows import ADDED_WORDS, REMOVED_WORDS, folded, rows_of
from tui.views.jsontree.path import path_text
from tui.views.jsontree.summary import telling_parameters
from tui.views.text.format import plural, size, thousands
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import crop_line, line_width
from tui.views.transcript.blocks.text_pages import fold_mark

_FEW, _MANY = 10, 4_000
"""Lines of a part of a message that are shown, and when all of it is wanted."""

_ALONE = 4
"""Lines of a part of a message of a turn that only one of the conversations has."""

_SHORT, _LONG = 6_000, 400_000
"""Characters of a text or value that are laid out, and when all of it is wanted."""

_NAME_LIMIT = 60
_EXCERPT = 400
_HANG = 4
_ROLES = {"user": ("User", "user"), "assistant": ("Agent", "agent")}
_RULE = Span("─", "rule")
_NO_SIGN = Span("  ")


class LaidOutBlock(NamedTuple):
    """The lines of a part, and whether there are more of it."""

    lines: list[Line]
    is_cut: bool = False


def lay_out(
    block: ComparedBlock, turns: Sequence[TurnPair], columns: ComparedColumns, *, unfolded: bool
) -> LaidOutBlock:
    """The lines of a part, none wider than the pane; there is always one."""
    laid = _laid_out(block, turns, columns, unfolded=unfolded)
    return LaidOutBlock([crop_line(line, columns.width) for line in laid.lines], laid.is_cut)


def _laid_out(
    block: ComparedBlock, turns: Sequence[TurnPair], columns: ComparedColumns, *, unfolded: bool
) -> LaidOutBlock:
    turn = turns[block.turn]
    if block.kind == TURN:
        return LaidOutBlock([[], _heading(turn, columns)])
    if block.kind == EQUAL_TURNS:
        messages = sum(len(one.pairs) for one in turns[block.turn : block.last])
        words = f"{plural(block.last - block.turn, 'equal turn')} · {plural(messages, 'message')}"
        return LaidOutBlock([[], [fold_mark(not unfolded), Span(words, "muted")]])
    if block.kind == EQUAL:
        words = f"{thousands(block.last - block.first)} equal"
        return LaidOutBlock([[fold_mark(not unfolded), Span(words, "muted")]])
    pair = turn.pairs[block.first]
    head = _name(pair, columns, folded=not unfolded)
    if not pair.differs and not unfolded:
        return LaidOutBlock([head], is_cut=True)
    lines = [head]
    is_cut = False
    for part in parts(pair.before, pair.after):
        found = _part(part, pair, columns, whole=unfolded)
        lines += islice(found, _MANY if unfolded else _ALONE if turn.is_alone else _FEW)
        if next(found, None) is not None:
            is_cut = True
            lines.append([_NO_SIGN, Span("… more" if unfolded else "… more: Enter shows all", "muted")])
    return LaidOutBlock(lines, is_cut)


def _heading(turn: TurnPair, columns: ComparedColumns) -> Line:
    one, other = turn.before, turn.after
    if one is not None and other is not None:
        before: Line = [*_turn_name(one), Span(" ")]
        after: Line = [*_turn_name(other), Span(" ")]
        if not columns.are_beside:
            after = [_RULE, Span(" "), *after] if one.number != other.number else []
    else:
        sign = REMOVED if one is not None else ADDED
        name = [sign, *_turn_name(one or other), Span(" here only ", "muted")]  # type: ignore[arg-type]  # one is there
        before, after = (name, []) if one is not None or not columns.are_beside else ([], name)
    line = columns.ends(before, after, _RULE)
    return [*line, Span(_RULE.text * (columns.width - line_width(line)), _RULE.ink)]


def _turn_name(turn: SideTurn) -> Line:
    return [Span(f"turn {thousands(turn.number)}" if turn.number else "outside any turn", "heading")]


def _name(pair: MessagePair, columns: ComparedColumns, *, folded: bool) -> Line:
    """The first line of a message: a sign, whose it is, and how it begins where that is not told below."""
    message = pair.after or pair.before
    assert message is not None
    sign = _NO_SIGN if not pair.differs else CHANGED
    if pair.before is None or pair.after is None:
        sign = ADDED if pair.before is None else REMOVED
    words = excerpt(message, _EXCERPT) if message.is_call or not pair.differs else ""
    line: Line = [sign, fold_mark(folded), name_of_message(message), Span(f"  {words}" if words else "", "muted")]
    if columns.are_beside and pair.before is None:
        return columns.ends([], crop_line(line, columns.room), Span(" "))
    return line


def name_of_message(message: ComparedMessage) -> Span:
    """Whose a message is, or which tool was called."""
    if message.is_call:
        return Span(clean_line(message.tool, _NAME_LIMIT).strip() or "tool call", "tool")
    if message.kind == REASONING:
        return Span("Reasoning", "reasoning")
    if message.kind == UNREADABLE:
        return Span("a message that cannot be read", "warning")
    name, ink = _ROLES.get(message.role, (message.role or "No role", "other"))
    return Span(clean_line(name, _NAME_LIMIT), ink)


def excerpt(message: ComparedMessage, limit: int) -> str:
    """How a message begins, or what a tool was asked, on one line."""
    if message.is_call:
        return telling_parameters(parts_of(message.raw).parameters, limit)
    return " ".join(clean_line(text_of(message)[: 2 * limit], limit).split())


def _part(part: TextPart | JsonPart, pair: MessagePair, columns: ComparedColumns, *, whole: bool) -> Iterator[Line]:
    if isinstance(part, TextPart):
        return _compared(part.before, part.after, columns, whole=whole)
    if pair.before is None or pair.after is None or not pair.differs:
        return _whole_values(part, columns, whole=whole, differs=pair.differs)
    return _changes(part, columns, whole=whole)


def _label(words: str, aside: str = "") -> Line:
    return [_NO_SIGN, Span(words, "strong"), Span(aside, "muted")]


def _compared(before: str | None, after: str | None, columns: ComparedColumns, *, whole: bool) -> Iterator[Line]:
    """Two texts by words, or one alone."""
    most = _LONG if whole else _SHORT
    if before is None or after is None:
        said = (before if after is None else after) or ""
        spans = [Span(clean(said[:most]))]
        yield from columns.lines(ComparedRow(None if before is None else spans, None if after is None else spans))
        cut = len(said) > most
    else:
        words = finished(compared_words(before[:_LONG], after[:_LONG]))
        if words.is_rough:
            yield [_NO_SIGN, Span("compared roughly", "muted")]
        for row in folded(rows_of(words.segments), whole=whole):
            yield from [[_NO_SIGN, row]] if isinstance(row, Span) else columns.lines(row)
        cut = max(len(before), len(after)) > _LONG
    if cut:
        yield [_NO_SIGN, Span("… cut: the export has all of it", "muted")]


def _whole_values(part: JsonPart, columns: ComparedColumns, *, whole: bool, differs: bool) -> Iterator[Line]:
    """JSON that is on one side only, or the same on both."""
    label = Span(f"{part.name} ", "strong")
    room = columns.room - len(label.text)
    sides = [None if raw is None else [label, *_fitting(raw, room, whole=whole)] for raw in (part.before, part.after)]
    yield from columns.lines(ComparedRow(sides[0], sides[1], differs))


def _fitting(raw: RawValue, room: int, *, whole: bool) -> Line:
    """A value on one line where it fits there, else below its name."""
    spans = value_spans(raw, whole=whole)
    if kind_of(raw) not in CONTAINERS:
        return spans
    if size_of(raw) <= room:
        return [Span(clean_line(source_of(raw)))]
    return [Span("\n"), *spans]


def _changes(part: JsonPart, columns: ComparedColumns, *, whole: bool) -> Iterator[Line]:
    found = list(islice(part.changes, MOST_CHANGES))
    aside = "" if found else " equal"
    yield _label(part.name, " compared roughly" if is_rough(len(found)) else aside)
    for change in found:
        yield from _change(change, columns, whole=whole)
    if is_rough(len(found)):
        yield [_NO_SIGN, Span("… cut: the export has all of it", "muted")]


def _change(change: Change, columns: ComparedColumns, *, whole: bool) -> Iterator[Line]:
    before, after = change.before, change.after
    lead = [Span(place_text(change), "key"), Span(": ", "punctuation")]
    if before is None or after is None or kind_of(before) != "string" or kind_of(after) != "string":
        values = [None if raw is None else [*lead, *value_spans(raw, whole=whole)] for raw in (before, after)]
        yield from columns.lines(ComparedRow(values[0], values[1]), _HANG)
        return
    here, there = string_of(before), string_of(after)
    if "\n" in here or "\n" in there:
        yield [CHANGED, *lead]
        yield from _compared(here, there, columns, whole=whole)
        return
    most = _LONG if whole else _SHORT
    segments = finished(compared_words(here[:most], there[:most])).segments
    quote = Span('"', "string")
    one = [Span(clean(part.before), "string" if part.is_same else REMOVED_WORDS) for part in segments if part.before]
    other = [Span(clean(part.after), "string" if part.is_same else ADDED_WORDS) for part in segments if part.after]
    yield from columns.lines(ComparedRow([*lead, quote, *one, quote], [*lead, quote, *other, quote]), _HANG)


def place_text(change: Change) -> str:
    """The path of a difference, safe to paint: `$.results[0].status`; `$` is the whole."""
    return path_text(list(change.path))


def value_spans(raw: RawValue, *, whole: bool) -> Line:
    """A value of JSON, laid out over several lines where it holds more than one."""
    most = _LONG if whole else _SHORT
    kind = kind_of(raw)
    if kind == "string":
        text = string_of(raw)
        cut = Span(f"… {size(size_of(raw))}", "muted") if len(text) > most else Span("")
        return [Span(f'"{clean(text[:most])}"', "string"), cut]
    head = raw if size_of(raw) <= most else bytes(memoryview(raw)[:most])
    cut = Span(f"… {size(size_of(raw))}", "muted") if head is not raw else Span("")
    text = pretty(head) if kind in CONTAINERS else source_of(head)
    return [Span(clean(text), {"number": "number", "literal": "literal"}.get(kind, "text")), cut]


def pretty(raw: RawValue) -> str:
    """JSON over several lines where it can be read, else as it came."""
    try:
        return msgspec.json.format(bytes(raw), indent=2).decode("utf-8", "replace")
    except (msgspec.DecodeError, RecursionError):
        return source_of(raw)
