"""The rows of a JSON tree as lines: fold mark, key, value, and in muted ink what it holds and how large it is."""

import json
from bisect import bisect_right

from tui.store.history.raw import CONTAINERS, RawValue, head_of, kind_of, size_of, source_of, string_of
from tui.terminal.text.clean import clean_line
from tui.views.code.output import AS_ON_A_TERMINAL, Seen, is_output, seen, seen_columns
from tui.views.jsontree.node import Node, Row, indent, text_indent
from tui.views.jsontree.path import Step
from tui.views.jsontree.table import header_line, row_line
from tui.views.jsontree.text_rows import TextForm
from tui.views.jsontree.windows import window_line
from tui.views.text.format import lines, plural, size, thousands
from tui.views.text.ink import ASIDE, WRAPPED, Line, Span
from tui.views.text.trace import Trace
from tui.views.text.wrap import crop_line, line_width

_ASIDE = f"muted {ASIDE}"
_CLOSED, _OPEN, _LEAF = Span("▸ ", _ASIDE), Span("▾ ", _ASIDE), Span("  ", f"text {ASIDE}")
_SIZE_SAID = 1024
_KEY_LIMIT = 60
_PREVIEWED = 64 * 1024
"""Bytes up to which a folded container shows the beginning of what it holds."""

_INLINE_BYTES = 6
"""Bytes that one cell of inline JSON may come from (an escape)."""

_INKS = {"string": "string", "number": "number", "literal": "literal"}


def line_of(row: Row, width: int, trace: Trace | None = None) -> Line:
    """The line of a row, at most `width` cells wide; with a `trace` it tells what it shows of a text."""
    if row.part == "head":
        line = _head(row.node, width)
    elif row.part == "text":
        line = _text(row.node, row.number, width, trace)
    elif row.part == "header":
        line = [
            Span(" " * (width - _table_room(row.node, width))),
            *header_line(row.node, _table_room(row.node, width)),
        ]
    else:
        line = window_line(row, width)
    return crop_line(line, width)


def _table_room(node: Node, width: int) -> int:
    return width - text_indent(node.depth + 1, width)


def _head(node: Node, width: int) -> Line:
    start = _start(node.depth, width)
    parent = node.parent
    if parent is not None and parent.table and not node.opened:
        return [*start, _CLOSED, *row_line(parent, node.place, _table_room(parent, width))]
    room = width - indent(node.depth, width) - 2
    key = _key(node.step, parent)
    return [*start, _mark(node, width), *key, *_value(node, room - line_width(key))]


def _start(depth: int, width: int) -> Line:
    """What is before the fold mark: blanks, and the level as a number where there is no room to indent it further."""
    cells = indent(depth, width)
    level = f"{depth} " if cells < 2 * depth else ""
    return [Span(level.rjust(cells)[-cells:], "muted" if level else "text")] if cells else []


def _mark(node: Node, width: int) -> Span:
    if not can_fold(node, width):
        return _LEAF
    return _OPEN if node.opened else _CLOSED


def _key(step: Step, parent: Node | None) -> Line:
    if isinstance(step, int):
        return [Span(f"{step}: ", "muted")]
    if step is None:
        return [Span("JSON: ", "muted")] if parent is not None else []
    return [Span(_key_text(step), "key"), Span(": ", "punctuation")]


def _key_text(key: str) -> str:
    cleaned = clean_line(key, _KEY_LIMIT)
    plain = cleaned.isprintable() and cleaned.strip() == cleaned and cleaned and ":" not in cleaned
    return cleaned if plain and cleaned[0] not in "\"'{[" else clean_line(json.dumps(cleaned, ensure_ascii=False))


def can_fold(node: Node, width: int) -> bool:
    """Whether there is more to it than its one row."""
    if node.opened:
        return True
    if node.kind in CONTAINERS:
        return node.size > 2 and node.count > 0
    return node.holds_json() or not fits(node, width)


def fits(node: Node, width: int) -> bool:
    """Whether a text is whole on its one row."""
    room = width - indent(node.depth, width) - 2 - line_width(_key(node.step, node.parent))
    if node.size > _INLINE_BYTES * max(room, 1) or _is_as_on_a_terminal(node):
        return False
    line = scalar(node.raw, room + 1, as_written=node.form is TextForm.WRITTEN) if node.kind != "broken" else []
    return bool(line) and "\n" not in node.text() and line_width(line) <= room


def scalar(raw: RawValue, room: int, *, as_written: bool = True) -> Line:
    """A value without children on one line; a long one is cut soon after `room`.

    It is `as_written` where nothing beside it could say that it is not.
    """
    kind = kind_of(raw)
    octets = max(room, 8) * 4 * _INLINE_BYTES
    if kind == "string":
        text = head_of(raw, octets)
        if not as_written and is_output(text):
            found = seen(text.replace("\n", " ⏎ "))
            return [Span('"', "string"), *_inked(found, 0, len(found.text), "string"), Span('"', "string")]
        return [Span(f'"{clean_line(text.replace(chr(10), " ⏎ ") if chr(10) in text else text)}"', "string")]
    return [Span(clean_line(source_of(bytes(memoryview(raw)[:octets]))), _INKS.get(kind, "text"))]


def _value(node: Node, room: int) -> Line:
    if node.kind in CONTAINERS:
        return _container(node, room)
    said = _text_facts(node)
    if node.opened:
        return [Span("JSON in a string  " if node.as_json else "", _ASIDE), Span(said, _ASIDE)]
    is_told = node.size >= _SIZE_SAID or node.kind in ("broken", "deep") or _is_as_on_a_terminal(node)
    notes = Span(f"  {said}" if is_told else "", _ASIDE)
    if node.holds_json():
        notes = Span(f"{notes.text}  JSON in a string: Enter decodes", _ASIDE)
    left = room - line_width([notes])
    return [*crop_line(scalar(node.raw, room, as_written=node.form is TextForm.WRITTEN), max(left, 8)), notes]


