"""The place in a conversation, taken out so that another start can come back to it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.store.reading_terms import Land
from tui.store.saved.folds import Fold, told
from tui.store.saved.place import Reading, within_bounds
from tui.views import transcript
from tui.views.reader import moves
from tui.views.reader.evidence import to_evidence
from tui.views.reader.reader import Reader
from tui.views.reader.searching import clear, search

if TYPE_CHECKING:
    from tui.views.transcript.document import Document
    from tui.views.transcript.viewport import Viewport

_NEAR = 1_000
"""Blocks above and below the cursor whose folds are remembered."""


def reading_of(reader: Reader) -> Reading | None:
    """Where the user reads, or None without a conversation."""
    viewport = reader.viewport
    if viewport is None:
        return None
    document = viewport.document
    return Reading(
        document.conversation.id,
        viewport.top,
        viewport.cursor,
        _folds(document, viewport.cursor[0]),
        reader.finder.text,
        _trees(document, viewport.cursor[0]),
    )


def turn_of(reader: Reader) -> int:
    """The number of the turn that is being read, from 1 on; 0 above the first."""
    viewport = reader.viewport
    if viewport is None or viewport.document.section_of(viewport.cursor[0]) is None:
        return 0
    return viewport.document.turn_at(viewport.cursor[0]).number


def land(reader: Reader, landing: Land) -> None:
    """Go where the user wants to begin to read in the conversation that is shown now."""
    if landing.line is not None:
        come_back(reader, landing.line)
    elif landing.turn is not None:
        moves.to_turn(reader, landing.turn)
    elif landing.failed is not None:
        moves.end_failed(reader, landing.failed)
    elif landing.message is not None:
        moves.to_message(reader, landing.message)
    elif landing.evidence:
        to_evidence(reader, landing.evidence)


def call_here(reader: Reader) -> tuple[int, str] | None:
    """Of the tool call under the cursor its place in the history, from 0 on, and its tool; None where there is none."""
    viewport = reader.viewport
    block = viewport.document.blocks[viewport.cursor[0]] if viewport is not None else None
    if viewport is None or not isinstance(block, transcript.ToolBlock):
        return None
    return viewport.document.messages_before(viewport.cursor[0]), block.message.facts.tool_type


def come_back(reader: Reader, reading: Reading) -> None:
    """Go where the user read in the conversation that is shown now, as soon as it is laid out that far."""
    viewport = reader.viewport
    if viewport is None or viewport.document.conversation.id != reading.conversation_id:
        return
    if reading.search:
        search(reader, reading.search, go=False)
    elif reader.finder.text:
        clear(reader)
    expected = viewport.cursor

    def go() -> None:
        nonlocal expected
        if reader.viewport is not viewport or viewport.cursor != expected:
            return  # the user has moved meanwhile
        _restore_folds(viewport.document, reading)
        _go(viewport, reading)
        expected = viewport.cursor
        reader.repaint(everything=True)

    if max(reading.top[0], reading.cursor[0]) < len(viewport.document.blocks) - 1:
        go()
    reader.when_grown(go)


def _go(viewport: "Viewport", reading: Reading) -> None:
    last = len(viewport.document.blocks) - 1
    viewport.top = min(reading.top[0], last), reading.top[1]
    viewport.cursor = min(reading.cursor[0], last), reading.cursor[1]
    viewport.settle()


def _folds(document: "Document", at: int) -> dict[int, bool | int]:
    """What was folded otherwise than the modes say: a level for tool calls, folded or not for the rest."""
    modes = document.modes
    folds: dict[int, bool | int] = {}
    for index in range(max(0, at - _NEAR), min(len(document.blocks), at + _NEAR)):
        block = document.blocks[index]
        if block.is_touched(modes):
            match block.fold_state():
                case bool(folded):
                    folds[index] = folded
                case (int(level), _) if level != modes.tools:
                    folds[index] = level
    return folds


def _trees(document: "Document", at: int) -> dict[int, Mapping[str, Fold]]:
    """What is folded in the JSON of tool calls; those near the cursor come first and are kept when it is too much."""
    trees: dict[int, Mapping[str, Fold]] = {}
    near = range(max(0, at - _NEAR), min(len(document.blocks), at + _NEAR))
    for index in sorted(near, key=lambda index: abs(index - at)):
        match document.blocks[index].fold_state():
            case (int(), dict(parts)) if parts:
                trees[index] = {part: told(fold) for part, fold in parts.items() if isinstance(fold, Fold)}
    return within_bounds(trees)


def _restore_folds(document: "Document", reading: Reading) -> None:
    for index in dict.fromkeys([*reading.folds, *reading.trees]):
        if index >= len(document.blocks):
            continue
        block, saved = document.blocks[index], reading.folds.get(index)
        match block.fold_state():
            case bool() if isinstance(saved, bool):
                block.restore(saved)
                document.changed(index)
            case (int(level), _) if not isinstance(saved, bool):
                block.restore((level if saved is None else saved, dict(reading.trees.get(index, {}))))
                document.changed(index)
