"""One of two histories that are compared: its messages, with what tells which of them are alike, by turns."""

from collections.abc import Sequence

import msgspec

from tui.api.history import decode_message
from tui.api.page import UnreadableMessage
from tui.store.comparing.alignment import Slices
from tui.store.facts.calls import call_digest, digest_of
from tui.store.history.messages import MESSAGE, TOOL_CALL, UNREADABLE, facts_of, parts_of
from tui.store.history.raw import kind_of, string_of
from tui.store.history.turns import Turns

_SLICE = 200
_USER = "user"
_LONGEST_QUESTION = 20_000
"""Characters of a question by which turns are aligned."""


class ComparedMessage(msgspec.Struct, frozen=True, gc=False):
    """A message as it is compared."""

    number: int
    """Where it stands in its history, from 0."""
    raw: msgspec.Raw
    kind: str
    role: str
    tool: str

    @property
    def is_call(self) -> bool:
        """Whether it is a tool call."""
        return self.kind == TOOL_CALL


class SideTurn(msgspec.Struct):
    """A turn of one history; messages outside any turn are one each time they follow each other."""

    number: int
    """From 1; 0 outside any turn."""
    question: str
    """As questions are compared, without case and needless blanks."""
    entries: list[ComparedMessage]


def read_side(history: Sequence[msgspec.Raw]) -> Slices[list[SideTurn]]:
    """The turns of a history, in the order of their first messages."""
    grouped = Turns()
    turns: list[SideTurn] = []
    by_query: dict[int | None, SideTurn] = {}
    for number, raw in enumerate(history):
        if number % _SLICE == 0:
            yield
        facts = facts_of(raw)
        known, goes_on = grouped.take(facts)
        turn = by_query.get(facts.query_id) if goes_on else None
        if turn is None:
            turn = by_query[facts.query_id] = SideTurn(known.number, "", [])
            turns.append(turn)
        entry = ComparedMessage(number, raw, facts.kind, facts.role, facts.tool_type)
        if not turn.question and entry.kind == MESSAGE and entry.role == _USER:
            turn.question = " ".join(text_of(entry)[:_LONGEST_QUESTION].casefold().split())
        turn.entries.append(entry)
    return turns


def exact_keys(entries: Sequence[ComparedMessage]) -> Slices[list[int]]:
    """What is the same for calls of one tool with the same input parameters, and for one text from the same role."""
    keys: list[int] = []
    for entry in entries:
        keys.append(_exact_key(entry))
        if len(keys) % _SLICE == 0:
            yield
    return keys


def _exact_key(entry: ComparedMessage) -> int:
    parts = parts_of(entry.raw)
    if entry.is_call:
        return call_digest(entry.tool, parts.parameters)
    said = entry.raw if entry.kind == UNREADABLE else parts.content
    return digest_of(kind_key(entry).encode("utf-8", "replace"), b"" if said is None else bytes(said))


def kind_key(entry: ComparedMessage) -> str:
    """What is the same for all calls of one tool, and for all texts of one kind from the same role."""
    return f"{entry.kind} {entry.tool if entry.is_call else entry.role}"


def text_of(entry: ComparedMessage) -> str:
    """What a message says, or the JSON of what it holds where that is no text."""
    if entry.kind == UNREADABLE:
        return bytes(entry.raw).decode("utf-8", "replace")
    content = parts_of(entry.raw).content
    if content is None:
        return ""
    if kind_of(content) == "string":
        return string_of(content)
    message = decode_message(entry.raw)
    return "" if isinstance(message, UnreadableMessage) else message.content or ""
