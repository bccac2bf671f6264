"""The messages of a history grouped by turn, everything that belongs to one question, with the sums of each."""

from dataclasses import dataclass, field

from tui.store.history.messages import Facts
from tui.store.history.stated import CallFailure


@dataclass(slots=True)
class Turn:
    """The sums of one turn, growing with its messages; `number` is 0 for messages outside any turn."""

    number: int
    query_id: int | None
    tokens_in: int = 0
    tokens_out: int = 0
    tools: int = 0
    failed: int = 0
    """Failed tool calls, the guessed ones among them."""
    guessed: int = 0
    first_at: float | None = None
    last_at: float | None = None
    answer: int | None = None
    """The number, as the reader of the history counts its parts, of the last thing the agent said."""
    blocks: list[int] = field(default_factory=list)
    """The numbers, counted alike, where the turn begins and wherever it goes on after another one."""
    complete: bool = False
    """Whether the sums are those of all of its messages."""

    def add(self, facts: Facts) -> None:
        """Take a message into the sums."""
        self.tokens_in += facts.tokens_in or 0
        self.tokens_out += facts.tokens_out or 0
        if facts.at is not None:
            self.first_at = facts.at if self.first_at is None else min(self.first_at, facts.at)
            self.last_at = facts.at if self.last_at is None else max(self.last_at, facts.at)

    def count(self, failure: CallFailure) -> None:
        """Take the failure of a tool call into the sums."""
        self.failed += 1
        self.guessed += failure.guessed

    @property
    def seconds(self) -> float | None:
        """From the first message to the last one; None where times are missing or there is only one."""
        if self.first_at is None or self.last_at is None or self.last_at <= self.first_at:
            return None
        return self.last_at - self.first_at


class Turns:
    """Groups messages, given in their own order, by their `query_id`."""

    def __init__(self) -> None:
        self.known: list[Turn] = []
        """The turns in the order of their first message; messages outside any turn are in none of them."""
        self._by_query: dict[int, Turn] = {}
        self._last: Turn | None = None

    def take(self, facts: Facts) -> tuple[Turn, bool]:
        """The turn that a message was added to, and whether it is one that was known before."""
        turn, known = self._turn_of(facts)
        self._last = turn
        turn.add(facts)
        return turn, known

    def _turn_of(self, facts: Facts) -> tuple[Turn, bool]:
        last, query_id = self._last, facts.query_id
        if query_id is None:
            return (last, True) if last is not None and last.query_id is None else (Turn(0, None), False)
        turn = self._by_query.get(query_id)
        if turn is not None:
            return turn, True
        turn = self._by_query[query_id] = Turn(len(self.known) + 1, query_id)
        self.known.append(turn)
        return turn, False