def _text_facts(node: Node) -> str:
    said = _what_it_is(node)
    if node.opened and not node.as_json:
        if "\n" in node.text():
            return f"{said}{lines(node.text())}, {size(node.size)}"
        return said + size(node.size) if node.size >= _SIZE_SAID else said.rstrip()
    return said + size(node.size)


def _what_it_is(node: Node) -> str:
    """What is to be said of how a text is shown."""
    why = {"broken": "not valid JSON, shown as text  ", "deep": "nested too deeply, shown as text  "}.get(node.kind, "")
    if _is_as_on_a_terminal(node):
        why += f"{AS_ON_A_TERMINAL}  "
    elif node.opened and node.is_markdown():
        why += "rendered Markdown, M as written  "
    return why


def _is_as_on_a_terminal(node: Node) -> bool:
    return not node.as_json and node.form is not TextForm.WRITTEN and node.is_output()


def _container(node: Node, room: int) -> Line:
    count = node.count
    if node.kind not in CONTAINERS:
        return _value(node, room)
    if count == 0:
        return [Span("{}" if node.kind == "object" else "[]", "punctuation")]
    if not node.opened:
        inline = inline_line(node, room)
        if inline is not None:
            return inline
    return _folded(node, count, room)


def _folded(node: Node, count: int, room: int) -> Line:
    bytes_said = f"  {size(node.size)}" if node.size >= _SIZE_SAID else ""
    table = "  table" if node.opened and node.table else ""
    if node.kind == "list":
        return [Span(f"[{thousands(count)}]", "punctuation"), Span(bytes_said + table, _ASIDE)]
    facts = Span(f"  {plural(count, 'key')}{bytes_said}", _ASIDE)
    if node.opened:
        return [Span("{…}", "punctuation"), facts]
    return [*_preview(node, room - line_width([facts])), facts]


def _preview(node: Node, room: int) -> Line:
    """The first scalars of a folded object, as far as they fit."""
    shown: Line = []
    if node.size <= _PREVIEWED:
        parts = node.parts()
        for key, value in zip(parts.keys or (), parts.values, strict=False):
            if kind_of(value) in CONTAINERS:
                continue
            member = [
                Span(_key_text(key), "key"),
                Span(": ", "punctuation"),
                *scalar(value, room),
            ]
            left = room - line_width(shown) - len("{, , …}")
            if left < line_width(member[:2]) + 4:
                break
            shown.extend([*([Span(", ", "punctuation")] if shown else []), *crop_line(member, left)])
    if not shown:
        return [Span("{…}", "punctuation")]
    return [Span("{", "punctuation"), *shown, Span(", …}", "punctuation")]


def inline_line(node: Node, room: int) -> Line | None:
    """A small flat container whole on one line, or None when it is not flat or does not fit."""
    if node.size > room * _INLINE_BYTES:
        return None
    parts = node.parts()
    is_list = parts.keys is None
    line: Line = [Span("[" if is_list else "{ ", "punctuation")]
    for place, value in enumerate(parts.values):
        if kind_of(value) in CONTAINERS and size_of(value) > len("[]"):
            return None
        if place:
            line.append(Span(", ", "punctuation"))
        if parts.keys is not None:
            line.extend([Span(_key_text(parts.keys[place]), "key"), Span(": ", "punctuation")])
        if kind_of(value) == "string" and ("\n" in (text := string_of(value)) or _looks_like_json(text)):
            return None
        line.extend(scalar(value, room))
        if line_width(line) > room:
            return None
    line.append(Span("]" if is_list else " }", "punctuation"))
    return line if line_width(line) <= room else None


def _looks_like_json(text: str) -> bool:
    stripped = text.strip()
    return len(stripped) > len("{}") and stripped[0] + stripped[-1] in ("{}", "[]")


def _text(node: Node, number: int, width: int, trace: Trace | None) -> Line:
    rows, room = node.rows(), node.text_room(width)
    layout, cells = rows.layout(room), text_indent(node.depth, width)
    before = [Span(" " * cells, f"text {ASIDE}")]
    if layout.lines is not None:
        return [*before, *(layout.lines if trace is None else rows.traced(room, trace))[number]]
    found, (start, end) = layout.seen, layout.slices[number]
    if number and "\n" in found.text and "\n" not in found.text[layout.slices[number - 1][1] : start]:
        before = [Span(" " * (cells - len(WRAPPED.text)), f"text {ASIDE}"), WRAPPED]
    if trace is None:
        return [*before, *_inked(found, start, end, _INKS.get(node.kind, "text"))]
    written = trace.rows_of(rows, rows.written, found.text, layout.slices, seen_columns)
    written.before, written.after = rows.text[: rows.page.start], rows.text[rows.page.end :]
    return [*before, written.span(found.text[start:end], start, end)]


def _inked(found: Seen, start: int, end: int, ink: str) -> Line:
    """A part of a text in its inks; what has none is in the ink of its kind."""
    line: Line = []
    for begin, stop, over in found.runs[bisect_right(found.runs, start, key=lambda run: run[1]) :]:
        if begin >= end:
            break
        if begin > start:
            line.append(Span(found.text[start:begin], ink))
        line.append(Span(found.text[max(begin, start) : min(stop, end)], over))
        start = min(stop, end)
    if start < end:
        line.append(Span(found.text[start:end], ink))
    return line
