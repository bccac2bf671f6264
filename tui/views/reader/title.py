"""What the edge above a conversation says: the turn and the part of it where one reads, and what hides or alters it."""

from typing import NamedTuple

from tui.views import transcript
from tui.views.reader.reader import Reader
from tui.views.text.format import thousands
from tui.views.text.ink import Line, Span

_GAP = " · "


class ReaderTitle(NamedTuple):
    """The title, the place in a JSON value behind it, and the right end."""

    title: str
    path: str
    right: Line


def title_of(reader: Reader, name: str, remark: str) -> ReaderTitle:
    """The title of what is read: `turn 4/15 · book_reservation › results[0]`.

    The name of the conversation is told only where it is not to be seen in the text, nor a value is read.
    """
    *turns, percent = reader.position.split(_GAP)
    path = reader.json_path
    words = [remark, *turns] if path else [remark, *turns, part_of(reader), "" if shows_name(reader) else name]
    told = [(unusual, "warning") for unusual in reader.modes.unusual]
    waiting = reader.document.feedback.to_review if reader.document is not None else 0
    told += [(f"{thousands(waiting)} to review", "warning")] if waiting else []
    told += [(percent, "muted")] if percent else []
    right = [Span(f"{_GAP}{said}" if place else said, ink) for place, (said, ink) in enumerate(told)]
    return ReaderTitle(_GAP.join(filter(None, words)) or name, path, right)


def part_of(reader: Reader) -> str:
    """What the cursor is in, the tool first: `retrieval › results[3].score`, `retrieval`, `Agent`; else nothing."""
    viewport = reader.viewport
    if viewport is None:
        return ""
    block = viewport.document.blocks[viewport.cursor[0]]
    return reader.json_path or (block.name if isinstance(block, transcript.ToolBlock) else block.part)


def shows_name(reader: Reader) -> bool:
    """Whether the name of the conversation is to be seen in the text itself."""
    return reader.viewport is not None and reader.viewport.top == reader.viewport.first()
