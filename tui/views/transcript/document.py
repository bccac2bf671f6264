"""The transcript of one conversation: blocks, their heights, and growth in small slices of time."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING

import msgspec

from tui.api.errors import UnreadableAnswer
from tui.api.history import split_history
from tui.api.limits import MOST_MESSAGES
from tui.store.history.turns import Turn
from tui.views.text.ink import Span
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.header import ChartBlock, HeaderBlock, InstructionsBlock
from tui.views.transcript.blocks.history_message import Speakers
from tui.views.transcript.blocks.notice import NoticeBlock
from tui.views.transcript.blocks.reasoning import ReasoningBlock
from tui.views.transcript.blocks.tool_block import ToolBlock
from tui.views.transcript.blocks.tool_run import CallRun, is_hidden
from tui.views.transcript.blocks.turns import TurnBlock, failed_words
from tui.views.transcript.feedback import FeedbackPlaces
from tui.views.transcript.growth import Builder
from tui.views.transcript.kinds import ALL_KINDS, FAILED, GUESSED, MESSAGE, STATED, TOOL, TURN
from tui.views.transcript.laid_out import LaidOut
from tui.views.transcript.modes import APART, Modes

if TYPE_CHECKING:
    from tui.api.conversation import Conversation

_BATCH = 16
"""Elements taken between two looks at the clock."""

_WHOLE = Span("An export as JSON has them.", "muted")


class Document(LaidOut):
    """A conversation as blocks; lines exist only near where the user looks."""

    def __init__(
        self, conversation: "Conversation", raw: bytes | None, people: Mapping[str, str], modes: Modes | None = None
    ) -> None:
        self.conversation = conversation
        self.raw = raw
        """The record with its history, as it came; None while that is on its way."""
        super().__init__(modes or Modes())
        self.places: dict[str, list[int]] = {kind: [] for kind in ALL_KINDS}
        """The numbers of the blocks of a kind, rising; failed tool calls are known once `growing` is over."""
        speakers = Speakers(conversation.created_by, people, self.modes.named_by(conversation.agent_settings))
        self._builder = Builder(self.modes, speakers)
        self._elements: list[msgspec.Raw] = []
        self._beyond: msgspec.Raw | None = None  # a list of the messages that are too many
        self._taken = self._surveyed = 0
        self.feedback = FeedbackPlaces()
        self._folds: dict[int, tuple[str, object]] = {}
        self._header = HeaderBlock(conversation, people)
        self.append(self._header)
        if instructions := (conversation.conversation_instructions or "").strip():
            self.append(InstructionsBlock(instructions))
        self.append(ChartBlock(self.turns))
        self.first_of_history = len(self.blocks)
        if raw is None:
            self.append(NoticeBlock(Span("The history is on its way …", "muted")))
        else:
            self._split(raw)

    def _split(self, raw: bytes) -> None:
        try:
            self._elements = split_history(raw)
        except UnreadableAnswer as error:
            self.append(NoticeBlock(Span("The history cannot be read.", "failed"), Span(error.detail[:400], "muted")))
            return
        self._beyond = self._elements.pop() if len(self._elements) > MOST_MESSAGES else None
        if not self._elements:
            self.append(NoticeBlock(Span("This conversation has no messages.", "muted")))

    @property
    def turns(self) -> list[Turn]:
        """The turns in the order of their first message, as far as they are known."""
        return self._builder.turns

    # growth

    @property
    def growing(self) -> bool:
        """Whether there is more to come: blocks, or the count of failed tool calls."""
        return self._taken < len(self._elements) or self._surveyed < len(self.places[TOOL])

    @property
    def complete(self) -> bool:
        """Whether all blocks are there."""
        return self._taken >= len(self._elements)

    def grow(self, seconds: float, lines: int | None = None) -> bool:
        """Go on for a slice of time, or until there are so many lines; whether there is more to come."""
        end = perf_counter() + seconds
        while not self.complete:
            for raw in self._elements[self._taken : self._taken + _BATCH]:
                for block in self._builder.add(raw, len(self.blocks)):
                    self.append(block)
            self._taken = min(len(self._elements), self._taken + _BATCH)
            if perf_counter() >= end or (lines is not None and self.heights.total >= lines):
                return self.growing
        self.blocks[self.first_of_history - 1].forget()
        if self._beyond is not None:
            size, self._beyond = len(self._beyond), None
            self.append(NoticeBlock(Span(f"… and more, {size:,} bytes that are not shown.", "warning"), _WHOLE))
        while self._surveyed < len(self.places[TOOL]):
            self._survey_one()
            if perf_counter() >= end:
                break
        if not self.growing:
            self._elements = []
            self._taken = 0
            self._complete_turns()
            self.feedback.show(self)
            self._header.failed = failed_words(len(self.places[STATED]), len(self.places[GUESSED]))
            self._header.forget()
            self.changed(self.first_of_history - 1)
        return self.growing

    def _complete_turns(self) -> None:
        """The sums are known now: lines that were laid out before show them."""
        for index in self.places[TURN]:
            block = self.blocks[index]
            if isinstance(block, TurnBlock):
                block.turn.complete = True
                block.drop_lines()

    def _survey_one(self) -> None:
        index = self.places[TOOL][self._surveyed]
        self._surveyed += 1
        block = self.blocks[index]
        failure = block.outcome.failure if isinstance(block, ToolBlock) else None
        if failure is not None:
            self.places[FAILED].append(index)
            self.places[GUESSED if failure.guessed else STATED].append(index)
            self.turn_at(index).count(failure)
            if self.modes.failures:
                block.stays = True
                self.changed(index)

    def names_agent(self, index: int, line: int) -> bool:
        """Whether a line is that of an agent whose settings can be asked for."""
        return self.blocks[index] is self._header and self._header.names_agent(line, self.look)

    def turn_at(self, index: int) -> Turn:
        """The turn that a block stands in; the first one for what stands above it."""
        header = self.blocks[self.section_of(index) or self.places[TURN][0]]
        assert isinstance(header, TurnBlock)
        return header.turn

    def take_folds(self, before: "Document") -> None:
        """Fold and unfold by hand what was so in an earlier answer about the same conversation."""
        self._folds = {
            index - before.first_of_history: (block.kind, block.fold_state())
            for index, block in enumerate(before.blocks)
            if block.is_touched(before.modes)
        }
        for index, block in enumerate(self.blocks):
            self._take_fold(index, block)
            self.changed(index)

    def _take_fold(self, index: int, block: Block) -> None:
        kind, state = self._folds.get(index - self.first_of_history, ("", None))
        if kind == block.kind:
            block.restore(state)

    def append(self, block: Block) -> None:
        """Show one more block at the end."""
        index = len(self.blocks)
        if isinstance(block, ToolBlock) and (before := self._call_before()) is not None:
            block.follow(before, directly=self.blocks[-1] is before)
        if self._folds:
            self._take_fold(index, block)
        if self._header.told and isinstance(block, TurnBlock):
            block.take_verdicts(self._header.told)
        self.blocks.append(block)
        if block.kind in self.places:
            self.places[block.kind].append(index)
        self.heights.append(self.estimate(index))

    def _call_before(self) -> ToolBlock | None:
        """The call before what comes next, where nobody has said anything since."""
        for block in reversed(self.blocks):
            if isinstance(block, ToolBlock):
                return block
            if block.kind in (TURN, MESSAGE):
                break
        return None

    # changes

    def set_people(self, people: Mapping[str, str]) -> None:
        """Take e-mail addresses in."""
        speakers = self._builder.speakers
        self._header.people = speakers.people = people
        self._header.forget()
        if speakers.others:
            self.look_anew()

    def set_tools(self, level: int) -> None:
        """Show all tool calls at a level."""
        self.modes.tools = level
        for index in self.places[TOOL]:
            block = self.blocks[index]
            if isinstance(block, ToolBlock):
                block.set_level(level)
        self.estimate_all()

    def changed(self, index: int) -> None:
        """Take the height of a block anew, and of the calls that it stands for, or that stands for it."""
        for at in self._run_at(index):
            super().changed(at)

    def _run_at(self, index: int) -> range:
        run, first = self._run_of(index), index
        if run is None:
            return range(index, index + 1)
        while self._run_of(first - 1) is run:
            first -= 1
        return range(first, min(len(self.blocks), first + run.size))

    def _run_of(self, index: int) -> CallRun | None:
        block = self.blocks[index]
        return block.run if isinstance(block, ToolBlock) else None

    def uncover(self, index: int) -> bool:
        """Show a call for which another one stands, or the instructions; whether there was need to."""
        block = self.blocks[index]
        if isinstance(block, InstructionsBlock) and not self.modes.details:
            self.set_details(True)
            return True
        if not isinstance(block, ToolBlock) or block.run is None or not is_hidden(block):
            return False
        block.run.head.set_level(APART)
        self.changed(index)
        return True

    def set_reasoning(self, shown: bool) -> None:
        """Unfold or fold all reasoning."""
        self.modes.reasoning = shown
        for block in self.blocks:
            if isinstance(block, ReasoningBlock):
                block.set_folded(not shown)
        self.estimate_all()

    def set_focused(self, on: bool) -> None:
        """Show questions and final answers only, or everything."""
        self.modes.focused = on
        self.estimate_all()

    def set_notice(self, notice: NoticeBlock) -> None:
        """Say something in the place of the history, or below what there is of it."""
        if isinstance(self.blocks[-1], NoticeBlock):
            self.blocks[-1] = notice
            self.changed(len(self.blocks) - 1)
        else:
            self.append(notice)

    def is_beside(self, index: int) -> bool:
        """Whether focused reading leaves the block out: neither a question, nor a turn's last answer, nor a heading."""
        return self.blocks[index].beside and index != self.turn_at(index).answer

    def answers(self) -> set[int | None]:
        """The blocks that are a turn's last answer."""
        return {turn.answer for turn in self.turns}

    # places

    def section_of(self, index: int) -> int | None:
        """The block of the turn's line above a block (or the block itself); None above the first turn."""
        turns = self.places[TURN]
        place = bisect_right(turns, index) - 1
        return turns[place] if place >= 0 else None

    def messages_before(self, index: int) -> int:
        """How many messages of the history stand above a block."""
        return sum(block.message is not None for block in self.blocks[:index])

    def block_of_message(self, number: int) -> int | None:
        """The block of a message by its place in the history, from 0 on; None where it is not there (yet)."""
        shown = (index for index, block in enumerate(self.blocks) if block.message is not None)
        return next(islice(shown, number, None), None)

    def next_of(self, kind: str, index: int, step: int) -> int | None:
        """The block of a kind `step` places after (or before) a block; at the ends the last (or first) there is."""
        places = (
            [place for place in self.places[kind] if self.heights[place]] if self.modes.focused else self.places[kind]
        )
        if step > 0:
            place = min(bisect_right(places, index) + step - 1, len(places) - 1)
            found = places[place] if places else None
            return found if found is not None and found > index else None
        place = max(bisect_left(places, index) + step, 0)
        found = places[place] if places else None
        return found if found is not None and found < index else None
