"""Puts a chat history together: messages in their order, with growing token counts and times that fit."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from random import Random

from tui.demo.histories.parts import Call, Saying, Stock, Theme, Turn, said

DAY = 86_400_000
"""Milliseconds of a day."""

_CONTEXT = (850, 120_000)
"""Tokens that an agent reads before the first question, and the most it ever reads."""

_REMARKS = (
    ("system", "handover", said("The conversation was handed over to a human agent.")),
    ("user", "feedback", said('{"rating": "down", "comment": "The answer is too long."}')),
    ("assistant", "citation", said("See section 4.2 of the policy.")),
)
"""Messages of types that the reference page does not name."""

_GREETING = said("Hello! Ask me anything about the documents of this project.")


@lru_cache(maxsize=4096)
def _minute(minutes: int) -> str:
    day, minute = divmod(minutes, 1_440)
    return f"{_date(day)}T{minute // 60:02}:{minute % 60:02}:"


@lru_cache(maxsize=2048)
def _date(day: int) -> str:
    return datetime.fromtimestamp(day * 86_400, UTC).strftime("%Y-%m-%d")


def moment(milliseconds: int) -> str:
    """A time since 1970 as the API writes it."""
    return f"{_minute(milliseconds // 60_000)}{milliseconds % 60_000 / 1000:09.6f}Z"


@dataclass(slots=True)
class History:
    """A chat history as JSON text with its slots not yet filled, and what is known of it."""

    body: str
    folded: str
    messages: int
    tool_calls: int
    tokens_in: int
    tokens_out: int
    first: int
    """Milliseconds since 1970; the same as `last` when there is no message."""
    last: int


@dataclass(slots=True)
class Entry:
    """A message before it has its time: the milliseconds it waited for, and its fields."""

    waited: int
    role: str
    kind: str
    saying: Saying
    query_id: int | None
    call: Call | None = None
    read: int = 0
    written: int = 0


_NOTHING = Saying('""', "", 0)


@dataclass(slots=True)
class Teller:
    """Tells one conversation, turn by turn."""

    random: Random
    stock: Stock
    entries: list[Entry] = field(default_factory=list)
    context: int = _CONTEXT[0]
    jumbled: bool = False
    """The last two messages come in the wrong order, as rarely happens when they were written at the same time."""

    def greet(self) -> None:
        """A message that belongs to no question."""
        self._add(Entry(0, "assistant", "message", _GREETING, None))

    def remark(self, query_id: int | None) -> None:
        """A message of an unknown type."""
        role, kind, saying = self.random.choice(_REMARKS)
        self._add(Entry(self.random.randint(500, 20_000), role, kind, saying, query_id))

    def tell(self, theme: Theme, turn: Turn, query_id: int) -> None:
        """A question, the reasoning, the tool calls and the answer."""
        chance = self.random.random
        pause = 0 if not self.entries else int(4_000 + 180_000 * chance() ** 3)
        if self.entries and chance() < 0.02:
            pause = int(3_600_000 * (2 + 30 * chance()))
        self.ask(turn.ask, query_id, pause)
        if chance() < 0.45:
            self._agent("reasoning_flow", self.random.choice(self.stock.thoughts[theme.language]), query_id, 2_000)
        for versions in turn.calls:
            call = versions[int(chance() * len(versions))]
            if chance() < 0.1:
                self.call(self.random.choice(self.stock.failures[call.tool_type]), query_id)
            self.call(call, query_id)
        self.answer(turn.say, query_id)

    def ask(self, saying: Saying, query_id: int, pause: int = 5_000) -> None:
        """A question, `pause` milliseconds after what came before."""
        self._add(Entry(pause, "user", "message", saying, query_id))
        self.context += saying.tokens

    def answer(self, saying: Saying, query_id: int) -> None:
        """An answer."""
        self._agent("message", saying, query_id, 6_000)

    def _add(self, entry: Entry) -> None:
        self.entries.append(entry)

    def _reads(self) -> int:
        return min(self.context, _CONTEXT[1])

    def _agent(self, kind: str, saying: Saying, query_id: int, wait: int) -> None:
        waited = int(wait * (0.2 + self.random.random()))
        self._add(Entry(waited, "assistant", kind, saying, query_id, None, self._reads(), saying.tokens))
        self.context += saying.tokens

    def call(self, call: Call, query_id: int) -> None:
        """A tool call."""
        waited = int(250 + 6_000 * self.random.random() ** 2)
        self._add(Entry(waited, "assistant", "tool_call", _NOTHING, query_id, call, self._reads(), call.asked))
        self.context += call.asked + call.answered

    def begin(self, end: int) -> int:
        """When the history begins that ends at `end`, in milliseconds since 1970."""
        return end - sum(entry.waited for entry in self.entries)

    def finish(self, end: int, owner: str, padding: Iterator[Saying], weight: int) -> History:
        """The history that ended at `end` (milliseconds since 1970), padded to `weight` bytes where it is lighter."""
        entries = self.entries
        now = start = self.begin(end)
        extra = self._paddings(padding, weight) if weight else {}
        written: list[str] = []
        folded: dict[str, None] = {}
        messages = calls = tokens_in = tokens_out = 0
        for entry in entries:
            now += entry.waited
            call = ""
            if entry.call is not None:
                more = extra.pop(id(entry), [])
                folded |= {saying.folded: None for saying in more} | {entry.call.folded: None}
                call = f",{entry.call.before}{''.join(saying.json for saying in more)}{entry.call.after}"
                calls += 1
            folded[entry.saying.folded] = None
            messages += entry.kind == "message"
            tokens_in += entry.read
            tokens_out += entry.written
            query = "null" if entry.query_id is None else entry.query_id
            written.append(
                f'{{"role":"{entry.role}","content":{entry.saying.json},"type":"{entry.kind}","query_id":{query},'
                f'"user_id":"{owner}","used_tokens_input":{entry.read},"used_tokens_output":{entry.written},'
                f'"timestamp":"{moment(now)}"{call}}}'
            )
        if self.jumbled:
            written[-2:] = reversed(written[-2:])
        body = f"[{','.join(written)}]"
        return History(body, "\n".join(folded), messages, calls, tokens_in, tokens_out, start, end)

    def _paddings(self, padding: Iterator[Saying], weight: int) -> dict[int, list[Saying]]:
        """Further hits for each retrieval call, by the identity of its entry."""
        heavy = [entry for entry in self.entries if entry.call is not None and entry.call.paddable]
        missing = weight - sum(
            230 + len(entry.saying.json) + (len(entry.call.json) if entry.call else 0) for entry in self.entries
        )
        shares: dict[int, list[Saying]] = {}
        while heavy and missing > 0:
            entry = heavy[int(self.random.random() * len(heavy))]
            saying = next(padding)
            shares.setdefault(id(entry), []).append(saying)
            missing -= len(saying.json.encode())
        return shares
