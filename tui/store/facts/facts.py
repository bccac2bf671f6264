"""The facts of a conversation's history and of its tool calls; what each means is said here and nowhere else."""

from enum import Enum

import msgspec

from tui.store.facts.calls import Kept


class Ending(Enum):
    """How a history ends: with an answer, without one, after a tool call, or with a call that failed."""

    ANSWERED = "answered"
    NONE = "none"
    STOPPED = "stopped"
    FAILED = "failed"


class CallFacts(msgspec.Struct, gc=False, frozen=True):
    """One tool call."""

    turn: int
    """The turn it belongs to, from 1 on; 0 outside any turn."""
    message: int
    """Its place in the history, from 0 on."""
    tool: str
    digest: int
    """The same for calls of one tool with the same parameters, whatever their blanks and the order of their keys."""
    parameters: Kept
    """The first parameters; what is inside of objects has its path as name (`place.city`), None is a list, or what is
    too long to be kept."""
    results: int | None
    """How many results came; None where they are no list."""
    size: int
    """Bytes of the results."""
    stated: bool
    guessed: bool
    empty: bool
    """Whether nothing came back."""
    failure: str
    """The failure in words; empty where there is none."""
    took: float | None
    """Seconds until the next message."""


class HistoryFacts(msgspec.Struct, gc=False, frozen=True):
    """What a history tells. Seconds, bytes and counts; None is what the history does not tell."""

    digest: int
    """Tells this history from another one of the same conversation."""
    size: int
    """Bytes of the history."""
    messages: int
    """Messages of all kinds, those that cannot be read among them."""
    unreadable: int
    turns: int
    """Questions with what followed, told apart by their `query_id`."""
    question: str
    """The begin of the first text that the user wrote."""
    first_at: float | None
    """The earliest time of a message, in seconds since 1970."""
    last_at: float | None
    tokens_in: int
    tokens_out: int
    tokens_turn: int
    """The most tokens that one turn used."""
    wait: float | None
    """The longest time from a question to the next thing that the agent said."""
    ending: Ending
    repeat: int
    """The longest run of identical tool calls; 1 where no call follows its like."""
    repeated: int
    """The tool calls that have their like somewhere in the history."""
    calls: tuple[CallFacts, ...]

    @property
    def took(self) -> float | None:
        """From the first message to the last."""
        return None if self.first_at is None or self.last_at is None else self.last_at - self.first_at

    @property
    def longest(self) -> float | None:
        """The longest time that a call took."""
        return max((call.took for call in self.calls if call.took is not None), default=None)

    @property
    def stated(self) -> int:
        """Calls whose result states a failure."""
        return sum(call.stated for call in self.calls)

    @property
    def guessed(self) -> int:
        """Calls whose text reads like a failure."""
        return sum(call.guessed for call in self.calls)

    @property
    def empty(self) -> int:
        """Calls without a result."""
        return sum(call.empty for call in self.calls)

    @property
    def failure(self) -> str:
        """The first failure in words, with its tool; empty where there is none."""
        return next((f"{call.tool}: {call.failure}" for call in self.calls if call.failure), "")
