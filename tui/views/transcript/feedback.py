"""Where in a conversation people's feedback is shown: below the answer that it is about, else at the end."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from tui.store.beside.feedback import TO_REVIEW
from tui.store.history.turns import Turn
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.feedback import FeedbackBlock, SaidOf
from tui.views.transcript.blocks.message_block import MessageBlock
from tui.views.transcript.kinds import FEEDBACK
from tui.views.transcript.modes import Look, Modes

if TYPE_CHECKING:
    from tui.api.conversation import Conversation
    from tui.api.models import Feedback

_NOBODY = SaidOf(())


class Talk(Protocol):
    """What is needed of the document that it is shown in."""

    conversation: "Conversation"
    raw: bytes | None
    modes: Modes
    look: Look
    blocks: list[Block]
    places: dict[str, list[int]]
    first_of_history: int

    @property
    def turns(self) -> list[Turn]:
        """Its turns."""

    @property
    def growing(self) -> bool:
        """Whether there is more to come."""

    def append(self, block: Block) -> None:
        """Show one more block at the end."""

    def changed(self, index: int) -> None:
        """Take the height of a block anew."""


class FeedbackPlaces:
    """Shows what people said in a document, once that has grown, and anew whenever more is known.

    It is told each time in which: objects that know each other stay in memory until somebody looks for garbage.
    """

    def __init__(self) -> None:
        self._said: tuple[Feedback, ...] = ()
        self._end: FeedbackBlock | None = None
        """For what has no place below an answer, once there is any."""

    @property
    def to_review(self) -> int:
        """How much of it waits for somebody."""
        return sum(one.status == TO_REVIEW for one in self._said)

    def show(self, document: Talk) -> None:
        """Show what is known now; nothing while the document grows, which calls this at its end."""
        said = document.modes.said(document.conversation.id)
        if document.raw is None or document.growing or said == self._said:
            return
        self._said = said
        below, rest = _placed(said, document.turns, document.blocks)
        for index in {*document.places[FEEDBACK], *below}:
            block = document.blocks[index]
            if isinstance(block, MessageBlock):
                block.set_said(SaidOf(below[index]) if index in below else None)
                document.changed(index)
        places = sorted(below)
        if rest and self._end is None:
            self._end = FeedbackBlock(_NOBODY)
            document.append(self._end)
        if self._end is not None:
            at = document.blocks.index(self._end, document.first_of_history)
            self._end.said = SaidOf(rest)
            self._end.forget()
            document.changed(at)
            places += [at] if rest else []
        document.places[FEEDBACK] = places

    def after(self, document: Talk, place: tuple[int, int]) -> tuple[int, int] | None:
        """Where the next thing stands that people said, as block and line; None where there is none."""
        places = document.places[FEEDBACK]
        near = (begin for index in places[bisect_left(places, place[0]) :] for begin in self._begins(document, index))
        return next((begin for begin in near if begin > place), None)

    def before(self, document: Talk, place: tuple[int, int]) -> tuple[int, int] | None:
        """Where the one before stands; None where there is none."""
        places = document.places[FEEDBACK]
        near = places[: bisect_right(places, place[0])]
        back = (begin for index in reversed(near) for begin in reversed(self._begins(document, index)))
        return next((begin for begin in back if begin < place), None)

    def _begins(self, document: Talk, index: int) -> list[tuple[int, int]]:
        block, look = document.blocks[index], document.look
        begins: Sequence[int] = ()
        if isinstance(block, MessageBlock):
            begins = block.begins_of_said(look)
        elif block is self._end:
            block.lay_out(look)
            begins = self._end.said.begins
        return [(index, line) for line in begins]


def _placed(
    said: "Sequence[Feedback]", turns: Sequence[Turn], blocks: Sequence[Block]
) -> "tuple[dict[int, list[tuple[Feedback, str]]], list[tuple[Feedback, str]]]":
    """Feedback by the block of the answer that it is about, and the rest with words for what that is; oldest first."""
    by_query = {turn.query_id: turn for turn in turns}
    below: dict[int, list[tuple[Feedback, str]]] = {}
    rest: list[tuple[Feedback, str]] = []
    for one in reversed(said):
        turn = by_query.get(one.query_id) if one.query_id is not None else None
        if one.query_id is None:
            rest.append((one, "on the whole conversation"))
        elif turn is None:
            rest.append((one, f"on query {one.query_id}, which is not in the history"))
        elif turn.answer is None or not isinstance(blocks[turn.answer], MessageBlock):
            rest.append((one, f"on turn {turn.number}, which has no answer"))
        else:
            below.setdefault(turn.answer, []).append((one, ""))
    return below, rest
