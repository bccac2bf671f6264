"""Two histories compared, in slices: turns by their questions, then the messages of each pair of turns.

Within a turn the same calls and the same texts are paired first, by their longest common subsequence; between them a
call is paired with one of the same tool, a text with one of the same kind and role, by the same rule.
"""

import time
from collections.abc import Callable, Iterator, Sequence

import msgspec

from tui.store.comparing.alignment import Slices, aligned
from tui.store.comparing.json_changes import Change, changes, looked_through
from tui.store.comparing.questions import aligned_turns
from tui.store.comparing.side import ComparedMessage, SideTurn, exact_keys, kind_key, read_side, text_of
from tui.store.history.messages import parts_of
from tui.store.history.raw import RawValue

HELP = (
    (
        "turns",
        "the longest common subsequence of their questions; alike are those that have half of their words in common",
    ),
    (
        "messages",
        "within two turns, the longest common subsequence of the same calls (tool and input parameters) and texts",
    ),
    ("between", "what is left: a call beside one of the same tool, a text beside one of the same role, in order"),
    ("JSON", "input parameters and results by path: + added, - removed, ~ changed; lists by order, keys in any"),
    ("texts", "by words; long ones by lines"),
    ("not compared", "times, tokens and ids, which always differ"),
    ("roughly", "where that would take too long, and it is said: what is rare is aligned, the rest in order"),
)
"""How two conversations are compared, for the help."""


class MessagePair(msgspec.Struct, frozen=True):
    """A message of one history beside one of the other; None where the other has none."""

    before: ComparedMessage | None
    after: ComparedMessage | None
    differs: bool


class TurnPair(msgspec.Struct, frozen=True):
    """A turn of one history beside one of the other; None where the other has none."""

    before: SideTurn | None
    after: SideTurn | None
    pairs: list[MessagePair]

    @property
    def is_alone(self) -> bool:
        """Whether only one of the histories has it."""
        return self.before is None or self.after is None

    @property
    def differs(self) -> bool:
        """Whether anything in it does."""
        return self.is_alone or any(pair.differs for pair in self.pairs)


class Comparison:
    """Two histories, given as their undecoded messages; grows until it is complete."""

    def __init__(self, before: Sequence[msgspec.Raw], after: Sequence[msgspec.Raw]) -> None:
        self.turns: list[TurnPair] = []
        """What was compared so far, in the order of the conversations."""
        self.is_complete = False
        self.is_rough = False
        """Whether something was compared roughly."""
        self._work = self._compare(before, after)

    def step(self, seconds: float, clock: Callable[[], float] = time.perf_counter) -> bool:
        """Work for so long; whether there is more to do."""
        end = clock() + seconds
        for _ in self._work:
            if clock() >= end:
                return True
        self.is_complete = True
        return False

    def _compare(self, before: Sequence[msgspec.Raw], after: Sequence[msgspec.Raw]) -> Slices[None]:
        here = yield from read_side(before)
        there = yield from read_side(after)
        found = yield from aligned_turns([one.question for one in here], [one.question for one in there])
        self.is_rough |= found.is_rough
        for gap, other, pair in found.gaps(len(here), len(there)):
            for at in gap:
                self.turns.append(_alone(here[at], None))
            for at in other:
                self.turns.append(_alone(None, there[at]))
            if pair is not None:
                pairs = yield from self._pairs(here[pair[0]].entries, there[pair[1]].entries)
                self.turns.append(TurnPair(here[pair[0]], there[pair[1]], pairs))
            yield

    def _pairs(self, before: Sequence[ComparedMessage], after: Sequence[ComparedMessage]) -> Slices[list[MessagePair]]:
        pairs: list[MessagePair] = []
        here, there = (yield from exact_keys(before)), (yield from exact_keys(after))
        found = yield from aligned(here, there)
        self.is_rough |= found.is_rough
        for gap, other, pair in found.gaps(len(before), len(after)):
            if gap or other:
                pairs += yield from self._like(before[gap.start : gap.stop], after[other.start : other.stop])
            if pair is not None:
                one, two = before[pair[0]], after[pair[1]]
                differs = one.is_call and (yield from differ(one, two))
                pairs.append(MessagePair(one, two, differs))
                yield
        return pairs

    def _like(self, before: Sequence[ComparedMessage], after: Sequence[ComparedMessage]) -> Slices[list[MessagePair]]:
        """What is not the same, of the same kind beside each other."""
        pairs: list[MessagePair] = []
        found = yield from aligned([kind_key(one) for one in before], [kind_key(one) for one in after])
        self.is_rough |= found.is_rough
        for gap, other, pair in found.gaps(len(before), len(after)):
            pairs += [MessagePair(before[at], None, True) for at in gap]
            pairs += [MessagePair(None, after[at], True) for at in other]
            if pair is not None:
                one, two = before[pair[0]], after[pair[1]]
                differs = yield from differ(one, two)
                pairs.append(MessagePair(one, two, differs))
                yield
        return pairs


def _alone(before: SideTurn | None, after: SideTurn | None) -> TurnPair:
    turn = before or after
    entries = turn.entries if turn is not None else []
    return TurnPair(
        before, after, [MessagePair(one if before else None, one if after else None, True) for one in entries]
    )


class TextPart(msgspec.Struct, frozen=True):
    """What two messages say; None where there is no message."""

    before: str | None
    after: str | None


class JsonPart(msgspec.Struct, frozen=True):
    """The input parameters or the results of two tool calls, as `name` says; None where there are none."""

    name: str
    before: RawValue | None
    after: RawValue | None

    @property
    def changes(self) -> Iterator[Change]:
        """Where they differ."""
        return changes(self.before, self.after)


def parts(before: ComparedMessage | None, after: ComparedMessage | None) -> Iterator[TextPart | JsonPart]:
    """The parts of a message beside those of another, as far as one of them has them."""
    texts = TextPart(None if before is None else text_of(before), None if after is None else text_of(after))
    if texts.before or texts.after:
        yield texts
    one, other = (None if call is None or not call.is_call else parts_of(call.raw) for call in (before, after))
    for name in ("parameters", "results"):
        here, there = (None if held is None else getattr(held, name) for held in (one, other))
        if here is not None or there is not None:
            yield JsonPart(name, here, there)


def differ(before: ComparedMessage, after: ComparedMessage) -> Slices[bool]:
    """Whether anything that is compared differs between two messages."""
    if memoryview(before.raw) == memoryview(after.raw):
        return False
    for part in parts(before, after):
        if isinstance(part, TextPart):
            if part.before != part.after:
                return True
            continue
        for change in looked_through(part.before, part.after):
            if change is not None:
                return True
            yield
    return False
