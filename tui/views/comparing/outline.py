"""What of a comparison is shown, one below the other: turns, messages, and runs of what is equal as one line."""

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from tui.store.comparing.comparison import TurnPair

TURN, EQUAL_TURNS, EQUAL, MESSAGE = "turn", "equal turns", "equal", "message"


class ComparedBlock(NamedTuple):
    """A turn's heading, a message, or a run of equal ones: messages of one turn, or whole turns."""

    kind: str
    turn: int
    first: int = 0
    """The first message of the turn, of a run or of a message alone."""
    last: int = 0
    """Behind the last; of whole turns behind the last turn."""
    is_difference: bool = False
    """Whether going from difference to difference stops here."""

    @property
    def key(self) -> tuple[str, int, int]:
        """What it is told by while runs are folded and grow."""
        return self.kind, self.turn, self.first


Key = tuple[str, int, int]


def blocks(turns: Sequence[TurnPair], unfolded: Container[Key], begin: int = 0) -> Iterator[ComparedBlock]:
    """What is shown of the turns from one on; turns that are equal and follow each other are one run."""
    at = begin
    while at < len(turns):
        if turns[at].differs:
            yield from _turn(turns[at], at, unfolded)
            at += 1
            continue
        first = at
        while at < len(turns) and not turns[at].differs:
            at += 1
        run = ComparedBlock(EQUAL_TURNS, first, 0, at)
        yield run
        if run.key in unfolded:
            for turn in range(first, at):
                yield from _turn(turns[turn], turn, unfolded)


def _turn(turn: TurnPair, number: int, unfolded: Container[Key]) -> Iterator[ComparedBlock]:
    yield ComparedBlock(TURN, number, is_difference=turn.is_alone)
    at = 0
    while at < len(turn.pairs):
        if turn.pairs[at].differs:
            yield ComparedBlock(MESSAGE, number, at, at + 1, is_difference=not turn.is_alone)
            at += 1
            continue
        first = at
        while at < len(turn.pairs) and not turn.pairs[at].differs:
            at += 1
        run = ComparedBlock(EQUAL, number, first, at)
        yield run
        if run.key in unfolded:
            yield from (ComparedBlock(MESSAGE, number, one, one + 1) for one in range(first, at))
