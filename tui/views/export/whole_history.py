"""All of a history as blocks, made from its bytes: what is copied or exported does not wait for what is laid out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from tui.api.history import split_history
from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.store.history.turns import Turn
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.history_message import Speakers
from tui.views.transcript.blocks.message_block import MessageBlock
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


@dataclass(frozen=True, slots=True)
class WholeTurn:
    """Everything that belongs to one question, and the last thing that the agent said."""

    blocks: list[HistoryBlock]
    answer: HistoryBlock | None


def history_blocks(elements: Sequence[msgspec.Raw], patterns: FailurePatterns = NO_PATTERNS) -> list[HistoryBlock]:
    """All blocks; each turn has its sums, failed calls among them."""
    builder = Builder(Modes(patterns=patterns), Speakers(None, {}))
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


def turn_at(raw: bytes, element: int, patterns: FailurePatterns = NO_PATTERNS) -> WholeTurn:
    """The turn that an element of a history belongs to.

    Raises:
        UnreadableAnswer: the history is no list.
    """
    blocks = history_blocks(split_history(raw), patterns)
    turn = next(one.turn for one in blocks if one.element == element and one.block.message is not None)
    answer = None if turn.answer is None else blocks[turn.answer]
    return WholeTurn([one for one in blocks if one.turn is turn], answer)


def turns_in(blocks: Sequence[HistoryBlock]) -> list[Turn]:
    """The turns in the order of the history, also those that are outside of any question."""
    return list({id(one.turn): one.turn for one in blocks}.values())


def failed_turns(blocks: Sequence[HistoryBlock]) -> list[HistoryBlock]:
    """What belongs to turns with a failed tool call."""
    return [one for one in blocks if one.turn.failed]


def questions_and_answers(blocks: Sequence[HistoryBlock]) -> list[HistoryBlock]:
    """Of each turn what the user asked and the last thing the agent said, below the turn's line."""
    answers = {turn.answer for turn in turns_in(blocks)}
    return list(_with_lines(blocks, (number in answers or _is_question(one) for number, one in enumerate(blocks))))


def _is_question(one: HistoryBlock) -> bool:
    return isinstance(one.block, MessageBlock) and one.block.message.facts.role == "user"


def _with_lines(blocks: Sequence[HistoryBlock], kept: Iterator[bool]) -> Iterator[HistoryBlock]:
    """What is kept, and above it the turn's line; without anything below it that is left out, too."""
    line: HistoryBlock | None = None
    for one, is_kept in zip(blocks, kept, strict=True):
        if isinstance(one.block, TurnBlock):
            line = one
        elif is_kept:
            if line is not None:
                yield line
            line = None
            yield one
