"""From the elements of a history to blocks, one element at a time."""

from collections.abc import Iterator

import msgspec

from tui.store.history.messages import MESSAGE, REASONING, TOOL_CALL, UNREADABLE, Facts, facts_of, parts_of
from tui.store.history.turns import Turn, Turns
from tui.views.text.moments import pause_text
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.history_message import HistoryMessage, Speakers
from tui.views.transcript.blocks.message_block import MessageBlock, UnreadableBlock
from tui.views.transcript.blocks.reasoning import ReasoningBlock
from tui.views.transcript.blocks.tool_block import ToolBlock
from tui.views.transcript.blocks.turns import TurnBlock
from tui.views.transcript.modes import Modes

OUT_OF_ORDER = "earlier than what stands above"


class Builder:
    """Makes the blocks of a history in its own order and keeps the sums of its turns."""

    def __init__(self, modes: Modes, speakers: Speakers) -> None:
        self.speakers = speakers
        self._turns = Turns()
        self._modes = modes
        self._turn: Turn | None = None
        self._kind = ""
        self._at: float | None = None
        self._told: float | None = None
        """The time that was told last, on the line of a turn or of a message."""
        self._waiting: ToolBlock | None = None

    @property
    def turns(self) -> list[Turn]:
        """The turns in the order of their first message; messages outside any turn are in none of them."""
        return self._turns.known

    def add(self, raw: msgspec.Raw, index: int) -> Iterator[Block]:
        """The blocks of the next element; `index` is the number of the first of them in the document."""
        facts = facts_of(raw)
        turn, continued = self._turns.take(facts)
        if turn is not self._turn:
            turn.blocks.append(index)
            index += 1
            self._kind, self._turn, self._waiting = "turn", turn, None
            yield TurnBlock(turn, facts.at, self._at, continued=continued)
            self._told = facts.at
        block = self._block(raw, facts)
        if self._waiting is not None and facts.at is not None:
            self._waiting.ended_at = facts.at
        self._waiting = None
        if isinstance(block, ToolBlock):
            turn.tools += 1
            self._waiting = block
        elif facts.kind == MESSAGE and facts.role != "user":
            turn.answer = index
        self._kind = block.kind
        if facts.at is not None:
            self._at = facts.at
            if isinstance(block, MessageBlock):
                self._told = facts.at
        yield block

    def _block(self, raw: msgspec.Raw, facts: Facts) -> Block:
        early = facts.at is not None and self._at is not None and facts.at < self._at
        # After the line of a turn the silence has been told.
        pause = pause_text(facts.at, self._at) if self._kind != "turn" else ""
        message = HistoryMessage(raw, facts, self.speakers, OUT_OF_ORDER if early else pause)
        after_turn, after_text = self._kind == "turn", self._kind == "message"
        if facts.kind == UNREADABLE:
            return UnreadableBlock(message, gap=not after_turn)
        if facts.kind == REASONING:
            return ReasoningBlock(message, gap=after_text, folded=not self._modes.reasoning)
        if facts.kind == TOOL_CALL or (facts.kind != MESSAGE and _has_tool_json(raw)):
            return ToolBlock(message, gap=after_text, level=self._modes.tools, patterns=self._modes.patterns)
        return MessageBlock(message, gap=not after_turn, told_at=self._told)


def _has_tool_json(raw: msgspec.Raw) -> bool:
    parts = parts_of(raw)
    return parts.parameters is not None or parts.results is not None
