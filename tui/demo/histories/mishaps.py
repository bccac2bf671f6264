"""What goes wrong in conversations: results that read like failures, the same call again, endings without an answer.

The dice are its own ones, so that all the rest of a conversation is told as it would be without.
"""

from random import Random

from tui.demo.histories.history import Entry, Teller
from tui.demo.histories.parts import Call, Stock

_SHORTEST = 4
"""Messages that a history has at least before its end is taken away."""


class Mishaps:
    """Lets some of the conversations go wrong."""

    def __init__(self, random: Random, stock: Stock) -> None:
        self._random = random
        self._stock = stock

    def happen(self, teller: Teller) -> None:
        """Let something go wrong in a conversation that is told to its end, or in most of them nothing."""
        kind = self._random.random()
        if kind > 0.27:
            return
        entries = teller.entries
        calls = [place for place, entry in enumerate(entries) if entry.call is not None]
        if not calls:
            return
        if kind > 0.17:
            self._end_early(entries)
            return
        place = self._random.choice(calls)
        if kind > 0.09:
            again = 1 + int(self._random.random() ** 2 * 5)
            entries[place:place] = [self._again(entries[place]) for _ in range(again)]
        else:
            entries.insert(place, self._failed(entries[place], self._stock.complaints))

    def _failed(self, entry: Entry, of_tools: dict[str, tuple[Call, ...]]) -> Entry:
        """A call of the same tool that failed."""
        assert entry.call is not None
        return self._again(entry, self._random.choice(of_tools[entry.call.tool_type]))

    def _again(self, entry: Entry, call: Call | None = None) -> Entry:
        """The same call, or another one in its place, a moment later."""
        waited = 400 + int(self._random.random() * 3_000)
        call = call or entry.call
        return Entry(waited, entry.role, entry.kind, entry.saying, entry.query_id, call, entry.read, entry.written)

    def _end_early(self, entries: list[Entry]) -> None:
        """Without an answer: after a tool call, after one that failed, or after the question."""
        if len(entries) <= _SHORTEST or entries[-1].role != "assistant":
            return
        while entries[-1].role == "assistant" and entries[-1].call is None:
            entries.pop()
        last = entries[-1]
        if last.call is None:
            return
        kind = self._random.random()
        if kind < 0.35:
            of_tools = self._stock.failures if kind < 0.2 else self._stock.complaints
            entries.append(self._failed(last, of_tools))
        elif kind < 0.6:
            while entries[-1].role == "assistant":
                entries.pop()
