"""What differs between two conversations as Markdown, whole: nothing of a difference is cut."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from tui.store.comparing.alignment import finished
from tui.store.comparing.comparison import Comparison, JsonPart, MessagePair, TextPart, TurnPair, parts
from tui.store.comparing.json_changes import is_rough
from tui.store.comparing.words import compared_words
from tui.store.history.raw import CONTAINERS, RawValue, kind_of, source_of
from tui.views.comparing.columns import ComparedRow
from tui.views.comparing.layout import name_of_message, place_text
from tui.views.comparing.text_rows import rows_of
from tui.views.export.quoting import fenced, legible
from tui.views.export.safe_markdown import code, inline, json_text
from tui.views.text.format import plural, thousands
from tui.views.text.ink import Span
from tui.views.text.wrap import plain

_ROUGHLY = "\n*Compared roughly: there is too much for the best alignment.*\n"


class Compared(NamedTuple):
    """What is compared with another one: its name, what is to be known of it, and its id, all as they came."""

    name: str
    aside: str
    id: str


def comparison_markdown(before: Compared, after: Compared, comparison: Comparison) -> Iterator[str]:
    """The whole comparison, piece by piece."""
    yield "# Compared\n\n| | | | |\n|:--|:--|:--|:--|\n"
    for sign, one in (("-", before), ("+", after)):
        yield f"| `{sign}` | {inline(one.name)} | {inline(one.aside)} | {code(one.id, in_cell=True)} |\n"
    if comparison.is_rough:
        yield _ROUGHLY
    if not any(turn.differs for turn in comparison.turns):
        yield "\nNothing differs.\n"
    for differs, turns in groupby(comparison.turns, lambda turn: turn.differs):
        if differs:
            for turn in turns:
                yield from _turn(turn)
        else:
            yield f"\n*{plural(len(list(turns)), 'equal turn')}*\n"


def _turn(turn: TurnPair) -> Iterator[str]:
    names = [_turn_name(one.number) for one in (turn.before, turn.after) if one is not None]
    mark = "" if not turn.is_alone else "`-` " if turn.after is None else "`+` "
    yield f"\n## {mark}{' · '.join(dict.fromkeys(names))}{' (here only)' if turn.is_alone else ''}\n"
    for differs, pairs in groupby(turn.pairs, lambda pair: pair.differs):
        if differs:
            for pair in pairs:
                yield pair_markdown(pair)
        else:
            yield f"\n*{thousands(len(list(pairs)))} equal*\n"


def _turn_name(number: int) -> str:
    return f"Turn {thousands(number)}" if number else "Outside any turn"


def pair_markdown(pair: MessagePair) -> str:
    """A message beside another one: what differs between them."""
    message = pair.after or pair.before
    if message is None:
        return ""
    sign = "-" if pair.after is None else "+" if pair.before is None else "~"
    text = f"\n### `{sign}` {inline(name_of_message(message).text)}\n"
    for part in parts(pair.before, pair.after):
        lines = _text_lines(part) if isinstance(part, TextPart) else _json_lines(part)
        label = f"\n{part.name}\n" if isinstance(part, JsonPart) else ""
        body = "\n".join(lines)
        text += f"{label}\n{fenced(legible(body), 'diff')}" if body else f"\n{label.strip()}: equal\n" if label else ""
    return text


def _text_lines(part: TextPart) -> Iterator[str]:
    if part.before is None or part.after is None:
        yield from _signed("-", part.before)
        yield from _signed("+", part.after)
        return
    for row in rows_of(finished(compared_words(part.before, part.after)).segments):
        yield from row_lines(row)


def row_lines(row: ComparedRow) -> Iterator[str]:
    """The lines of a row of two texts, each with its sign: what is the same stands there once."""
    if not row.differs:
        yield from _signed(" ", _plain(row.before))
        return
    yield from _signed("-", _plain(row.before))
    yield from _signed("+", _plain(row.after))


def _plain(spans: Sequence[Span] | None) -> str | None:
    return None if spans is None else plain(spans)


def _signed(sign: str, text: str | None) -> Iterator[str]:
    if text is not None:
        yield from (f"{sign} {line}" for line in text.split("\n"))


def _json_lines(part: JsonPart) -> Iterator[str]:
    found = list(part.changes)
    if is_rough(len(found)):
        yield "  compared roughly"
    for change in found:
        for sign, raw in (("-", change.before), ("+", change.after)):
            if raw is not None:
                yield from _signed(sign, f"{place_text(change)}: {_value(raw)}")


def _value(raw: RawValue) -> str:
    return json_text(bytes(raw)) if kind_of(raw) in CONTAINERS else source_of(raw)
