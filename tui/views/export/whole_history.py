"""All of a history as blocks, made from its bytes: what is copied or exported does not wait for what is laid out."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from tui.api.history import split_history
from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.store.history.turns import Turn
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.message_block import RawBlock
from tui.views.transcript.blocks.tool_block import ToolBlock
from tui.views.transcript.blocks.turns import TurnBlock
from tui.views.transcript.growth import Builder
from tui.views.transcript.modes import Modes


@dataclass(frozen=True, slots=True)
class HistoryBlock:
    """A block, the number of the element of the history that it shows or stands above, and its turn."""

    block: Block
    element: int
    turn: Turn


def history_blocks(elements: Sequence[msgspec.Raw], patterns: FailurePatterns = NO_PATTERNS) -> list[HistoryBlock]:
    """All blocks; each turn has its sums, failed calls among them."""
    builder = Builder(Modes(patterns=patterns))
    blocks: list[HistoryBlock] = []
    turn = Turn(0, None)
    for number, raw in enumerate(elements):
        for block in builder.add(raw, len(blocks)):
            if isinstance(block, TurnBlock):
                turn = block.turn
            elif isinstance(block, ToolBlock) and (failure := block.outcome.failure) is not None:
                turn.count(failure)
            blocks.append(HistoryBlock(block, number, turn))
    return blocks


@dataclass(frozen=True, slots=True)
class WholeTurn:
    """Everything that belongs to one question, and the last thing that the agent said."""

    blocks: list[HistoryBlock]
    answer: HistoryBlock | None


def turn_at(raw: bytes, element: int, patterns: FailurePatterns = NO_PATTERNS) -> WholeTurn:
    """The turn that an element of a history belongs to.

    Raises:
        UnreadableAnswer: the history is no list.
    """
    blocks = history_blocks(split_history(raw), patterns)
    found = next(one for one in blocks if one.element == element and isinstance(one.block, RawBlock))
    answer = found.turn.answer
    return WholeTurn([one for one in blocks if one.turn is found.turn], None if answer is None else blocks[answer])
